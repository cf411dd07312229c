//! `convener check`: whether a record is sound, and what is wrong with it where it is not.

use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use convener::config::setting::Settings;
use convener::ledger::chain::Hash;
use convener::store;
use convener::store::Checked;

use crate::cli::for_terminal;
use crate::cli::record::KeptArgs;

/// Which record to check, and what to hold it against.
#[derive(Debug, clap::Args)]
pub(crate) struct Check {
    /// The file to check, such as a backup; the record in the data folder, if left out.
    #[arg(value_name = "FILE", conflicts_with_all = ["data", "server"])]
    file: Option<PathBuf>,
    /// The head of the chain that an earlier check, backup or export printed: whether the record still
    /// holds all that was recorded until then, as it was.
    #[arg(long, value_name = "HASH")]
    head: Option<Hash>,
    #[command(flatten)]
    pub(crate) kept: KeptArgs,
}

/// Checks a record without changing anything, and fails if something is wrong with it.
pub(crate) async fn check(asked: Check, settings: Settings) -> anyhow::Result<()> {
    let path = match asked.file {
        Some(file) if !file.exists() => bail!("there is no file {}", file.display()),
        Some(file) => file,
        None => asked.kept.path(&settings)?,
    };
    let checked = store::check(&path, asked.head).await?;
    if checked.faults.is_empty() {
        let mut lines = vec![format!("{} is sound.", path.display())];
        lines.extend(so_far(&checked));
        lines.extend(counted(&checked));
        match asked.head {
            Some(_) if checked.head.is_some() => {
                lines.push("It still holds all that led to the head you gave.".into());
            }
            Some(_) => bail!(
                "{} has no chain to look for a head in. It gets one when Convener next opens it",
                path.display()
            ),
            None => {}
        }
        return print(&lines);
    }
    tell(&path, &checked)
}

/// Prints what is wrong with a record, and fails.
pub(crate) fn tell(path: &Path, checked: &Checked) -> anyhow::Result<()> {
    let mut lines: Vec<String> = checked
        .faults
        .iter()
        .map(|fault| format!("- {}", for_terminal(&fault.to_string())))
        .collect();
    lines.extend(so_far(checked));
    print(&lines)?;
    let faults = match checked.faults.len() {
        1 => "1 thing is wrong".to_owned(),
        count => format!("{count} things are wrong"),
    };
    bail!(
        "{faults} with {}. Keep the file as it is, check your copies of it with `convener check FILE`, \
         and go on from the newest that is sound",
        path.display()
    )
}

/// How many entries the ledger has, and the head of its chain, for the record's keeper to put away.
pub(crate) fn counted(checked: &Checked) -> Vec<String> {
    let (Some(entries), Some(head)) = (checked.entries, checked.head) else { return Vec::new() };
    let entries = if entries == 1 { "1 entry".to_owned() } else { format!("{entries} entries") };
    vec![
        format!("{entries} in the ledger. The head of the chain over them:"),
        head.to_string(),
        "Keep it apart from the record: `convener check --head HASH` shows that nothing before it was \
         written anew."
            .into(),
    ]
}

/// That a record of an earlier step was checked, and how far.
fn so_far(checked: &Checked) -> Option<String> {
    if checked.step == checked.newest {
        return None;
    }
    let far = if checked.entries.is_some() {
        "Its chain was checked in a copy that was brought up to date."
    } else {
        "It has no chain over its ledger yet, so only the file and its schema were checked. It gets a \
         chain when Convener next opens it."
    };
    Some(format!(
        "Its schema is at step {}, and this Convener knows {}. {far}",
        checked.step, checked.newest
    ))
}

/// Prints lines for whoever asked.
pub(crate) fn print(lines: &[String]) -> anyhow::Result<()> {
    let mut out = std::io::stdout();
    match writeln!(out, "{}", lines.join("\n")).and_then(|()| out.flush()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(error).context("print what was found")
        }
        _ => Ok(()),
    }
}
