//! Posts that end unsaid, and what CP Support is told of them.

use super::Desk;
use super::chases::MENTION;
use crate::body::ChannelId;
use crate::partnership::Partnership;
use crate::post::Ending;
use crate::post::Post;
use crate::post::Whither;
use crate::schedule;
use crate::store::Tx;
use crate::view::notice;

/// What begins the key of a post that tells of another one which could not be delivered.
const UNDELIVERED: &str = "undelivered/";

impl Desk {
    /// Ends a post that is never said, and tells CP Support: once of all parts of a digest, and once of
    /// all requests for updates that waited until it was too late.
    pub async fn end(
        &self,
        tx: &mut Tx,
        post: &Post,
        ending: Ending,
        why: &str,
    ) -> anyhow::Result<()> {
        tx.save_unsaid(post.id, ending, why).await?;
        let Some(partnership) = tx.partnership().await? else { return Ok(()) };
        if post.key.starts_with(UNDELIVERED) {
            return Ok(());
        }
        let of = post.key.strip_prefix(MENTION);
        let asks = of.is_some() || tx.lead_asked_by(post.id).await?.is_some();
        let of = of.unwrap_or(&post.key);
        let title = &post.card.title;
        let (of, card) = match (ending, post.to) {
            (Ending::Missed, _) if asks => (schedule::tick_of(of), notice::not_asked(title)),
            (Ending::Missed, to) => {
                (schedule::tick_of(of), notice::too_late(title, &place(&partnership, to)))
            }
            // Each channel and each person is a trouble of its own.
            (_, to) if asks => {
                (post.key.as_str(), notice::undelivered(title, &place(&partnership, to), why))
            }
            (_, to) => {
                (schedule::tick_of(of), notice::undelivered(title, &place(&partnership, to), why))
            }
        };
        self.tell_office(tx, &partnership, &format!("{UNDELIVERED}{of}"), &card).await
    }
}

/// Where a post was to be said, for CP Support, whom private messages of others do not concern.
fn place(partnership: &Partnership, to: Whither) -> String {
    let named = |channel: ChannelId| {
        let mut bodies = partnership.bodies.all.iter();
        let owner = bodies.find(|body| body.channel == Some(channel));
        owner.map_or("in its channel".into(), |body| format!("in #{}", body.channel_name))
    };
    match to {
        Whither::Channel(channel) => named(channel),
        Whither::Person(_) => "privately".into(),
    }
}
