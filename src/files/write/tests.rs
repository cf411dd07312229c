//! What is written opens again and holds what it was given, whatever people typed.

use std::io::Cursor;
use std::io::Read;

use calamine::Data;
use calamine::Reader;
use calamine::Xlsx;
use icalendar::Calendar;
use icalendar::CalendarComponent;
use icalendar::Component;
use proptest::prelude::*;
use zip::ZipArchive;

use super::*;
use crate::action::Action;
use crate::action::Note;
use crate::action::Printed;
use crate::action::Standing;
use crate::action::Status;
use crate::action::sample::EXECUTIVE;
use crate::action::sample::action;
use crate::action::sample::day;
use crate::action::sample::lead;
use crate::action::sample::said;
use crate::date::Target;
use crate::date::Window;
use crate::digest::Facts;
use crate::digest::compose;
use crate::files::document::Place;
use crate::files::formula::is_formula;
use crate::files::formula::unguarded;
use crate::files::preview::Preview;
use crate::ledger::chain::Chained;
use crate::position::sample::position;
use crate::view::paper::Paper;
use crate::view::paper::Picture;
use crate::view::paper::paper;

/// The columns of the words that [`typed`] puts into an action.
const TITLE: usize = 2;
const LEAD: usize = 3;
const UPDATE: usize = 5;

fn csv_rows(position: &Position) -> Vec<Vec<String>> {
    rows_of(&csv::write(position).unwrap())
}

fn rows_of(bytes: &[u8]) -> Vec<Vec<String>> {
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).expect("it begins with the mark");
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    let row = |record: ::csv::StringRecord| record.iter().map(str::to_owned).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn xlsx_rows(position: &Position) -> Vec<Vec<Data>> {
    let mut book = Xlsx::new(Cursor::new(xlsx::write(position).unwrap())).unwrap();
    assert!(book.worksheet_formula("Plan").unwrap().is_empty(), "no cell is a formula");
    book.worksheet_range("Plan").unwrap().rows().map(<[Data]>::to_vec).collect()
}

fn paper_of(position: &Position) -> Paper {
    let calendar = &position.partnership.calendar;
    let body = position.partnership.bodies.with(EXECUTIVE).unwrap();
    let meeting = calendar.next(EXECUTIVE, position.at).unwrap();
    let facts = Facts {
        partnership: &position.partnership,
        areas: &position.areas,
        actions: &position.actions,
        before: None,
        progress: &[],
        items: &[],
    };
    let picture = Picture { png: vec![1, 2, 3], width: 30, height: 20, says: "A \"plan\"".into() };
    paper(&compose(facts, body, &meeting, position.at), position, Some(picture))
}

/// Each part of a Word document that is XML, with the words in it; fails where one is not XML.
fn docx_words(bytes: Vec<u8>) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let names: Vec<String> = archive.file_names().map(|name| name.unwrap().into_owned()).collect();
    let is_xml = |name: &&String| matches!(name.rsplit('.').next(), Some("xml" | "rels"));
    let mut parts = Vec::new();
    for name in names.iter().filter(is_xml) {
        let mut xml = String::new();
        archive.by_name(name).unwrap().read_to_string(&mut xml).unwrap();
        let lost = |letter: char| !is_writable(letter);
        assert!(!xml.contains(lost), "{name} holds what XML cannot");
        let mut words = String::new();
        let mut reader = quick_xml::Reader::from_str(&xml);
        loop {
            use quick_xml::events::Event;
            match reader.read_event().unwrap_or_else(|error| panic!("{name}: {error}")) {
                Event::Eof => break,
                Event::Text(text) => words.push_str(&text),
                Event::GeneralRef(entity) => match entity.resolve_char_ref().unwrap() {
                    Some(letter) => words.push(letter),
                    None => words
                        .push_str(quick_xml::escape::resolve_predefined_entity(&entity).unwrap()),
                },
                _ => {}
            }
        }
        parts.push((name.clone(), words));
    }
    parts
}

#[test]
fn a_files_name_says_the_plan_and_the_day() {
    assert_eq!(file_name(&position("2020-11-12", Vec::new()), "csv"), "IP-2020-11-12.csv");
}

