//! `convener backup`: a copy of a record, made while it is in use and checked.

use std::fs::File;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use convener::bot::Clock;
use convener::config::setting::Settings;
use convener::store;

use crate::cli::check::counted;
use crate::cli::check::print;
use crate::cli::check::tell;
use crate::cli::record::KeptArgs;

/// Which record to copy, and where to.
#[derive(Debug, clap::Args)]
pub(crate) struct Backup {
    /// The file to make, which must not be there yet; beside the record and named for it and for the
    /// time (UTC), if left out.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) kept: KeptArgs,
}

/// Copies a record and checks the copy.
pub(crate) async fn back_up(asked: Backup, settings: Settings) -> anyhow::Result<()> {
    let path = asked.kept.path(&settings)?;
    let to = asked.to.unwrap_or_else(|| beside(&path));
    claim(&to)?;
    if let Err(error) = store::back_up(&path, &to).await {
        // What there is of it is no copy, and the name was ours.
        let _ = std::fs::remove_file(&to);
        return Err(error);
    }
    let checked = store::check(&to, None).await?;
    if !checked.faults.is_empty() {
        return tell(&to, &checked);
    }
    let size = std::fs::metadata(&to).context("look at the copy")?.len();
    let mut lines = vec![format!(
        "Copied {} to {} ({}), and checked the copy.",
        path.display(),
        to.display(),
        in_words(size)
    )];
    lines.extend(counted(&checked));
    print(&lines)
}

/// Makes an empty file of a name that nothing has yet, so that no file is ever written over.
fn claim(to: &Path) -> anyhow::Result<()> {
    match File::create_new(to) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => bail!(
            "{} is there already, and a backup never writes over a file. Name another with --to",
            to.display()
        ),
        Err(error) => Err(error).with_context(|| format!("{} cannot be written", to.display())),
    }
}

/// `data/1.db` at 09:00 on 12 November 2020 as `data/1-2020-11-12-0900.db`.
fn beside(path: &Path) -> PathBuf {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let now = Clock::System.now().format("%Y-%m-%d-%H%M");
    path.with_file_name(format!("{name}-{now}.db"))
}

/// A size in bytes, as people say it.
fn in_words(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
