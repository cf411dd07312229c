//! Decisions: the buttons and the form to record one, what came of it, and the lines for everybody.

use chrono_tz::Tz;

use crate::action::Action;
use crate::action::Standing;
use crate::body::Bodies;
use crate::body::Person;
use crate::date::day_in_words;
use crate::decision::Agreed;
use crate::decision::Decision;
use crate::decision::Kind;
use crate::decision::Minute;
use crate::decision::NOTE_MAX;
use crate::decision::NewDecision;
use crate::request::Ask;
use crate::request::command::decide::MEETING_MAX;
use crate::request::command::decide::MINUTE_MAX;
use crate::request::decide::DecideAsk;
use crate::request::decide::Deciding;
use crate::request::decide::Outcome;
use crate::request::token;
use crate::request::token::decide::MEETING;
use crate::request::token::decide::MINUTE;
use crate::request::token::decide::NOTE;
use crate::view::Button;
use crate::view::Card;
use crate::view::Form;
use crate::view::Input;
use crate::view::Room;
use crate::view::Section;
use crate::view::Tone;
use crate::view::extension;
use crate::view::line;
use crate::view::line::Lens;
use crate::view::line::counted;
use crate::view::notice;
use crate::view::shortened;
use crate::view::verbatim;

/// What has been decided, to be told.
#[derive(Clone, Copy, Debug)]
pub struct Recorded<'a> {
    /// The actions as they stood before, each with what was decided.
    pub decided: &'a [(&'a Action, NewDecision)],
    /// Where it is shown.
    pub minute: &'a Minute,
    /// Who recorded it.
    pub by: &'a Person,
}

/// What can be decided about an action, to press; nothing where nothing awaits a decision.
pub fn buttons(action: &Action) -> Vec<Button> {
    offers(action).into_iter().filter_map(|deciding| button(action, deciding, "")).collect()
}

/// The same for the actions on a page of a list, each naming its action: with those that turn the page
/// there is room for them in the five rows of five that Discord allows.
pub fn buttons_of_list(actions: &[&Action]) -> Vec<Button> {
    let awaiting = actions.iter().filter(|action| action.awaits_decision());
    let of_each = awaiting.flat_map(|action| {
        let name = format!(" {}", action.reference);
        offers(action).into_iter().filter_map(move |deciding| button(action, deciding, &name))
    });
    of_each.collect()
}

fn offers(action: &Action) -> Vec<Deciding> {
    if action.awaits_sign_off() {
        return vec![Deciding::SignOff, Deciding::Return];
    }
    let Some(asked) = action.date_asked() else { return Vec::new() };
    let offer = |outcome| Deciding::Extension { outcome, target: None, seen: Some(asked.id.0) };
    vec![offer(Outcome::Agree), offer(Outcome::Refuse)]
}

fn button(action: &Action, deciding: Deciding, name: &str) -> Option<Button> {
    let label = format!("{}{name}", verb(&deciding));
    let ask = DecideAsk {
        deciding,
        actions: action.reference.to_string(),
        meeting: None,
        minute_ref: None,
        note: None,
    };
    let token = token::write(&Ask::DecideForm(ask))?;
    Some(Button { label, token })
}

fn verb(deciding: &Deciding) -> &'static str {
    match deciding {
        Deciding::SignOff => "Sign off",
        Deciding::Return => "Return",
        Deciding::Extension { outcome: Outcome::Refuse, .. } => "Refuse date",
        Deciding::Extension { .. } => "Agree date",
        Deciding::Withdraw => "Withdraw",
    }
}

