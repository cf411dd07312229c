//! Who was at meetings: the form, what is asked back about it, and how agencies came to the last ones.

use crate::attendance::Attendance;
use crate::attendance::Doubt;
use crate::attendance::Lists;
use crate::attendance::Presence;
use crate::body::Bodies;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::both;
use crate::date::day_in_words;
use crate::meeting::Meeting;
use crate::proceedings::MINUTES_MAX;
use crate::request::Ask;
use crate::request::record::RecordAsk;
use crate::request::token;
use crate::request::token::record::APOLOGIES;
use crate::request::token::record::MINUTES;
use crate::request::token::record::PRESENT;
use crate::request::token::record::SUBSTITUTES;
use crate::view::Button;
use crate::view::Card;
use crate::view::Form;
use crate::view::Input;
use crate::view::Room;
use crate::view::Section;
use crate::view::Tone;
use crate::view::line::counted;
use crate::view::meeting;
use crate::view::shortened;
use crate::view::verbatim;

/// The longest list of agencies, in characters: thirty, each with a name.
const LIST_MAX: usize = 1_500;

/// A phone shows so many characters of a button's label.
const LABEL_MAX: usize = 34;

/// The form about who was at a meeting, with what is known of it; `key` names the meeting.
pub fn form(name: &str, key: &str, (lists, minutes): (&Lists, &str)) -> Form {
    let ask = RecordAsk::Attend { meeting: key.to_owned(), written: None };
    let input = |name, label: &str, hint: &str, value: &str, room| {
        let (Room::Line(most) | Room::Lines(most)) = room;
        Input {
            name,
            label: label.into(),
            hint: hint.into(),
            value: shortened(value, most),
            room,
            needed: false,
        }
    };
    let lines = Room::Lines(LIST_MAX);
    Form {
        title: shortened(name, 45),
        token: token::write(&Ask::Record(ask)).unwrap_or_default(),
        inputs: vec![
            input(
                PRESENT,
                "Agencies there themselves, one a line",
                "Police Scotland: Gail Rae\nNHS",
                &lists.present,
                lines,
            ),
            input(SUBSTITUTES, "There by a substitute", "NHS: Bob Orr", &lists.substitutes, lines),
            input(APOLOGIES, "Apologies", "Scottish Enterprise", &lists.apologies, lines),
            input(
                MINUTES,
                "Minutes: reference or link (if known)",
                "CPEG 2020/12",
                minutes,
                Room::Line(MINUTES_MAX),
            ),
        ],
    }
}

/// What is asked back about a draft of who was at a meeting.
pub fn asked_back(
    name: &str,
    draft: i64,
    (doubts, unknown): (&[Doubt], &[&str]),
    bodies: &Bodies,
) -> Card {
    let mut lines: Vec<String> = Vec::new();
    // Those that may simply be new stand in one line.
    let is_new = |doubt: &&Doubt| matches!(doubt, Doubt::Unknown { meant: None, .. });
    let new: Vec<String> = doubts
        .iter()
        .filter(is_new)
        .filter_map(|doubt| match doubt {
            Doubt::Unknown { words, .. } => Some(format!("“{}”", verbatim(words))),
            _ => None,
        })
        .collect();
    if !new.is_empty() {
        let agency = if new.len() == 1 { "an agency" } else { "agencies" };
        lines.push(format!("I do not know {} as {agency} yet.", both(&new)));
    }
    let others = doubts.iter().filter(|doubt| !is_new(doubt));
    lines.extend(others.map(|doubt| doubtful(doubt, bodies)));
    Card {
        tone: Tone::Attention,
        title: format!("Nearly: {}", verbatim(name)),
        text: "Nothing of it is recorded yet. What you wrote is kept; please settle this first."
            .into(),
        sections: vec![Section::of("Please check", lines)],
        buttons: settling(draft, doubts, unknown, bodies),
        ..Card::default()
    }
}

fn doubtful(doubt: &Doubt, bodies: &Bodies) -> String {
    match doubt {
        Doubt::Unknown { words, meant } => {
            let meant = meant.and_then(|id| bodies.with(id));
            let meant = meant.map_or("another", |body| body.name.as_str());
            format!("I do not know “{}”. Did you mean {}?", verbatim(words), verbatim(meant))
        }
        Doubt::NotAnAgency { words } => format!(
            "“{}” is no agency, so it has no attendance of its own. Name the agency instead, or \
             leave it out.",
            verbatim(words)
        ),
        Doubt::TooLong { words } => {
            format!(
                "“{}” is too long for one line. Please shorten it.",
                verbatim(&shortened(words, 80))
            )
        }
        Doubt::Twice { agency, lists } => {
            let lists: Vec<String> = lists.iter().map(|list| standing(*list).to_owned()).collect();
            format!("{} stands {}. Which is it?", called(*agency, bodies), both(&lists))
        }
    }
}

