//! A plan read from a file: shown first, and applied once somebody confirms.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use anyhow::Context;

use super::Asking;
use super::Desk;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use crate::action::Action;
use crate::action::Note;
use crate::action::Printed;
use crate::action::Ref;
use crate::date::Window;
use crate::files::preview::Known;
use crate::files::preview::Preview;
use crate::files::preview::answer::Answers;
use crate::files::preview::preview;
use crate::files::read::read;
use crate::files::write;
use crate::partnership::Partnership;
use crate::permission;
use crate::permission::Capability;
use crate::plan::Area;
use crate::plan::Plan;
use crate::plan::PlanId;
use crate::request::Ask;
use crate::request::Request;
use crate::request::plan::Dropped;
use crate::request::plan::ImportAsk;
use crate::request::token;
use crate::revision::Import;
use crate::revision::ImportId;
use crate::revision::ImportState;
use crate::revision::Recorded;
use crate::revision::Revision;
use crate::store::NewImport;
use crate::store::Tx;
use crate::view::Answer;
use crate::view::Attachment;
use crate::view::Card;
use crate::view::import as view;

/// A file that is to be read as a plan.
#[derive(Clone, Debug)]
pub struct PlanFile {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub bytes: Vec<u8>,
    /// The letters of the plan, as typed; the partnership's first, if none are given.
    pub plan: Option<String>,
    /// What somebody answered to the doubts about it, one answer a line.
    pub answers: String,
}

/// A file understood as a plan, before that is held against the record. A large file takes a moment,
/// so that this is made beside those who write.
#[derive(Clone, Debug)]
pub struct Understood {
    /// The letters of the plan it was read as.
    code: String,
    /// What was answered to the doubts about it.
    answers: String,
    preview: Preview,
}

/// A file read as a plan, and what it would change in the record as it is.
#[derive(Clone, Debug)]
pub struct PlanRead {
    /// The plan it was read as; without a number where it would be new.
    pub plan: Plan,
    /// Whether the record does not hold that plan yet.
    pub is_new: bool,
    /// What was read, and what is doubtful.
    pub preview: Preview,
    /// What it would change.
    pub revision: Revision,
    /// Whether the record holds none of the plan's actions yet.
    is_first: bool,
}

/// What is recorded of one plan.
struct Held {
    areas: Vec<Area>,
    actions: Vec<Action>,
    said: BTreeMap<Ref, Vec<String>>,
    notes: BTreeMap<Ref, Vec<Note>>,
}

impl Desk {
    /// Refuses a request to import by somebody who may not, before anything is fetched for it.
    pub async fn admit(&self, tx: &mut Tx, request: &Request) -> Result<(), Failure> {
        let partnership = self.partnership(tx).await?;
        Asking { desk: self, partnership: &partnership, request }.may_change_the_plan()
    }

    /// Understands the file that a request is about; none where it is about none. Nothing is
    /// written, and what it would change is seen only when the request is answered.
    pub async fn read_ahead(
        &self,
        tx: &mut Tx,
        request: &Request,
    ) -> Result<Option<Understood>, Failure> {
        let partnership = self.partnership(tx).await?;
        let asking = Asking { desk: self, partnership: &partnership, request };
        let file = match &request.ask {
            Ask::ImportPlan(ask) => asking.given(ask)?,
            Ask::ApplyImport { import, .. } | Ask::AnswerImport { import, answers: None } => {
                let import = asking.waiting(tx, *import).await?;
                let answers = import.answers.clone();
                kept(import, answers)
            }
            Ask::AnswerImport { import, answers: Some(answers) } => {
                kept(asking.waiting(tx, *import).await?, answers.clone())
            }
            _ => return Ok(None),
        };
        self.understand(tx, &partnership, file, |_, _| {}).await.map(Some)
    }

    /// Understands a file as a plan. `progress` is told, now and then, how many actions of how many
    /// are read.
    pub async fn understand(
        &self,
        tx: &mut Tx,
        partnership: &Partnership,
        file: PlanFile,
        progress: impl FnMut(usize, usize) + Send + 'static,
    ) -> Result<Understood, Failure> {
        let (plan, _) = plan_of(tx, partnership, file.plan.as_deref()).await?;
        let (code, answers) = (plan.code, file.answers.clone());
        let preview = understood(partnership, &code, file, progress).await?;
        Ok(Understood { code, answers, preview })
    }

