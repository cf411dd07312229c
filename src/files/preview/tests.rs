//! Files as partnerships write them, and the doubts about them.

mod layout;
mod numbering;
mod rows;
mod shapes;

use super::*;
use crate::action::Lead;
use crate::action::Status;
use crate::body::Body;
use crate::body::BodyId;
use crate::body::BodyKind;
use crate::body::Collective;
use crate::date::Closures;
use crate::files::document::Line;
use crate::files::document::Part;
use crate::files::document::Row;
use crate::files::document::Table;
use crate::files::preview::lead::leads;
use crate::meeting::Series;
use crate::meeting::changed::Changes;

fn body(id: i64, name: &str, kind: BodyKind, names: &[&str]) -> Body {
    Body {
        id: BodyId(id),
        name: name.into(),
        code: name.chars().take(3).collect(),
        kind,
        names: names.iter().map(ToString::to_string).collect(),
        role_name: name.into(),
        channel_name: name.to_lowercase(),
        role: None,
        channel: None,
    }
}

fn bodies() -> Bodies {
    let all = vec![
        body(1, "CPEG", BodyKind::Executive, &["Executive Group", "Safety, Health & Wellbeing"]),
        body(2, "Safe DIG", BodyKind::Group, &["Safe"]),
        body(3, "Nurtured DIG", BodyKind::Group, &["Nurtured"]),
        body(4, "CP Support", BodyKind::Office, &[]),
    ];
    let collectives = vec![Collective {
        name: "DIGs".into(),
        names: vec![
            "DIG chairs".into(),
            "Delivery Improvement Groups (DIGs)".into(),
            "Delivery Improvement Groups".into(),
        ],
        bodies: vec![BodyId(2), BodyId(3)],
    }];
    Bodies { all, collectives, ..Bodies::default() }
}

fn calendar() -> Calendar {
    let series = vec![Series {
        body: BodyId(1),
        title: "CPEG".into(),
        rule: "0 0 10 8-14 Feb,Apr,Jun,Aug,Oct,Dec Thu".parse().expect("a rule"),
        papers_days: 5,
    }];
    Calendar {
        zone: chrono_tz::Europe::London,
        series,
        closures: Closures::default(),
        changes: Changes::default(),
    }
}

/// A document of lines: those with a bar in them are rows of a table, its cells parted by bars.
fn document(text: &str) -> Document {
    let mut parts: Vec<Part> = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let at = Place::line(number);
        if line.trim().is_empty() {
            continue;
        }
        if !line.contains('|') {
            parts.push(Part::Line(Line { at, text: line.to_owned() }));
            continue;
        }
        let cells = line.split('|').map(|cell| cell.replace("\\n", "\n").into()).collect();
        let row = Row { at, cells };
        match parts.last_mut() {
            Some(Part::Table(table)) => table.rows.push(row),
            _ => parts.push(Part::Table(Table { rows: vec![row] })),
        }
    }
    Document { file: "plan.csv".into(), parts, doubts: Vec::new() }
}

fn read_with(text: &str, answers: &str) -> Result<Preview, Refusal> {
    let themes = ["Poverty".to_owned(), "Wellbeing".to_owned()];
    let answers = Answers::read(answers, "IP").expect("they are answers");
    let known = Known {
        plan: "IP",
        bodies: &bodies(),
        themes: &themes,
        calendar: &calendar(),
        answers: &answers,
    };
    preview(document(text), known, &mut |_, _| {})
}

fn read(text: &str) -> Preview {
    read_with(text, "").expect("it is a plan")
}

/// Each action as `ref title | leads | target`.
fn actions(text: &str) -> Vec<String> {
    let line = |read: &Read| {
        let printed = &read.printed;
        let leads = printed.leads.iter().flatten().map(|lead| lead.printed.as_str());
        let target = printed.target.as_ref().map_or("", |target| target.words());
        let leads = leads.collect::<Vec<_>>().join(" + ");
        format!("{} {} | {leads} | {target}", printed.reference, printed.title)
    };
    read(text).actions.iter().map(line).collect()
}

/// Each doubt and each thing left out, with its line.
fn doubts(text: &str) -> Vec<String> {
    said(&read(text))
}

fn said(preview: &Preview) -> Vec<String> {
    let of_actions = preview.actions.iter().flat_map(|read| {
        read.doubts.iter().map(move |doubt| format!("{}: {}", read.at.number, doubt.text))
    });
    let ignored = preview.ignored.iter();
    let ignored = ignored.map(|left| format!("{} left out: {}", left.at.number, left.why));
    preview.doubts.iter().cloned().chain(of_actions).chain(ignored).collect()
}

/// The doubts about one row that has the first cells right.
fn doubts_of(row: &str) -> Vec<String> {
    doubts(&format!("No|Activities|Lead|Target Date|Status|Theme\n{row}"))
}

