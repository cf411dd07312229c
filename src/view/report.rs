//! What CP Support reads around a meeting, and what a body reads of what changed since its digest.

use std::collections::BTreeMap;

use chrono::DateTime;
use chrono::Utc;

use crate::action::Action;
use crate::action::Ref;
use crate::agenda::Item;
use crate::body::Bodies;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::ChannelId;
use crate::body::Lack;
use crate::body::RoleId;
use crate::body::both;
use crate::chase::Made;
use crate::chase::Reached;
use crate::chase::Round;
use crate::chase::Unasked;
use crate::date::day_in_full;
use crate::digest::since::Decided;
use crate::digest::since::Since;
use crate::meeting::Meeting;
use crate::request::Ask;
use crate::request::token;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;
use crate::view::agenda;
use crate::view::decision;
use crate::view::digest::Manner;
use crate::view::line;
use crate::view::line::Lens;
use crate::view::line::local_day;
use crate::view::meeting;
use crate::view::verbatim;

/// What CP Support is told on the day before the papers go out.
#[derive(Clone, Copy, Debug)]
pub struct Report<'a> {
    /// The meeting.
    pub meeting: &'a Meeting,
    /// The body that meets.
    pub body: &'a Body,
    /// The names of bodies.
    pub bodies: &'a Bodies,
    /// Who was asked for updates, in order.
    pub made: &'a [Made],
    /// Who would be asked now: what still needs a word, and whom nobody can ask.
    pub round: &'a Round<'a>,
    /// When the papers go out.
    pub papers_at: DateTime<Utc>,
    /// Whether that is past.
    pub papers_are_out: bool,
    /// Whether it comes later than it should have.
    pub is_late: bool,
    /// From where it is looked at.
    pub lens: Lens,
}

/// The delivery report: who was asked and has answered, who is silent, who could not be asked.
pub fn delivery(report: &Report<'_>) -> Card {
    let papers_at = report.papers_at.with_timezone(&report.lens.zone);
    let due = if report.papers_are_out { "were due" } else { "go out" };
    let mut text = vec![format!(
        "The papers {due} at {} on {}. A draft of the paper is attached.",
        papers_at.format("%H:%M"),
        day_in_full(papers_at.date_naive())
    )];
    let asked = asked(report);
    let answered = asked.iter().filter(|(_, asked)| asked.silent.is_empty()).count();
    text.push(match asked.len() {
        0 => "Nobody had to be asked for an update.".into(),
        1 if answered == 1 => "The one who was asked has answered.".into(),
        count => format!("{answered} of {count} who were asked have answered in full."),
    });
    if report.is_late {
        text.push("This report comes late: the bot was offline.".into());
    }
    let mut sections = vec![
        Section::of("Asked for an update", asked.iter().map(|(_, asked)| asked.line()).collect()),
        Section::of("Could not be asked", unasked(report)),
    ];
    sections.retain(|section| !section.lines.is_empty());
    Card {
        title: format!("Delivery report: {}", meeting::label(report.meeting, report.body)),
        text: text.join("\n"),
        sections,
        footer: "To ask somebody once more: /remind. Who holds what: /lead list.".into(),
        ..Card::default()
    }
}

/// Somebody who was asked, and what came of it.
#[derive(Debug, Default)]
struct Answered {
    who: String,
    when: Vec<String>,
    reached: Option<&'static str>,
    silent: Vec<Ref>,
    reported: Vec<Ref>,
}

impl Answered {
    fn line(&self) -> String {
        let refs = |refs: &[Ref]| {
            let refs: Vec<String> = refs.iter().map(ToString::to_string).collect();
            line::some_of(&refs)
        };
        let mut parts = vec![format!("**{}** asked on {}", self.who, both(&self.when))];
        parts.extend(self.reached.map(str::to_owned));
        if !self.reported.is_empty() {
            parts.push(format!("✔ {}", refs(&self.reported)));
        }
        if !self.silent.is_empty() {
            parts.push(format!("no word yet on {}", refs(&self.silent)));
        }
        parts.join(" · ")
    }
}

/// Whom somebody is: a person by their number, or the channel of a lead.
type Whom = (bool, i64);

