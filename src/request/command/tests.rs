//! What Discord refuses to register, and what people type that cannot be read.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::action::Evidence;
use crate::action::Status;
use crate::body::UserId;
use crate::body::holding::Part;
use crate::request::HistoryAsk;
use crate::request::ReverseAsk;
use crate::request::UpdateAsk;
use crate::request::clock::ClockAsk;
use crate::request::clock::RemindAsk;
use crate::request::clock::TimingAsk;
use crate::request::lead::LeadAsk;
use crate::request::plan::ExportAsk;
use crate::request::plan::Format;
use crate::request::plan::ImportAsk;
use crate::request::plan::PaperAsk;
use crate::routine::Routine;

/// Discord refuses a name that is longer or holds anything but lower-case letters, digits, `-`
/// and `_`.
#[track_caller]
fn check_name(name: &str) {
    let sound =
        |letter: char| letter.is_lowercase() || letter.is_numeric() || matches!(letter, '-' | '_');
    assert!((1..=32).contains(&name.chars().count()), "{name:?}");
    assert!(name.chars().all(sound), "{name:?}");
}

/// Discord refuses a longer description, and an empty one.
#[track_caller]
fn check_description(words: &str) {
    assert!((1..=100).contains(&words.chars().count()), "{words:?}");
}

#[test]
fn discord_takes_every_declaration() {
    let mut names = BTreeSet::new();
    for command in COMMANDS {
        assert!(names.insert(command.name), "{} is declared twice", command.name);
        assert!(command.name.split(' ').count() <= 2, "{}", command.name);
        command.name.split(' ').for_each(check_name);
        check_description(command.does);
        assert!(command.options.len() <= 25, "{}", command.name);
        assert!(
            command.options.is_sorted_by_key(|option| !option.needed),
            "{}: what is needed stands first",
            command.name
        );
        let options: BTreeSet<&str> = command.options.iter().map(|option| option.name).collect();
        assert_eq!(options.len(), command.options.len(), "{}", command.name);
        assert!(!command.for_whom.is_empty(), "{}", command.name);
    }
}

#[test]
fn discord_takes_every_option() {
    for option in COMMANDS.iter().flat_map(|command| command.options) {
        check_name(option.name);
        check_description(option.says);
        match &option.takes {
            Takes::Text(most) => assert!((1..=6000).contains(most), "{}", option.name),
            Takes::Named(_) | Takes::Person | Takes::File => {}
            Takes::OneOf(choices) => {
                let choices = choices();
                assert!((1..=25).contains(&choices.len()), "{}", option.name);
                for (value, words) in &choices {
                    check_description(value);
                    check_description(words);
                }
                let values: BTreeSet<_> = choices.iter().map(|(value, _)| value).collect();
                assert_eq!(values.len(), choices.len(), "{}", option.name);
            }
        }
    }
}

#[test]
fn every_group_is_used_and_every_second_word_has_a_group() {
    let begun: BTreeSet<&str> = COMMANDS
        .iter()
        .filter_map(|command| command.name.split_once(' '))
        .map(|(first, _)| first)
        .collect();
    let groups: BTreeSet<&str> = GROUPS.iter().map(|(name, _)| *name).collect();
    assert_eq!(begun, groups);
    assert_eq!(groups.len(), GROUPS.len());
    for (name, about) in GROUPS {
        check_name(name);
        check_description(about);
        assert!(named(name).is_err(), "{name} is a group and a command");
    }
}

/// Where an option takes a file, its value is the file's name; where it takes somebody, theirs.
fn given(command: &Command, options: &[(&str, &str)]) -> Given {
    let mut given = Given::default();
    for (name, value) in options {
        let known = command.options.iter().find(|option| option.name == *name);
        let name = (*name).to_owned();
        match known.map(|option| &option.takes) {
            Some(Takes::File) => {
                given.files.insert(name, attached(value));
            }
            Some(Takes::Person) => {
                given.people.insert(name, somebody(value));
            }
            _ => {
                given.words.insert(name, (*value).into());
            }
        }
    }
    given
}

fn somebody(name: &str) -> Somebody {
    Somebody { user: UserId(7), name: name.into() }
}

fn attached(name: &str) -> Attached {
    let url = format!("https://cdn.discordapp.com/attachments/1/2/{name}");
    Attached { name: name.into(), url, size: 12 }
}

#[track_caller]
fn check(command: &str, options: &[(&str, &str)], expected: &Result<Ask, Refusal>) {
    let named = named(command).unwrap();
    assert_eq!(&(named.read)(&given(named, options)), expected, "{command} {options:?}");
}

