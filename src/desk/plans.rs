//! The plan as files: its table, its calendar, its picture, its record, and the paper for a meeting.

use anyhow::Context;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;

use super::Asking;
use super::Desk;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use super::bodies_named;
use super::digests::told;
use super::not_before;
use crate::body::Body;
use crate::digest::Digest;
use crate::files::picture;
use crate::files::picture::Drawn;
use crate::files::write;
use crate::files::write::file_name;
use crate::ledger::chain::Chained;
use crate::meeting::Meeting;
use crate::partnership::Partnership;
use crate::plan::Plan;
use crate::position::Position;
use crate::request::plan::ExportAsk;
use crate::request::plan::Format;
use crate::request::plan::PaperAsk;
use crate::store::Tx;
use crate::view::Attachment;
use crate::view::Card;
use crate::view::overview::Overview;
use crate::view::overview::overview;
use crate::view::paper;
use crate::view::position as view;

/// Discord takes so many files with a message, and so many pages of a plan go with one.
const FILES_MAX: usize = 10;

impl Desk {
    /// A plan as files of one format, each with its name: one, or for a picture one for each page.
    pub async fn export(
        &self,
        tx: &mut Tx,
        partnership: &Partnership,
        ask: &ExportAsk,
    ) -> Result<(Position, Vec<Attachment>), Failure> {
        let plan = plan_named(tx, ask.plan.as_deref()).await?;
        let at = self.moment_of(tx, partnership, &plan, ask.as_of)?;
        let position = position(tx, partnership, plan, at).await?;
        let format = ask.format;
        let ledger = match format {
            Format::Json => tx.chained_ledger(&position.plan.code, at).await,
            _ => Ok(Chained::default()),
        };
        let ledger = ledger.or_broken("load the ledger")?;
        let write = move |position: &Position| written(position, format, &ledger);
        let files = apart(position.clone(), write).await;
        Ok((position, files.map_err(Failure::Broken)?))
    }

    /// The paper for a body's next meeting, the plan on a page in it.
    pub async fn paper(
        &self,
        tx: &mut Tx,
        partnership: &Partnership,
        ask: &PaperAsk,
    ) -> Result<(Digest, Vec<Attachment>), Failure> {
        let plan = tx.plan().await.or_broken("load the plan")?;
        let at = self.moment_of(tx, partnership, &plan, ask.as_of)?;
        let (body, meeting) = next_meeting(partnership, &ask.body, at)?;
        let told = told(tx, partnership, body, &meeting, at).await;
        let (digest, position) = told.or_broken("compose the digest")?;
        let files = papers(&digest, position).await.or_broken("write the paper")?;
        Ok((digest, files))
    }

    /// The moment of which files speak: now, or the end of a day that is over, or on a day to come
    /// the time at which digests are posted.
    fn moment_of(
        &self,
        tx: &Tx,
        partnership: &Partnership,
        plan: &Plan,
        as_of: Option<NaiveDate>,
    ) -> Result<DateTime<Utc>, Failure> {
        let calendar = &partnership.calendar;
        let today = calendar.day(tx.now());
        let Some(day) = as_of.filter(|day| *day != today) else { return Ok(tx.now()) };
        not_before(plan, day)?;
        Ok(if day < today {
            calendar.end_of(day)
        } else {
            calendar.instant(day.and_time(self.digest_time))
        })
    }
}

impl Asking<'_> {
    pub(super) async fn export_plan(self, tx: &mut Tx, ask: &ExportAsk) -> Result<Card, Failure> {
        let (position, files) = self.desk.export(tx, self.partnership, ask).await?;
        Ok(view::exported(&position, files))
    }

    pub(super) async fn paper(self, tx: &mut Tx, ask: &PaperAsk) -> Result<Card, Failure> {
        let (digest, files) = self.desk.paper(tx, self.partnership, ask).await?;
        Ok(view::drafted(&digest, files))
    }
}

/// What goes with a digest: the paper, the table, and the plan on a page.
pub(super) async fn papers(digest: &Digest, position: Position) -> anyhow::Result<Vec<Attachment>> {
    let digest = digest.clone();
    apart(position, move |position| {
        // Drawing is what takes longest, so each page is drawn once, for the paper and beside it.
        let mut drawings = Vec::new();
        for page in overview(position) {
            let drawing = drawn(&page)?;
            drawings.push((page, drawing));
        }
        let mut files = vec![paper_of(&digest, position, &drawings)?];
        files.extend(written(position, Format::Csv, &Chained::default())?);
        let pictures = drawings.into_iter().map(|(page, drawing)| (drawing.png, page.says));
        files.extend(numbered(position, "png", pictures.collect()));
        files.truncate(FILES_MAX);
        Ok(files)
    })
    .await
}