fn asked(report: &Report<'_>) -> Vec<(Whom, Answered)> {
    let needed = needed(report.round);
    let mut asked: BTreeMap<Whom, Answered> = BTreeMap::new();
    for made in report.made {
        let whom = match made.person {
            Some(person) => (false, person.0),
            None => (true, made.lead.0),
        };
        let entry = asked.entry(whom).or_default();
        entry.who = who(made, report.bodies);
        // Within a few weeks the year is plain.
        let day = local_day(made.asked_at, report.lens.zone).format("%-d %B").to_string();
        if !entry.when.contains(&day) {
            entry.when.push(day);
        }
        entry.reached = match made.reached {
            Reached::Yes => None,
            Reached::NotYet => Some("still on its way"),
            Reached::Refused => Some("direct messages closed, so asked in the channel"),
            Reached::No => Some("could not be delivered"),
        };
        for reference in &made.about {
            let list =
                if needed.contains(reference) { &mut entry.silent } else { &mut entry.reported };
            if !list.contains(reference) {
                list.push(reference.clone());
            }
        }
    }
    asked.into_iter().collect()
}

fn who(made: &Made, bodies: &Bodies) -> String {
    match (made.person, &made.name) {
        (Some(_), Some(name)) => verbatim(name),
        (Some(_), None) => "Somebody who is forgotten".into(),
        (None, _) => match bodies.with(made.lead) {
            Some(body) => format!("#{} (nobody known for {})", body.channel_name, body.name),
            None => "A channel".into(),
        },
    }
}

/// What still needs a word.
fn needed(round: &Round<'_>) -> Vec<Ref> {
    let asked = round.chases.iter().flat_map(|chase| &chase.about).map(|(action, _)| *action);
    let unasked = round.unasked.iter().flat_map(|(.., actions)| actions.iter().copied());
    asked.chain(unasked).map(|action| action.reference.clone()).collect()
}

/// The leads of whom nobody was asked, and why.
fn unasked(report: &Report<'_>) -> Vec<String> {
    let line = |(lead, why, actions): &(BodyId, Unasked, Vec<&Action>)| {
        let name = report.bodies.with(*lead).map_or("Somebody", |body| body.name.as_str());
        let why = match why {
            Unasked::Vacant => "is vacant",
            Unasked::Unknown => "has nobody I know of, and no channel with a role to call",
            Unasked::Snoozed => "asked not to be asked again before the meeting",
        };
        let refs: Vec<String> = actions.iter().map(|action| action.reference.to_string()).collect();
        format!("**{}** {why}: {}", verbatim(name), line::some_of(&refs))
    };
    report.round.unasked.iter().map(line).collect()
}

/// What a body reads of what changed since its digest.
pub fn since(
    since: &Since,
    (meeting, body): (&Meeting, &Body),
    told_at: DateTime<Utc>,
    manner: &Manner<'_>,
    lens: &Lens,
) -> Card {
    let told_at = told_at.with_timezone(&manner.zone);
    let names = |actions: &[Action]| -> Vec<String> {
        actions.iter().map(|action| line::whole(action, lens)).collect()
    };
    let needed = since.decisions.iter();
    let needed = needed.map(|action| decision::needed(action, manner.bodies, lens)).collect();
    let decided = since.decided.iter().map(|(action, made)| {
        let made = match made {
            Decided::SignedOff => "signed off".to_owned(),
            Decided::Withdrawn => "withdrawn".to_owned(),
            Decided::Returned => "not complete after all".to_owned(),
            Decided::Moved => format!("now {}", line::due(&action.target)),
        };
        format!("{}: {made}", line::title(action))
    });
    let progress = since.progress.iter();
    let progress = progress
        .map(|(reference, said)| crate::view::digest::progress_line(reference, said, manner));
    let sections = [
        ("Decisions newly needed", needed),
        ("Decided since", decided.collect()),
        ("Overdue since", names(&since.overdue)),
        ("Added since", names(&since.added)),
        ("Said since", progress.collect()),
    ];
    let section = |(heading, lines): (&str, Vec<String>)| {
        (!lines.is_empty()).then(|| Section::of(heading, lines).at_most(manner.lines_max))
    };
    let late = if manner.late { " Posted late: the bot was offline." } else { "" };
    Card {
        title: format!("Since the digest for {}", meeting::label(meeting, body)),
        text: format!(
            "What changed after {} on {}.{late}",
            told_at.format("%H:%M"),
            day_in_full(told_at.date_naive())
        ),
        sections: sections.into_iter().filter_map(section).collect(),
        ..Card::default()
    }
}

