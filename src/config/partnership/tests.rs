//! The partnership that stands in the repository, and files that are wrong.

use chrono::NaiveDate;

use super::*;
use crate::action::Printed;
use crate::action::Status;
use crate::question::Names;
use crate::question::Understood;
use crate::question::understand;

fn cpwd() -> Founding {
    founding(None).expect("the partnership in the repository is sound")
}

fn refusal(change: &str, to: &str) -> String {
    assert!(DEFAULT.contains(change), "{change}");
    let text = DEFAULT.replacen(change, to, 1);
    PartnershipFile::read(&text, "my.toml").expect_err(to).to_string()
}

fn day(words: &str) -> NaiveDate {
    words.parse().expect("it is a day")
}

#[test]
fn the_bodies_stand_in_their_order_with_their_roles_and_channels() {
    let founding = cpwd();
    let bodies = &founding.partnership.bodies;
    let read: Vec<_> = bodies
        .all
        .iter()
        .map(|body| {
            let Body { id, name, code, role_name, channel_name, .. } = body;
            format!("{} {name} · {code} · {role_name} · #{channel_name}", id.0)
        })
        .collect();
    assert_eq!(
        read,
        [
            "1 CPWD · CPWD · CPWD Chair · #cpwd-board",
            "2 CPEG · CPEG · CPEG Chair · #cpeg",
            "3 CP Support · CPS · CP Support · #cp-support",
            "4 Flourishing DIG · FLO · Flourishing DIG Chair · #dig-flourishing",
            "5 Independent DIG · IND · Independent DIG Chair · #dig-independent",
            "6 Nurtured DIG · NUR · Nurtured DIG Chair · #dig-nurtured",
            "7 Empowered DIG · EMP · Empowered DIG Chair · #dig-empowered",
            "8 Safe DIG · SAF · Safe DIG Chair · #dig-safe",
        ]
    );
    assert_eq!(founding.general_name, "general");
    assert_eq!(founding.plan.body, BodyId(1));
    assert_eq!(founding.plan.position_on, day("2020-10-01"));
    assert_eq!(founding.partnership.themes.len(), 4);
}

#[test]
fn names_mean_the_bodies_that_the_field_means() {
    let founding = cpwd();
    let check = |name: &str, expected: &[i64]| {
        let ids: Vec<i64> =
            founding.partnership.bodies.named(name).iter().map(|body| body.0).collect();
        assert_eq!(ids, expected, "{name}");
    };
    check("the Board", &[1]);
    check("cpwd chair", &[1]);
    check("executive group", &[2]);
    check("CP support", &[3]);
    check("emp", &[7]);
    check("Empowerment", &[]);
    for digs in ["DIG", "digs", "DIG chairs", "Delivery & Improvement Groups (DIGs)"] {
        check(digs, &[4, 5, 6, 7, 8]);
    }
}

