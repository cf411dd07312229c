//! A meeting that is added, moved or cancelled, with all that hangs on it.

use chrono::NaiveDate;
use chrono::NaiveDateTime;

use crate::action::Action;
use crate::agenda::Item;
use crate::body::Body;
use crate::date::Closures;
use crate::date::bank_holidays;
use crate::date::day_in_full;
use crate::date::is_working_day;
use crate::meeting::Meeting;
use crate::meeting::asked::DraftId;
use crate::meeting::asked::Proposed;
use crate::request::Ask;
use crate::request::meeting::MeetingAsk;
use crate::request::token;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;
use crate::view::line;
use crate::view::meeting;
use crate::view::verbatim;

/// How many actions a card names under one heading.
const LINES_MAX: usize = 12;

/// What hangs on a meeting that is to be changed.
#[derive(Clone, Debug, Default)]
pub struct Hanging {
    /// What stands on its agenda and goes to another one, each with its action.
    pub carried: Vec<(Item, Action)>,
    /// What stands on its agenda and on the other one, too.
    pub stands_there: Vec<(Item, Action)>,
    /// What stands on its agenda and comes off, for there is no other one.
    pub off: Vec<(Item, Action)>,
    /// The meeting to which it goes.
    pub to: Option<Meeting>,
    /// The actions that are due at it.
    pub due: Vec<Action>,
    /// How many requests for updates before it were withdrawn, for they had not gone out.
    pub withdrawn: u64,
}

impl Hanging {
    /// Whether nothing does.
    pub fn is_empty(&self) -> bool {
        let Self { carried, stands_there, off, due, .. } = self;
        carried.is_empty() && stands_there.is_empty() && off.is_empty() && due.is_empty()
    }
}

/// A change that can be made, and what to say of it.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// The change.
    pub proposed: &'a Proposed,
    /// Whose meeting it is.
    pub body: &'a Body,
    /// What hangs on it.
    pub hanging: &'a Hanging,
    /// The days on which nobody works, beside weekends and bank holidays.
    pub closures: &'a Closures,
    /// When its digest would have been posted, where the partnership is, if that is over.
    pub digest_missed: Option<NaiveDateTime>,
    /// Whether it was posted: then none comes by itself any more.
    pub has_digest: bool,
}

impl Shown<'_> {
    fn name(&self) -> String {
        let Proposed { change, .. } = self.proposed;
        verbatim(&meeting::title(&change.title, self.body))
    }

    /// How it stands before and after, in lines, each after its word.
    fn dates(&self, before_word: &str, after_word: &str) -> String {
        let Proposed { before, after, .. } = self.proposed;
        let mut lines = Vec::new();
        lines.extend(before.iter().map(|before| format!("**{before_word}** {}", when(before))));
        lines.extend(after.iter().map(|after| {
            let word = if before.is_some() { after_word } else { "On" };
            format!("**{word}** {}", when(after))
        }));
        lines.extend(self.notes());
        lines.join("\n")
    }

    /// What somebody should know before they agree.
    fn notes(&self) -> Vec<String> {
        let Some(after) = &self.proposed.after else { return Vec::new() };
        let mut notes: Vec<String> = not_worked(after.on, self.closures).into_iter().collect();
        if !is_working_day(after.papers_on, self.closures) {
            notes.push(format!("Papers would be due on {}.", day_in_full(after.papers_on)));
            notes.extend(not_worked(after.papers_on, self.closures));
        }
        let papers_before = self.proposed.before.as_ref().map(|before| before.papers_on);
        match self.digest_missed {
            None if self.has_digest => notes.push(
                "Its digest was posted already, so none comes by itself then. `/digest send` with \
                 `again` posts it anew."
                    .into(),
            ),
            Some(_) if papers_before == Some(after.papers_on) => {
                notes.push("The day its papers were due is over, and stays as it was.".into());
            }
            Some(at) => notes.push(format!(
                "Its digest would have been posted on {} at {}. That is over, so none will be; \
                 `/digest preview` shows it. For another day, give `papers`.",
                day_in_full(at.date()),
                at.format("%H:%M")
            )),
            None => {}
        }
        notes
    }

    fn sections(&self) -> Vec<Section> {
        let Hanging { carried, stands_there, off, to, due, .. } = self.hanging;
        let on_agenda = |items: &[(Item, Action)]| {
            items.iter().map(|(_, action)| line::title(action)).collect::<Vec<_>>()
        };
        let to = to.as_ref().map(|to| day_in_full(to.on)).unwrap_or_default();
        let due: Vec<String> = due.iter().map(due_line).collect();
        let kept = "Their dates stay, for a date is moved by a decision alone. To ask for a new one: \
                    /reschedule";
        let sections = [
            (format!("On its agenda, and goes to {to}"), on_agenda(carried), None),
            (format!("On its agenda, and on that of {to} already"), on_agenda(stands_there), None),
            ("On its agenda, and comes off: no other meeting is set".into(), on_agenda(off), None),
            ("Due at this meeting".into(), due, Some(kept)),
        ];
        let sections = sections.into_iter().filter(|(_, lines, _)| !lines.is_empty());
        sections
            .map(|(heading, lines, last)| {
                let more = lines.len().saturating_sub(LINES_MAX);
                let mut lines: Vec<String> = lines.into_iter().take(LINES_MAX).collect();
                if more > 0 {
                    lines.push(format!("and {more} more"));
                }
                lines.extend(last.map(str::to_owned));
                Section::of(heading, lines)
            })
            .collect()
    }

    fn reason(&self) -> Option<Section> {
        let reason = &self.proposed.change.reason;
        (!reason.is_empty()).then(|| Section::of("Why", line::at_length(reason)))
    }
}

