//! A post becomes a message, once: nonce, receipt, and a look into the channel.

use std::time::Duration;

use chrono::DateTime;
use chrono::Utc;
use serde_json::Value;
use serde_json::json;
use serenity::http::LightMethod;
use serenity::http::Route;
use serenity::model::id::ChannelId as Channel;
use serenity::model::id::MessageId;

use crate::body::ChannelId;
use crate::body::UserId;
use crate::discord::direct;
use crate::discord::direct::Directs;
use crate::discord::limits::FILES_BYTES_MAX;
use crate::discord::limits::MESSAGES_A_PAGE;
use crate::discord::message::Message;
use crate::discord::rest::Call;
use crate::discord::rest::Failed;
use crate::discord::rest::Rest;
use crate::post::Post;
use crate::post::Receipt;
use crate::post::State;
use crate::post::Unsaid;
use crate::post::Whither;
use crate::post::nonce;
use crate::view::Card;

/// How long a post may wait on Discord's behalf; what asks for longer is left to the courier.
pub(super) const PATIENCE: Duration = Duration::from_secs(5);
/// Discord counts milliseconds from the first second of 2015.
const EPOCH_MS: i64 = 1_420_070_400_000;
/// The low bits of an id say nothing of its time.
const ID_TIME_SHIFT: u32 = 22;
/// Discord's clock and ours may differ by so much: a machine that took local time for UTC is an hour
/// ahead, until it is put right.
const CLOCKS_DIFFER_MS: i64 = 2 * 3_600_000;
/// A message older than an hour has been changed too often in a short while.
const TOO_MANY_EDITS: i64 = 30_046;
/// Too many direct messages have been opened in a short while.
const OPENING_TOO_FAST: i64 = 40_003;
/// Whoever may not read a channel's history may not answer anything in it either.
const NO_HISTORY: i64 = 160_002;
/// Pages of a channel that are looked through for a post.
const PAGES_MAX: usize = 10;

/// Says a post where it is to be said.
pub(super) async fn say(way: &Rest, directs: &Directs, post: &Post) -> Result<Receipt, Unsaid> {
    let channel = match post.to {
        Whither::Channel(channel) if way.is_forbidden(channel) => return Err(forbidden()),
        Whither::Channel(channel) => channel,
        Whither::Person(person) => directs.channel(way, person).await?,
    };
    let mut message = message_of(post);
    message.body["nonce"] = json!(nonce(&post.key));
    message.body["enforce_nonce"] = json!(true);
    if let Some(earlier) = post.follows {
        message.body["message_reference"] =
            json!({ "message_id": earlier.0.to_string(), "fail_if_not_exists": false });
    }
    let sent = match post_message(way, channel, &message).await {
        // What it has to say matters more than what it follows on.
        Err(Failed::Refused(refused)) if refused.code == NO_HISTORY => {
            message.body["message_reference"] = Value::Null;
            post_message(way, channel, &message).await
        }
        // Discord took it and its reply cannot be read. With the nonce, saying it again makes no
        // second message: Discord answers with the one it has.
        Ok(None) => post_message(way, channel, &message).await,
        other => other,
    };
    let unread = || Unsaid::Again {
        why: "Discord's reply to a post could not be read".to_owned(),
        after: None,
    };
    match sent {
        Ok(receipt) => receipt.ok_or_else(unread),
        Err(why) => Err(undelivered(way, directs, post.to, why)),
    }
}

/// The message that a post becomes, but for what makes it the same one when it is said again.
fn message_of(post: &Post) -> Message<'_> {
    Message::of(&post.card, FILES_BYTES_MAX).calling(post.calls)
}

/// Posts a message and reads nothing of the reply but its id: serenity's own call fails on any
/// detail that it cannot decode, after the message is out.
async fn post_message(
    way: &Rest,
    channel: ChannelId,
    message: &Message<'_>,
) -> Result<Option<Receipt>, Failed> {
    let call = Call::new(LightMethod::Post, messages_of(channel), PATIENCE).message(message);
    way.send(call).await.map(|reply| {
        let reply: Option<Value> = serde_json::from_slice(&reply).ok();
        reply.as_ref().and_then(id_of).map(Receipt)
    })
}

/// Changes what a message of ours says. By raw request: serenity's own edit would also say that
/// there are no files, and so remove any.
///
/// A channel that does not let us write may still let us change what we wrote, so it is asked even
/// where a post of ours was refused a while ago.
pub(super) async fn amend(
    way: &Rest,
    channel: ChannelId,
    receipt: Receipt,
    card: &Card,
) -> Result<(), Unsaid> {
    let message = Message::words(card);
    let route = Route::ChannelMessage {
        channel_id: channel_of(channel),
        message_id: MessageId::new(receipt.0.max(1)),
    };
    let call = Call::new(LightMethod::Patch, route, PATIENCE).message(&message);
    let amended = way.send(call).await;
    amended.map(|_| ()).map_err(|why| unsaid(why, "The message could not be changed"))
}

