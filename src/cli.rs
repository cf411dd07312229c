//! The command line: one file for each command.

mod export;
mod import;
mod out;
mod preview;
mod record;
mod run;
mod sandbox;
mod target;

use std::io::IsTerminal;
use std::time::Duration;

use anyhow::Context;
use clap::Parser;
use clap::Subcommand;
use convener::config::setting::Settings;
use convener::discord;
use tracing_subscriber::EnvFilter;

/// Keeps a community planning partnership's improvement plan, and reminds those who lead it.
#[derive(Debug, Parser)]
#[command(version)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Connect to Discord and work until stopped. The token comes from the environment.
    Run(run::Run),
    /// Open a Discord in a box to try Convener in a browser: no account, no server.
    Sandbox(sandbox::Sandbox),
    /// Read a plan from a file and show what it would change; apply it if asked to.
    Import(import::Import),
    /// Write a plan as a table, a calendar, a picture, or for audit.
    Export(export::Export),
    /// Write the paper for a body's next meeting, as a Word document.
    Paper(export::Paper),
    /// Read a target date as a plan's cells are read, and say what is not certain about it.
    Target(target::Asked),
}

impl Cli {
    /// Does what the command line asks for.
    pub(crate) fn start(self) -> anyhow::Result<()> {
        match self.command {
            Command::Run(asked) => {
                let settings = Settings::open(asked.config.as_deref())?;
                at_work(&settings.clone(), run::serve(asked, settings))
            }
            Command::Sandbox(asked) => {
                let settings = Settings::open(asked.config.as_deref())?;
                at_work(&settings.clone(), sandbox::rehearse(asked, settings))
            }
            Command::Import(asked) => {
                let settings = Settings::open(asked.record.config.as_deref())?;
                at_work(&settings.clone(), import::import(asked, settings))
            }
            Command::Export(asked) => {
                let settings = Settings::open(asked.record.config.as_deref())?;
                at_work(&settings.clone(), export::export(asked, settings))
            }
            Command::Paper(asked) => {
                let settings = Settings::open(asked.record.config.as_deref())?;
                at_work(&settings.clone(), export::paper(asked, settings))
            }
            Command::Target(asked) => target::read(&asked),
        }
    }
}

/// Does what waits for the outside world, with a log and a runtime.
fn at_work(
    settings: &Settings,
    work: impl Future<Output = anyhow::Result<()>>,
) -> anyhow::Result<()> {
    log(settings)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("start the runtime")?;
    let ended = runtime.block_on(work);
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

/// Lines for a terminal: what somebody else wrote must not move the cursor or turn the writing
/// round.
pub(crate) fn for_terminal(text: &str) -> String {
    let is_obeyed = |letter: char| {
        letter != '\n' && letter.is_control()
            || matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.replace(is_obeyed, " ")
}

/// What ends when the program is told to: Ctrl-C, or SIGTERM as a service manager sends it.
///
/// From the call on, not only from the first wait, so that no signal takes us unawares.
#[cfg(unix)]
pub(crate) fn asked_to_end() -> anyhow::Result<impl Future<Output = ()>> {
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
pub(crate) fn asked_to_end() -> anyhow::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