/// The form that asks which meeting agreed it; `meeting` stands in it already.
pub fn form(action: &Action, ask: &DecideAsk, meeting: Option<&str>) -> Form {
    let hint = match action.date_asked() {
        Some(asked) => format!("Asked for: {}", asked.target.words().trim()),
        None => action.title.clone(),
    };
    Form {
        title: shortened(&format!("{} {}", verb(&ask.deciding), action.reference), 45),
        token: token::write(&Ask::Decide(ask.clone())).unwrap_or_default(),
        inputs: vec![
            Input {
                name: MEETING,
                label: "Which meeting agreed it?".into(),
                hint: "CPEG, 10 December 2020".into(),
                value: shortened(meeting.unwrap_or_default(), MEETING_MAX),
                room: Room::Line(MEETING_MAX),
                needed: false,
            },
            Input {
                name: MINUTE,
                label: "Minute reference (if known)".into(),
                hint: "4.2".into(),
                value: String::new(),
                room: Room::Line(MINUTE_MAX),
                needed: false,
            },
            Input {
                name: NOTE,
                label: "Note (optional)".into(),
                hint: shortened(&hint, 100),
                value: String::new(),
                room: Room::Lines(NOTE_MAX),
                needed: false,
            },
        ],
    }
}

/// What whoever recorded it is told; `channels` are told, too.
pub fn recorded(recorded: &Recorded<'_>, channels: &[String], bodies: &Bodies) -> Card {
    let title = match recorded.decided {
        [(action, _)] => format!("Recorded: {} {}", action.reference, verbatim(&action.title)),
        several => format!("Recorded for {}", counted(several.len(), "action", "actions")),
    };
    let lines = recorded.decided.iter().map(|(action, new)| match recorded.decided {
        [_] => capitalised(&said(action, new)),
        _ => format!("{}\n{}", line::title(action), said(action, new)),
    });
    let mut sections = vec![Section::of("Decided", lines.collect())];
    if !recorded.minute.note.is_empty() {
        sections.push(Section::of("Note", line::at_length(&recorded.minute.note)));
    }
    let channels: Vec<String> = channels.iter().map(|channel| format!("#{channel}")).collect();
    Card {
        tone: Tone::Good,
        title,
        text: capitalised(&shown_at(recorded.minute, bodies)),
        sections,
        footer: match channels.as_slice() {
            [] => "No lead has a channel here, so nobody else has been told.".into(),
            channels => {
                format!("Everybody in {} sees one line about it.", crate::body::both(channels))
            }
        },
        ..Card::default()
    }
}

/// The line for everybody in a channel, or one for each action.
pub fn line_for_all(recorded: &Recorded<'_>, bodies: &Bodies) -> Card {
    let shown = shown_at(recorded.minute, bodies);
    let by = verbatim(&recorded.by.name);
    let note = match line::one_line(&recorded.minute.note) {
        note if note.is_empty() => note,
        note => format!(" · “{}”", verbatim(&shortened(&note, 600))),
    };
    if let [(action, new)] = recorded.decided {
        let says = said(action, new);
        let text = format!("{}: {says}{note} · {shown} · recorded by {by}", line::title(action));
        return Card { text, ..Card::default() };
    }
    let lines = recorded.decided.iter();
    let lines =
        lines.map(|(action, new)| format!("{}: {}", line::title(action), said(action, new)));
    Card {
        text: format!("{}{note} · recorded by {by}", capitalised(&shown)),
        sections: vec![Section::of("", lines.collect())],
        ..Card::default()
    }
}

/// What was decided about one action, in a line for whoever recorded it.
pub fn in_short(action: &Action, new: &NewDecision) -> String {
    format!("{}: {}", line::title(action), said(action, new))
}

/// That a decision was delivered twice, and how the actions stand.
pub fn recorded_before(actions: &[&Action], lens: &Lens) -> Card {
    let lines = actions.iter().map(|action| line::whole(action, lens)).collect();
    Card {
        title: "Recorded already".into(),
        text: "That has been recorded; nothing was recorded twice.".into(),
        sections: vec![Section::of("", lines)],
        ..Card::default()
    }
}

/// Why nothing was recorded: what stands in the way, who decided it if somebody has, and what was
/// written, so that it is not lost.
pub fn stands_in_the_way(
    sentence: &str,
    decided: Option<String>,
    (actions, note): (&[&Action], Option<&str>),
) -> Card {
    let mut text = vec![sentence.to_owned()];
    text.extend(decided);
    if actions.len() > 1 {
        let refs: Vec<String> = actions.iter().map(|action| action.reference.to_string()).collect();
        text.push(format!("So nothing was recorded about any of {}.", line::some_of(&refs)));
    }
    notice::refusal_with(&text.join("\n"), note.unwrap_or_default())
}

