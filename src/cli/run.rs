//! `convener run`: connect to Discord and work until stopped.

use std::path::PathBuf;

use anyhow::Context;
use convener::bot;
use convener::bot::Clock;
use convener::bot::Setup;
use convener::config::partnership;
use convener::config::setting::Settings;
use convener::discord::Connection;
use convener::rehearsal::check_folder;
use secrecy::SecretString;
use tracing::debug;
use tracing::warn;
use url::Url;

use crate::cli::asked_to_end;

#[derive(Debug, clap::Args)]
pub(crate) struct Run {
    /// The address of a server that speaks as Discord does, without /api; Discord, if left out.
    #[arg(long, value_name = "URL", value_parser = address)]
    api: Option<Url>,
    /// The folder that holds each partnership's record; "data" if neither this nor the settings
    /// say otherwise.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The settings; the defaults, if left out.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// What a server that has no record yet is set up from.
    #[arg(long, value_name = "FILE")]
    partnership: Option<PathBuf>,
}

fn address(words: &str) -> Result<Url, String> {
    words.parse().map_err(|_| "write an address such as https://chat.example.org".to_owned())
}

/// Connects, and works until told to stop.
pub(crate) async fn serve(run: Run, mut settings: Settings) -> anyhow::Result<()> {
    let end = asked_to_end()?;
    let token = token().context(
        "no token: put your bot's token from the Discord developer portal in the environment \
         variable DISCORD_TOKEN, or try `convener sandbox`, which needs none",
    )?;
    settings.data = run.data.unwrap_or(settings.data);
    check_folder(&settings.data)?;
    allow_open_files();
    let founding = run.partnership.map(|path| partnership::founding(Some(&path))).transpose()?;
    let mut connection = Connection::new(run.api, token);
    connection.timing.connect_timeout = settings.connect_timeout;
    connection.timing.request_timeout = settings.request_timeout;
    let clock = Clock::System;
    let setup = Setup { settings, founding, connection, clock, watcher: None, halt: None };
    bot::run(setup, end).await
}

/// Asks for as many open files as the system lets us have: each record takes several, and the limit
/// that programs usually begin with is met by two hundred of them.
fn allow_open_files() {
    match rlimit::increase_nofile_limit(u64::MAX) {
        Ok(files) => debug!(files, "So many files may be open at the same time"),
        // It may well do with those it has; a record that cannot be opened says so by itself.
        Err(fault) => warn!("Could not ask for more open files: {fault}"),
    }
}

/// The bot's token. It is no option of the command line, where everybody on the machine could read
/// it.
#[expect(clippy::disallowed_methods, reason = "a secret comes from the environment alone")]
fn token() -> Option<SecretString> {
    let token = std::env::var("DISCORD_TOKEN").ok()?.trim().to_owned();
    (!token.is_empty()).then(|| token.into())
}