#[test]
fn a_row_says_what_the_record_adds_to_the_plan() {
    let moved = Action {
        leads: vec![lead("DIG chairs", &[]), lead("CPEG", &[])],
        themes: vec!["Poverty".into(), "Wellbeing".into()],
        first_target: Target::read("March 2020"),
        moves: 2,
        last_update: Some(said("2020-11-03")),
        ..action("IP-2.10", "June – September 2021")
    };
    let rows = csv_rows(&position("2020-11-12", vec![moved]));
    assert_eq!(
        rows[1],
        [
            "Improvement Area 2",
            "2.10",
            "Hold awareness sessions",
            "DIG chairs; CPEG",
            "June – September 2021",
            "Going well",
            "on track",
            "Poverty; Wellbeing",
            "March 2020",
            "2021-09-30",
            "2",
            "2020-11-03",
            "Green: not yet due, but its date has moved (was March 2020, moved ×2)",
        ]
    );
}

#[test]
fn what_is_withdrawn_has_no_row_and_what_is_signed_off_is_complete() {
    let gone = Action { standing: Standing::Withdrawn, ..action("IP-1.1", "March 2021") };
    let closed = Action { standing: Standing::SignedOff, ..action("IP-1.2", "March 2021") };
    let rows = csv_rows(&position("2020-11-12", vec![gone, closed]));
    assert_eq!(rows.len(), 2);
    assert_eq!((rows[1][1].as_str(), rows[1][6].as_str()), ("1.2", "complete"));
}

#[test]
fn lines_of_a_csv_end_as_rfc_4180_has_them() {
    let actions = vec![action("IP-1.1", "March 2021"), action("IP-1.2", "")];
    let text = String::from_utf8(csv::write(&position("2020-11-12", actions)).unwrap()).unwrap();
    assert_eq!(text.matches("\r\n").count(), 3);
    assert_eq!(text.matches('\n').count(), 3);
}

#[test]
fn a_preview_marks_what_is_lost_and_runs_nothing() {
    let reference = "IP-1.1".parse().unwrap();
    let printed = Printed {
        update: Some("Halls\u{0} are booked".into()),
        notes: vec![Note { heading: "=Notes".into(), text: "-1".into() }],
        ..Printed::titled(reference, "Hold sessions")
    };
    let read = crate::files::preview::Read { at: Place::line(2), printed, doubts: Vec::new() };
    let preview = Preview {
        areas: Vec::new(),
        actions: vec![read],
        doubts: Vec::new(),
        ignored: Vec::new(),
        reported: Some(Window::day(day("2020-11-01"))),
        has_undated_updates: false,
    };
    let rows = rows_of(&preview::write(&preview).unwrap());
    assert_eq!(rows[0][5..], ["Update (November 2020)", "Status", "Theme", "'=Notes", "Doubts"]);
    assert_eq!(rows[1][UPDATE], "Halls\u{fffd} are booked");
    assert_eq!(rows[1][8], "'-1");
}

#[test]
fn days_in_a_workbook_are_real_days_and_all_else_is_words() {
    let actions = vec![Action {
        last_update: Some(said("2020-11-03")),
        title: "=1+1".into(),
        ..action("IP-1.1", "March 2021")
    }];
    let rows = xlsx_rows(&position("2020-11-12", actions));
    assert_eq!(rows[1][1], Data::String("1.1".into()), "else 1.10 would be 1.1");
    assert_eq!(rows[1][TITLE], Data::String("=1+1".into()));
    assert_eq!(rows[1][4], Data::String("March 2021".into()));
    let real = |cell: &Data| match cell {
        Data::DateTime(day) => day.to_ymd_hms_milli(),
        other => panic!("{other:?} is no day"),
    };
    assert_eq!(real(&rows[1][9]), (2021, 3, 31, 0, 0, 0, 0));
    assert_eq!(real(&rows[1][11]), (2020, 11, 3, 0, 0, 0, 0));
}

