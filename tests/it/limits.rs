//! Nothing that anybody is shown exceeds what Discord takes, in a partnership as large as they come.
//!
//! The sandbox refuses what Discord refuses, so that an answer beyond a limit never comes. What can be
//! typed is read from the declarations: a new command is tried as soon as there is one.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::VecDeque;
use std::fmt::Write;
use std::time::Duration;

use convener::action::Lead;
use convener::action::Printed;
use convener::action::Status;
use convener::body::Body;
use convener::body::BodyId;
use convener::body::BodyKind;
use convener::config::partnership;
use convener::date::Target;
use convener::partnership::Founding;
use convener::request::command::COMMANDS;
use convener::request::command::Command;
use convener::request::command::Opt;
use convener::request::command::Takes;
use convener::sandbox::Form;
use convener::sandbox::Message;
use convener::sandbox::Outcome;
use convener::sandbox::Sandbox;
use convener::sandbox::Snowflake;
use convener::sandbox::State;
use serde_json::Value;

use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::TOM;
use crate::town::Town;

const ACTIONS: usize = 500;
const LEADS: usize = 60;

/// How many buttons deep is pressed from what a command answers.
const DEPTH: usize = 3;

/// So many buttons that ask the same of another action, page or list are pressed; each kind is.
const ALIKE_MAX: usize = 6;

/// What is typed while an option completes.
const PREFIXES: [&str; 8] = ["", "a", "1", "IP-", "partnership 4", "é🙂", "zzzz", "IP-1.1 work"];

/// Nothing that is promised takes this long, short of a hang.
const PATIENCE: Duration = Duration::from_mins(1);

/// A label of a button is shown whole on a phone up to so many characters.
const LABEL_MAX: usize = 34;

/// Words that people type into an option, shortest first; several where they lead elsewhere.
fn samples(option: &Opt) -> Vec<String> {
    let long = "Accountability for partnership working across every community ".repeat(70);
    let tricks =
        "@everyone **bold** ~~out~~ `code` https://example.org/a_b \u{202E}back 🙂".repeat(60);
    let samples: Vec<&str> = match option.name {
        "action" => vec!["IP-1.2", "2.10", "accountability", "nothing of the kind"],
        "text" | "title" | "words" | "note" | "reason" | "answers" | "ask" | "label" => {
            vec!["Venue booked", &long, &tricks]
        }
        "body" => vec!["CPEG", AGENCY, "Narnia"],
        "lead" => vec!["CPEG", AGENCY, "DIG chairs", "Police Scotland"],
        "area" => vec!["1", "IP-2"],
        "theme" => vec!["Poverty", "Poverty, Wellbeing", "none"],
        "meeting" => vec!["CPEG", "CPWD"],
        "to" if !matches!(option.takes, Takes::Person) => vec!["17 December 2020", "someday"],
        "on" | "day" => vec!["14 January 2021", "someday"],
        "at" => vec!["2.30pm", "2.30"],
        "papers" => vec!["8", "1 December 2020"],
        "name" => vec!["Staff training", &tricks],
        "target" => vec!["May 2021", "Q2 2021", "following the appointment of a new chair"],
        "happened" | "as_of" | "issued" => vec!["20 October 2020", "26 October 2020", "someday"],
        "until" => vec!["20 October 2021", "20 October 2020", "someday"],
        "days" => vec!["8", "61", "a few"],
        "time" => vec!["09:00", "19:30", "noon"],
        "minute_ref" => vec!["Item 4.2 of the minute"],
        "last" => vec!["3", "12", "no"],
        "link" => vec!["https://example.org/a/long/way?to=it"],
        "plan" => vec!["IP", "FLO", "ZZZ"],
        "topic" => vec!["update", "action list"],
        "person" | "from" | "to" => vec![MORAG],
        "update" => vec!["1", "halls", "nothing of the kind"],
        "file" | "evidence" => vec!["plan.csv"],
        name => panic!("give {name} some words to try in `samples`"),
    };
    let most = match option.takes {
        Takes::Text(most) => most,
        _ => 6_000,
    };
    samples.into_iter().map(|words| at_most(words, most)).collect()
}

/// As much of some words as Discord's client would let somebody type.
fn at_most(words: &str, units_max: usize) -> String {
    let mut left = units_max;
    let fits = |letter: &char| {
        left = left.saturating_sub(letter.len_utf16());
        left > 0
    };
    words.chars().take_while(fits).collect()
}

