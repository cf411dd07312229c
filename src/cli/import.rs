//! `convener import`: read a plan from a file, show what it would change, and apply it if asked to.

use std::fs::File;
use std::io::ErrorKind;
use std::io::IsTerminal;
use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use convener::config::setting::Settings;
use convener::desk::Failure;
use convener::desk::PlanFile;
use convener::desk::PlanRead;
use convener::files::preview::json;
use convener::files::read::refusal::Refusal;
use convener::request::FILE_BYTES_MAX;
use convener::store::NewImport;
use convener::store::Tx;

use crate::cli::out::print;
use crate::cli::out::tell;
use crate::cli::preview;
use crate::cli::record::Record;
use crate::cli::record::RecordArgs;

/// What to read, and what to do with it.
#[derive(Debug, clap::Args)]
pub(crate) struct Import {
    /// The plan: a table as csv, xlsx, ods, docx or markdown, or text pasted from one.
    file: PathBuf,
    /// The letters of the plan, or of a body whose own plan it is; the partnership's first, if left
    /// out.
    #[arg(long, value_name = "IP")]
    plan: Option<String>,
    /// Make the plan what the file says; otherwise nothing is changed.
    #[arg(long)]
    apply: bool,
    /// Keep the actions that the file leaves out; otherwise they are withdrawn.
    #[arg(long, requires = "apply")]
    keep_dropped: bool,
    /// An answer to a doubt, such as "3.1 lead: CPEG"; can be given several times.
    #[arg(long = "answer", value_name = "ANSWER")]
    answers: Vec<String>,
    /// A file with such answers, one a line.
    #[arg(long = "answers", value_name = "FILE")]
    answers_file: Option<PathBuf>,
    /// Print the preview as one JSON object.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Reads the file, shows what is in it, and applies it if asked to.
pub(crate) async fn import(asked: Import, settings: Settings) -> anyhow::Result<()> {
    let file = PlanFile {
        name: asked.file.file_name().map_or_else(
            || asked.file.display().to_string(),
            |name| name.to_string_lossy().into_owned(),
        ),
        bytes: bytes_of(&asked.file)?,
        plan: asked.plan.clone(),
        answers: answers_of(&asked)?,
    };
    let record = if asked.apply {
        Record::open_to_keep(&asked.record, &settings).await?
    } else {
        Record::open(&asked.record, &settings).await?
    };
    let done = shown_and_applied(&asked, &record, file).await;
    record.close().await;
    done
}

async fn shown_and_applied(asked: &Import, record: &Record, file: PlanFile) -> anyhow::Result<()> {
    let (desk, partnership) = (&record.desk, &record.partnership);
    // Beside those who write: a large file takes a moment, and a bot may be at work.
    let mut tx = record.read().await?;
    let understood = desk.understand(&mut tx, partnership, file.clone(), progress()).await;
    let understood = understood.map_err(said)?;
    drop(tx);
    // One transaction from comparing to applying, so that nothing comes between.
    let mut tx = if asked.apply { record.begin().await? } else { record.read().await? };
    let mut read = desk.compare(&mut tx, partnership, understood).await.map_err(said)?;
    if asked.keep_dropped {
        read.revision = read.revision.keeping_dropped();
    }
    let text = shown(asked, &file.name, &read);
    if !asked.apply {
        return print(text.as_bytes(), "the preview");
    }
    if read.revision.is_empty() {
        print(text.as_bytes(), "the preview")?;
        return tell("Nothing to apply.");
    }
    let applied = applied(record, tx, &file, &read).await;
    // Only now: whoever reads page by page would keep others from writing.
    print(text.as_bytes(), "the preview")?;
    applied?;
    tell("Applied. What the plan said before stays in the record.")
}

async fn applied(
    record: &Record,
    mut tx: Tx,
    file: &PlanFile,
    read: &PlanRead,
) -> anyhow::Result<()> {
    let new = NewImport {
        plan: &read.plan.code,
        file_name: &file.name,
        bytes: &file.bytes,
        answers: &file.answers,
        shown: &read.shown(),
    };
    let import = tx.add_import(new, None, None).await?;
    record.desk.apply_plan(&mut tx, &record.partnership, import, read).await?;
    tx.commit().await
}

fn shown(asked: &Import, name: &str, read: &PlanRead) -> String {
    if asked.json {
        format!("{}\n", json::preview(&read.preview))
    } else {
        preview::text(name, read, std::io::stdout().is_terminal())
    }
}

/// The bytes of a file, unless it is larger than any plan.
fn bytes_of(path: &Path) -> anyhow::Result<Vec<u8>> {
    let file = path.display();
    if path.is_dir() {
        bail!("{file} is a folder. Name the file with the plan in it");
    }
    let mut bytes = Vec::new();
    // One more than may be is enough to know.
    let read =
        File::open(path).and_then(|opened| opened.take(FILE_BYTES_MAX + 1).read_to_end(&mut bytes));
    match read {
        Ok(_) if bytes.len() as u64 > FILE_BYTES_MAX => {
            Err(Refusal::TooBig { file: file.to_string() }.into())
        }
        Ok(_) => Ok(bytes),
        Err(error) if error.kind() == ErrorKind::NotFound => {
            bail!("there is no file {file}. Check its name and the folder it is in")
        }
        Err(error) if error.kind() == ErrorKind::PermissionDenied => {
            bail!("you may not read {file}. Ask whoever it belongs to")
        }
        Err(error) => Err(error).with_context(|| format!("{file} cannot be read")),
    }
}

fn answers_of(asked: &Import) -> anyhow::Result<String> {
    let mut answers = asked.answers.join("\n");
    if let Some(path) = &asked.answers_file {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("{} cannot be read", path.display()))?;
        answers = format!("{answers}\n{text}");
    }
    Ok(answers)
}

/// What was refused or broke, for whoever typed the command.
pub(crate) fn said(failure: Failure) -> anyhow::Error {
    match failure {
        Failure::Refused(refusal) => anyhow::Error::msg(refusal.to_string()),
        Failure::Broken(fault) => fault,
    }
}

/// Tells how far reading has come: on one line that is written over where somebody watches, else
/// once at the end.
fn progress() -> impl FnMut(usize, usize) + Send + 'static {
    /// Smaller files are read before anybody could look.
    const SHOWN_FROM: usize = 1000;
    let is_watched = std::io::stderr().is_terminal();
    move |done, count| {
        let is_over = done == count;
        if count < SHOWN_FROM || !(is_watched || is_over) {
            return;
        }
        let begins = if is_watched { "\r" } else { "" };
        let ends = if is_over { "\n" } else { "" };
        let _ = write!(std::io::stderr(), "{begins}Read {done} of {count} actions{ends}");
    }
}
