//! What to tell a body before it meets.

pub mod since;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;

use crate::action::Action;
use crate::action::Lateness;
use crate::action::Ref;
use crate::action::Standing;
use crate::action::Status;
use crate::action::Update;
use crate::agenda::Item;
use crate::attention::Attention;
use crate::attention::Vantage;
use crate::attention::list;
use crate::body::Body;
use crate::body::BodyKind;
use crate::meeting::Meeting;
use crate::partnership::Partnership;
use crate::plan::Area;

/// What the record holds at a moment, as a digest needs it.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// Who there is and when they meet.
    pub partnership: &'a Partnership,
    /// The plan's areas, in order.
    pub areas: &'a [Area],
    /// The plan's actions, in order of their refs.
    pub actions: &'a [Action],
    /// The body's digest before this one, and the actions as they stood then.
    pub before: Option<(DateTime<Utc>, &'a [Action])>,
    /// What has been said since then, oldest first.
    pub progress: &'a [(Ref, Update)],
    /// What is brought to the meeting, each with its action.
    pub items: &'a [(Item, Action)],
}

/// How many actions stand how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// All but the withdrawn.
    pub total: usize,
    /// Complete and signed off.
    pub complete: usize,
    /// Complete as their leads see them.
    pub awaiting: usize,
    /// Past the last day of their windows.
    pub overdue: usize,
    /// Not yet due, by the date they had first.
    pub on_time: usize,
    /// Not yet due, since their date has moved.
    pub moved: usize,
    /// Without a date.
    pub undated: usize,
    /// Paused.
    pub on_hold: usize,
}

impl Counts {
    /// Counts actions as they stand on a day.
    pub fn of<'a>(actions: impl IntoIterator<Item = &'a Action>, today: NaiveDate) -> Self {
        let mut counts = Self::default();
        for action in actions {
            let place = match (action.standing, action.status, action.lateness(today, None)) {
                (Standing::Withdrawn, ..) => continue,
                (Standing::SignedOff, ..) => &mut counts.complete,
                (_, Status::Complete, _) => &mut counts.awaiting,
                (_, Status::OnHold, _) => &mut counts.on_hold,
                (.., Lateness::Overdue { .. }) => &mut counts.overdue,
                (.., Lateness::NoDate) => &mut counts.undated,
                _ if action.moves > 0 => &mut counts.moved,
                _ => &mut counts.on_time,
            };
            *place += 1;
            counts.total += 1;
        }
        counts
    }
}

/// How many actions stand how in a part of the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// What the part is called.
    pub name: String,
    /// How many stand how now.
    pub counts: Counts,
    /// How many stood how at the digest before, if there was one.
    pub before: Option<Counts>,
}

impl Tally {
    /// Counts the actions that are of a part.
    fn of(
        name: String,
        facts: Facts<'_>,
        today: NaiveDate,
        is_in: impl Fn(&Action) -> bool,
    ) -> Self {
        let count = |actions: &[Action], day| {
            Counts::of(actions.iter().filter(|action| is_in(action)), day)
        };
        let calendar = &facts.partnership.calendar;
        let before = facts.before.map(|(at, actions)| count(actions, calendar.day(at)));
        Self { name, counts: count(facts.actions, today), before }
    }
}

/// What a body is told at the papers deadline of one of its meetings.
#[derive(Clone, Debug, PartialEq)]
pub struct Digest {
    /// The body that reads it.
    pub body: Body,
    /// The meeting it is for.
    pub meeting: Meeting,
    /// The body's meeting after that one.
    pub following: Option<Meeting>,
    /// The moment it speaks of.
    pub position_at: DateTime<Utc>,
    /// The day of that moment, where the partnership is.
    pub today: NaiveDate,
    /// How many stand how.
    pub counts: Counts,
    /// How many stood how at the digest before, and the day of that one.
    pub before: Option<(NaiveDate, Counts)>,
    /// Complete as their leads see them, or with a new date asked for: the body or the board decides.
    pub decisions: Vec<Action>,
    /// What is brought to the meeting: an item, and the action it is about.
    pub items: Vec<(Item, Action)>,
    /// Overdue, longest first.
    pub overdue: Vec<Action>,
    /// The refs of those that were overdue at the digest before, too.
    pub overdue_again: Vec<Ref>,
    /// Due by the meeting after this one.
    pub due: Vec<Action>,
    /// Window open, or opening by then, and due later.
    pub open: Vec<Action>,
    /// Without a date, or without anybody who answers for it.
    pub blank: Vec<Action>,
    /// Nothing said since the body last met.
    pub silent: Vec<Action>,
    /// Paused.
    pub on_hold: Vec<Action>,
    /// Signed off since the digest before.
    pub completed: Vec<Action>,
    /// Whose target has moved more than once.
    pub slipped: Vec<Action>,
    /// What was said since the digest before.
    pub progress: Vec<(Ref, Update)>,
    /// Those of it that ask something of the group.
    pub asks: Vec<(Ref, Update)>,
    /// Those of it that are offered as case studies.
    pub case_studies: Vec<(Ref, Update)>,
    /// How many stand how, in each area.
    pub by_area: Vec<Tally>,
    /// How many stand how, for each group.
    pub by_group: Vec<Tally>,
    /// How many stand how, in each theme that any action has.
    pub by_theme: Vec<Tally>,
}

