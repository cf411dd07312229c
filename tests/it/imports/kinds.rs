//! One plan in every kind of file is one plan; and what we write, we read back as it was.

use std::fmt::Write as _;
use std::io::Cursor;
use std::io::Write as _;

use convener::action::Printed;
use convener::action::Status;
use convener::action::Update;
use convener::action::UpdateId;
use convener::config::partnership;
use convener::files::preview::Known;
use convener::files::preview::Preview;
use convener::files::preview::answer::Answers;
use convener::files::preview::preview;
use convener::files::read::read;
use convener::files::write;
use convener::partnership::Founding;
use convener::plan::Area;
use convener::position::Position;
use convener::revision::Recorded;
use convener::revision::Revision;
use convener::store::Store;
use proptest::prelude::Strategy;
use proptest::prelude::any;

use crate::program::convener;
use crate::program::found;
use crate::program::said_by;

const HEADINGS: [&str; 6] =
    ["No.", "Activities", "Lead", "Target Date", "Status", "Update (October 2020)"];

fn founding() -> Founding {
    partnership::founding(None).unwrap()
}

fn understood(name: &str, bytes: &[u8]) -> Preview {
    let founding = founding();
    let known = Known {
        plan: "IP",
        bodies: &founding.partnership.bodies,
        themes: &founding.partnership.themes,
        calendar: &founding.partnership.calendar,
        answers: &Answers::default(),
    };
    preview(read(name, bytes).unwrap(), known, &mut |_, _| {}).unwrap()
}

/// The printed plan as cells, an area's rows under its number.
fn cells() -> Vec<(u32, Vec<[String; 6]>)> {
    let founding = founding();
    let row = |printed: &Printed| {
        let leads = printed.leads.iter().flatten().map(|lead| lead.printed.clone());
        [
            format!("{}.", printed.reference.number),
            printed.title.clone(),
            leads.collect::<Vec<_>>().join(" / "),
            printed.target.as_ref().unwrap().words().to_owned(),
            printed.status.map_or("", Status::words).to_owned(),
            printed.update.clone().unwrap_or_default(),
        ]
    };
    let rows = |area: &Area| {
        let printed = founding.printed.iter().filter(|printed| printed.reference.is_in(area));
        (area.number, printed.map(row).collect())
    };
    founding.areas.iter().map(rows).collect()
}

fn separated(mark: char) -> String {
    let quoted = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
    let mut text = format!("Area{mark}{}\n", HEADINGS.map(quoted).join(&mark.to_string()));
    for (area, rows) in cells() {
        for row in rows {
            let cells = row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>();
            let _ = writeln!(text, "Area {area}{mark}{}", cells.join(&mark.to_string()));
        }
    }
    text
}

/// As it is pasted out of a document: headings on lines, cells between tabs.
fn pasted() -> String {
    let mut text = "Improvement Plan 2020-2022\n\n".to_owned();
    for (area, rows) in cells() {
        let _ = writeln!(text, "Improvement Area {area}\n\n{}", HEADINGS.join("\t"));
        for row in rows {
            let _ = writeln!(text, "{}", row.join("\t"));
        }
        text.push('\n');
    }
    text
}

fn markdown() -> String {
    let mut text = "# Improvement Plan 2020-2022\n\n".to_owned();
    for (area, rows) in cells() {
        let _ = writeln!(text, "## Improvement Area {area}\n\n| {} |", HEADINGS.join(" | "));
        text.push_str("|---|---|---|---|---|---|\n");
        for row in rows {
            let _ = writeln!(text, "| {} |", row.map(|cell| cell.replace('|', "\\|")).join(" | "));
        }
        text.push('\n');
    }
    text
}

fn workbook() -> Vec<u8> {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    let mut at = 0;
    for (column, heading) in (0..).zip(["Area"].iter().chain(&HEADINGS)) {
        sheet.write_string(at, column, *heading).unwrap();
    }
    for (area, rows) in cells() {
        for row in rows {
            at += 1;
            sheet.write_string(at, 0, format!("Area {area}")).unwrap();
            for (column, cell) in (1..).zip(&row) {
                sheet.write_string(at, column, cell).unwrap();
            }
        }
    }
    book.save_to_buffer().unwrap()
}