const AGENCY: &str = "Argyll, Bute and West Dunbartonshire Integration Partnership 17";

/// What an option may hold: every choice, or samples.
fn values(option: &Opt) -> Vec<String> {
    match option.takes {
        Takes::OneOf(choices) => choices().iter().map(|(_, label)| (*label).to_owned()).collect(),
        _ => samples(option),
    }
}

/// A partnership with 500 actions of forty words, led by sixty bodies.
pub(crate) fn large() -> Founding {
    let mut founding = partnership::founding(None).unwrap();
    let bodies = &mut founding.partnership.bodies.all;
    let model = bodies[0].clone();
    for number in 1..=LEADS - bodies.len() {
        let id = BodyId(i64::try_from(bodies.len() + 1).unwrap());
        bodies.push(Body {
            id,
            name: format!("{} {number}", AGENCY.trim_end_matches(" 17")),
            code: format!("A{number:02}"),
            kind: BodyKind::Agency,
            names: Vec::new(),
            role_name: format!("Agency {number}"),
            channel_name: format!("agency-{number}"),
            ..model.clone()
        });
    }
    let bodies = &founding.partnership.bodies.all;
    assert_eq!(bodies.len(), LEADS);
    let targets = ["September 2020", "by the end of March 2021", "Ongoing", "", "Q3 2021/22"];
    let statuses = [Status::OnTrack, Status::AtRisk, Status::NotStarted, Status::OnHold];
    let title = "Accountability for partnership working across communities: ".to_owned()
        + &"hold awareness sessions with every partner and neighbourhood ".repeat(5);
    let mut printed = Vec::new();
    for number in 0..ACTIONS {
        let area = u32::try_from(number % founding.areas.len()).unwrap() + 1;
        let within = number / founding.areas.len() + 1;
        let body = &bodies[number % LEADS];
        let other = &bodies[(number + 7) % LEADS];
        let leads =
            [body, other].map(|body| Lead { printed: body.name.clone(), bodies: vec![body.id] });
        printed.push(Printed {
            leads: Some(leads.to_vec()),
            target: Some(Target::read(targets[number % targets.len()])),
            status: Some(statuses[number % statuses.len()]),
            update: Some(format!("{number}: {title}")),
            themes: Some(founding.partnership.themes.clone()),
            ..Printed::titled(
                format!("IP-{area}.{within}").parse().unwrap(),
                &format!("{title}{number}"),
            )
        });
    }
    assert!(printed.iter().all(|printed| printed.title.split(' ').count() >= 40));
    printed.sort_by(|one, other| one.reference.cmp(&other.reference));
    founding.printed = printed;
    founding
}

/// The plan as a table, with some of it reworded and more doubts than anybody answers.
fn table(founding: &Founding) -> String {
    let mut table = "No.,Activities,Lead,Target Date,Status\n".to_owned();
    for (place, printed) in founding.printed.iter().enumerate() {
        let title = if place % 3 == 0 { "Reworded " } else { "" };
        let lead = if place % 5 == 0 { "Nobody known" } else { "CPEG" };
        let target = if place % 2 == 0 { "Q2 2021" } else { "May 2021" };
        let number = printed.reference.printed();
        let _ = writeln!(table, "{number},\"{title}{}\",{lead},{target},on track", printed.title);
    }
    table
}

/// Somebody who tries everything in a large partnership.
struct Trial<'a> {
    town: &'a Town,
    person: &'a str,
    channel: &'a str,
    table: &'a str,
    /// What is pressed already, by its token, and how many of a kind.
    pressed: BTreeSet<String>,
    alike: BTreeMap<String, usize>,
    /// How many answers were seen.
    answers: usize,
}

impl<'a> Trial<'a> {
    fn of(town: &'a Town, (person, channel): (&'a str, &'a str), table: &'a str) -> Self {
        let (pressed, alike) = (BTreeSet::new(), BTreeMap::new());
        Self { town, person, channel, table, pressed, alike, answers: 0 }
    }