/// What a meeting was asked to decide and has no decision recorded.
#[derive(Clone, Copy, Debug)]
pub struct Remaining<'a> {
    /// The meeting.
    pub meeting: &'a Meeting,
    /// The body that met.
    pub body: &'a Body,
    /// The names of bodies.
    pub bodies: &'a Bodies,
    /// What still awaits a decision about the plan.
    pub open: &'a [&'a Action],
    /// What was brought for decision.
    pub items: &'a [(&'a Item, &'a Action)],
}

/// What takes CP Support through the record of a meeting.
fn record_button(meeting: &Meeting, body: &Body) -> Option<Button> {
    let named = format!("{} {}", body.code, meeting.first_on);
    let token = token::write(&Ask::RecordMeeting { meeting: Some(named) })?;
    Some(Button { label: "Record the meeting".into(), token })
}

/// What CP Support is told after a meeting.
pub fn decisions(remaining: &Remaining<'_>, lens: &Lens) -> Card {
    let Remaining { meeting, body, bodies, open, items } = *remaining;
    let asked = open.iter().map(|action| decision::needed(action, bodies, lens)).collect();
    let brought = items.iter().map(|(item, action)| agenda::item_line(item, action, lens.zone));
    let sections =
        [("No decision recorded yet", asked), ("Brought for decision", brought.collect())];
    let section = |(heading, lines): (&str, Vec<String>)| {
        (!lines.is_empty()).then(|| Section::of(heading, lines))
    };
    Card {
        tone: Tone::Attention,
        title: format!("Decisions to record: {}", meeting::label(meeting, body)),
        text: "What did the meeting agree? Each stays open until it is recorded.".into(),
        sections: sections.into_iter().filter_map(section).collect(),
        footer: "/decide records a single decision.".into(),
        buttons: record_button(meeting, body).into_iter().collect(),
        ..Card::default()
    }
}

/// What is amiss in the server, a line each.
pub fn amiss(bodies: &Bodies, lacking: &[(ChannelId, Lack)], silent: &[RoleId]) -> Vec<String> {
    let mut lines = Vec::new();
    for body in &bodies.all {
        let lack = body.channel.and_then(|channel| {
            lacking.iter().find(|(known, _)| *known == channel).map(|(_, lack)| lack)
        });
        let channel = &body.channel_name;
        match lack {
            Some(Lack::Channel) => lines.push(format!(
                "**#{channel}** is not there any more, or is hidden from the bot. Make it again, \
                 named so, or let the bot see it."
            )),
            Some(Lack::Permissions(missing)) => {
                let missing: Vec<String> = missing.iter().map(|&name| name.to_owned()).collect();
                lines.push(format!("**#{channel}**: the bot lacks {}.", both(&missing)));
            }
            None if body.channel.is_none() && !channel.is_empty() => lines.push(format!(
                "**#{channel}** is not there: {} has nowhere to read. Make it, named so.",
                verbatim(&body.name)
            )),
            None => {}
        }
        let role = verbatim(&body.role_name);
        match body.role {
            Some(id) if silent.contains(&id) => lines.push(format!(
                "The role **{role}** cannot be called: let everybody mention it, or make it again."
            )),
            None if !body.role_name.is_empty() => lines.push(format!(
                "The role **{role}** is not there: nobody holds {} through it. Make it, named so.",
                verbatim(&body.name)
            )),
            _ => {}
        }
    }
    lines
}

/// What CP Support is told of it.
pub fn to_mend(amiss: Vec<String>, meeting: &Meeting, body: &Body) -> Card {
    Card {
        tone: Tone::Attention,
        title: "Something in this server needs putting right".into(),
        text: format!(
            "Otherwise part of what is due before {} cannot be said. A server admin can mend it.",
            verbatim(&meeting::label(meeting, body))
        ),
        sections: vec![Section::of("", amiss)],
        ..Card::default()
    }
}