/// The decision that was made last about an action, on its card.
pub fn on_card(decision: &Decision, bodies: &Bodies, zone: Tz) -> Section {
    let mut lines = vec![told(decision, bodies, zone)];
    if !decision.minute.note.is_empty() {
        lines.extend(line::at_length(&decision.minute.note));
    }
    Section::of("Last decision", lines)
}

/// A decision that was recorded before: what, by whom, when, and where it is shown.
pub fn told(decision: &Decision, bodies: &Bodies, zone: Tz) -> String {
    let what = match decision.kind {
        Kind::SignOff => "Signed off",
        Kind::Return => "Returned",
        Kind::AgreeDate => "New date agreed",
        Kind::RefuseDate => "New date refused",
        Kind::Withdraw => "Withdrawn",
    };
    let Some(by) = &decision.by else {
        return format!("{what} when the plan was taken over from print.");
    };
    let at = decision.made_at.with_timezone(&zone);
    format!(
        "{what}: {}. Recorded by {} on {} at {}.",
        shown_at(&decision.minute, bodies),
        verbatim(by),
        day_in_words(at.date_naive()),
        at.format("%H:%M")
    )
}

/// What was decided about an action, in words: `signed off`, `new date agreed: …`.
fn said(before: &Action, new: &NewDecision) -> String {
    let after = new.applied_to(before);
    let asked = before.asked.as_ref();
    let for_whom = asked.and_then(|asked| asked.by.as_deref()).map(verbatim);
    let by = for_whom.map(|by| format!(", asked for by {by}")).unwrap_or_default();
    match &new.agreed {
        Agreed::SignedOff => format!("✔ {}", line::said(&after)),
        Agreed::Withdrawn => format!("✖ {} from the plan", line::said(&after)),
        Agreed::Returned { status } => {
            format!("returned as not complete, so it goes on: {}", line::status(*status))
        }
        Agreed::Moved { target, .. } => {
            let moved = line::moved(&after).map(|moved| format!(" · {moved}")).unwrap_or_default();
            let words = extension::words(target);
            match asked {
                Some(asked) if asked.target.window() != target.window() => format!(
                    "another date agreed: {words}; {} was asked for{}{moved}",
                    verbatim(asked.target.words().trim()),
                    by.replacen(", asked for", "", 1),
                ),
                _ => format!("new date agreed: {words}{by}{moved}"),
            }
        }
        Agreed::Kept { .. } => {
            let asked = asked.map(|asked| format!(": {}{by}", extension::words(&asked.target)));
            format!(
                "new date not agreed{}. It stays {}",
                asked.unwrap_or_default(),
                line::due(&before.target)
            )
        }
    }
}

/// Where a decision is shown: `decided by CPEG on 10 December 2020, minute 4.2`.
pub fn shown_at(minute: &Minute, bodies: &Bodies) -> String {
    let mut words = match minute.meeting {
        None => "no meeting named".to_owned(),
        Some(cited) => {
            let body = bodies.with(cited.body).map(|body| verbatim(&body.name));
            let on = day_in_words(cited.on);
            format!("decided by {} on {on}", body.unwrap_or_else(|| "a meeting".into()))
        }
    };
    if !minute.reference.is_empty() {
        words = format!("{words}, minute {}", verbatim(&minute.reference));
    }
    words
}

fn capitalised(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// An action that needs a decision, in the lines of a list: that it is complete, or the date that is
/// asked for and why.
pub fn needed(action: &Action, bodies: &Bodies, lens: &Lens) -> String {
    match action.date_asked() {
        Some(asked) if action.standing == Standing::Open => {
            extension::standing(action, asked, bodies)
        }
        _ => line::whole(action, lens),
    }
}