/// The change as it would be, for whoever wants it to say that it is what they want.
pub fn asked_back(shown: &Shown<'_>, draft: DraftId) -> Card {
    let name = shown.name();
    let (title, label) = match (&shown.proposed.before, &shown.proposed.after) {
        (None, _) => (format!("Add a meeting of {name}?"), "Add it"),
        (Some(before), None) => {
            (format!("Cancel {name}, {}?", day_in_full(before.on)), "Cancel the meeting")
        }
        (Some(before), Some(after)) if before.at == after.at => {
            (format!("Change when papers for {name} are due?"), "Change it")
        }
        (Some(before), Some(_)) => (format!("Move {name}, {}?", day_in_full(before.on)), "Move it"),
    };
    let button = |label: &str, ask: MeetingAsk| {
        token::write(&Ask::Meeting(ask)).map(|token| Button { label: label.into(), token })
    };
    let mut sections: Vec<Section> = shown.reason().into_iter().collect();
    sections.extend(shown.sections());
    Card {
        tone: Tone::Attention,
        title,
        text: shown.dates("Now", "Then"),
        sections,
        footer: "Nothing is changed yet, and nobody else has been told.".into(),
        buttons: [
            button(label, MeetingAsk::Make { draft: draft.0 }),
            button("Leave it", MeetingAsk::PutAside { draft: draft.0 }),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..Card::default()
    }
}

/// What somebody is told once the change is made.
pub fn made(shown: &Shown<'_>, channel: Option<&str>) -> Card {
    let name = shown.name();
    let title = match (&shown.proposed.before, &shown.proposed.after) {
        (None, _) => format!("Added: {name}"),
        (Some(_), None) => format!("Cancelled: {name}"),
        (Some(before), Some(after)) if before.at == after.at => format!("Changed: {name}"),
        (Some(_), Some(_)) => format!("Moved: {name}"),
    };
    let told = match channel {
        Some(channel) => format!("Everybody in #{channel} sees one line about it."),
        None => format!("{name} has no channel here, so nobody else has been told."),
    };
    let Proposed { before, after, .. } = shown.proposed;
    // What hangs on it is not looked for where the meeting keeps its day.
    let is_elsewhere =
        before.as_ref().map(|before| before.on) != after.as_ref().map(|after| after.on);
    let nothing = if before.is_some() && is_elsewhere && shown.hanging.is_empty() {
        "Nothing was on its agenda or due at it.\n"
    } else {
        ""
    };
    let withdrawn = match shown.hanging.withdrawn {
        0 => String::new(),
        1 => "One request for an update that had not gone out is withdrawn.\n".into(),
        many => format!("{many} requests for updates that had not gone out are withdrawn.\n"),
    };
    Card {
        tone: Tone::Good,
        title,
        text: format!("{}\n{nothing}{withdrawn}{told}", shown.dates("Was", "Now")),
        sections: shown.sections(),
        footer: match &shown.proposed.after {
            Some(_) => "To change it again: /meeting move or /meeting cancel.".into(),
            None => "To hold it after all: /meeting add.".into(),
        },
        ..Card::default()
    }
}

/// The one line for everybody in the body's channel.
pub fn for_all(shown: &Shown<'_>, by: &str) -> Card {
    let name = shown.name();
    let what = match (&shown.proposed.before, &shown.proposed.after) {
        (None, Some(after)) => format!("**{name}** meets on {}", when(after)),
        (Some(before), None) => {
            format!("**{name}** of {} is cancelled", day_in_full(before.on))
        }
        (Some(before), Some(after)) if before.at == after.at => format!(
            "Papers for **{name}** of {} are due {}, not {}",
            day_in_full(after.on),
            day_in_full(after.papers_on),
            day_in_full(before.papers_on)
        ),
        (Some(before), Some(after)) if before.on == after.on => format!(
            "**{name}** of {} begins at {}, not at {}",
            day_in_full(after.on),
            after.time.format("%H:%M"),
            before.time.format("%H:%M")
        ),
        (Some(before), Some(after)) => {
            format!("**{name}** moves from {} to {}", day_in_full(before.on), when(after))
        }
        (None, None) => name,
    };
    let reason = match shown.proposed.change.reason.as_str() {
        "" => String::new(),
        reason => format!(" · “{}”", verbatim(&line::one_line(reason))),
    };
    let Hanging { carried, off, to, .. } = shown.hanging;
    let refs = |items: &[(Item, Action)]| {
        let refs = items.iter().map(|(_, action)| action.reference.to_string());
        line::some_of(&refs.collect::<Vec<_>>())
    };
    let mut agenda = String::new();
    if let (None, Some(to), false) = (&shown.proposed.after, to, carried.is_empty()) {
        agenda = format!(" · {} on its agenda: now on {}", refs(carried), day_in_full(to.on));
    } else if !off.is_empty() {
        agenda = format!(" · {} off the agenda", refs(off));
    }
    Card { text: format!("{what}{reason}{agenda} · {by}"), ..Card::default() }
}

/// What somebody is told who thought better of it.
pub fn put_aside() -> Card {
    Card {
        title: "Left as it was".into(),
        text: "Nothing was changed, and nobody else was told.".into(),
        ..Card::default()
    }
}

/// A papers deadline that moves with a closed day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedDeadline {
    /// The meeting, as it was.
    pub before: Meeting,
    /// The day its papers are due from now on.
    pub papers_on: NaiveDate,
}

