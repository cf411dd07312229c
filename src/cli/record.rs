//! The record that a command works on: the one in the data folder, or one made for the moment.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use chrono::DateTime;
use chrono::Utc;
use convener::body::ServerId;
use convener::bot::Clock;
use convener::config::partnership::founding;
use convener::config::setting::Settings;
use convener::desk::Desk;
use convener::partnership::Partnership;
use convener::store::Store;
use convener::store::Tx;
use tempfile::TempDir;

/// Which record to work on.
#[derive(Debug, clap::Args)]
pub(crate) struct RecordArgs {
    /// The folder that holds each partnership's record; "data" if neither this nor the settings
    /// say otherwise.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The number of the server whose record it is; needed only where there are several.
    #[arg(long, value_name = "NUMBER")]
    server: Option<u64>,
    /// The partnership to go by while there is no record; Community Planning West Dunbartonshire,
    /// if left out.
    #[arg(long, value_name = "FILE")]
    partnership: Option<PathBuf>,
    /// The settings; the defaults, if left out.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
}

/// A record that a command works on.
pub(crate) struct Record {
    pub(crate) partnership: Partnership,
    pub(crate) desk: Desk,
    pub(crate) now: DateTime<Utc>,
    store: Store,
    /// Holds a record that is made for the moment, and is gone with it.
    temporary: Option<TempDir>,
}

impl Record {
    /// Opens the one record there is, or the one of a server. Where there is none, a record is made
    /// from the partnership's file for the moment: it can be read, and nothing of it is kept.
    pub(crate) async fn open(args: &RecordArgs, settings: &Settings) -> anyhow::Result<Self> {
        let folder = args.data.as_ref().unwrap_or(&settings.data);
        if let Some(path) = Self::found_in(folder, args.server)? {
            return Self::over(&path, None, settings).await;
        }
        let others = records_in(folder)?;
        if let (Some(server), false) = (args.server, others.is_empty()) {
            bail!(
                "{} holds no record of server {server}. It holds those of: {}",
                folder.display(),
                servers_of(&others)
            );
        }
        let _ = writeln!(
            std::io::stderr(),
            "There is no record in {} yet: this is the plan as its partnership's file has it.",
            folder.display()
        );
        Self::for_the_moment(args, settings).await
    }

    /// Opens a record that is kept, or begins the one of a server.
    pub(crate) async fn open_to_keep(
        args: &RecordArgs,
        settings: &Settings,
    ) -> anyhow::Result<Self> {
        let folder = args.data.as_ref().unwrap_or(&settings.data);
        if let Some(path) = Self::found_in(folder, args.server)? {
            return Self::over(&path, None, settings).await;
        }
        let Some(server) = args.server else {
            bail!(
                "there is no record in {} to apply this to. Name its folder with --data, or begin the \
                 record of a server with --server NUMBER (in Discord, copy the server's ID)",
                folder.display()
            );
        };
        std::fs::create_dir_all(folder)
            .with_context(|| format!("make the data folder {}", folder.display()))?;
        let path = folder.join(format!("{server}.db"));
        begin(&path, args, ServerId(server)).await?;
        Self::over(&path, None, settings).await
    }

    /// Begins to read.
    pub(crate) async fn read(&self) -> anyhow::Result<Tx> {
        self.store.read(self.now).await
    }

    /// Begins to write.
    pub(crate) async fn begin(&self) -> anyhow::Result<Tx> {
        self.store.begin(self.now).await
    }

    pub(crate) async fn close(self) {
        self.store.close().await;
        drop(self.temporary);
    }

    /// The record of a server in a folder, or the only one there is.
    fn found_in(folder: &Path, server: Option<u64>) -> anyhow::Result<Option<PathBuf>> {
        if let Some(server) = server {
            let path = folder.join(format!("{server}.db"));
            return Ok(path.exists().then_some(path));
        }
        match records_in(folder)?.as_slice() {
            [] => Ok(None),
            [only] => Ok(Some(only.clone())),
            several => bail!(
                "{} holds the records of several servers. Choose one with --server: {}",
                folder.display(),
                servers_of(several)
            ),
        }
    }

    async fn for_the_moment(args: &RecordArgs, settings: &Settings) -> anyhow::Result<Self> {
        let folder = tempfile::tempdir().context("make a temporary folder")?;
        let path = folder.path().join("0.db");
        begin(&path, args, ServerId(0)).await?;
        Self::over(&path, Some(folder), settings).await
    }

    async fn over(
        path: &Path,
        temporary: Option<TempDir>,
        settings: &Settings,
    ) -> anyhow::Result<Self> {
        let store = Store::open(path).await?;
        let now = Clock::System.now();
        let partnership = store.read(now).await?.partnership().await?;
        let partnership = partnership
            .with_context(|| format!("the record {} holds no partnership yet", path.display()))?;
        let desk = Desk::of(settings);
        Ok(Self { partnership, desk, now, store, temporary })
    }
}

/// The records in a folder, by name; none where there is no such folder.
fn records_in(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let looking = || format!("look into {}", folder.display());
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.with_context(looking)?,
    };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.with_context(looking)?.path();
        if path.extension().is_some_and(|ending| ending == "db") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn servers_of(records: &[PathBuf]) -> String {
    let names: Vec<_> = records.iter().filter_map(|path| path.file_stem()?.to_str()).collect();
    names.join(", ")
}

/// Begins a record from the partnership's file.
async fn begin(path: &Path, args: &RecordArgs, server: ServerId) -> anyhow::Result<()> {
    let founding = founding(args.partnership.as_deref())?;
    let store = Store::open(path).await?;
    store.found(&founding, server, Clock::System.now()).await?;
    store.close().await;
    Ok(())
}