/// Answers a message in its channel: to it, and mentioning nobody. `key` tells several answers to one
/// message apart, in whichever order they are tried.
pub(super) async fn reply_to(
    way: &Rest,
    (channel, to): (ChannelId, u64),
    key: &str,
    mut message: Message<'_>,
) -> Result<(), Unsaid> {
    if way.is_forbidden(channel) {
        return Err(forbidden());
    }
    message.body["nonce"] = json!(nonce(key));
    message.body["enforce_nonce"] = json!(true);
    message.body["message_reference"] =
        json!({ "message_id": to.to_string(), "fail_if_not_exists": false });
    // Somebody waits for it, so it does not stand in line with the posts.
    let call = || {
        let call = Call::new(LightMethod::Post, messages_of(channel), PATIENCE);
        call.message(&message).ahead()
    };
    let sent = match way.send(call()).await {
        // The nonce makes a second try safe, whatever became of the first.
        Err(why) if why.is_passing() => way.send(call()).await,
        other => other,
    };
    sent.map(|_| ()).map_err(|why| unsent(way, channel, why))
}

/// Looks whether a post stands in its channel already. The messages that other posts became are none
/// of it, however they read.
pub(super) async fn find(
    (way, directs): (&Rest, &Directs),
    me: UserId,
    post: &Post,
    others: &[Receipt],
) -> Result<Option<Receipt>, Unsaid> {
    let State::Sending { since } = post.state else { return Ok(None) };
    let channel = match post.to {
        Whither::Channel(channel) => channel,
        Whither::Person(person) => directs.channel(way, person).await?,
    };
    let wanted = message_of(post).body;
    let mut after = id_before(since);
    for _ in 0..PAGES_MAX {
        let mut call = Call::new(LightMethod::Get, messages_of(channel), PATIENCE);
        call.params = vec![("limit", MESSAGES_A_PAGE.to_string()), ("after", after.to_string())];
        let said = way.send(call).await;
        let said = said.map_err(|why| undelivered(way, directs, post.to, why))?;
        let page: Vec<Value> = serde_json::from_slice(&said).map_err(|_| Unsaid::Again {
            why: "Discord's list of messages could not be read".to_owned(),
            after: None,
        })?;
        let ours = |message: &&Value| number(&message["author"]["id"]) == Some(me.0);
        let same = page.iter().filter(ours).filter(|message| is_same(message, &wanted));
        let mut receipts = same.filter_map(id_of).map(Receipt);
        if let Some(receipt) = receipts.find(|receipt| !others.contains(receipt)) {
            return Ok(Some(receipt));
        }
        match page.iter().filter_map(id_of).max() {
            Some(newest) if page.len() >= MESSAGES_A_PAGE => after = newest,
            _ => return Ok(None),
        }
    }
    Ok(None)
}

/// The last id that Discord could have given before a moment.
fn id_before(moment: DateTime<Utc>) -> u64 {
    let since_ms = moment.timestamp_millis() - EPOCH_MS - CLOCKS_DIFFER_MS;
    u64::try_from(since_ms).unwrap_or_default() << ID_TIME_SHIFT
}

/// Whether a message is the one that was to be sent: it says the same, and has as many files. Of the
/// files only the number tells, for Discord changes their names.
fn is_same(message: &Value, wanted: &Value) -> bool {
    let files = |message: &Value| message["attachments"].as_array().map_or(0, Vec::len);
    words_of(message) == words_of(wanted) && files(message) == files(wanted)
}

/// What a message says, without what Discord adds and with spaces as it trims them.
fn words_of(message: &Value) -> Vec<String> {
    let embeds = message["embeds"].as_array().map(Vec::as_slice).unwrap_or_default();
    let rows = message["components"].as_array().map(Vec::as_slice).unwrap_or_default();
    let above = std::iter::once(&message["content"]);
    let said = embeds
        .iter()
        .flat_map(|embed| [&embed["title"], &embed["description"], &embed["footer"]["text"]]);
    let pressed = rows
        .iter()
        .filter_map(|row| row["components"].as_array())
        .flatten()
        .flat_map(|button| [&button["label"], &button["custom_id"]]);
    let words = |value: &Value| {
        let lines = value.as_str().unwrap_or_default().lines().map(str::trim);
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    };
    above.chain(said).chain(pressed).map(words).collect()
}

fn messages_of(channel: ChannelId) -> Route<'static> {
    Route::ChannelMessages { channel_id: channel_of(channel) }
}

fn channel_of(channel: ChannelId) -> Channel {
    // Serenity's ids panic on nought, which is no channel's number.
    Channel::new(channel.0.max(1))
}

fn id_of(message: &Value) -> Option<u64> {
    number(&message["id"])
}

pub(super) fn number(value: &Value) -> Option<u64> {
    value.as_str().and_then(|digits| digits.parse().ok())
}

