//! The command line: `run` connects to Discord, `sandbox` opens a Discord in a box.

use std::io::IsTerminal;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use anyhow::Context;
use chrono::NaiveDateTime;
use clap::Parser;
use clap::Subcommand;
use convener::bot;
use convener::bot::Clock;
use convener::bot::Setup;
use convener::config::cast;
use convener::config::partnership;
use convener::config::setting::Settings;
use convener::discord;
use convener::discord::Connection;
use convener::rehearsal::Rehearsal;
use convener::rehearsal::Stage;
use convener::rehearsal::check_folder;
use secrecy::SecretString;
use tracing_subscriber::EnvFilter;
use url::Url;

/// Keeps a community planning partnership's improvement plan, and reminds those who lead it.
#[derive(Debug, Parser)]
#[command(version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Connect to Discord and work until stopped. The token comes from the environment.
    Run(Run),
    /// Open a Discord in a box to try Convener in a browser: no account, no server.
    Sandbox(Sandbox),
}

#[derive(Debug, clap::Args)]
struct Run {
    /// The address of a server that speaks as Discord does, without /api; Discord, if left out.
    #[arg(long, value_name = "URL")]
    api: Option<Url>,
    /// The folder that holds each partnership's record; "data" if neither this nor the settings
    /// say otherwise.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The settings; the defaults, if left out.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// What a server that has no record yet is set up from.
    #[arg(long, value_name = "FILE")]
    partnership: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Sandbox {
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
    config: Option<PathBuf>,
    /// The partnership; Community Planning West Dunbartonshire, if left out.
    #[arg(long, value_name = "FILE")]
    partnership: Option<PathBuf>,
}

fn time(words: &str) -> Result<NaiveDateTime, String> {
    NaiveDateTime::parse_from_str(words, "%Y-%m-%d %H:%M")
        .map_err(|_| "write a day and a time, such as \"2020-10-26 09:00\"".to_owned())
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match start(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What stops the program is told once, in words for whoever started it.
            let _ = writeln!(std::io::stderr(), "convener: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn start(command: Command) -> anyhow::Result<()> {
    let config = match &command {
        Command::Run(run) => &run.config,
        Command::Sandbox(sandbox) => &sandbox.config,
    };
    let settings = Settings::open(config.as_deref())?;
    log(&settings)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("start the runtime")?;
    let ended = runtime.block_on(async {
        match command {
            Command::Run(run) => serve(run, settings).await,
            Command::Sandbox(sandbox) => rehearse(sandbox, settings).await,
        }
    });
    // What still sleeps must not hold up the end.
    runtime.shutdown_timeout(Duration::from_millis(200));
    ended
}

fn log(settings: &Settings) -> anyhow::Result<()> {
    let wanted = format!("{},{}", settings.log, discord::QUIET);
    let filter = EnvFilter::try_new(&wanted).with_context(|| {
        format!("\"{}\" is not a log filter; write one such as \"info\"", settings.log)
    })?;
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr)
        .init();
    Ok(())
}

async fn serve(run: Run, mut settings: Settings) -> anyhow::Result<()> {
    let end = asked_to_end()?;
    let token = token().context(
        "no token: put your bot's token from the Discord developer portal in the environment \
         variable DISCORD_TOKEN, or try `convener sandbox`, which needs none",
    )?;
    settings.data = run.data.unwrap_or(settings.data);
    check_folder(&settings.data)?;
    let founding = run.partnership.map(|path| partnership::founding(Some(&path))).transpose()?;
    let mut connection = Connection::new(run.api, token);
    connection.timing.connect_timeout = settings.connect_timeout;
    connection.timing.request_timeout = settings.request_timeout;
    let setup = Setup { settings, founding, connection, clock: Clock::System, outlook: None };
    bot::run(setup, end).await
}

/// The bot's token. It is no option of the command line, where everybody on the machine could read
/// it.
#[expect(clippy::disallowed_methods, reason = "a secret comes from the environment alone")]
fn token() -> Option<SecretString> {
    let token = std::env::var("DISCORD_TOKEN").ok()?.trim().to_owned();
    (!token.is_empty()).then(|| token.into())
}

async fn rehearse(asked: Sandbox, mut settings: Settings) -> anyhow::Result<()> {
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
    let stage = Stage { settings, founding, players, opens_at, port: asked.port };
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

/// What ends when the program is told to: Ctrl-C, or SIGTERM as a service manager sends it.
///
/// From the call on, not only from the first wait, so that no signal takes us unawares.
#[cfg(unix)]
fn asked_to_end() -> anyhow::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::SignalKind;
    use tokio::signal::unix::signal;

    let mut interrupt = signal(SignalKind::interrupt()).context("listen for Ctrl-C")?;
    let mut terminate = signal(SignalKind::terminate()).context("listen for SIGTERM")?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// What ends when the program is told to, by Ctrl-C.
#[cfg(not(unix))]
fn asked_to_end() -> anyhow::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