    /// A command by itself, with each value of each of its options, and with all of them at once.
    async fn tries(&mut self, command: &Command) {
        let needed = needed(command);
        self.types(command, &needed).await;
        for option in command.options {
            for value in values(option) {
                let others = needed.iter().filter(|(other, _)| other.name != option.name).cloned();
                let given: Vec<(&Opt, String)> = others.chain([(option, value)]).collect();
                self.types(command, &given).await;
            }
        }
        let all: Vec<(&Opt, String)> =
            command.options.iter().map(|option| (option, values(option)[0].clone())).collect();
        self.types(command, &all).await;
    }

    async fn types(&mut self, command: &Command, given: &[(&Opt, String)]) {
        let mut line = format!("/{}", command.name);
        let mut files = Vec::new();
        for (option, value) in given {
            match option.takes {
                Takes::File => files.push((option.name, value.as_str(), self.table.as_bytes())),
                _ => {
                    let _ = write!(line, " {}:{value}", option.name);
                }
            }
        }
        let sandbox = self.town.sandbox();
        let outcome = sandbox.command_with(self.person, self.channel, &line, &files).await;
        self.follows(&line, outcome).await;
    }

    /// Looks at what came back and presses all its buttons, and theirs.
    async fn follows(&mut self, line: &str, outcome: Result<Outcome, String>) {
        let mut seen = VecDeque::from([(line.to_owned(), outcome, 0)]);
        while let Some((way, outcome, depth)) = seen.pop_front() {
            let message = match outcome {
                Ok(Outcome::Answered(message)) => *message,
                Ok(Outcome::Deferred(promised)) => self.gets(&way, promised.id).await,
                Ok(Outcome::Form(form)) => {
                    let outcome = self.fills_in(&form).await;
                    seen.push_back((format!("{way} > {}", form.title), outcome, depth + 1));
                    continue;
                }
                other => panic!("{} did {way:?} and got {other:?}", self.person),
            };
            self.answers += 1;
            for (label, token) in buttons(&message) {
                assert!(label.chars().count() <= LABEL_MAX, "{way}: {label}");
                if depth < DEPTH && self.is_worth_pressing(&token) {
                    let sandbox = self.town.sandbox();
                    let outcome = sandbox.press_on(self.person, message.id, &token).await;
                    seen.push_back((format!("{way} > [{label}]"), outcome, depth + 1));
                }
            }
        }
    }

    /// What was promised: files of so large a plan take a moment.
    async fn gets(&self, way: &str, promised: Snowflake) -> Message {
        let kept = |sandbox: &Sandbox| {
            let all = sandbox.read_as(self.person, self.channel);
            all.into_iter()
                .find(|message| message.id == promised && message.state != State::Thinking)
        };
        let kept = tokio::time::timeout(PATIENCE, self.town.sandbox().until(kept)).await;
        let kept = kept.ok().flatten();
        kept.filter(|message| message.state == State::Sent)
            .unwrap_or_else(|| panic!("{} was promised {way:?} for nothing", self.person))
    }

    fn is_worth_pressing(&mut self, token: &str) -> bool {
        let kind: String = token.chars().filter(|letter| !letter.is_ascii_digit()).collect();
        let kind = kind.split('/').take(2).collect::<Vec<_>>().join("/");
        let alike = self.alike.entry(kind).or_default();
        let fresh = *alike < ALIKE_MAX && self.pressed.insert(token.to_owned());
        *alike += usize::from(fresh);
        fresh
    }

    /// Sends a form with as much in each input as it takes.
    async fn fills_in(&self, form: &Form) -> Result<Outcome, String> {
        let mut values = Vec::new();
        for input in form.inputs() {
            let name = input["custom_id"].as_str().unwrap();
            let most = usize::try_from(input["max_length"].as_u64().unwrap()).unwrap();
            // What was there at first is left: a status or a day of which not all words are one.
            if input["required"] == true && input["value"].as_str().unwrap_or_default().is_empty() {
                values.push((
                    name,
                    "Words _and_ more words. ".repeat(200).chars().take(most).collect(),
                ));
            }
        }
        let values: Vec<(&str, &str)> =
            values.iter().map(|(name, value): &(&str, String)| (*name, value.as_str())).collect();
        self.town.sandbox().submit(self.person, form, &values).await
    }