#[test]
fn a_row_without_doubts_is_read_whole() {
    let text = "Theme|Improvement Area|No.|Activities|Lead|Target Date|Update (October 2020)|Status|Budget\n\
                Poverty, wellbeing|Improvement Area 2|1|Share\\ncase studies|DIG chairs / CPEG|\
                March 2021|One. \\nTwo.|In progress|£500";
    let preview = read(text);
    assert_eq!(said(&preview), Vec::<String>::new());
    let [read] = preview.actions.as_slice() else { panic!("{preview:?}") };
    let printed = &read.printed;
    assert_eq!(printed.reference.to_string(), "IP-2.1");
    assert_eq!(printed.title, "Share case studies");
    assert_eq!(printed.themes, Some(vec!["Poverty".into(), "Wellbeing".into()]));
    assert_eq!(printed.status, Some(Status::OnTrack));
    assert_eq!(printed.update.as_deref(), Some("One. \nTwo."), "word for word");
    let leads = printed.leads.as_deref().expect("leads");
    assert_eq!(leads[0], Lead { printed: "DIG chairs".into(), bodies: vec![BodyId(2), BodyId(3)] });
    assert_eq!(leads[1], Lead { printed: "CPEG".into(), bodies: vec![BodyId(1)] });
    assert_eq!(printed.target.as_ref().expect("a target").words(), "March 2021");
    assert_eq!(printed.notes[0].heading, "Budget");
    assert_eq!(printed.notes[0].text, "£500");
    assert_eq!(preview.reported.expect("October").from.to_string(), "2020-10-01");
}

#[test]
fn a_plan_says_nothing_of_what_it_has_no_column_for() {
    let preview = read("No|Action|Target\n1.1|Meet|2021");
    let printed = &preview.actions[0].printed;
    assert_eq!((&printed.leads, &printed.status, &printed.themes), (&None, &None, &None));
    assert_eq!(said(&preview), Vec::<String>::new());
}

#[test]
fn several_leads_stand_in_one_cell() {
    let check = |cell: &str, expected: &[(&str, &[i64])]| {
        let read: Vec<(String, Vec<i64>)> = leads(cell, &bodies())
            .into_iter()
            .map(|lead| (lead.printed, lead.bodies.iter().map(|body| body.0).collect()))
            .collect();
        let expected: Vec<(String, Vec<i64>)> =
            expected.iter().map(|(name, ids)| ((*name).to_owned(), ids.to_vec())).collect();
        assert_eq!(read, expected, "{cell}");
    };
    check("", &[]);
    check("cpeg", &[("cpeg", &[1])]);
    check("DIG chairs / CPEG", &[("DIG chairs", &[2, 3]), ("CPEG", &[1])]);
    check("DIG chairs; CPEG;", &[("DIG chairs", &[2, 3]), ("CPEG", &[1])]);
    check("Safe\nNurtured", &[("Safe", &[2]), ("Nurtured", &[3])]);
    check("• Safe DIG\n• Nurtured DIG", &[("Safe DIG", &[2]), ("Nurtured DIG", &[3])]);
    check("Executive\nGroup", &[("Executive Group", &[1])]);
    check("Safe, Nurtured and CPEG", &[("Safe", &[2]), ("Nurtured", &[3]), ("CPEG", &[1])]);
    check("Safety, Health & Wellbeing", &[("Safety, Health & Wellbeing", &[1])]);
    check("Executive Group (CPEG)", &[("Executive Group (CPEG)", &[1])]);
    check("Council and Police", &[("Council and Police", &[])]);
    check("Safe DIG (CPEG)", &[("Safe DIG (CPEG)", &[])]);
    check("Somebody (CPEG)", &[("Somebody (CPEG)", &[1])]);
}

#[test]
fn each_doubt_is_said_in_words_and_nothing_is_guessed() {
    let check = |row: &str, expected: &str| assert_eq!(doubts_of(row), [expected], "{row}");
    assert_eq!(doubts_of("2.1|Meet|CPEG|March 2021|on track|"), Vec::<String>::new());
    assert_eq!(doubts_of("2.1|Meet|CPEG|March 2021||"), Vec::<String>::new());
    check("2.1|Meet||March 2021|on track|", "2: No lead is printed.");
    check("2.1|Meet|CPEG||on track|", "2: No target date is printed.");
    check(
        "2.1|Meet|CPEX|March 2021|on track|",
        "2: It is led by “CPEX”, which is none of the bodies I know. Is CPEG meant?",
    );
    check(
        "2.1|Meet|The schools|March 2021|on track|",
        "2: It is led by “The schools”, which is none of the bodies I know.",
    );
    check(
        "2.1|Meet|CPEG|March 2021|going well|",
        "2: I do not know the status “going well”; it is left out.",
    );
    check(
        "2.1|Meet|CPEG|March 2021|on track|Peace",
        "2: The theme “Peace” is none of the partnership's; it is left out.",
    );
    check(
        "2.1|Meet|CPEG|Q2 2021|on track|",
        "2: “Q2 2021” is read as July to September 2021: quarters are counted from April; the \
         calendar’s quarter may be meant.",
    );
    check(
        "2.1|Meet|CPEG|March 2021|on track||extra",
        "2: There is text in column G, which has no heading; it is kept as a note. Where commas \
         part the columns, a text with commas needs quotation marks.",
    );
}