#[test]
fn the_plan_is_the_one_that_was_printed() {
    let founding = cpwd();
    let bodies = &founding.partnership.bodies;
    let line = |printed: &Printed| {
        let target = printed.target.as_ref().expect("there is a column for it");
        let window = target.window().map(|window| format!("{} to {}", window.from, window.to));
        let leads = printed.leads.as_ref().expect("there is a column for them");
        assert!(leads.iter().all(|lead| !lead.bodies.is_empty()), "{leads:?}");
        let leads: Vec<_> = leads.iter().map(|lead| lead.printed.as_str()).collect();
        assert!(printed.themes.is_none() && !printed.title.is_empty());
        format!(
            "{} | {} | {} | {} | {} | {}",
            printed.reference,
            leads.join(" + "),
            target.words(),
            window.unwrap_or_default(),
            printed.status.expect("a status"),
            if printed.update.is_some() { "update" } else { "" }
        )
    };
    let read: Vec<_> = founding.printed.iter().map(line).collect();
    assert_eq!(
        read,
        [
            "IP-1.1 | CPWD Chair | January 2020 | 2020-01-01 to 2020-01-31 | complete | update",
            "IP-1.2 | CPEG | March 2021 | 2021-03-01 to 2021-03-31 | on track | update",
            "IP-1.3 | CP Support | June 2021 | 2021-06-01 to 2021-06-30 | not started | ",
            "IP-1.4 | CPEG | June – September 2021 | 2021-06-01 to 2021-09-30 | not started | ",
            "IP-2.1 | Delivery Improvement Groups (DIGs) | December 2020 | 2020-12-01 to 2020-12-31 \
             | on track | update",
            "IP-2.2 | CP Support | February 2021 | 2021-02-01 to 2021-02-28 | not started | update",
            "IP-3.1 |  | February 2021 | 2021-02-01 to 2021-02-28 | on track | update",
            "IP-3.2 | CPEG |  |  | on track | update",
            "IP-3.3 |  |  |  | not started | update",
            "IP-4.1 | DIG chairs + CPEG | September 2020 | 2020-09-01 to 2020-09-30 | on track | update",
            "IP-4.2 | CPWD Chair | November 2020 | 2020-11-01 to 2020-11-30 | on track | update",
        ]
    );
    let of = |number: usize| founding.printed[number].leads.as_deref().unwrap_or_default();
    assert_eq!(of(4)[0].bodies.len(), 5, "the groups together");
    assert_eq!(of(9)[0].bodies.len(), 5, "the groups together");
    assert_eq!(of(9)[1].bodies, bodies.named("CPEG"));
    assert_eq!(founding.printed[1].status, Some(Status::OnTrack));
    assert_eq!(founding.areas.iter().map(|area| area.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
}

#[test]
fn what_the_plan_leaves_blank_is_said() {
    assert_eq!(
        cpwd().doubts,
        [
            "config/cpwd-plan.csv, row 8, IP-3.1: No lead is printed; CPEG leads its neighbours. \
             Choose who leads.",
            "config/cpwd-plan.csv, row 9, IP-3.2: No target date is printed.",
            "config/cpwd-plan.csv, row 10, IP-3.3: No target date is printed.",
            "config/cpwd-plan.csv, row 10, IP-3.3: No lead is printed; CPEG leads its neighbours. \
             Choose who leads.",
        ]
    );
}

#[test]
fn the_series_give_the_meetings_of_the_real_papers() {
    let calendar = cpwd().partnership.calendar;
    let at = calendar.instant(day("2020-10-26").and_hms_opt(9, 0, 0).expect("it is a time"));
    let next = |body| calendar.next(BodyId(body), at).expect("it meets again");
    assert_eq!((next(1).title.as_str(), next(1).on), ("board", day("2020-11-19")));
    assert_eq!(next(1).papers_on, day("2020-11-12"));
    assert_eq!((next(2).title.as_str(), next(2).on), ("CPEG", day("2020-12-10")));
}

#[test]
fn the_embedded_table_is_the_one_that_the_file_names() {
    let written = PartnershipFile::read(DEFAULT, DEFAULT_FILE).expect("it is sound");
    let beside = Path::new(DEFAULT_FILE).with_file_name(written.plan_file);
    assert_eq!(beside, Path::new(DEFAULT_PLAN_FILE));
}

#[test]
fn its_names_are_understood_in_questions() {
    let founding = cpwd();
    let titled = |printed: &Printed| (printed.reference.clone(), printed.title.clone());
    let actions: Vec<_> = founding.printed.iter().map(titled).collect();
    let names = Names {
        bodies: &founding.partnership.bodies,
        areas: &founding.areas,
        themes: &founding.partnership.themes,
        actions: &actions,
    };
    let check = |words: &str, expected: &str| match understand(words, &names) {
        Understood::Asked { reading, .. } => assert_eq!(reading, expected, "{words}"),
        other => panic!("{words}: {other:?}"),
    };
    check("Which actions are overdue?", "Overdue actions");
    check("which actions are overdue for CPEG?", "Overdue actions led by CPEG");
    check("overdue for the DIG chairs", "Overdue actions led by the DIGs");
    check("overdue as of 1 January 2021", "Overdue actions, as of 1 January 2021");
    check("when is the next board?", "The next board meeting");
    check(
        "what's happening with awareness sessions",
        "IP-1.2: Awareness sessions: community planning in practice",
    );
}

#[test]
fn a_file_of_ones_own_brings_its_own_plan() {
    let folder = tempfile::tempdir().expect("there is room");
    let path = folder.path().join("own.toml");
    std::fs::write(&path, DEFAULT.replace("cpwd-plan.csv", "own.csv")).expect("it can be written");
    let refusal = founding(Some(&path)).expect_err("the table is missing").to_string();
    assert!(refusal.contains("own.csv: cannot be read"), "{refusal}");
    std::fs::write(folder.path().join("own.csv"), "No,Action\n1.1,Meet\n")
        .expect("it can be written");
    let founding = founding(Some(&path)).expect("it is sound");
    assert_eq!(founding.printed.len(), 1);
    assert_eq!(founding.doubts, Vec::<String>::new(), "it has no column to be blank in");
}

#[test]
fn an_area_that_only_the_table_names_is_one_of_the_plan() {
    let written = PartnershipFile::read(DEFAULT, "cpwd.toml").expect("it is sound");
    let founding = written.founding("own.csv", b"No,Action\n5.1,Meet\n").expect("it is sound");
    let areas: Vec<String> = founding.areas.iter().map(crate::plan::Area::label).collect();
    assert_eq!(areas[3..], ["4 Partners taking ownership", "Area 5"]);
}

#[test]
fn a_table_that_cannot_be_read_is_named_once() {
    let check = |bytes: &[u8], expected: &str| {
        let written = PartnershipFile::read(DEFAULT, "cpwd.toml").expect("it is sound");
        let refusal = written.founding("own.csv", bytes).expect_err(expected).to_string();
        assert!(refusal.starts_with(expected), "{refusal}");
    };
    check(b"", "own.csv: is empty");
    check(b"a,b\nc,d\n", "own.csv: I find no actions in it");
}

#[test]
fn what_is_wrong_is_named_with_file_and_line() {
    let check = |change, to, expected: &str| {
        let refusal = refusal(change, to);
        assert!(refusal.starts_with("my.toml, line "), "{refusal}");
        assert!(refusal.contains(expected), "{refusal}");
    };
    check(
        "zone = \"Europe/London\"",
        "zone = \"Europe/Dumbarton\"",
        "line 9: \"Europe/Dumbarton\" is not a time zone",
    );
    check(
        "general = ",
        "genral = ",
        "there is no setting \"genral\" here. It can be: name, zone, general",
    );
    check(
        "papers_days = 5",
        "paper_days = 5",
        "there is no setting \"paper_days\" here. It can be: body, title",
    );
    check("Feb,May,Aug,Nov Thu", "Feb,May Thursdy", "is not a rule for a series of meetings");
    check(
        "body = \"CPEG\"",
        "body = \"CPEX\"",
        "no body has the code \"CPEX\". The codes are: CPWD, CPEG",
    );
    check("\"FLO\", \"IND\"", "\"FLO\", \"FLO\"", "\"FLO\" stands in line");
    check("code = \"IND\"", "code = \"FLO\"", "\"FLO\" stands in line");
    check("role = \"Independent DIG Chair\"", "role = \"flourishing dig chair\"", "stands in line");
    check("channel = \"cpeg\"", "channel = \"cp-support\"", "\"cp-support\" stands in line");
    check("name = \"Safe DIG\"", "name = \" \"", "this is empty");
    check("names = [\"Safe\"", "names = [\"Nurtured\"", "\"Nurtured\" already means another body");
    check("code = \"IP\"", "code = \"I-P\"", "\"I-P\" is not a code");
    check("kind = \"board\"", "kind = \"panel\"", "\"panel\" cannot stand here. It can be: board");
    check("number = 2", "number = 1", "1 cannot number this area");
    check("2020-10-01", "2020-10-01T09:00:00", "\"2020-10-01T09:00:00\" is not a day");
    check("closed = []", "closed = [10:30:00]", "\"10:30:00\" is not a day");
    check("file = \"cpwd-plan.csv\"", "", "\"file\" is missing");
}