#[test]
fn what_is_typed_is_read() {
    check(
        "update",
        &[
            ("action", " 2.1 "),
            ("text", " Booked "),
            ("status", "In progress"),
            ("happened", "3 Nov 2020"),
        ],
        &Ok(Ask::Update(UpdateAsk {
            action: "2.1".into(),
            text: Some("Booked".into()),
            status: Some(Status::OnTrack),
            happened: NaiveDate::from_ymd_opt(2020, 11, 3),
            ..UpdateAsk::default()
        })),
    );
    check(
        "update",
        &[("action", "2.1"), ("text", "  "), ("status", "")],
        &Ok(Ask::Update(UpdateAsk { action: "2.1".into(), ..UpdateAsk::default() })),
    );
    check("overdue", &[], &Ok(Ask::Overdue(AttentionAsk::default())));
    check(
        "overdue",
        &[
            ("body", "FLO"),
            ("lead", "CPEG"),
            ("area", "2"),
            ("theme", "Poverty"),
            ("view", "all"),
            ("as_of", "01/01/2021"),
        ],
        &Ok(Ask::Overdue(AttentionAsk {
            body: Some("FLO".into()),
            lead: Some("CPEG".into()),
            area: Some(2),
            theme: Some("Poverty".into()),
            meeting: None,
            view: Attention::All,
            as_of: NaiveDate::from_ymd_opt(2021, 1, 1),
            page: 0,
        })),
    );
    check("action show", &[("action", "2.1")], &Ok(Ask::Action { action: "2.1".into() }));
    let as_of = "2020-11-12".parse().unwrap();
    check(
        "action show",
        &[("action", "2.1"), ("as_of", "12 November 2020")],
        &Ok(Ask::ActionThen { action: "2.1".into(), as_of }),
    );
    let history = HistoryAsk { action: "2.1".into(), as_of: Some(as_of), page: 0 };
    check(
        "action history",
        &[("action", "2.1"), ("as_of", "12/11/2020")],
        &Ok(Ask::History(history)),
    );
    check(
        "digest preview",
        &[("body", "CPEG"), ("issued", "CPEG 2020-12-03")],
        &Ok(Ask::IssuedDigest { body: "CPEG".into(), issued: "CPEG 2020-12-03".into() }),
    );
    check("meeting next", &[], &Ok(Ask::NextMeeting { body: None }));
    let preview = Ask::DigestPreview { body: "CPEG".into(), as_of: None };
    check("digest preview", &[("body", "CPEG")], &Ok(preview));
    check("help", &[("topic", " ")], &Ok(Ask::Help { topic: None }));
}

#[test]
fn what_an_update_asks_and_shows_is_read() {
    let shown = |evidence| {
        Ok(Ask::Update(UpdateAsk {
            action: "2.1".into(),
            text: Some("Booked".into()),
            ask: Some("A second hall".into()),
            evidence: Some(evidence),
            case_study: true,
            ..UpdateAsk::default()
        }))
    };
    let said = [("action", "2.1"), ("text", "Booked"), ("ask", " A second hall ")];
    let with = |more: &[(&'static str, &'static str)]| [&said, more].concat();
    let (address, yes) = ("https://wdc.example/hall", ("case_study", "yes"));
    let page = Evidence::Page { address: address.into() };
    check("update", &with(&[("link", address), yes]), &shown(page));
    let kept = attached("hall.docx").url;
    let file = Evidence::File { name: "hall.docx".into(), address: kept };
    check("update", &with(&[("evidence", "hall.docx"), yes]), &shown(file));

    // All that was written comes back, whatever is wrong with it.
    let refused =
        |why, words: &str| Err(Refusal::Unread { why: Box::new(why), words: words.into() });
    let both = refused(Refusal::TwiceShown, "Booked\n\nA second hall\n\nhttps://wdc.example/hall");
    check("update", &with(&[("link", address), ("evidence", "hall.docx")]), &both);
    let why = Refusal::NotAnAddress(Evidence::page("the minutes").unwrap_err());
    let nowhere = refused(why, "Booked\n\nA second hall\n\nthe minutes");
    check("update", &with(&[("link", "the minutes")]), &nowhere);
}

#[test]
fn what_is_to_be_taken_back_is_read() {
    let ask = |update: Option<&str>| {
        let (action, reason) = ("1.2".into(), "wrong action".into());
        Ok(Ask::Reverse(ReverseAsk { action, update: update.map(str::to_owned), reason }))
    };
    check("action reverse", &[("action", "1.2"), ("reason", " wrong action ")], &ask(None));
    let picked = [("action", "1.2"), ("reason", "wrong action"), ("update", "17")];
    check("action reverse", &picked, &ask(Some("17")));
    check("action reverse", &[("action", "1.2")], &Err(Refusal::Missing("reason")));
}