    /// Says what an understood file would change in the record as it is. Nothing is written.
    pub async fn compare(
        &self,
        tx: &mut Tx,
        partnership: &Partnership,
        understood: Understood,
    ) -> Result<PlanRead, Failure> {
        let Understood { code, preview, .. } = understood;
        let (mut plan, is_new) = plan_of(tx, partnership, Some(&code)).await?;
        let today = partnership.calendar.day(tx.now());
        if is_new && let Some(Window { from, .. }) = preview.reported {
            plan.position_on = from.min(today);
        }
        let held = held(tx, &plan).await.or_broken("load what is recorded of the plan")?;
        let revision = held.revision(&preview);
        Ok(PlanRead { plan, is_new, preview, revision, is_first: held.actions.is_empty() })
    }

    /// Makes the plan what a file says, as an import that waits. What it changes counts from now,
    /// or from the beginning of the plan's position if the record has none of its actions yet.
    pub async fn apply_plan(
        &self,
        tx: &mut Tx,
        partnership: &Partnership,
        import: ImportId,
        read: &PlanRead,
    ) -> anyhow::Result<()> {
        let mut plan = read.plan.clone();
        if read.is_new {
            plan.id = tx.begin_plan(&plan).await?;
        }
        let begin = partnership.calendar.begin_of(plan.position_on);
        let since = if read.is_first { begin.min(tx.now()) } else { tx.now() };
        tx.apply(import, &plan, &read.revision, since).await
    }
}

impl PlanRead {
    /// What people are shown that it would change, a line for each change.
    pub fn shown(&self) -> String {
        view::changes(&self.revision).join("\n")
    }
}

impl Held {
    fn revision(&self, preview: &Preview) -> Revision {
        let recorded = Recorded {
            areas: &self.areas,
            actions: &self.actions,
            said: &self.said,
            notes: &self.notes,
        };
        let printed: Vec<Printed> =
            preview.actions.iter().map(|read| read.printed.clone()).collect();
        Revision::between(&preview.areas, &printed, recorded)
    }
}

async fn held(tx: &mut Tx, plan: &Plan) -> anyhow::Result<Held> {
    let mut areas = tx.areas().await?;
    areas.retain(|area| area.plan == plan.code);
    let mut actions = tx.actions(None).await?;
    actions.retain(|action| action.reference.plan == plan.code);
    let said = tx.all_said(&plan.code).await?;
    let notes = tx.notes(&plan.code).await?;
    Ok(Held { areas, actions, said, notes })
}

/// The file of an import, to be read again with some answers.
fn kept(import: Import, answers: String) -> PlanFile {
    let Import { file_name, bytes, plan, .. } = import;
    PlanFile { name: file_name, bytes, plan: Some(plan), answers }
}

/// The plan of those letters: one that is recorded, or a body's own that is still to be begun.
async fn plan_of(
    tx: &mut Tx,
    partnership: &Partnership,
    words: Option<&str>,
) -> Result<(Plan, bool), Failure> {
    let plans = tx.plans().await.or_broken("load the plans")?;
    let Some(words) = words.map(str::trim).filter(|words| !words.is_empty()) else {
        let first = plans.into_iter().next().context("the record holds no plan");
        return Ok((first.map_err(Failure::Broken)?, false));
    };
    let is_called = |code: &str| code.eq_ignore_ascii_case(words);
    if let Some(plan) = plans.iter().find(|plan| is_called(&plan.code)) {
        return Ok((plan.clone(), false));
    }
    let body = partnership.bodies.all.iter().find(|body| is_called(&body.code));
    let body = body.ok_or_else(|| Refusal::NoSuchPlan {
        words: words.to_owned(),
        known: plans.iter().map(|plan| plan.code.clone()).collect(),
    })?;
    let plan = Plan {
        id: PlanId(0),
        code: body.code.clone(),
        title: format!("{} action plan", body.name),
        body: body.id,
        position_on: partnership.calendar.day(tx.now()),
        sign_off_needed: plans.first().is_none_or(|first| first.sign_off_needed),
    };
    Ok((plan, true))
}

