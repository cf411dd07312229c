//! Who answers for bodies: the list, and what came of a link, a handover or a vacancy.

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::action::Action;
use crate::action::Standing;
use crate::action::lead::Label;
use crate::body::Bodies;
use crate::body::Body;
use crate::body::Person;
use crate::body::both;
use crate::body::holding::Holding;
use crate::body::holding::Holdings;
use crate::body::holding::Named;
use crate::body::holding::Part;
use crate::date::day_in_full;
use crate::date::day_in_words;
use crate::request::Ask;
use crate::request::lead::LeadAsk;
use crate::request::token;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;
use crate::view::line;
use crate::view::line::counted;
use crate::view::shortened;
use crate::view::verbatim;

/// Discord shows a row of five buttons.
const BUTTONS_MAX: usize = 5;

/// Who holds what, as somebody asked for it.
#[derive(Debug)]
pub struct List<'a> {
    /// The bodies, as they were held then.
    pub bodies: &'a Bodies,
    /// Those to show, in order.
    pub shown: &'a [&'a Body],
    /// All actions, as they stood then.
    pub actions: &'a [Action],
    /// The printed leads that are understood as no body.
    pub labels: &'a [Label],
    /// The day it is seen from.
    pub today: NaiveDate,
    /// Whether that day is over.
    pub is_past: bool,
    /// Where the days are.
    pub zone: Tz,
}

/// In whose name somebody keeps the plan.
#[derive(Clone, Debug)]
pub struct Keeper<'a> {
    /// Who it is.
    pub person: Person,
    /// The body they hold.
    pub body: Option<&'a Body>,
}

/// A body of which something was changed, and who held it by name before.
#[derive(Clone, Copy, Debug)]
pub struct Done<'a> {
    /// The body.
    pub body: &'a Body,
    /// The record of who held what by name before.
    pub holdings: &'a Holdings,
}

/// Who holds each body, those that nobody holds first, and the leads that are not understood.
pub fn list(list: &List<'_>) -> Card {
    let (vacant, others): (Vec<&Body>, Vec<&Body>) =
        list.shown.iter().partition(|body| list.bodies.holdings.is_vacant(body.id));
    let (unlinked, held): (Vec<&Body>, Vec<&Body>) =
        others.iter().partition(|body| list.bodies.is_unlinked(body));
    let section = |heading: &str, bodies: &[&Body]| {
        let lines: Vec<String> = bodies.iter().map(|body| list.line(body)).collect();
        (!lines.is_empty()).then(|| Section::of(heading, lines))
    };
    let labels: Vec<String> = list.labels.iter().map(label).collect();
    let sections = [
        section("Vacant", &vacant),
        section("Held", &held),
        section("Nobody linked", &unlinked),
        (!labels.is_empty()).then(|| Section::of("Printed leads that are no body I know", labels)),
    ];
    let footer = if list.is_past {
        "Roles are shown as they are today; what was linked by name is shown as it was then."
    } else {
        ""
    };
    Card {
        tone: if vacant.is_empty() { Tone::Plain } else { Tone::Attention },
        title: format!("Who holds what, as at {}", day_in_full(list.today)),
        text: summary(vacant.len(), held.len(), unlinked.len()),
        sections: sections.into_iter().flatten().collect(),
        footer: footer.into(),
        ..Card::default()
    }
}

fn summary(vacant: usize, held: usize, unlinked: usize) -> String {
    let number = |count: usize| if count == 0 { "none".to_owned() } else { count.to_string() };
    let mut parts = vec![format!("{} held", number(held)), format!("{} vacant", number(vacant))];
    if unlinked > 0 {
        parts.push(format!("{unlinked} with nobody linked"));
    }
    format!("{}: {}.", counted(vacant + held + unlinked, "body", "bodies"), parts.join(", "))
}

impl List<'_> {
    /// A body, how many open actions it leads, and who holds it.
    fn line(&self, body: &Body) -> String {
        let is_open = |action: &&Action| action.standing == Standing::Open;
        let led = self.actions.iter().filter(is_open).filter(|action| action.is_led_by(body.id));
        let led = match led.count() {
            0 => "leads nothing open".to_owned(),
            count => format!("leads {}", counted(count, "open action", "open actions")),
        };
        format!("**{}** · {led}\n{}", verbatim(&body.name), self.held(body))
    }

    fn held(&self, body: &Body) -> String {
        let holdings = &self.bodies.holdings;
        let mut parts: Vec<String> = Vec::new();
        match holdings.vacant_since(body.id) {
            Some(since) => {
                let since = day_in_words(line::local_day(since, self.zone));
                parts.push(format!("vacant since {since}"));
            }
            None if body.role.is_some() => {
                parts.push(format!("through the role {}", verbatim(&body.role_name)));
            }
            None => {}
        }
        let named = holdings.named(body.id);
        for (part, called) in [(Part::Holder, ""), (Part::Deputy, "deputy ")] {
            let entries = named.iter().filter(|entry| entry.part == part);
            parts.extend(entries.map(|entry| {
                let since = day_in_words(line::local_day(entry.since, self.zone));
                format!("{called}{} since {since}", verbatim(name(entry)))
            }));
        }
        if self.bodies.is_unlinked(body) {
            parts.push(match body.role_name.as_str() {
                "" => "no role and nobody by name".to_owned(),
                role => format!("nobody by name, and this server has no role {}", verbatim(role)),
            });
        }
        parts.join("; ")
    }
}