#[test]
fn what_is_asked_of_a_plan_as_a_file_is_read() {
    let import = |plan: Option<&str>, answers: Option<&str>| {
        Ok(Ask::ImportPlan(ImportAsk {
            file: attached("plan.docx"),
            plan: plan.map(str::to_owned),
            answers: answers.map(str::to_owned),
        }))
    };
    check("plan import", &[("file", "plan.docx")], &import(None, None));
    let options = [("file", "plan.docx"), ("plan", " FLO "), ("answers", "row 7: CPEG\n")];
    check("plan import", &options, &import(Some("FLO"), Some("row 7: CPEG")));
    let export = |format, plan: Option<&str>, as_of| {
        Ok(Ask::ExportPlan(ExportAsk { format, plan: plan.map(str::to_owned), as_of }))
    };
    check("plan export", &[("format", "csv")], &export(Format::Csv, None, None));
    let options = [("format", "PNG"), ("plan", "IP"), ("as_of", "3 Nov 2020")];
    let as_of = NaiveDate::from_ymd_opt(2020, 11, 3);
    check("plan export", &options, &export(Format::Picture, Some("IP"), as_of));
    let paper = |as_of| Ok(Ask::Paper(PaperAsk { body: "CPWD".into(), as_of }));
    check("plan paper", &[("body", "CPWD")], &paper(None));
    check("plan paper", &[("body", "CPWD"), ("as_of", "3 Nov 2020")], &paper(as_of));
}

#[test]
fn what_is_missing_or_unknown_in_a_plan_as_a_file_says_so() {
    check("plan import", &[], &Err(Refusal::Missing("file")));
    let why = Box::new(Refusal::Missing("file"));
    let unread = Refusal::Unread { why, words: "row 7: CPEG".into() };
    check("plan import", &[("answers", "row 7: CPEG")], &Err(unread));
    check("plan export", &[], &Err(Refusal::Missing("format")));
    check("plan export", &[("format", "pdf")], &Err(Refusal::NotAFormat("pdf".into())));
    check("plan paper", &[], &Err(Refusal::Missing("body")));
}

#[test]
fn what_cannot_be_read_says_why() {
    check("update", &[], &Err(Refusal::Missing("action")));
    check("update", &[("action", " ")], &Err(Refusal::Missing("action")));
    check("action show", &[], &Err(Refusal::Missing("action")));
    check("digest preview", &[("as_of", "1 January 2021")], &Err(Refusal::Missing("body")));
    let late = Refusal::NotAStatus("late".into());
    check("update", &[("action", "2.1"), ("status", "late")], &Err(late.clone()));
    for view in ["late", "Overdue", "due before the next meeting"] {
        check("overdue", &[("view", view)], &Err(Refusal::NotAView(view.into())));
    }
    for area in ["two", "-1", "2.1", "4294967296"] {
        check("overdue", &[("area", area)], &Err(Refusal::NotAnArea(area.into())));
    }
    let day = read_day("someday").unwrap_err();
    check("overdue", &[("as_of", "someday")], &Err(Refusal::NotADay(day)));
    assert_eq!(named("close").unwrap_err(), Refusal::NotACommand);
    assert_eq!(named("action").unwrap_err(), Refusal::NotACommand);
    let unread = Refusal::Unread { why: Box::new(late.clone()), words: "Long words".into() };
    let options = [("action", "2.1"), ("status", "late"), ("text", "Long words")];
    check("update", &options, &Err(unread.clone()));
    assert_eq!(unread.to_string(), late.to_string());
    assert_eq!((unread.words(), late.words()), (Some("Long words"), None));
}

#[test]
fn what_is_said_of_who_holds_a_body_reads_as_it_was_meant() {
    let (body, person) = ("CPEG".to_owned(), somebody("Amira"));
    let link =
        |part| Ok(Ask::Lead(LeadAsk::Link { body: body.clone(), person: person.clone(), part }));
    let named = [("body", "CPEG"), ("person", "Amira")];
    check("lead link", &named, &link(Part::Holder));
    check("lead link", &[named[0], named[1], ("as", "deputy")], &link(Part::Deputy));
    for word in ["none", "chair", "Deputy"] {
        let refused = Err(Refusal::NotAPart(word.into()));
        check("lead link", &[named[0], named[1], ("as", word)], &refused);
    }
    check("lead link", &[named[0]], &Err(Refusal::Missing("person")));
    check("lead link", &[named[1]], &Err(Refusal::Missing("body")));
    let handover =
        |from| Ok(Ask::Lead(LeadAsk::Handover { body: body.clone(), to: person.clone(), from }));
    let to = [("body", "CPEG"), ("to", "Amira")];
    check("lead handover", &to, &handover(None));
    let from = Some(somebody("Brian"));
    check("lead handover", &[to[0], to[1], ("from", "Brian")], &handover(from));
    check("lead handover", &[to[0], ("from", "Brian")], &Err(Refusal::Missing("to")));
    check("lead vacant", &[], &Err(Refusal::Missing("body")));
    check("lead link-label", &[("label", "the schools")], &Err(Refusal::Missing("body")));
}

