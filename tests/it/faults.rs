//! Whatever happens to the bot, to Discord and to the line between them: nothing that is owed is lost,
//! and nothing is said twice.
//!
//! What happens under a fault is held against what happens without one: every channel and everybody's
//! direct messages, read from top to bottom.

mod channels;
mod chat;
mod clock;
mod gateway;
mod offline;
mod people;
mod steps;

use std::time::Duration;

use convener::bot::Step;
use convener::config::partnership;
use convener::sandbox::Fault;
use convener::sandbox::Message;
use convener::store::Store;

use crate::digests::talkative;
use crate::town::ALASDAIR;
use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::TOM;
use crate::town::Town;

/// Where every message of the bot's goes.
const SENDS: &str = "POST /channels/*/messages";

/// Something that Convener says, and how it comes to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Said {
    /// A digest in four parts, CPEG's on Thursday 3 December 2020 at 09:00.
    Digest,
    /// The first requests for updates before the board, on Thursday 29 October 2020 at 09:00: privately
    /// to three people, and in the channels of leads that nobody is known to hold.
    Chases,
    /// The same, when Fiona takes no messages and is called in her group's channel.
    Mention,
    /// The same, owed in the morning and not sent before the evening, when nobody is to be disturbed.
    Evening,
    /// What has changed since the board's digest, on Wednesday 18 November 2020 at 09:00.
    FollowUp,
    /// The line for all of an update.
    Line,
    /// That line, corrected.
    Correction,
}

impl Said {
    /// A town just before, with the bot at work in it.
    async fn eve(self) -> Town {
        match self {
            Self::Digest => {
                let town = talkative("2020-12-02 16:00").await;
                town.reach("2020-12-02 16:30").await;
                town
            }
            Self::Chases => Town::met("2020-10-28 17:00").await,
            Self::Mention => {
                let town = Town::met("2020-10-28 17:00").await;
                let person = Some(FIONA.to_owned());
                town.sandbox().fault(Fault::RefuseDirect { person });
                town
            }
            Self::Evening => {
                let mut town = Town::met("2020-10-28 17:00").await;
                halted(&mut town, Step::Owed, Self::Chases, 0).await;
                town.reach("2020-10-29 20:00").await;
                town
            }
            Self::FollowUp => {
                let town = Town::at("2020-11-12 08:00").await;
                town.reach("2020-11-17 17:00").await;
                logs(&town, "Two formats drawn up").await;
                town.reach("2020-11-17 17:01").await;
                town
            }
            Self::Line => Town::open().await,
            Self::Correction => {
                let town = Town::open().await;
                logs(&town, "Wrong action").await;
                town.reach("2020-10-26 09:05").await;
                town
            }
        }
    }

    /// How its key begins.
    fn key(self) -> &'static str {
        match self {
            Self::Digest => "digest/",
            Self::Chases | Self::Evening => "first-chase/",
            Self::Mention => "mention/",
            Self::FollowUp => "follow-up/",
            Self::Line | Self::Correction => "update/",
        }
    }

    /// When everything of it has been said, at a local time.
    fn until(self) -> &'static str {
        match self {
            Self::Digest => "2020-12-03 09:00",
            Self::Chases | Self::Mention => "2020-10-29 09:00",
            Self::Evening => "2020-10-30 09:00",
            Self::FollowUp => "2020-11-18 09:00",
            Self::Line | Self::Correction => "2020-10-26 09:06",
        }
    }

    /// Makes it happen, and waits until it is said.
    async fn happens(self, town: &Town) {
        match self {
            Self::Line => logs(town, "Two formats drawn up").await,
            Self::Correction => {
                town.person(MORAG, "cpeg").presses("Undo").await;
            }
            _ => {}
        }
        town.reach(self.until()).await;
    }

    /// Something that stands there once it has happened.
    fn proof(self) -> &'static str {
        match self {
            Self::Digest => "(3 of 3)",
            Self::Chases => "need a word from you",
            Self::Mention => "your direct messages are closed to me",
            Self::Evening => "[Fri 30 Oct",
            Self::FollowUp => "Since the digest for CPWD board",
            Self::Line => "Two formats drawn up",
            Self::Correction => "**Corrected**",
        }
    }

    /// What everybody has read after it has happened and nothing went wrong.
    async fn smoothly(self) -> String {
        let mut town = self.eve().await;
        if self == Self::Evening {
            town.start_bot().await;
        }
        assert!(!everything(&town).contains(self.proof()), "{self:?} has happened before");
        self.happens(&town).await;
        let read = everything(&town);
        assert!(read.contains(self.proof()), "{self:?} never happened:\n{read}");
        read
    }
}

/// Morag logs an update of one of her actions.
async fn logs(town: &Town, text: &str) {
    town.person(MORAG, "cpeg").types(&format!("/update action:1.2 text:{text}")).await;
    // The clock stands until the line for everybody is there.
    town.said("cpeg", text).await;
}

/// Kills the bot at a step of what is said, taken so often before, while that happens.
async fn halted(town: &mut Town, step: Step, said: Said, after: usize) {
    town.kill_bot().await;
    let mut stopped = town.start_bot_to_halt(step, said.key(), after).await;
    tokio::select! {
        () = said.happens(town) => {}
        _ = stopped.wait_for(|stopped| *stopped) => {}
    }
    // Everything may have been said before the last step is taken.
    let waited = tokio::time::timeout(PATIENCE, stopped.wait_for(|stopped| *stopped)).await;
    assert!(waited.is_ok(), "{said:?} never takes the step {step:?}");
    town.kill_bot().await;
}

/// Nothing that a test waits for takes this long, short of a hang.
const PATIENCE: Duration = Duration::from_secs(10);

/// All that anybody can read: what stands in each channel, and in each person's direct messages.
fn everything(town: &Town) -> String {
    everything_but(town, &[])
}

/// The same without some channels.
fn everything_but(town: &Town, but: &[&str]) -> String {
    let bodies = partnership::founding(None).unwrap().partnership.bodies.all;
    let mut channels: Vec<String> = bodies.into_iter().map(|body| body.channel_name).collect();
    channels.retain(|name| !name.is_empty() && !but.contains(&name.as_str()));
    channels.sort();
    channels.dedup();
    let public = channels.iter().map(|name| (format!("#{name}"), town.channel(name)));
    let people = [ALASDAIR, FIONA, MORAG, PRIYA, TOM];
    let private = people.iter().map(|name| ((*name).to_owned(), town.private(name)));
    let all = public.chain(private).map(|(place, read)| format!("{place}\n{read}\n"));
    all.collect()
}

/// Nothing is owed any more, by the record.
async fn owes_nothing(town: &Town) {
    let record = Store::open(&town.record()).await.unwrap();
    let now = *town.sandbox().clock().borrow();
    let mut tx = record.read(now).await.unwrap();
    let owed = tx.posts_owed(10).await.unwrap();
    let edits = tx.edits_owed(10).await.unwrap();
    drop(tx);
    record.close().await;
    assert_eq!((owed, edits), (Vec::new(), Vec::new()));
}

/// The titles of what stands in a channel, in order.
fn titles(town: &Town, channel: &str) -> Vec<String> {
    let messages = town.sandbox().read(channel);
    let title = |message: &Message| {
        let title = message.embeds.first().and_then(|embed| embed["title"].as_str());
        title.unwrap_or_default().to_owned()
    };
    messages.iter().map(title).collect()
}