#[test]
fn a_cell_longer_than_excel_holds_says_so_at_its_end() {
    let long = |count| vec![Action { title: "😀".repeat(count), ..action("IP-1.1", "") }];
    let title = |count| match &xlsx_rows(&position("2020-11-12", long(count)))[1][TITLE] {
        Data::String(words) => words.clone(),
        other => panic!("{other:?}"),
    };
    assert_eq!(title(16_383).chars().count(), 16_383);
    let cut = title(16_384);
    assert!(cut.ends_with("😀… (shortened: a cell holds no more)"));
    assert!(cut.encode_utf16().count() <= 32_767);
}

#[test]
fn a_day_that_excel_does_not_have_is_written_in_words() {
    let window = Window::day(day("1899-03-01"));
    let old = Action {
        target: Target::recorded("long ago".into(), Some(window)),
        ..action("IP-1.1", "")
    };
    let rows = xlsx_rows(&position("2020-11-12", vec![old]));
    assert_eq!(rows[1][9], Data::String("1899-03-01".into()));
}

#[test]
fn a_picture_is_a_part_of_the_document_and_says_what_it_shows() {
    let bytes = docx::write(&paper_of(&position("2020-11-12", Vec::new()))).unwrap();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut png = Vec::new();
    archive.by_name("word/media/picture1.png").unwrap().read_to_end(&mut png).unwrap();
    assert_eq!(png, [1, 2, 3]);
    let mut xml = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    assert!(xml.contains("descr=\"A &quot;plan&quot;\""));
    assert!(xml.contains("r:embed=\"picture1\""));
    // It is as wide as 30 to 20 as it is in pixels.
    let extent = xml.split("<wp:extent cx=\"").nth(1).unwrap();
    let (width, rest) = extent.split_once("\" cy=\"").unwrap();
    let height = rest.split('"').next().unwrap();
    let (width, height): (f64, f64) = (width.parse().unwrap(), height.parse().unwrap());
    assert!((width / height - 1.5).abs() < 0.001);
}

/// Words that people type, and worse.
fn typed() -> impl Strategy<Value = String> {
    let nasty = [
        "",
        "=HYPERLINK(\"http://x\")",
        "+44 20",
        "-1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "'=1",
        "a \"b\", c;\r\nd\\n\n\ne\rf",
        "\u{0}\u{1}\u{8}\u{b}\u{c}\u{1f}\u{7f}\u{85}\u{fffe}\u{ffff}\u{feff}",
        "]]><!-- & &amp; <b> </w:t>",
        "_x0041_ _x000D_",
        "\u{202e}\u{2066}العربية עברית",
        "👩🏽‍🦽 e\u{301} 漢字",
        "END:VEVENT\r\nEND:VCALENDAR",
    ];
    let letters = proptest::collection::vec(any::<char>(), 0..60);
    prop_oneof![
        4 => letters.prop_map(|letters| letters.into_iter().collect()),
        3 => proptest::sample::select(nasty.to_vec()).prop_map(str::to_owned),
        1 => any::<char>().prop_map(|letter| letter.to_string().repeat(4000)),
    ]
}

/// A position with somebody's words as a title, a lead, a target and an update.
fn positions() -> impl Strategy<Value = Position> {
    let words = (typed(), typed(), typed(), typed());
    let status = proptest::sample::select(Status::ALL.to_vec());
    (words, status).prop_map(|((title, printed, target, update), status)| {
        let mut spoken = said("2020-11-03");
        spoken.text = update;
        let mut position = position(
            "2020-11-12",
            vec![
                Action {
                    title: title.clone(),
                    leads: vec![lead(&printed, &[])],
                    target: Target::recorded(target, None),
                    last_update: Some(spoken),
                    status,
                    ..action("IP-1.1", "")
                },
                Action { title: title.clone(), moves: 1, ..action("IP-1.2", "October 2020") },
            ],
        );
        position.plan.title.clone_from(&title);
        position.areas[0].title = title;
        position
    })
}