#[test]
fn an_action_without_a_lead_is_told_who_leads_beside_it() {
    let text = "No|Activities|Lead\n1.1|Meet|CPEG\n1.2|Eat|\n2.1|Sing|Safe\n1.3|Rest|Safe";
    assert_eq!(
        doubts(text),
        ["3: No lead is printed; CPEG and Safe lead its neighbours. Choose who leads."]
    );
}

#[test]
fn what_cannot_be_an_action_is_left_out_with_the_reason() {
    let text = "Plan of 2020|\nNo|Activities|Lead\n1.1|Meet|CPEG\n1.2||CPEG\n1.1|Eat|CPEG\n\
                No|Activities|Lead\n1.3|Rest|CPEG\nUpdated in May";
    assert_eq!(
        doubts(text),
        [
            "1 left out: It stands above the headings.",
            "6 left out: It repeats the headings.",
            "8 left out: It stands outside the tables.",
            "4 left out: IP-1.2 does not say what is to be done.",
            "5 left out: IP-1.1 stands at line 3 already.",
        ]
    );
}

#[test]
fn a_number_and_an_area_may_not_disagree() {
    let text = "Area|No|Action|Lead\nArea 3|2.1|Meet|CPEG\nArea 3|3.2|Eat|CPEG";
    assert_eq!(
        doubts(text),
        ["2 left out: Its number 2.1 belongs to area 2, but it stands in area 3."]
    );
}

#[test]
fn a_file_without_actions_gets_a_sentence() {
    for text in ["a|b\n1|2", "Only words", "No|Activities|Lead"] {
        let refusal = read_with(text, "").expect_err(text).to_string();
        assert!(refusal.starts_with("plan.csv: I find no actions in it."), "{refusal}");
    }
}

#[test]
fn answers_settle_doubts_and_are_read_as_the_file_would_be() {
    let text = "No|Activities|Lead|Target\n|Meet||\n2.2|Eat|Safe|Q2 2021\n2.3|Rest||TBC";
    let open = said(&read(text));
    assert_eq!(open.len(), 5, "{open:?}");
    let answers = "1.1 number: as read\n1.1 lead: CPEG\n1.1 date: March 2021\n2.2 date: as read\n\
                   2.3 lead: none";
    let preview = read_with(text, answers).expect("it is a plan");
    assert_eq!(said(&preview), Vec::<String>::new());
    let printed = &preview.actions[0].printed;
    assert_eq!(printed.leads.as_ref().expect("leads")[0].bodies, [BodyId(1)]);
    assert_eq!(
        printed.target.as_ref().expect("a target").due_on().map(|day| day.to_string()),
        Some("2021-03-31".into())
    );
    let doubtful = read_with(text, "1.1 date: Spring 2021").expect("it is a plan");
    assert!(said(&doubtful).iter().any(|doubt| doubt.contains("a season has no exact days")));
}

#[test]
fn the_questions_are_asked_once_for_each_field() {
    let preview = read("No|Activities|Lead|Target\n1.1|Meet||Q2 2021\n1.2|Eat|CPEG|March 2021");
    assert_eq!(
        preview.questions(),
        [
            "1.1 date: [due when? or “none” or “as read”]",
            "1.1 lead: [who leads it? or “none” or “as read”]"
        ]
    );
    let asked = preview.questions().join("\n");
    assert!(Answers::read(&asked, "IP").expect("they can be sent back").is_empty());
}

#[test]
fn nothing_is_asked_about_a_cell_for_which_no_answer_is_taken() {
    let mut document = document("Area|No|Activities|Lead\nArea 1|1.1|Meet|CPEG");
    let Part::Table(table) = &mut document.parts[0] else { panic!("a table") };
    table.rows[1].cells[0].doubt = "The cell shows the error #REF! instead of words.".into();
    let answers = Answers::default();
    let (bodies, calendar) = (bodies(), calendar());
    let known =
        Known { plan: "IP", bodies: &bodies, themes: &[], calendar: &calendar, answers: &answers };
    let preview = preview(document, known, &mut |_, _| {}).expect("a plan");
    assert_eq!(preview.doubts_count(), 1);
    assert_eq!(preview.questions(), [""; 0]);
}

proptest::proptest! {
    #[test]
    fn reading_is_total(cells in proptest::collection::vec("[^|]{0,12}", 0..60), width in 1_usize..8) {
        let mut text = "No|Area|Action|Lead|Target|Status\n".to_owned();
        for row in cells.chunks(width) {
            text.push_str(&row.join("|"));
            text.push('\n');
        }
        if let Ok(preview) = read_with(&text, "") {
            let refs: std::collections::BTreeSet<_> =
                preview.actions.iter().map(|read| &read.printed.reference).collect();
            proptest::prop_assert_eq!(refs.len(), preview.actions.len());
        }
    }
}
