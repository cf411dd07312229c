//! What is recorded in answer to one question: what was decided, left open, noted or added.

use anyhow::Context;

use super::Asking;
use super::Failure;
use super::OrBroken;
use super::Refusal;
use crate::action::ExtensionId;
use crate::action::Ref;
use crate::agenda::ItemId;
use crate::attendance::Held;
use crate::body::Person;
use crate::decision;
use crate::decision::Agreed;
use crate::decision::Cited;
use crate::decision::Matter;
use crate::decision::Minute;
use crate::decision::NOTE_MAX;
use crate::decision::Ruling;
use crate::desk::decisions::seen;
use crate::meeting::Meeting;
use crate::proceedings::Made;
use crate::proceedings::Outcome;
use crate::proceedings::Question;
use crate::proceedings::WORDS_MAX;
use crate::proceedings::asked_of;
use crate::proceedings::minutes;
use crate::proceedings::outcome;
use crate::request::decide::DecideAsk;
use crate::request::decide::Deciding;
use crate::request::decide::Outcome as Decided;
use crate::request::record::Brought;
use crate::request::record::RecordAsk;
use crate::request::upkeep::AddAsk;
use crate::search;
use crate::store::Tx;
use crate::view;
use crate::view::Answer;
use crate::view::line;

impl Asking<'_> {
    pub(super) async fn rule_form(
        self,
        tx: &mut Tx,
        meeting: &Meeting,
        (ask, decide): (&RecordAsk, &DecideAsk),
    ) -> Result<Answer, Failure> {
        let actions = self.actions(tx, None).await?;
        let action = search::one(&actions, &decide.actions)?;
        // Another date is possible where the one asked for is; its words are still to be written.
        let ruling = match &decide.deciding {
            Deciding::Extension { outcome: Decided::Another, .. } => Ruling::Agree,
            deciding => self.ruling(tx, deciding)?,
        };
        let seen = seen(&decide.deciding);
        let matter = Matter { action, seen, before_completion: action.status };
        if let Err(why) = ruling.on(&matter) {
            return self.in_the_way(tx, (&why, action), (&[action], decide)).await;
        }
        let steps = tx.proceedings(Held::of(meeting)).await.or_broken("load the record of it")?;
        let minute = minutes(&steps).unwrap_or_default();
        Ok(Answer::Form(view::proceedings::form::rule_form(action, ask, decide, minute)))
    }

    /// Records what a meeting decided about one action. Nobody else is told before the end.
    pub(super) async fn rule(
        self,
        tx: &mut Tx,
        meeting: &Meeting,
        decide: &DecideAsk,
    ) -> Result<Answer, Failure> {
        if tx.was_asked(self.request.id).await.or_broken("look for the asking")? {
            return self.go_on(tx, meeting, None).await;
        }
        let actions = self.actions(tx, None).await?;
        let action = search::one(&actions, &decide.actions)?;
        let note = decide.note.clone().unwrap_or_default();
        decision::fits(&note, NOTE_MAX)?;
        let ruling = self.ruling(tx, &decide.deciding)?;
        let before_completion = tx.status_before_completion(action.id).await;
        let before_completion = before_completion.or_broken("load the status before")?;
        let matter = Matter { action, seen: seen(&decide.deciding), before_completion };
        let new = match ruling.on(&matter) {
            Ok(new) => new,
            Err(why) => {
                return self.in_the_way(tx, (&why, action), (&[action], decide)).await;
            }
        };
        tx.first_asking(self.request.id).await.or_broken("record the asking")?;
        let held = Held::of(meeting);
        let steps = tx.proceedings(held).await.or_broken("load the record of it")?;
        let reference = decide.minute_ref.clone().filter(|reference| !reference.is_empty());
        let reference = reference.or_else(|| minutes(&steps).map(str::to_owned));
        let cited = Cited { body: meeting.body, on: meeting.on };
        let minute =
            Minute { meeting: Some(cited), reference: reference.unwrap_or_default(), note };
        let by = self.speaker(tx).await?.person;
        let decision = tx.add_decision(&new, &minute, &by).await.or_broken("record a decision")?;
        let made = Made::Decided { action: action.id, decision };
        tx.add_proceeding(held, &made, &by).await.or_broken("record a step")?;
        if new.agreed == Agreed::SignedOff {
            tx.open_next_turn(action).await.or_broken("open the next turn")?;
        }
        let said = view::decision::in_short(action, &new);
        self.go_on(tx, meeting, Some(&said)).await
    }

    /// Records that a meeting left open what it was asked about one action, where that still stands.
    pub(super) async fn leave_open(
        self,
        tx: &mut Tx,
        meeting: &Meeting,
        (words, seen): (&str, Option<ExtensionId>),
    ) -> Result<Answer, Failure> {
        let gathered = self.gathered(tx, meeting).await?;
        let action = search::one(&gathered.actions, words)?;
        let items = gathered.items_of(meeting);
        let docket = self.docket(&gathered, meeting, &items);
        let is_asked = docket.open.iter().any(|question| match question {
            Question::Decide(open) => open.id == action.id && asked_of(open) == Some(seen),
            Question::Brought(..) => false,
        });
        if !is_asked {
            return self.go_on(tx, meeting, None).await;
        }
        let by = self.speaker(tx).await?.person;
        let made = Made::LeftOpen { action: action.id, extension: seen };
        tx.add_proceeding(Held::of(meeting), &made, &by).await.or_broken("record a step")?;
        let said = format!("Left open: {}", line::title(action));
        self.go_on(tx, meeting, Some(&said)).await
    }

    /// Records what became of something that was brought to a meeting.
    pub(super) async fn deal_with(
        self,
        tx: &mut Tx,
        meeting: &Meeting,
        (ask, id, brought): (&RecordAsk, ItemId, &Brought),
    ) -> Result<Answer, Failure> {
        let gathered = self.gathered(tx, meeting).await?;
        let items = gathered.items_of(meeting);
        let item = items.iter().find(|item| item.id == id);
        let about =
            item.and_then(|item| gathered.actions.iter().find(|action| item.is_about(action)));
        let Some(action) = about else { return self.go_on(tx, meeting, None).await };
        let before = outcome(id, &gathered.steps);
        let after = match brought {
            Brought::Agreed(None) => {
                let words = match before {
                    Some(Outcome::Agreed { words }) => words,
                    _ => "",
                };
                return Ok(Answer::Form(view::proceedings::form::item_form(action, ask, words)));
            }
            Brought::Agreed(Some(words)) => {
                decision::fits(words, WORDS_MAX)?;
                if words.trim().is_empty() {
                    return Err(Refusal::NothingAgreed.into());
                }
                Outcome::Agreed { words: words.trim().to_owned() }
            }
            Brought::Noted => Outcome::Noted,
            Brought::LeftOpen => Outcome::LeftOpen,
        };
        if before != Some(&after) {
            let by = self.speaker(tx).await?.person;
            let made = Made::Item { action: action.id, item: id, outcome: after };
            tx.add_proceeding(Held::of(meeting), &made, &by).await.or_broken("record a step")?;
        }
        self.go_on(tx, meeting, None).await
    }

    /// Adds an action that a meeting agreed, or opens the form for one.
    pub(super) async fn add_agreed(
        self,
        tx: &mut Tx,
        meeting: &Meeting,
        (ask, add): (&RecordAsk, Option<&AddAsk>),
    ) -> Result<Answer, Failure> {
        let Some(add) = add else {
            let areas = tx.areas().await.or_broken("load the areas")?;
            let hint = areas.first().map(crate::plan::Area::label).unwrap_or_default();
            return Ok(Answer::Form(view::proceedings::form::action_form(ask, &hint)));
        };
        self.draft_action(tx, add, Some(Held::of(meeting))).await
    }

    /// Records that an action was added by a meeting, and goes on; it is told at the end.
    pub(in crate::desk) async fn added_by_meeting(
        self,
        tx: &mut Tx,
        (held, reference): (Held, &Ref),
        by: &Person,
    ) -> Result<Answer, Failure> {
        let action = tx.action(reference).await.or_broken("load the action")?;
        let action = action.context("the action is gone").map_err(Failure::Broken)?;
        let made = Made::Added { action: action.id };
        tx.add_proceeding(held, &made, by).await.or_broken("record a step")?;
        let meeting = self.meeting_held(tx, held).ok_or(Refusal::NoSuchHeld)?;
        let said = format!("Added: {}", line::title(&action));
        self.go_on(tx, &meeting, Some(&said)).await
    }
}