/// Words as a table that holds them gives them back.
fn kept(words: &str) -> String {
    writable(words).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_csv_gives_back_what_was_typed_and_runs_nothing(position in positions()) {
        let rows = csv_rows(&position);
        prop_assert_eq!(rows.len(), 3);
        prop_assert!(rows.iter().flatten().all(|cell| !is_formula(cell)));
        let action = &position.actions[0];
        prop_assert_eq!(unguarded(&rows[1][TITLE]), kept(&action.title));
        prop_assert_eq!(unguarded(&rows[1][LEAD]), kept(&action.leads[0].printed));
        let update = &action.last_update.as_ref().unwrap().text;
        prop_assert_eq!(unguarded(&rows[1][UPDATE]), kept(update));
    }

    #[test]
    fn a_workbook_gives_back_what_was_typed_and_runs_nothing(position in positions()) {
        let rows = xlsx_rows(&position);
        prop_assert_eq!(rows.len(), 3);
        let words = |cell: &Data| match cell {
            Data::String(words) => words.clone(),
            Data::Empty => String::new(),
            other => panic!("{other:?} is not words"),
        };
        let action = &position.actions[0];
        prop_assert_eq!(words(&rows[1][TITLE]), kept(&action.title));
        prop_assert_eq!(words(&rows[1][LEAD]), kept(&action.leads[0].printed));
        let update = &action.last_update.as_ref().unwrap().text;
        prop_assert_eq!(words(&rows[1][UPDATE]), kept(update));
    }

    #[test]
    fn a_calendar_is_read_back_whole(position in positions()) {
        let bytes = ics::write(&position);
        let text = String::from_utf8(bytes).unwrap();
        // RFC 5545 asks for 75 bytes; the crate forgets the space that begins a folded line's last
        // piece, which readers bear.
        prop_assert!(text.split("\r\n").all(|line| line.len() <= 76), "lines are folded");
        prop_assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
        let calendar: Calendar = text.parse().unwrap();
        prop_assert_eq!(calendar.components.len(), 25);
        let Some(CalendarComponent::Event(event)) = calendar.components.last() else {
            panic!("the last is an event");
        };
        prop_assert_eq!(event.get_uid(), Some("action-IP-1.2@7.convener"));
        let title = kept(&position.actions[1].title).replace("\r\n", " ").replace(['\r', '\n'], " ");
        prop_assert_eq!(event.get_summary().unwrap(), format!("IP-1.2 due: {title}"));
    }

    #[test]
    fn the_json_gives_back_what_was_typed(position in positions()) {
        let bytes = json::write(&position, &Chained::default()).unwrap();
        let whole: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let action = &position.actions[0];
        prop_assert_eq!(whole["actions"][0]["title"].as_str(), Some(action.title.as_str()));
        prop_assert_eq!(whole["actions"][0]["target"]["words"].as_str(), Some(action.target.words()));
    }

    #[test]
    fn a_paper_is_well_formed_whatever_was_typed(position in positions()) {
        let parts = docx_words(docx::write(&paper_of(&position)).unwrap());
        let (_, words) = parts.iter().find(|(name, _)| name == "word/document.xml").unwrap();
        let update = &position.actions[0].last_update.as_ref().unwrap().text;
        let turns = |letter: &char| !matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        let ends: String = kept(update).chars().filter(turns).filter(|letter| !"\r\n\t".contains(*letter)).collect();
        let squeezed: String = words.chars().filter(|letter| !"\r\n\t".contains(*letter)).collect();
        prop_assert!(squeezed.contains(&ends), "the update stands whole in the appendix");
    }

    #[test]
    fn the_same_position_gives_the_same_bytes(position in positions()) {
        prop_assert_eq!(csv::write(&position).unwrap(), csv::write(&position).unwrap());
        prop_assert_eq!(xlsx::write(&position).unwrap(), xlsx::write(&position).unwrap());
        prop_assert_eq!(ics::write(&position), ics::write(&position));
        prop_assert_eq!(json::write(&position, &Chained::default()).unwrap(), json::write(&position, &Chained::default()).unwrap());
        let paper = paper_of(&position);
        prop_assert_eq!(docx::write(&paper).unwrap(), docx::write(&paper).unwrap());
    }
}