/// Where an agency stands that is in a list.
fn standing(presence: Presence) -> &'static str {
    match presence {
        Presence::Present => "among those there themselves",
        Presence::Substitute => "among the substitutes",
        Presence::Apologies => "among the apologies",
        Presence::NoWord => "nowhere",
    }
}

fn settling(draft: i64, doubts: &[Doubt], unknown: &[&str], bodies: &Bodies) -> Vec<Button> {
    let mut asks: Vec<(String, RecordAsk)> = Vec::new();
    for doubt in doubts {
        match doubt {
            Doubt::Unknown { words, meant: Some(agency) } => {
                let name = bodies.with(*agency).map_or("", |body| body.name.as_str());
                let words = words.clone();
                let ask = RecordAsk::Mean { draft, agency: agency.0, words };
                asks.push((format!("It is {name}"), ask));
            }
            Doubt::Twice { agency, lists } => {
                let name = bodies.with(*agency).map_or("", |body| body.name.as_str());
                for presence in lists {
                    let word = spoken(*presence);
                    let name = shortened(name, LABEL_MAX - word.len() - 2);
                    let ask = RecordAsk::Settle { draft, agency: agency.0, presence: *presence };
                    asks.push((format!("{name}: {word}"), ask));
                }
            }
            _ => {}
        }
    }
    // A row less than there is room for, since more wait behind the form.
    asks.truncate(15);
    match unknown {
        [] => {}
        [only] => asks.push((format!("Add {only}"), RecordAsk::AddAgencies { draft })),
        several => {
            let label = format!("Add these {} agencies", several.len());
            asks.push((label, RecordAsk::AddAgencies { draft }));
        }
    }
    asks.push(("Change what I wrote".into(), RecordAsk::AttendAgain { draft }));
    asks.into_iter()
        .filter_map(|(label, ask)| {
            let token = token::write(&Ask::Record(ask))?;
            Some(Button { label: shortened(&label, LABEL_MAX), token })
        })
        .collect()
}

/// How an agency was there, on a button.
fn spoken(presence: Presence) -> &'static str {
    match presence {
        Presence::Present => "itself",
        Presence::Substitute => "substitute",
        Presence::Apologies => "apologies",
        Presence::NoWord => "no word",
    }
}

/// The agencies of a meeting by name, a line for each way in which they were there.
pub fn by_name(attendances: &[Attendance], bodies: &Bodies) -> Vec<String> {
    let lists = [
        (Presence::Present, "There"),
        (Presence::Substitute, "By a substitute"),
        (Presence::Apologies, "Apologies"),
    ];
    let lines = lists.into_iter().filter_map(|(presence, heading)| {
        let names = sorted(attendances, presence, bodies);
        (!names.is_empty()).then(|| format!("**{heading}** {}", names.join(", ")))
    });
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() { vec!["Nobody is recorded as there.".into()] } else { lines }
}

fn sorted(attendances: &[Attendance], presence: Presence, bodies: &Bodies) -> Vec<String> {
    let called_so = attendances.iter().filter(|there| there.presence == presence).map(|there| {
        let agency = called(there.agency, bodies);
        match there.name.as_str() {
            "" => agency,
            name => format!("{agency} ({})", verbatim(name)),
        }
    });
    let mut names: Vec<String> = called_so.collect();
    names.sort_by_key(|name| name.to_lowercase());
    names
}

/// The attendance of a meeting in figures: `5 agencies were there, 1 of them by a substitute; 1 sent
/// apologies.`
pub fn in_figures(attendances: &[Attendance]) -> String {
    let count = |presence| attendances.iter().filter(|there| there.presence == presence).count();
    let (itself, substitute) = (count(Presence::Present), count(Presence::Substitute));
    let apologies = count(Presence::Apologies);
    let there = match itself + substitute {
        0 => "No agency is recorded as there".to_owned(),
        1 => "1 agency was there".to_owned(),
        several => format!("{several} agencies were there"),
    };
    let by_substitute = match (substitute, itself) {
        (0, _) => String::new(),
        (1, 0) => ", by a substitute".to_owned(),
        (_, 0) => ", all by substitutes".to_owned(),
        (1, _) => ", 1 of them by a substitute".to_owned(),
        (several, _) => format!(", {several} of them by substitutes"),
    };
    let apologies = match apologies {
        0 => String::new(),
        several => format!("; {several} sent apologies"),
    };
    format!("{there}{by_substitute}{apologies}.")
}

/// How agencies came to the last meetings of a body.
#[derive(Clone, Copy, Debug)]
pub struct Table<'a> {
    /// The body.
    pub body: &'a Body,
    /// Its last meetings that have begun, oldest first, each with who was there; none for those that
    /// are not recorded.
    pub meetings: &'a [(Meeting, Option<Vec<Attendance>>)],
    /// The agencies, in alphabetical order.
    pub agencies: &'a [&'a Body],
}