/// What somebody is told once a day is closed, with its name, or opened again.
pub fn day_set(day: NaiveDate, name: Option<&str>, moved: &[(MovedDeadline, &Body)]) -> Card {
    let title = match name {
        Some(_) => format!("Closed: {}", day_in_full(day)),
        None => format!("Open again: {}", day_in_full(day)),
    };
    let why = name.filter(|name| !name.is_empty());
    let mut text: Vec<String> = why.map(verbatim).into_iter().collect();
    if moved.is_empty() {
        text.push("No papers deadline moves by it.".into());
    }
    let lines = moved.iter().map(|(deadline, body)| {
        let before = &deadline.before;
        format!(
            "**{}**, {}: due {}, not {}",
            verbatim(&meeting::name(before, body)),
            day_in_full(before.on),
            day_in_full(deadline.papers_on),
            day_in_full(before.papers_on)
        )
    });
    let lines: Vec<String> = lines.collect();
    let sections = if lines.is_empty() {
        Vec::new()
    } else {
        vec![Section::of("Papers deadlines that move", lines)]
    };
    let footer = match name {
        Some(_) => "A slip? /meeting closed with “is: open” takes it back.".into(),
        None => String::new(),
    };
    Card { tone: Tone::Good, title, text: text.join("\n"), sections, footer, ..Card::default() }
}

/// The one line for everybody in the channel of a body whose papers deadline moves.
pub fn deadline_for_all(
    (deadline, body): (&MovedDeadline, &Body),
    (day, name): (NaiveDate, Option<&str>),
    by: &str,
) -> Card {
    let before = &deadline.before;
    let why = match name {
        Some("") => format!("{} is closed", day_in_full(day)),
        Some(name) => {
            format!("{} is closed: “{}”", day_in_full(day), verbatim(&line::one_line(name)))
        }
        None => format!("{} is a working day", day_in_full(day)),
    };
    let text = format!(
        "Papers for **{}** of {} are due {}, not {} · {why} · {by}",
        verbatim(&meeting::name(before, body)),
        day_in_full(before.on),
        day_in_full(deadline.papers_on),
        day_in_full(before.papers_on)
    );
    Card { text, ..Card::default() }
}

/// A meeting's day and time, and when its papers are due.
fn when(meeting: &Meeting) -> String {
    format!(
        "{} at {}, papers due {}",
        day_in_full(meeting.on),
        meeting.time.format("%H:%M"),
        day_in_full(meeting.papers_on)
    )
}

/// That nobody works on a day, and why; nothing where they do.
fn not_worked(day: NaiveDate, closures: &Closures) -> Option<String> {
    if is_working_day(day, closures) {
        return None;
    }
    let holidays = bank_holidays(chrono::Datelike::year(&day));
    let holiday = holidays.iter().find(|(holiday, _)| *holiday == day);
    Some(match holiday {
        Some((_, name)) => format!("{} is a bank holiday: {name}.", day_in_full(day)),
        None => format!("{} is not a working day.", day_in_full(day)),
    })
}

fn due_line(action: &Action) -> String {
    format!("{} · {}", line::title(action), line::target(action))
}