/// What a file says, read beside other work: a large one takes a moment.
async fn understood(
    partnership: &Partnership,
    plan: &str,
    file: PlanFile,
    mut progress: impl FnMut(usize, usize) + Send + 'static,
) -> Result<Preview, Failure> {
    let answers = Answers::read(&file.answers, plan)?;
    let (partnership, plan) = (partnership.clone(), plan.to_owned());
    let work = move || -> Result<Preview, Refusal> {
        let document = read(&file.name, &file.bytes)?;
        let known = Known {
            plan: &plan,
            bodies: &partnership.bodies,
            themes: &partnership.themes,
            calendar: &partnership.calendar,
            answers: &answers,
        };
        Ok(preview(document, known, &mut progress)?)
    };
    let read = tokio::task::spawn_blocking(work).await.context("read a file");
    Ok(read.map_err(Failure::Broken)??)
}

impl Asking<'_> {
    /// The file that was given with a command, and fetched.
    fn given(self, ask: &ImportAsk) -> Result<PlanFile, Failure> {
        self.may_change_the_plan()?;
        let file = self.request.file.as_ref().context("the file was not fetched");
        let file = file.map_err(Failure::Broken)?;
        Ok(PlanFile {
            name: file.name.clone(),
            bytes: file.bytes.clone(),
            plan: ask.plan.clone(),
            answers: ask.answers.clone().unwrap_or_default().replace(';', "\n"),
        })
    }

    pub(super) async fn import_plan(
        self,
        tx: &mut Tx,
        ask: &ImportAsk,
        understood: Understood,
    ) -> Result<Answer, Failure> {
        let file = self.given(ask)?;
        let read = self.desk.compare(tx, self.partnership, understood).await?;
        if read.revision.is_empty() && read.preview.doubts_count() == 0 {
            let text = view::unchanged(&file.name, &read.plan.title, &read.revision);
            return Ok(Answer::Private(Card { text, ..Card::default() }));
        }
        let speaker = self.speaker(tx).await?;
        let new = NewImport {
            plan: &read.plan.code,
            file_name: &file.name,
            bytes: &file.bytes,
            answers: &file.answers,
            shown: &read.shown(),
        };
        let import = tx.add_import(new, Some(&speaker.person), Some(self.request.id)).await;
        let import = import.or_broken("keep the file")?;
        Ok(Answer::Private(self.shown(import, &file.name, &read)?))
    }

    pub(super) async fn apply_import(
        self,
        tx: &mut Tx,
        import: i64,
        dropped: Dropped,
        understood: Understood,
    ) -> Result<Answer, Failure> {
        let import = self.waiting(tx, import).await?;
        if import.answers != understood.answers {
            return Err(Refusal::AnsweredMeanwhile(import.file_name).into());
        }
        let mut read = self.desk.compare(tx, self.partnership, understood).await?;
        let shown = read.shown();
        if shown != import.shown {
            let saved = tx.save_answers(import.id, &import.answers, &shown).await;
            saved.or_broken("keep what is shown")?;
            let mut card = self.shown(import.id, &import.file_name, &read)?;
            card.text = format!("{}\n{}", view::CHANGED_SINCE, card.text);
            return Ok(Answer::Private(card));
        }
        let keeps = dropped == Dropped::Keep && read.revision.dropped_count() > 0;
        if keeps {
            read.revision = read.revision.keeping_dropped();
        }
        if read.revision.is_empty() {
            let (file, plan) = (&import.file_name, &read.plan.title);
            let text = if keeps {
                view::nothing_more(file, plan)
            } else {
                view::unchanged(file, plan, &read.revision)
            };
            return Ok(Answer::Private(Card { text, ..Card::default() }));
        }
        let applied = self.desk.apply_plan(tx, self.partnership, import.id, &read).await;
        applied.or_broken("apply an import")?;
        let by = &self.request.by.name;
        let (plan, file) = (&read.plan.title, &import.file_name);
        let line = view::applied_for_all(plan, file, &read.revision, by);
        let body = self.partnership.bodies.with(read.plan.body);
        if let Some(channel) = body.and_then(|body| body.channel) {
            let key = format!("import/{}", import.id.0);
            tx.add_post(&key, channel, &line, tx.now()).await.or_broken("owe the line")?;
        }
        let card = view::applied(&import.file_name, &read.plan.title, &read.revision);
        Ok(Answer::Private(card))
    }

    pub(super) async fn cancel_import(self, tx: &mut Tx, import: i64) -> Result<Answer, Failure> {
        let import = self.waiting(tx, import).await?;
        tx.cancel_import(import.id).await.or_broken("put an import aside")?;
        Ok(Answer::Private(view::cancelled(&import.file_name)))
    }

    /// Opens the form in which to answer the doubts, or takes the answers and shows what they make
    /// of the file.
    pub(super) async fn answer_import(
        self,
        tx: &mut Tx,
        import: i64,
        answers: Option<&str>,
        understood: Understood,
    ) -> Result<Answer, Failure> {
        let import = self.waiting(tx, import).await?;
        let Some(answers) = answers else {
            let questions = understood.preview.questions();
            return Ok(Answer::Form(view::form(&import, &questions)));
        };
        let read = self.desk.compare(tx, self.partnership, understood).await?;
        let saved = tx.save_answers(import.id, answers, &read.shown()).await;
        saved.or_broken("keep the answers")?;
        Ok(Answer::Private(self.shown(import.id, &import.file_name, &read)?))
    }

    /// Refuses everybody but those who look after the plan.
    fn may_change_the_plan(self) -> Result<(), Failure> {
        let bodies = &self.partnership.bodies;
        let decided = permission::authority(Capability::Keep, &self.passer_by(), bodies);
        match self.permitted(decided) {
            Ok(_) => Ok(()),
            Err(Refusal::Permission(_)) => Err(Refusal::NotTheirPlan(bodies.overseers()).into()),
            Err(refusal) => Err(refusal.into()),
        }
    }

    /// An import of that number on which nobody has decided yet.
    async fn waiting(self, tx: &mut Tx, import: i64) -> Result<Import, Failure> {
        self.may_change_the_plan()?;
        let found = tx.import(ImportId(import)).await.or_broken("load an import")?;
        let import = found.ok_or(Refusal::NoSuchImport)?;
        match import.state {
            ImportState::Waiting => Ok(import),
            ImportState::Applied => Err(Refusal::AppliedAlready(import.id).into()),
            ImportState::Cancelled => Err(Refusal::CancelledAlready(import.id).into()),
        }
    }

    fn shown(self, import: ImportId, file: &str, read: &PlanRead) -> Result<Card, Failure> {
        let preview = &read.preview;
        let areas: BTreeSet<u32> =
            preview.actions.iter().map(|read| read.printed.reference.area).collect();
        let shown = view::Shown {
            file,
            plan: &read.plan.title,
            is_new: read.is_new,
            actions_count: preview.actions.len(),
            areas_count: areas.len(),
            revision: &read.revision,
            doubts_of_whole: &preview.doubts,
            doubts: doubts(preview),
            ignored: ignored_lines(preview),
            lines_max: self.desk.section_lines.max(LINES_MIN),
        };
        let number = import.0;
        let apply = |dropped| token::write(&Ask::ApplyImport { import: number, dropped });
        let has_questions = !preview.questions().is_empty();
        let answer = token::write(&Ask::AnswerImport { import: number, answers: None });
        let tokens = view::Tokens {
            apply: apply(Dropped::Withdraw),
            keep: apply(Dropped::Keep),
            answer: answer.filter(|_| has_questions),
            cancel: token::write(&Ask::CancelImport { import: number }),
        };
        let file = |ending: &str, bytes| Attachment {
            name: format!("preview-{number}.{ending}"),
            bytes,
            says: String::new(),
        };
        let table = write::preview::write(preview).or_broken("write the preview")?;
        let mut files = vec![file("csv", table)];
        files.extend(view::whole(&shown).map(|text| file("txt", text.into_bytes())));
        Ok(view::preview(&shown, tokens, files))
    }
}

/// A preview is read to be acted on, by one person: it may be longer than a digest.
const LINES_MIN: usize = 12;

fn doubts(preview: &Preview) -> Vec<view::Doubtful<'_>> {
    let of_action = preview.actions.iter().flat_map(|read| {
        let reference = &read.printed.reference;
        read.doubts.iter().map(move |doubt| view::Doubtful {
            reference,
            at: read.at.to_string(),
            text: &doubt.text,
        })
    });
    of_action.collect()
}

fn ignored_lines(preview: &Preview) -> Vec<String> {
    let line = |left: &crate::files::preview::Ignored| {
        view::left_out(&left.at.to_string(), &left.text, &left.why)
    };
    preview.ignored.iter().map(line).collect()
}