/// How agencies came to the last meetings of a body: a mark for each meeting, and in words.
pub fn table(table: &Table<'_>) -> Card {
    let Table { body, meetings, agencies } = *table;
    let day = |meeting: &Meeting| day_in_words(meeting.on);
    let recorded: Vec<(&Meeting, &[Attendance])> =
        meetings.iter().filter_map(|(meeting, came)| Some((meeting, came.as_deref()?))).collect();
    // Before the first that is recorded, nobody had begun to.
    let is_before = |came: &Option<Vec<Attendance>>| came.is_none() && !recorded.is_empty();
    let missing = meetings.iter().skip_while(|(_, came)| is_before(came));
    let missing = missing.filter(|(_, came)| came.is_none());
    let missing: Vec<String> = missing.map(|(meeting, _)| day(meeting)).collect();
    let name = meetings.first().map_or_else(|| body.name.clone(), |(m, _)| meeting::name(m, body));
    let mut text = Vec::new();
    match recorded.as_slice() {
        [] => {}
        recorded => {
            let days: Vec<String> = recorded.iter().map(|(meeting, _)| day(meeting)).collect();
            text.push(format!(
                "{}, oldest first: {}.",
                counted(days.len(), "meeting", "meetings"),
                both(&days)
            ));
            text.push("● there itself · ◐ by a substitute · ○ apologies · – no word".into());
        }
    }
    if !missing.is_empty() {
        let begins = if recorded.is_empty() {
            "No meeting is recorded yet of"
        } else {
            "Not recorded, so not counted:"
        };
        text.push(format!("{begins} {}.", both(&missing)));
    }
    let lines = agencies.iter().filter(|_| !recorded.is_empty());
    let lines: Vec<String> = lines.map(|agency| row(agency, &recorded)).collect();
    if lines.is_empty() && !recorded.is_empty() {
        text.push("No agency is recorded as there.".into());
    }
    Card {
        title: format!("Attendance: {}", verbatim(&name)),
        text: text.join("\n"),
        sections: vec![Section::of("", lines)],
        footer: if missing.is_empty() {
            String::new()
        } else {
            "CP Support records meetings with /meeting record.".into()
        },
        ..Card::default()
    }
}

fn row(agency: &Body, recorded: &[(&Meeting, &[Attendance])]) -> String {
    let presences: Vec<Presence> = recorded
        .iter()
        .map(|(_, came)| {
            let there = came.iter().find(|there| there.agency == agency.id);
            there.map_or(Presence::NoWord, |there| there.presence)
        })
        .collect();
    let mark = |presence: &Presence| match presence {
        Presence::Present => "●",
        Presence::Substitute => "◐",
        Presence::Apologies => "○",
        Presence::NoWord => "–",
    };
    let marks: Vec<&str> = presences.iter().map(mark).collect();
    let count = |wanted| presences.iter().filter(|presence| **presence == wanted).count();
    let mut words =
        vec![format!("there itself {} of {}", count(Presence::Present), presences.len())];
    for (presence, said) in
        [(Presence::Substitute, "by a substitute"), (Presence::Apologies, "apologies")]
    {
        let count = count(presence);
        if count > 0 {
            words.push(format!("{said} {count}"));
        }
    }
    format!("**{}**\n{} · {}", verbatim(&agency.name), marks.join(" "), words.join(", "))
}

fn called(agency: BodyId, bodies: &Bodies) -> String {
    bodies.with(agency).map_or_else(|| "an agency".to_owned(), |body| verbatim(&body.name))
}

/// How the attendance of the last meeting stands in the form for the next: all as there themselves.
pub fn carried_over(attendances: &[Attendance], bodies: &Bodies) -> String {
    let mut lines: Vec<String> = attendances
        .iter()
        .filter_map(|there| {
            let agency = &bodies.with(there.agency)?.name;
            Some(match (there.presence, there.name.as_str()) {
                (Presence::Present, name) if !name.is_empty() => format!("{agency}: {name}"),
                _ => agency.clone(),
            })
        })
        .collect();
    lines.sort_by_key(|line| line.to_lowercase());
    lines.join("\n")
}

/// How what is recorded stands in the form.
pub fn as_written(attendances: &[Attendance], presence: Presence, bodies: &Bodies) -> String {
    let mut lines: Vec<String> = attendances
        .iter()
        .filter(|there| there.presence == presence)
        .filter_map(|there| {
            let agency = &bodies.with(there.agency)?.name;
            Some(match there.name.as_str() {
                "" => agency.clone(),
                name => format!("{agency}: {name}"),
            })
        })
        .collect();
    lines.sort_by_key(|line| line.to_lowercase());
    lines.join("\n")
}