    /// Whatever completes, begun in every way.
    async fn is_offered(&self, command: &Command) {
        for option in command.options.iter().filter(|opt| matches!(opt.takes, Takes::Named(_))) {
            for prefix in PREFIXES {
                let line = format!("/{} {}:{prefix}", command.name, option.name);
                let offered = self.town.sandbox().complete(self.person, self.channel, &line).await;
                let offered = offered.unwrap_or_else(|fault| panic!("{line}: {fault}"));
                // Nothing has been issued yet, each update is of an action that is not said here, and
                // every label is understood.
                let may_be_bare = matches!(option.name, "issued" | "update" | "label");
                assert!(!prefix.is_empty() || may_be_bare || !offered.is_empty(), "{line}");
            }
        }
    }
}

/// What a command needs, with the first words to try for each.
fn needed(command: &Command) -> Vec<(&Opt, String)> {
    let needed = command.options.iter().filter(|option| option.needed);
    needed.map(|option| (option, values(option)[0].clone())).collect()
}

fn buttons(message: &Message) -> Vec<(String, String)> {
    let rows = message.components.iter().filter_map(|row| row["components"].as_array());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let button = |part: &Value| (text(&part["label"]), text(&part["custom_id"]));
    rows.flatten().map(button).collect()
}

/// No request was refused, in an answer or in a post.
fn nothing_was_refused(town: &Town) {
    for request in town.sandbox().traffic() {
        let (status, path) = (request.status, &request.path);
        assert!(status < 400, "{status} for {} {path}: {:?}", request.method, request.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_exceeds_a_limit_whatever_is_typed_and_pressed() {
    let founding = large();
    let table = table(&founding);
    let town = Town::of(founding, "2020-10-26 09:00").await;
    // Requests for updates, answered where they are read. They come before an officer may put them off.
    town.person(MORAG, "cpeg").types("/mine").await;
    town.reach("2020-10-29 09:00").await;
    let request = town.sandbox().read_as(MORAG, "@Convener").pop().unwrap();
    let mut trial = Trial::of(&town, (MORAG, "@Convener"), &table);
    trial.follows("a request for updates", Ok(Outcome::Answered(Box::new(request)))).await;
    assert!(trial.answers > ALIKE_MAX, "{} answers", trial.answers);
    // An officer may do nearly everything; a chair and a member see other buttons.
    let mut officer = Trial::of(&town, (PRIYA, "cp-support"), &table);
    for command in COMMANDS {
        officer.is_offered(command).await;
        officer.tries(command).await;
    }
    assert!(officer.answers > 5 * COMMANDS.len(), "{} answers", officer.answers);
    for somebody in [(MORAG, "cpeg"), (TOM, "general")] {
        let mut trial = Trial::of(&town, somebody, &table);
        for command in COMMANDS {
            trial.types(command, &needed(command)).await;
        }
    }
    // The digests of the board and of the executive group, and whatever else is said unasked.
    town.reach("2020-12-11 12:00").await;
    nothing_was_refused(&town);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_action_stands_on_one_page_of_the_list() {
    let town = Town::of(large(), "2020-10-26 09:00").await;
    let tom = town.person(TOM, "general");
    let mut page = tom.types("/action list").await;
    let mut listed = Vec::new();
    while page.contains("[Later ›]") || page.contains("‹ Earlier") {
        let refs = page.split("**").filter(|bold| bold.starts_with("IP-")).map(str::to_owned);
        listed.extend(refs);
        if !page.contains("Later ›") {
            break;
        }
        page = tom.presses("Later ›").await;
    }
    assert_eq!(listed.len(), ACTIONS);
    assert_eq!(listed.iter().collect::<BTreeSet<_>>().len(), ACTIONS);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_too_long_for_a_button_says_how_to_ask_for_less() {
    let town = Town::of(large(), "2020-10-26 09:00").await;
    let tom = town.person(TOM, "general");
    let text = "accountability for partnership working across communities";
    let asked = format!("/action list standing:open theme:Sustainability text:{text}");
    let list = tom.types(&format!("{asked} as_of:26 October 2020")).await;
    assert!(list.contains("1–10 of 500") && list.contains("[Later ›]"), "{list}");
    let asked = format!("{asked} status:not started area:3 as_of:20 October 2020");
    let list = tom.types(&asked).await;
    assert!(list.contains("1–10 of ") && !list.contains("[Later ›]"), "{list}");
    assert!(list.contains("Ask for less at once, such as one area or one body"), "{list}");
}
