//! The loop: somebody spoke, or time passed.

mod clock;
mod courier;
mod served;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use chrono::DateTime;
use chrono::Utc;
use tokio::sync::mpsc;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tracing::error;
use tracing::info;
use tracing::warn;

pub use clock::Clock;

use crate::body::ServerId;
use crate::bot::served::House;
use crate::bot::served::Next;
use crate::bot::served::Served;
use crate::config::setting::Settings;
use crate::desk::Desk;
use crate::discord;
use crate::discord::Connection;
use crate::discord::Discord;
use crate::discord::Heard;
use crate::discord::Server;
use crate::discord::answer::Reply;
use crate::partnership::Founding;
use crate::post::Unsaid;
use crate::request::Request;
use crate::view::Answer;
use crate::view::notice;

/// How many askings may wait to be looked at.
const HEARD_MAX: usize = 1024;

/// How long answers that are under way may take once we are asked to end.
const FINISH_WITHIN: Duration = Duration::from_millis(500);

/// How often declaring the commands is tried, each after a longer wait.
const DECLARE_TRIES: u32 = 6;

/// What the bot is set up with.
#[derive(Debug)]
pub struct Setup {
    /// How it works.
    pub settings: Settings,
    /// What a server without a record begins with.
    pub founding: Option<Founding>,
    /// Where and as whom it connects.
    pub connection: Connection,
    /// What time it is.
    pub clock: Clock,
    /// Where it tells what it has done and what comes next, if somebody wants to know.
    pub outlook: Option<watch::Sender<Outlook>>,
}

/// What the bot has done and what comes next.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outlook {
    /// Everything due up to this instant is done, and said.
    pub settled_at: DateTime<Utc>,
    /// When something happens next, and in a few words what.
    pub next: Option<(DateTime<Utc>, String)>,
}

/// Runs until it is asked to end, or cannot go on.
///
/// # Errors
/// When the chat cannot be reached or refuses us, in words for whoever runs it.
pub async fn run(setup: Setup, end: impl Future<Output = ()>) -> anyhow::Result<()> {
    let (hear, mut heard) = mpsc::channel(HEARD_MAX);
    let discord = tokio::select! {
        connected = discord::connect(setup.connection, hear) => connected?,
        () = async { tokio::pin!(end); end.await } => return Ok(()),
    };
    Ok(())
}