/// Why a post was not said.
fn undelivered(way: &Rest, directs: &Directs, to: Whither, why: Failed) -> Unsaid {
    match to {
        Whither::Channel(channel) => unsent(way, channel, why),
        Whither::Person(person) => directs.unsent(person, why),
    }
}

/// A channel that refused us is remembered, so that it is not asked over and over.
fn unsent(way: &Rest, channel: ChannelId, why: Failed) -> Unsaid {
    match why {
        // An answer to somebody's direct message goes to a channel, too, and may meet closed doors.
        Failed::Refused(refused) if direct::is_closed(&refused) => direct::closed(&refused),
        Failed::Refused(refused) if refused.status == 403 => {
            way.forbid(channel);
            forbidden()
        }
        Failed::Refused(refused) if refused.code == direct::UNKNOWN_CHANNEL => Unsaid::Never {
            why:
                "The channel is not there any more. Make one of the same name, and what comes next \
                  is posted there"
                    .to_owned(),
        },
        why => unsaid(why, "The message could not be sent"),
    }
}

fn forbidden() -> Unsaid {
    let why = "Discord does not let the bot write in the channel. Give its role View Channel, \
               Send Messages, Embed Links, Attach Files and Read Message History there";
    Unsaid::Never { why: why.to_owned() }
}

/// Whether trying again may help. `what` says what failed, and stands first in the reason.
pub(super) fn unsaid(why: Failed, what: &str) -> Unsaid {
    match why {
        Failed::Silent(why) => Unsaid::Again { why: format!("{what}: {why}"), after: None },
        Failed::Wait(wait) => {
            Unsaid::Again { why: format!("{what}: Discord asks to wait"), after: Some(wait) }
        }
        Failed::Refused(refused) => {
            let why = format!("{what}: {} {}", refused.status, refused.words);
            match refused.status {
                _ if matches!(refused.code, TOO_MANY_EDITS | OPENING_TOO_FAST) => {
                    Unsaid::Again { why, after: None }
                }
                // Redirects, a token that will be replaced, trouble on Discord's side.
                300..=399 | 401 | 408 | 429 | 500.. => Unsaid::Again { why, after: None },
                _ => Unsaid::Never { why },
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discord::rest::Refused;

    #[test]
    fn what_discord_adds_does_not_change_what_a_message_says() {
        let ours = json!({
            "embeds": [{ "title": "Digest ", "description": "one \ntwo\n", "color": 1 }],
            "components": [],
        });
        let theirs = json!({
            "id": "1",
            "embeds": [{ "type": "rich", "title": "Digest", "description": "one\ntwo",
                         "content_scan_version": 0 }],
            "components": [],
        });
        assert!(is_same(&theirs, &ours));
        let other = json!({ "embeds": [{ "title": "Digest", "description": "one" }] });
        assert!(!is_same(&other, &ours));
        let mut noted = ours.clone();
        noted["content"] = json!("A note");
        assert!(!is_same(&noted, &ours));
        noted["content"] = json!("");
        assert!(is_same(&noted, &ours), "Discord says so of a message without");
    }

    #[test]
    fn a_message_with_other_files_is_another() {
        let ours = json!({ "attachments": [{ "id": "0", "filename": "the plan.png" }] });
        let theirs = json!({ "attachments": [{ "id": "769", "filename": "the_plan.png" }] });
        assert!(is_same(&theirs, &ours));
        assert!(!is_same(&json!({ "attachments": [] }), &ours));
        assert!(!is_same(&theirs, &json!({})));
        assert!(is_same(&json!({ "attachments": [] }), &json!({})));
    }

    #[test]
    fn ids_grow_with_time() {
        let moment = DateTime::from_timestamp_millis(EPOCH_MS + CLOCKS_DIFFER_MS + 5).unwrap();
        assert_eq!(id_before(moment), 5 << ID_TIME_SHIFT);
        assert_eq!(id_before(DateTime::UNIX_EPOCH), 0);
    }

    #[test]
    fn what_may_work_later_is_tried_again() {
        let refused = |status| Failed::Refused(Refused { status, code: 0, words: "no".into() });
        for status in [401, 429, 500, 502, 301] {
            assert!(matches!(unsaid(refused(status), "x"), Unsaid::Again { .. }), "{status}");
        }
        for status in [400, 403, 404] {
            assert!(matches!(unsaid(refused(status), "x"), Unsaid::Never { .. }), "{status}");
        }
        let code = TOO_MANY_EDITS;
        let too_many = Failed::Refused(Refused { status: 400, code, words: "no".into() });
        assert!(matches!(unsaid(too_many, "x"), Unsaid::Again { .. }));
        let wait = Duration::from_secs(9);
        let later = unsaid(Failed::Wait(wait), "x");
        assert!(matches!(later, Unsaid::Again { after: Some(after), .. } if after == wait));
    }
}
