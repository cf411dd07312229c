//! `convener export` and `convener paper`: a plan, and the paper for a meeting, as files.

use std::io::IsTerminal;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser;
use convener::config::setting::Settings;
use convener::date::read_day;
use convener::request::plan::ExportAsk;
use convener::request::plan::Format;
use convener::request::plan::PaperAsk;
use convener::view::Attachment;

use crate::cli::import::said;
use crate::cli::out::print;
use crate::cli::out::tell;
use crate::cli::record::Record;
use crate::cli::record::RecordArgs;

/// What to write, and where.
#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// What kind of file.
    #[arg(long, value_parser = format())]
    format: Format,
    /// The letters of the plan; the partnership's first, if left out.
    #[arg(long, value_name = "IP")]
    plan: Option<String>,
    /// The day whose position it tells, such as 2020-11-12; today, if left out.
    #[arg(long, value_name = "DATE", value_parser = read_day)]
    as_of: Option<NaiveDate>,
    /// The file to write; standard output, if left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

/// Which paper to write, and where.
#[derive(Debug, clap::Args)]
pub(crate) struct Paper {
    /// The body whose next meeting it is for, such as CPWD.
    #[arg(long)]
    body: String,
    /// The day whose position it tells, such as 2020-11-12; today, if left out.
    #[arg(long, value_name = "DATE", value_parser = read_day)]
    as_of: Option<NaiveDate>,
    /// The file to write; standard output, if left out.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) record: RecordArgs,
}

fn format() -> impl TypedValueParser<Value = Format> {
    let words = Format::ALL.map(|(_, word, _)| word);
    PossibleValuesParser::new(words).try_map(|word| {
        Format::from_word(&word).ok_or_else(|| format!("\"{word}\" is no kind of file"))
    })
}

/// Writes a plan as a file; a picture of many pages as several, numbered.
pub(crate) async fn export(asked: Export, settings: Settings) -> anyhow::Result<()> {
    let record = Record::open(&asked.record, &settings).await?;
    let ask = ExportAsk { format: asked.format, plan: asked.plan, as_of: asked.as_of };
    let mut tx = record.read().await?;
    let made = record.desk.export(&mut tx, &record.partnership, &ask).await.map_err(said);
    drop(tx);
    let written = made.and_then(|(_, files)| put(&files, asked.out.as_deref()));
    record.close().await;
    written
}

/// Writes the paper for a body's next meeting.
pub(crate) async fn paper(asked: Paper, settings: Settings) -> anyhow::Result<()> {
    let record = Record::open(&asked.record, &settings).await?;
    let ask = PaperAsk { body: asked.body, as_of: asked.as_of };
    let mut tx = record.read().await?;
    let made = record.desk.paper(&mut tx, &record.partnership, &ask).await.map_err(said);
    drop(tx);
    // The paper comes first; what goes with it in a chat is in it, or an export of its own.
    let written =
        made.and_then(|(_, files)| put(files.get(..1).unwrap_or_default(), asked.out.as_deref()));
    record.close().await;
    written
}

/// Writes files where they are asked for.
fn put(files: &[Attachment], out: Option<&Path>) -> anyhow::Result<()> {
    match (files, out) {
        ([file], Some(path)) => write(path, &file.bytes),
        (files, Some(path)) => files
            .iter()
            .zip(1..)
            .try_for_each(|(file, number): (_, usize)| write(&numbered(path, number), &file.bytes)),
        ([file], None) => print_out(file),
        (files, None) => bail!(
            "there are {} pages, which do not fit into one output. Name a file with --out, and they \
             are numbered beside it",
            files.len()
        ),
    }
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))?;
    tell(&format!("Wrote {}.", path.display()))
}

/// `plan.png` as `plan-2.png`.
fn numbered(path: &Path, number: usize) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let name = match path.extension() {
        Some(ending) => format!("{stem}-{number}.{}", ending.to_string_lossy()),
        None => format!("{stem}-{number}"),
    };
    path.with_file_name(name)
}

/// Prints a file, unless that would fill a terminal with what is no text.
fn print_out(file: &Attachment) -> anyhow::Result<()> {
    if std::io::stdout().is_terminal() && std::str::from_utf8(&file.bytes).is_err() {
        bail!("{} is no text to show here. Name a file with --out", file.name);
    }
    print(&file.bytes, &file.name)
}
