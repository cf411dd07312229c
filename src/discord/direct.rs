//! The channel in which one person is told something: opened when needed, remembered for a while.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::time::Duration;

use serde_json::Value;
use serde_json::json;
use serenity::http::LightMethod;
use serenity::http::Route;
use tokio::time::Instant;

use crate::body::ChannelId;
use crate::body::UserId;
use crate::discord::rest::Call;
use crate::discord::rest::Failed;
use crate::discord::rest::Refused;
use crate::discord::rest::Rest;
use crate::discord::say::PATIENCE;
use crate::discord::say::number;
use crate::discord::say::unsaid;
use crate::post::Unsaid;

/// Nobody has this number, at least not any more.
const UNKNOWN_USER: i64 = 10_013;
/// The channel is not there. A person's channel has been taken apart, and is made anew.
pub(super) const UNKNOWN_CHANNEL: i64 = 10_003;
/// The person takes no messages from us, be it from anybody, from this server or from this bot.
const REFUSED: i64 = 50_007;
/// Nobody of this number can be written to, such as a bot.
const INVALID_RECIPIENT: i64 = 50_033;
/// We share no server with the person any more.
const NO_SERVER_SHARED: i64 = 50_278;

/// A channel stays the same for ever as far as anybody knows, so this only bounds a mistake.
const REMEMBERED_FOR: Duration = Duration::from_hours(24);
/// More are not remembered at a time; that many people are not written to in a day.
const REMEMBERED_MAX: usize = 1_000;

/// The channels of direct messages that are known.
///
/// To open one again is no harm, but Discord limits how often that may be asked, and a bot that
/// opens many is taken for one that sends unwanted messages.
#[derive(Debug, Default)]
pub(super) struct Directs {
    known: Mutex<BTreeMap<UserId, Known>>,
}

#[derive(Clone, Copy, Debug)]
struct Known {
    channel: ChannelId,
    until: Instant,
}

impl Directs {
    /// The channel of direct messages with a person.
    pub(super) async fn channel(&self, way: &Rest, person: UserId) -> Result<ChannelId, Unsaid> {
        let now = Instant::now();
        if let Some(known) = self.known().get(&person).filter(|known| known.until > now) {
            return Ok(known.channel);
        }
        let body = json!({ "recipient_id": person.0.to_string() });
        let call = Call::new(LightMethod::Post, Route::UserMeDmChannels, PATIENCE).body(&body);
        let opened = way.send(call).await.map_err(unsent)?;
        let opened: Value = serde_json::from_slice(&opened).unwrap_or_default();
        let channel = number(&opened["id"]).map(ChannelId).ok_or_else(|| Unsaid::Again {
            why: "Discord's reply to opening a direct message could not be read".to_owned(),
            after: None,
        })?;
        self.remember(person, channel, now);
        Ok(channel)
    }

    /// Why a message to a person was not sent.
    pub(super) fn unsent(&self, person: UserId, why: Failed) -> Unsaid {
        if let Failed::Refused(Refused { code: UNKNOWN_CHANNEL, words, .. }) = &why {
            self.known().remove(&person);
            let why = format!("The channel of direct messages is to be opened anew: {words}");
            return Unsaid::Again { why, after: None };
        }
        unsent(why)
    }

    fn remember(&self, person: UserId, channel: ChannelId, now: Instant) {
        let mut known = self.known();
        if known.len() >= REMEMBERED_MAX {
            let oldest = known.iter().min_by_key(|(_, known)| known.until);
            if let Some(person) = oldest.map(|(person, _)| *person) {
                known.remove(&person);
            }
        }
        known.insert(person, Known { channel, until: now + REMEMBERED_FOR });
    }

    fn known(&self) -> MutexGuard<'_, BTreeMap<UserId, Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether Discord says that a person cannot be written to.
pub(super) fn is_closed(refused: &Refused) -> bool {
    matches!(refused.code, UNKNOWN_USER | REFUSED | INVALID_RECIPIENT | NO_SERVER_SHARED)
}

/// A person who takes no messages from us.
pub(super) fn closed(refused: &Refused) -> Unsaid {
    Unsaid::Closed { why: format!("{} {}", refused.status, refused.words) }
}

/// Between us and one person there is nothing that the server's people could grant us: whatever
/// Discord forbids there, the person is to be reached in another way.
fn unsent(why: Failed) -> Unsaid {
    match why {
        Failed::Refused(refused) if refused.status == 403 || is_closed(&refused) => {
            closed(&refused)
        }
        why => unsaid(why, "The direct message could not be sent"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, code: i64) -> Failed {
        Failed::Refused(Refused { status, code, words: "no".into() })
    }

    #[test]
    fn who_cannot_be_written_to_is_told_from_what_goes_wrong() {
        let directs = Directs::default();
        for (status, code) in [(403, 50_007), (403, 50_278), (404, 10_013), (400, 50_033), (403, 0)]
        {
            let unsaid = directs.unsent(UserId(7), refused(status, code));
            assert!(matches!(unsaid, Unsaid::Closed { .. }), "{code}: {unsaid:?}");
        }
        for (status, code) in [(404, 10_003), (500, 0), (400, 40_003), (429, 0)] {
            let unsaid = directs.unsent(UserId(7), refused(status, code));
            assert!(matches!(unsaid, Unsaid::Again { .. }), "{code}: {unsaid:?}");
        }
        let unsaid = directs.unsent(UserId(7), refused(400, 50_035));
        assert!(matches!(unsaid, Unsaid::Never { .. }), "{unsaid:?}");
    }

    #[test]
    fn only_so_many_channels_are_remembered_and_the_oldest_goes_first() {
        let directs = Directs::default();
        let begin = Instant::now();
        for (number, later) in (0..=REMEMBERED_MAX as u64).zip(0..) {
            let now = begin + Duration::from_secs(later);
            directs.remember(UserId(number), ChannelId(number), now);
        }
        let known = directs.known();
        assert_eq!(known.len(), REMEMBERED_MAX);
        assert!(!known.contains_key(&UserId(0)) && known.contains_key(&UserId(1)));
    }
}
