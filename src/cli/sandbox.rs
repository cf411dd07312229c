//! `convener sandbox`: a Discord in a box to try Convener in.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use chrono::NaiveDateTime;
use convener::bot;
use convener::config::cast;
use convener::config::partnership;
use convener::config::setting::Settings;
use convener::rehearsal::Rehearsal;
use convener::rehearsal::Stage;
use convener::rehearsal::check_folder;

use crate::cli::asked_to_end;

#[derive(Debug, clap::Args)]
pub(crate) struct Sandbox {
    /// The port on this machine; any free one with 0.
    #[arg(long, value_name = "N", default_value_t = 8420)]
    port: u16,
    /// Where the clock stands at first, in the partnership's time.
    #[arg(long, value_name = "TIME", default_value = "2020-10-26 09:00", value_parser = time)]
    at: NaiveDateTime,
    /// The folder that keeps the record; a temporary one, if left out.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The settings; the defaults, if left out.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// The partnership; Community Planning West Dunbartonshire, if left out.
    #[arg(long, value_name = "FILE")]
    partnership: Option<PathBuf>,
}

fn time(words: &str) -> Result<NaiveDateTime, String> {
    NaiveDateTime::parse_from_str(words, "%Y-%m-%d %H:%M")
        .map_err(|_| "write a day and a time, such as \"2020-10-26 09:00\"".to_owned())
}

/// Opens the sandbox, with the bot at work in it, until told to stop.
pub(crate) async fn rehearse(asked: Sandbox, mut settings: Settings) -> anyhow::Result<()> {
    let end = asked_to_end()?;
    let founding = partnership::founding(asked.partnership.as_deref())?;
    let temporary = match &asked.data {
        Some(_) => None,
        None => Some(tempfile::tempdir().context("make a temporary folder")?),
    };
    let temporary_path = temporary.as_ref().map(|folder| folder.path().to_owned());
    settings.data = asked.data.or(temporary_path).unwrap_or(settings.data);
    check_folder(&settings.data)?;
    let opens_at = founding.partnership.calendar.instant(asked.at);
    let players = cast::players(None)?;
    let port = asked.port;
    let stage = Stage { settings, founding, players, neighbours: 0, opens_at, port };
    let rehearsal = Rehearsal::open(stage).await?;
    rehearsal.catch_up().await?;
    let mut out = std::io::stdout();
    let _ = writeln!(out, "Convener's sandbox is open at {}", rehearsal.sandbox.url());
    let _ = writeln!(out, "The record is {}. Stop with Ctrl-C.", rehearsal.record().display());
    let ended = bot::run(rehearsal.setup()?, end).await;
    rehearsal.sandbox.shut().await;
    drop(temporary);
    ended
}