fn paper_of(
    digest: &Digest,
    position: &Position,
    drawn: &[(Overview, Drawn)],
) -> anyhow::Result<Attachment> {
    let picture = match drawn {
        [(page, drawn)] => Some(paper::Picture {
            png: drawn.png.clone(),
            width: drawn.width,
            height: drawn.height,
            says: page.says_whole.clone(),
        }),
        // Several pages are too many for an appendix; they go beside the paper.
        _ => None,
    };
    let paper = paper::paper(digest, position, picture);
    let name = format!("{}-{}-paper.docx", digest.body.code, digest.meeting.on);
    Ok(Attachment { name, bytes: write::docx::write(&paper)?, says: String::new() })
}

fn drawn(page: &Overview) -> anyhow::Result<Drawn> {
    picture::png(page).context("draw the plan on a page")
}

/// A plan as files of one format.
fn written(
    position: &Position,
    format: Format,
    ledger: &Chained,
) -> anyhow::Result<Vec<Attachment>> {
    let file = |ending: &str, bytes| Attachment {
        name: file_name(position, ending),
        bytes,
        says: String::new(),
    };
    Ok(match format {
        Format::Csv => vec![file("csv", write::csv::write(position)?)],
        Format::Xlsx => vec![file("xlsx", write::xlsx::write(position)?)],
        Format::Ics => vec![file("ics", write::ics::write(position))],
        Format::Json => vec![file("json", write::json::write(position, ledger)?)],
        Format::Picture => {
            let pages = overview(position).into_iter();
            let pages = pages.map(|page| anyhow::Ok((drawn(&page)?.png, page.says)));
            numbered(position, "png", pages.collect::<anyhow::Result<_>>()?)
        }
        Format::Drawing => {
            let pages = overview(position).into_iter();
            let pages = pages.map(|page| (picture::svg(&page).into_bytes(), page.says));
            numbered(position, "svg", pages.collect())
        }
    })
}

/// The pages of a plan as files, each with what it says for those who cannot see it.
fn numbered(position: &Position, ending: &str, pages: Vec<(Vec<u8>, String)>) -> Vec<Attachment> {
    let count = pages.len();
    let file = |((bytes, says), number): ((Vec<u8>, String), usize)| {
        let ending = if count > 1 { format!("{number}.{ending}") } else { ending.to_owned() };
        Attachment { name: file_name(position, &ending), bytes, says }
    };
    pages.into_iter().zip(1..).map(file).collect()
}

/// Works beside other work: a picture or a document takes a moment.
async fn apart<T: Send + 'static>(
    position: Position,
    work: impl FnOnce(&Position) -> anyhow::Result<T> + Send + 'static,
) -> anyhow::Result<T> {
    tokio::task::spawn_blocking(move || work(&position)).await.context("write a file")?
}

async fn position(
    tx: &mut Tx,
    partnership: &Partnership,
    plan: Plan,
    at: DateTime<Utc>,
) -> Result<Position, Failure> {
    let code = plan.code.clone();
    let position = position_at(tx, partnership, plan, at).await.or_broken("load the plan")?;
    if position.actions.is_empty() {
        return Err(Refusal::NoActions(code).into());
    }
    Ok(position)
}

pub(super) async fn position_at(
    tx: &mut Tx,
    partnership: &Partnership,
    plan: Plan,
    at: DateTime<Utc>,
) -> anyhow::Result<Position> {
    let mut areas = tx.areas().await?;
    areas.retain(|area| area.plan == plan.code);
    let mut actions = tx.actions(Some(at)).await?;
    actions.retain(|action| action.reference.plan == plan.code);
    let today = partnership.calendar.day(at);
    let bodies = partnership.bodies.as_of(at);
    let calendar = partnership.calendar.as_of(at);
    let partnership = Partnership { bodies, calendar, ..partnership.clone() };
    Ok(Position { partnership, plan, areas, actions, at, today })
}

/// The plan of those letters, or the partnership's first.
async fn plan_named(tx: &mut Tx, words: Option<&str>) -> Result<Plan, Failure> {
    let plans = tx.plans().await.or_broken("load the plans")?;
    let Some(words) = words.map(str::trim).filter(|words| !words.is_empty()) else {
        return tx.plan().await.or_broken("load the plan");
    };
    let known = plans.iter().map(|plan| plan.code.clone()).collect();
    let found = plans.into_iter().find(|plan| plan.code.eq_ignore_ascii_case(words));
    Ok(found.ok_or_else(|| Refusal::NotPlanned { words: words.to_owned(), known })?)
}

/// The body that words name, and when it next meets.
pub(super) fn next_meeting<'a>(
    partnership: &'a Partnership,
    words: &str,
    at: DateTime<Utc>,
) -> Result<(&'a Body, Meeting), Failure> {
    let bodies = bodies_named(partnership, words)?;
    let found = bodies.iter().find_map(|id| {
        let body = partnership.bodies.with(*id)?;
        Some((body, partnership.calendar.next(*id, at)?))
    });
    Ok(found.ok_or_else(|| Refusal::NoMeetings(words.to_owned()))?)
}