/// Makes the digest of a body for one of its meetings, as things stand at a moment.
pub fn compose(facts: Facts<'_>, body: &Body, meeting: &Meeting, now: DateTime<Utc>) -> Digest {
    let calendar = &facts.partnership.calendar;
    let today = calendar.day(now);
    let following = calendar.next(body.id, meeting.at);
    let vantage = Vantage {
        today,
        meeting_on: Some(following.as_ref().map_or(meeting.on, |following| following.on)),
        last_met_at: calendar.last(body.id, now).map(|last| last.at),
        bodies: &facts.partnership.bodies,
    };
    let all: Vec<&Action> = facts.actions.iter().collect();
    let pick = |view| list(view, &all, &vantage).into_iter().cloned().collect::<Vec<_>>();
    let matching = |wanted: &dyn Fn(&Action) -> bool| {
        all.iter().filter(|action| wanted(action)).map(|action| (*action).clone()).collect()
    };
    let before = facts.before.map(|(at, actions)| (calendar.day(at), actions));
    let was_signed_off = signed_off_before(before.map(|(_, actions)| actions));
    let overdue: Vec<Action> = pick(Attention::Overdue);
    Digest {
        body: body.clone(),
        meeting: meeting.clone(),
        position_at: now,
        today,
        counts: Counts::of(facts.actions, today),
        before: before.map(|(day, actions)| (day, Counts::of(actions, day))),
        decisions: pick(Attention::Awaiting),
        items: facts.items.to_vec(),
        overdue_again: overdue_again(&overdue, before),
        overdue,
        due: pick(Attention::Due),
        open: matching(&|action| is_open_by(action, &vantage)),
        blank: pick(Attention::Blank),
        silent: pick(Attention::Silent),
        on_hold: matching(&|action| {
            action.standing == Standing::Open && action.status == Status::OnHold
        }),
        completed: matching(&|action| {
            action.standing == Standing::SignedOff
                && was_signed_off.get(&action.reference) == Some(&false)
        }),
        slipped: matching(&|action| action.standing == Standing::Open && action.moves > 1),
        progress: facts.progress.to_vec(),
        asks: said(facts, |update| update.ask.is_some()),
        case_studies: said(facts, |update| update.case_study),
        by_area: by_area(facts, today),
        by_group: by_group(facts, today),
        by_theme: by_theme(facts, today),
        following,
    }
}

/// Whether its window is open or opens by the meeting, and goes on after it.
fn is_open_by(action: &Action, vantage: &Vantage<'_>) -> bool {
    match action.lateness(vantage.today, vantage.meeting_on) {
        Lateness::WindowOpen => true,
        Lateness::Later => {
            let opens_on = action.target.window().map(|window| window.from);
            opens_on.is_some_and(|opens_on| vantage.meeting_on >= Some(opens_on))
        }
        _ => false,
    }
}

/// What was said since the digest before and is of a kind.
fn said(facts: Facts<'_>, is_wanted: fn(&Update) -> bool) -> Vec<(Ref, Update)> {
    facts.progress.iter().filter(|(_, update)| is_wanted(update)).cloned().collect()
}

/// Whether each action was signed off at the digest before; empty where there was none.
fn signed_off_before(before: Option<&[Action]>) -> BTreeMap<Ref, bool> {
    let actions = before.unwrap_or_default().iter();
    actions
        .map(|action| (action.reference.clone(), action.standing == Standing::SignedOff))
        .collect()
}

fn overdue_again(overdue: &[Action], before: Option<(NaiveDate, &[Action])>) -> Vec<Ref> {
    let Some((day, actions)) = before else {
        return Vec::new();
    };
    let late_then = actions.iter().filter(|action| action.days_overdue(day).is_some());
    let then: Vec<&Ref> = late_then.map(|action| &action.reference).collect();
    let references = overdue.iter().map(|action| &action.reference);
    references.filter(|reference| then.contains(reference)).cloned().collect()
}

fn by_area(facts: Facts<'_>, today: NaiveDate) -> Vec<Tally> {
    let is_one_plan = facts.areas.windows(2).all(|pair| pair[0].plan == pair[1].plan);
    let tally = |area: &Area| {
        let label =
            if is_one_plan { area.label() } else { format!("{} {}", area.plan, area.label()) };
        Tally::of(label, facts, today, |action| action.reference.is_in(area))
    };
    facts.areas.iter().map(tally).collect()
}

fn by_group(facts: Facts<'_>, today: NaiveDate) -> Vec<Tally> {
    let groups = facts.partnership.bodies.all.iter().filter(|body| body.kind == BodyKind::Group);
    let tally = |body: &Body| {
        Tally::of(body.name.clone(), facts, today, |action| action.is_led_by(body.id))
    };
    groups.map(tally).collect()
}

fn by_theme(facts: Facts<'_>, today: NaiveDate) -> Vec<Tally> {
    let tally = |theme: &String| {
        Tally::of(theme.clone(), facts, today, |action| action.themes.contains(theme))
    };
    let themes = facts.partnership.themes.iter().map(tally);
    themes.filter(|tally| tally.counts.total > 0).collect()
}