/// A printed lead that is not understood: `“The schools” · IP-2.3. Also printed as “the Schools” in
/// IP-4.1`.
fn label(label: &Label) -> String {
    let refs = |refs: &[crate::action::Ref]| {
        line::some_of(&refs.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let mut spellings = label.spellings.iter();
    let first = spellings
        .next()
        .map(|(printed, references)| format!("“{}” · {}", verbatim(printed), refs(references)));
    let also: Vec<String> = spellings
        .map(|(printed, references)| format!("“{}” in {}", verbatim(printed), refs(references)))
        .collect();
    let also =
        if also.is_empty() { String::new() } else { format!(". Also printed as {}", both(&also)) };
    format!("{}{also}", first.unwrap_or_default())
}

fn name(entry: &Holding) -> &str {
    entry.person.as_ref().map_or(FORGOTTEN, called)
}

fn called(named: &Named) -> &str {
    named.name.as_deref().unwrap_or(FORGOTTEN)
}

/// What stands for a person whose name the record no longer has.
const FORGOTTEN: &str = "somebody whose name was removed";

/// What some of those who hold a body by name are called.
pub fn names_of(named: Vec<&Holding>, wanted: impl Fn(&Named) -> bool) -> Vec<String> {
    let people = named.into_iter().filter_map(|entry| entry.person.as_ref());
    people.filter(|named| wanted(named)).map(|named| called(named).to_owned()).collect()
}

/// What is said once somebody has a part in a body.
pub fn linked(done: &Done<'_>, person: &Person, part: Part) -> Card {
    let Done { body, holdings } = done;
    let does =
        format!("{} {} {} from now on.", verbatim(&person.name), part.does(), verbatim(&body.name));
    let mut text = vec![does];
    let others = names_of(holdings.named(body.id), |named| named.id != person.id);
    if !others.is_empty() {
        text.push(format!("Also linked, as before: {}.", names(&others)));
    }
    if holdings.is_vacant(body.id) && part == Part::Deputy {
        text.push(format!(
            "{} stays vacant until somebody holds it; meanwhile a deputy may speak for it.",
            verbatim(&body.name)
        ));
    } else if let Some(role) = role(body) {
        text.push(format!("Whoever has the role {role} speaks for it, too."));
    }
    text.push(told(body));
    Card {
        tone: Tone::Good,
        title: format!("Linked: {}", verbatim(&body.name)),
        text: text.join("\n"),
        ..Card::default()
    }
}

/// What is said once a body is handed over.
pub fn handed_over(done: &Done<'_>, to: &Person, before: &[String]) -> Card {
    let Done { body, holdings } = done;
    let on_screen = verbatim(&body.name);
    let mut text = vec![format!("{} holds {on_screen} from now on.", verbatim(&to.name))];
    if !before.is_empty() {
        text.push(format!("No longer holding it: {}.", names(before)));
    }
    match (role(body), before) {
        (None, _) => {}
        (Some(role), []) => text.push(format!(
            "Whoever else has the role {role} still speaks for it. To end that, use this command \
             again with `from`, or ask a server admin to take the role off them."
        )),
        (Some(role), _) => text.push(format!(
            "If they still have the role {role}, a server admin should take it off them; it no \
             longer counts for them here."
        )),
    }
    let is_deputy = |entry: &&Holding| entry.part == Part::Deputy;
    let deputies = holdings.named(body.id).into_iter().filter(is_deputy).collect();
    let stays =
        |named: &Named| named.id != to.id && !before.iter().any(|name| name == called(named));
    let deputies = names_of(deputies, stays);
    if !deputies.is_empty() {
        text.push(format!("Deputising, as before: {}.", names(&deputies)));
    }
    text.push(told(body));
    Card {
        tone: Tone::Good,
        title: format!("Handed over: {on_screen}"),
        text: text.join("\n"),
        ..Card::default()
    }
}

/// What is said once a body is vacant.
pub fn vacated(done: &Done<'_>, before: &[String], actions: &[Action]) -> Card {
    let body = done.body;
    let on_screen = verbatim(&body.name);
    let open = actions.iter().filter(|action| action.standing == Standing::Open);
    let led = open.filter(|action| action.is_led_by(body.id)).count();
    let mut text = vec![match led {
        0 => format!("Nobody holds {on_screen} from now on. It leads no open action."),
        _ => format!(
            "Nobody holds {on_screen} from now on. It leads {}, and lists and digests say that it \
             is vacant until somebody holds it.",
            counted(led, "open action", "open actions")
        ),
    }];
    if !before.is_empty() {
        text.push(format!("No longer speaking for it: {}.", names(before)));
    }
    text.extend(role(body).map(|role| {
        format!(
            "A server admin should take the role {role} off whoever still has it; it does not \
             count while {on_screen} is vacant."
        )
    }));
    text.push("If somebody stands in, use `/lead link` with `as: deputy`.".into());
    text.push(told(body));
    Card {
        tone: Tone::Good,
        title: format!("Vacant: {on_screen}"),
        text: text.join("\n"),
        ..Card::default()
    }
}

/// What is said once a printed lead means a body, and which others look like it.
pub fn understood(
    label: &Label,
    body: &str,
    typed: &str,
    told: Option<&Body>,
    like: &[&Label],
) -> Card {
    let printed = verbatim(&label.printed);
    let references: Vec<String> = label.references().iter().map(ToString::to_string).collect();
    let mut text = vec![format!(
        "“{printed}” means {} from now on: {}.",
        verbatim(body),
        line::some_of(&references)
    )];
    let also: Vec<String> = label
        .spellings
        .iter()
        .skip(1)
        .map(|(spelling, _)| format!("“{}”", verbatim(spelling)))
        .collect();
    if !also.is_empty() {
        text.push(format!("Also printed as {}, which is taken for the same.", both(&also)));
    }
    text.push(
        "I read it so in plans and questions, too. The plan's own words stay as they are.".into(),
    );
    if !like.is_empty() {
        let like: Vec<String> =
            like.iter().map(|label| format!("“{}”", verbatim(&label.printed))).collect();
        text.push(format!("Nearly the same, and not understood yet: {}.", both(&like)));
    }
    text.extend(told.map(self::told));
    let buttons = like.iter().filter_map(|other| {
        let ask = LeadAsk::LinkLabel { label: other.printed.clone(), body: typed.to_owned() };
        let token = token::write(&Ask::Lead(ask))?;
        Some(Button { label: shortened(&format!("Link “{}”, too", other.printed), 34), token })
    });
    Card {
        tone: Tone::Good,
        title: format!("Understood: “{printed}”"),
        text: text.join("\n"),
        buttons: buttons.take(BUTTONS_MAX).collect(),
        ..Card::default()
    }
}

/// The one line for everybody once somebody has a part in a body.
pub fn linked_for_all(body: &Body, person: &Person, part: Part, by: &Keeper<'_>) -> Card {
    let does = match part {
        Part::Deputy => "is a deputy",
        _ => "holds it",
    };
    for_all(body, &format!(": {} {does} from now on", verbatim(&person.name)), by)
}

/// The one line for everybody once a body is handed over.
pub fn handed_over_for_all(body: &Body, to: &Person, before: &[String], by: &Keeper<'_>) -> Card {
    let before = match before {
        [] => String::new(),
        before => format!("; before, {}", names(before)),
    };
    for_all(body, &format!(": handed over to {}{before}", verbatim(&to.name)), by)
}

/// The one line for everybody once a body is vacant.
pub fn vacant_for_all(body: &Body, by: &Keeper<'_>) -> Card {
    for_all(body, " is vacant from now on", by)
}

/// The one line for everybody once a printed lead means a body.
pub fn understood_for_all(label: &Label, body: &str, by: &Keeper<'_>) -> Card {
    let references: Vec<String> = label.references().iter().map(ToString::to_string).collect();
    Card {
        text: format!(
            "**{}** leads {}, where the plan prints “{}” · {}",
            verbatim(body),
            line::some_of(&references),
            verbatim(&label.printed),
            signed(by)
        ),
        ..Card::default()
    }
}

fn for_all(body: &Body, what: &str, by: &Keeper<'_>) -> Card {
    let text = format!("**{}**{what} · {}", verbatim(&body.name), signed(by));
    Card { text, ..Card::default() }
}

fn signed(by: &Keeper<'_>) -> String {
    match by.body {
        Some(body) => format!("{}, {}", verbatim(&by.person.name), verbatim(&body.name)),
        None => verbatim(&by.person.name),
    }
}

fn names(names: &[String]) -> String {
    both(&names.iter().map(|name| verbatim(name)).collect::<Vec<_>>())
}

/// The role of a body, where the server has it.
fn role(body: &Body) -> Option<String> {
    body.role.map(|_| verbatim(&body.role_name))
}

fn told(body: &Body) -> String {
    match body.channel {
        Some(_) => format!("Everybody in #{} sees one line about it.", body.channel_name),
        None => {
            format!("{} has no channel here, so nobody else has been told.", verbatim(&body.name))
        }
    }
}