/// A Word document with the areas as headings and a table below each.
fn document() -> Vec<u8> {
    let escaped =
        |words: &str| words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let paragraph = |words: &str| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", escaped(words));
    let row = |cells: &[&str]| {
        let cells = cells.iter().map(|cell| format!("<w:tc>{}</w:tc>", paragraph(cell)));
        format!("<w:tr>{}</w:tr>", cells.collect::<String>())
    };
    let mut body = paragraph("Improvement Plan 2020-2022");
    for (area, rows) in cells() {
        body.push_str(&paragraph(&format!("Improvement Area {area}")));
        body.push_str("<w:tbl>");
        body.push_str(&row(&HEADINGS));
        for cells in rows {
            body.push_str(&row(&cells.each_ref().map(String::as_str)));
        }
        body.push_str("</w:tbl>");
    }
    let space = "http://schemas.openxmlformats.org";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{space}/package/2006/content-types\"><Default Extension=\"rels\" \
                 ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override \
                 PartName=\"/word/document.xml\" ContentType=\"application/\
                 vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{space}/package/2006/relationships\"><Relationship Id=\"r1\" \
                 Type=\"{space}/officeDocument/2006/relationships/officeDocument\" \
                 Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/document.xml",
            format!(
                "<w:document xmlns:w=\"{space}/wordprocessingml/2006/main\"><w:body>{body}</w:body>\
                 </w:document>"
            ),
        ),
    ];
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn the_same_plan_in_every_kind_of_file_is_the_same_actions() {
    let founding = founding();
    let kinds: [(&str, Vec<u8>); 8] = [
        ("plan.csv", separated(',').into_bytes()),
        ("excel.csv", format!("\u{feff}sep=;\r\n{}", separated(';')).into_bytes()),
        ("plan.tsv", separated('\t').into_bytes()),
        ("plan.xlsx", workbook()),
        ("plan.docx", document()),
        ("plan.md", markdown().into_bytes()),
        ("plan.txt", pasted().into_bytes()),
        ("old.txt", encoded(&pasted())),
    ];
    for (name, bytes) in kinds {
        let preview = understood(name, &bytes);
        let printed: Vec<&Printed> = preview.actions.iter().map(|read| &read.printed).collect();
        assert_eq!(printed.len(), founding.printed.len(), "{name}");
        for (read, expected) in printed.iter().zip(&founding.printed) {
            assert_eq!(*read, expected, "{name}");
        }
        let doubts = preview.actions.iter().map(|read| read.doubts.len()).sum::<usize>();
        assert_eq!(doubts, 4, "{name}: the blanks of 3.1, 3.2 and 3.3, and nothing else");
    }
}

/// As programs saved text before Unicode: with the dash of Windows-1252.
fn encoded(text: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        '–' => 0x96,
        other => u8::try_from(other).unwrap(),
    };
    text.chars().map(byte).collect()
}

/// The printed plan as a position, with words of any kind said of one action.
fn position(said: &str, title: &str) -> Position {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut position = runtime.block_on(printed_position());
    let action = &mut position.actions[1];
    title.clone_into(&mut action.title);
    action.status = Status::AtRisk;
    action.last_update = Some(Update {
        id: UpdateId(1),
        said_at: position.at,
        happened_on: None,
        author: Some("Amira".into()),
        body: None,
        on_behalf_of: None,
        text: said.to_owned(),
        status: Status::AtRisk,
        ask: None,
        evidence: None,
        case_study: false,
    });
    position
}

async fn printed_position() -> Position {
    let Founding { partnership, plan, areas, printed, .. } = founding();
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("1.db")).await.unwrap();
    let at = "2020-11-12T09:00:00Z".parse().unwrap();
    let mut tx = store.begin(at).await.unwrap();
    tx.found(&partnership, &plan, &areas, &printed).await.unwrap();
    let actions = tx.actions(None).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    Position { today: partnership.calendar.day(at), partnership, plan, areas, actions, at }
}

/// What a file changes in a position.
fn change(name: &str, bytes: &[u8], position: &Position) -> Revision {
    let preview = understood(name, bytes);
    let printed: Vec<Printed> = preview.actions.iter().map(|read| read.printed.clone()).collect();
    let said = position.actions.iter().filter_map(|action| {
        Some((action.reference.clone(), vec![action.last_update.as_ref()?.text.clone()]))
    });
    let (said, notes) = (said.collect(), std::collections::BTreeMap::new());
    let recorded =
        Recorded { areas: &position.areas, actions: &position.actions, said: &said, notes: &notes };
    Revision::between(&preview.areas, &printed, recorded)
}

/// Words as people leave them in plans and updates, some of which would harm a spreadsheet.
fn words() -> impl Strategy<Value = String> {
    let odd = [
        "=1+1",
        "+44 20",
        "-5 %",
        "@everyone",
        "'=x",
        "a;b",
        "\"quoted\"",
        "é – ’ £ 👍",
        "\u{202e}tfel",
    ];
    let piece = proptest::sample::select(odd.to_vec());
    (piece, any::<String>(), any::<bool>()).prop_map(|(piece, any, first)| {
        let words = if first { format!("{piece} x{any}") } else { format!("x{any}\r\n{piece}") };
        words.trim().to_owned()
    })
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]
    #[test]
    fn what_we_write_as_a_table_is_no_change_when_it_comes_back(said in words(), title in "[A-Z=+@-][a-z ,;\"=']{0,30}[a-z]") {
        let position = position(&said, &title);
        for (name, bytes) in [
            ("plan.csv", write::csv::write(&position).unwrap()),
            ("plan.xlsx", write::xlsx::write(&position).unwrap()),
        ] {
            let revision = change(name, &bytes, &position);
            proptest::prop_assert!(revision.is_empty(), "{name}: {revision:?}");
        }
    }
}

#[test]
fn what_is_exported_from_a_record_is_no_change_when_it_is_imported() {
    let folder = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(found(folder.path(), true));
    let data = folder.path().display().to_string();
    for ending in ["csv", "xlsx", "json", "docx"] {
        let out = folder.path().join(format!("plan.{ending}")).display().to_string();
        if ending == "docx" {
            said_by(convener(&["paper", "--body", "CPWD", "--data", &data, "--out", &out]));
        } else {
            said_by(convener(&["export", "--format", ending, "--data", &data, "--out", &out]));
        }
        let shown = said_by(convener(&["import", &out, "--data", &data]));
        assert!(shown.contains("It changes nothing"), "{ending}: {shown}");
    }
}