#[test]
fn what_is_asked_about_what_is_said_around_meetings_is_read() {
    let ask = |ask| Ok(Ask::Clock(ask));
    let body = ("body", "CPEG");
    let cpeg = || "CPEG".to_owned();
    check("digest send", &[body], &ask(ClockAsk::Send { body: cpeg(), again: false }));
    let again = [body, ("again", "yes")];
    check("digest send", &again, &ask(ClockAsk::Send { body: cpeg(), again: true }));
    check("digest send", &[], &Err(Refusal::Missing("body")));
    check("digest pause", &[body], &ask(ClockAsk::Pause { body: cpeg(), until: None }));
    let until = NaiveDate::from_ymd_opt(2021, 8, 31);
    let given = [body, ("until", "31 August 2021")];
    check("digest pause", &given, &ask(ClockAsk::Pause { body: cpeg(), until }));
    let day = read_day("when I say so").unwrap_err();
    check("digest pause", &[body, ("until", "when I say so")], &Err(Refusal::NotADay(day)));
    check("digest resume", &[body], &ask(ClockAsk::Resume { body: cpeg() }));
    check("digest schedule", &[], &ask(ClockAsk::Schedule { body: None, page: 0 }));
    check("digest timing", &[], &ask(ClockAsk::Timing(TimingAsk::default())));
    let timing = TimingAsk {
        routine: Some(Routine::FirstChase),
        days: Some(8),
        time: chrono::NaiveTime::from_hms_opt(14, 30, 0),
        runs: Some(false),
    };
    let first = ("routine", "first-chase");
    let given = [first, ("days", "8"), ("time", "2.30pm"), ("state", "off")];
    check("digest timing", &given, &ask(ClockAsk::Timing(timing)));
    check("digest timing", &[("days", "8")], &Err(Refusal::Missing("routine")));
    check("digest timing", &[first, ("days", "-1")], &Err(Refusal::NotDays("-1".into())));
    let no_time = Refusal::NotATime(crate::date::read_time("half nine").unwrap_err());
    check("digest timing", &[first, ("time", "half nine")], &Err(no_time));
    check("digest timing", &[("routine", "nag")], &Err(Refusal::NotARoutine("nag".into())));
    let remind = RemindAsk {
        action: Some("1.2".into()),
        lead: None,
        note: Some("Any word from the venue?".into()),
    };
    let given = [("action", "1.2"), ("note", " Any word from the venue? ")];
    check("remind", &given, &ask(ClockAsk::Remind(remind)));
    check("remind", &[], &ask(ClockAsk::Remind(RemindAsk::default())));
}

#[test]
fn every_choice_is_one_that_the_command_reads() {
    for command in COMMANDS {
        let needed = command.options.iter().filter(|option| option.needed);
        let first = |option: &Opt| match option.takes {
            Takes::OneOf(choices) => choices()[0].0,
            _ if option.name == "day" => "4 December 2020",
            _ => "words",
        };
        let needed: Vec<(&str, &str)> = needed.map(|opt| (opt.name, first(opt))).collect();
        for option in command.options {
            let Takes::OneOf(choices) = option.takes else { continue };
            for (value, _) in choices() {
                let mut options = [needed.as_slice(), &[(option.name, value)]].concat();
                if (command.name, option.name) == ("digest timing", "state") {
                    options.push(("routine", Routine::Digest.word()));
                }
                let read = (command.read)(&given(command, &options));
                assert!(read.is_ok(), "{} {value}: {read:?}", command.name);
                if option.needed {
                    continue;
                }
                let plain = (command.read)(&given(command, &needed)).unwrap();
                let is_default = match command.name {
                    "overdue" => value == Attention::default().word(),
                    "update" => value == "no",
                    "lead link" => value == Part::Holder.word(),
                    "meeting closed" => value == "closed",
                    _ => false,
                };
                assert_eq!(read == Ok(plain), is_default, "{} {value}", command.name);
            }
        }
    }
}

proptest! {
    #[test]
    fn words_that_cannot_be_read_are_never_lost(
        action in "\\PC{0,8}", text in "\\PC{1,20}", status in "\\PC{0,8}", happened in "\\PC{0,12}",
    ) {
        let options =
            [("action", &*action), ("text", &*text), ("status", &*status), ("happened", &*happened)];
        let update = named("update").unwrap();
        let kept = match (update.read)(&given(update, &options)) {
            Ok(Ask::Update(ask)) => ask.text,
            Ok(_) => None,
            Err(refusal) => refusal.words().map(str::to_owned),
        };
        prop_assert_eq!(kept.unwrap_or_default(), text.trim());
    }
}
