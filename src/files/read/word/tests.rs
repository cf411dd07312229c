//! What is read of Word documents.

use crate::files::document::Document;
use crate::files::document::Part;
use crate::files::read::read;
use crate::files::read::sample::docx;
use crate::files::read::sample::shown;

fn document(body: &str, others: &[(&str, &str)]) -> Document {
    read("plan.docx", &docx(body, others)).expect("it is read")
}

fn words(body: &str) -> String {
    match document(&format!("<w:p>{body}</w:p>"), &[]).parts.as_slice() {
        [Part::Line(line)] => line.text.clone(),
        other => panic!("it is one line: {other:?}"),
    }
}

fn p(words: &str) -> String {
    format!("<w:p><w:r><w:t>{words}</w:t></w:r></w:p>")
}

fn tc(settings: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{settings}</w:tcPr>{content}</w:tc>")
}

fn tr(cells: &[String]) -> String {
    format!("<w:tr>{}</w:tr>", cells.concat())
}

fn tbl(rows: &[String]) -> String {
    format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", rows.concat())
}

/// A numbered paragraph of a list and a level.
fn item(list: usize, level: usize, words: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val='{level}'/><w:numId w:val='{list}'/></w:numPr></w:pPr>\
         <w:r><w:t>{words}</w:t></w:r></w:p>"
    )
}

const NUMBERING: &str = "<w:numbering xmlns:w='w'>\
    <w:abstractNum w:abstractNumId='0'>\
      <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:pStyle w:val='Area'/><w:lvlText w:val='%1.'/></w:lvl>\
      <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%1.%2'/></w:lvl>\
      <w:lvl w:ilvl='2'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='(%3)'/></w:lvl>\
    </w:abstractNum>\
    <w:abstractNum w:abstractNumId='1'><w:lvl w:ilvl='0'><w:numFmt w:val='bullet'/><w:lvlText w:val='x'/></w:lvl></w:abstractNum>\
    <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num>\
    <w:num w:numId='2'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'><w:startOverride w:val='1'/></w:lvlOverride></w:num>\
    <w:num w:numId='3'><w:abstractNumId w:val='1'/></w:num>\
    </w:numbering>";

const STYLES: &str = "<w:styles xmlns:w='w'>\
    <w:style w:styleId='Area'><w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr></w:style>\
    <w:style w:styleId='AreaBold'><w:basedOn w:val='Area'/></w:style>\
    <w:style w:styleId='Ring'><w:basedOn w:val='Ring'/></w:style></w:styles>";

fn numbered() -> Vec<(&'static str, &'static str)> {
    let relations = "<Relationships>\
        <Relationship Id='r1' Type='x/numbering' Target='numbering.xml'/>\
        <Relationship Id='r2' Type='x/styles' Target='styles.xml'/></Relationships>";
    vec![
        ("word/_rels/document.xml.rels", relations),
        ("word/numbering.xml", NUMBERING),
        ("word/styles.xml", STYLES),
    ]
}

#[test]
fn the_words_of_a_paragraph_are_those_on_the_page() {
    let check = |body: &str, expected: &str| assert_eq!(words(body), expected, "{body}");
    check("<w:r><w:t>Im</w:t></w:r><w:r><w:t xml:space='preserve'>prove </w:t></w:r>", "Improve ");
    check("<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>", "a\tb");
    check(
        "<w:r><w:t>short</w:t><w:noBreakHyphen/><w:t>ter\u{ad}m</w:t><w:softHyphen/></w:r>",
        "short‑term",
    );
    check("<w:hyperlink><w:r><w:t>CPWD</w:t></w:r></w:hyperlink>", "CPWD");
    check(
        "<w:r><w:t>a</w:t><w:footnoteReference/></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>b</w:t></w:r>",
        "a",
    );
    check(
        "<w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>",
        "new",
    );
    check(
        "<w:moveFrom><w:r><w:t>old</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>x</w:t></w:r></w:moveTo>",
        "x",
    );
    check("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>in</w:t></w:r></w:sdtContent></w:sdt>", "in");
    check(
        "<w:r><w:t>a</w:t></w:r><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>\
         <w:sdtContent><w:r><w:t>Choose an item.</w:t></w:r></w:sdtContent></w:sdt>",
        "a",
    );
    let field = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>DATE</w:instrText><w:t>no</w:t></w:r>\
        <w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>2021</w:t></w:r>\
        <w:r><w:fldChar w:fldCharType='end'/></w:r><w:r><w:t>!</w:t></w:r>";
    check(field, "2021!");
    check(
        "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:char='F021'/><w:sym w:char='00B7'/></w:r>",
        "✓·",
    );
    check(
        "<w:r><mc:AlternateContent><mc:Choice><w:t>x</w:t></mc:Choice><mc:Fallback><w:t>y</w:t></mc:Fallback>\
         </mc:AlternateContent></w:r>",
        "x",
    );
}

#[test]
fn paragraphs_and_tables_stand_in_the_order_of_the_page() {
    let contents = "<w:p><w:pPr><w:pStyle w:val='TOC1'/></w:pPr><w:r><w:t>Area 1</w:t></w:r></w:p>";
    let body = [
        p("Improvement Plan"),
        contents.to_owned(),
        "<w:p><w:r><w:t>Area</w:t><w:br/><w:t>This ensures</w:t></w:r></w:p>".to_owned(),
        tbl(&[tr(&[tc("", &p("No")), tc("", &p("Lead"))]), tr(&[tc("", &p("")), tc("", &p(""))])]),
        "<w:p/>".to_owned(),
        format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", tbl(&[tr(&[tc("", &p("x"))])])),
        p("Updated"),
    ];
    insta::assert_snapshot!(shown(&document(&body.concat(), &[])), @r#"
    paragraph 1: Improvement Plan
    paragraph 3: Area
    paragraph 3: This ensures
    table 1, row 1: "No" "Lead"
    table 2, row 1: "x"
    paragraph 5: Updated
    "#);
}

#[test]
fn cells_keep_their_columns() {
    let rows = [
        tr(&[
            tc("<w:gridSpan w:val='2'/>", &p("wide")),
            tc("<w:vMerge w:val='restart'/>", &p("tall")),
        ]),
        format!(
            "<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{}{}</w:tr>",
            tc("", &p("b")),
            tc("<w:vMerge/>", &p("hidden"))
        ),
        format!("<w:tr><w:trPr><w:del/></w:trPr>{}</w:tr>", tc("", &p("gone"))),
        tr(&[
            tc("", &[p("one"), p("two"), p(""), p("three"), p("")].concat()),
            format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", tc("", &p("control"))),
            tc("<w:vMerge w:val='continue'/>", &p("")),
        ]),
    ];
    insta::assert_snapshot!(shown(&document(&tbl(&rows), &[])), @r#"
    table 1, row 1: "wide" "" "tall"
    table 1, row 2: "" "b" ""^
    table 1, row 4: "one\ntwo\n\nthree" "control" ""^
    ! The document has tracked changes. It is read as if all were accepted: what was put in is read, what was struck out is not.
    "#);
}

#[test]
fn a_table_in_a_cell_is_read_after_the_one_around_it() {
    let inner = tbl(&[tr(&[tc("", &p("inner"))])]);
    let outer = tbl(&[tr(&[tc("", &p("outer")), tc("", &[inner, p("")].concat())])]);
    let body = [outer, tbl(&[tr(&[tc("", &p("next"))])])].concat();
    insta::assert_snapshot!(shown(&document(&body, &[])), @r#"
    table 1, row 1: "outer" "" ? A table stands inside this cell. It is read on its own, after this one.
    table 2, row 1: "inner"
    table 3, row 1: "next"
    "#);
}

#[test]
fn numbers_that_word_counts_are_put_back() {
    let body = [
        item(1, 0, "first"),
        item(1, 1, "deeper"),
        item(1, 1, "again"),
        item(1, 2, "letter"),
        item(3, 0, "bullet"),
        item(1, 0, "second"),
        item(1, 1, "anew"),
        item(1, 0, ""),
        item(2, 0, "restarted"),
        item(2, 0, "on"),
        "<w:p><w:pPr><w:pStyle w:val='AreaBold'/></w:pPr><w:r><w:t>by style</w:t></w:r></w:p>"
            .to_owned(),
        item(0, 0, "none"),
        tbl(&[tr(&[tc("", &item(2, 0, "")), tc("", &item(2, 1, "cell"))])]),
    ];
    insta::assert_snapshot!(shown(&document(&body.concat(), &numbered())), @r#"
    paragraph 1: 1. first
    paragraph 2: 1.1 deeper
    paragraph 3: 1.2 again
    paragraph 4: (a) letter
    paragraph 5: bullet
    paragraph 6: 2. second
    paragraph 7: 2.1 anew
    paragraph 9: 1. restarted
    paragraph 10: 2. on
    paragraph 11: 3. by style
    paragraph 12: none
    table 1, row 1: "4." "4.1 cell"
    "#);
}

#[test]
fn changes_are_read_as_if_accepted_and_that_is_said() {
    let struck = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>joined </w:t></w:r></w:p>";
    let body = [
        struck.to_owned(),
        p("words"),
        tbl(&[tr(&[
            tc("", &[struck.to_owned(), p("again")].concat()),
            tc("<w:cellDel/>", &p("no")),
        ])]),
    ];
    insta::assert_snapshot!(shown(&document(&body.concat(), &[])), @r#"
    paragraph 2: joined words
    table 1, row 1: "joined again"
    ! The document has tracked changes. It is read as if all were accepted: what was put in is read, what was struck out is not.
    "#);
}

#[test]
fn a_text_box_is_read_once_after_its_paragraph() {
    let text_box = |words: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(words));
    let body = format!(
        "<w:p><w:r><w:t>before</w:t></w:r><w:r><mc:AlternateContent><mc:Choice><w:drawing>{}</w:drawing></mc:Choice>\
         <mc:Fallback><w:pict>{}</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>{}",
        text_box("in the box"),
        text_box("in the box"),
        p("after"),
    );
    insta::assert_snapshot!(shown(&document(&body, &[])), @"
    paragraph 1: before
    paragraph 2: in the box
    paragraph 3: after
    ");
}

#[test]
fn a_document_that_cannot_be_read_gets_a_sentence() {
    let check = |bytes: &[u8], expected: &str| {
        let refusal = read("plan.docx", bytes).expect_err(expected).to_string();
        assert!(refusal.starts_with(expected), "{refusal}");
    };
    check(&docx("", &[]), "plan.docx is empty");
    check(&docx(&p("a"), &[("word/vbaProject.bin", "")]), "plan.docx holds macros");
    check(&docx("<w:p>", &[]), "plan.docx is damaged: its part word/document.xml is not written");
    let deep = "<w:sdt><w:sdtContent>".repeat(200);
    let end = "</w:sdtContent></w:sdt>".repeat(200);
    check(&docx(&format!("{deep}{end}"), &[]), "plan.docx holds far more than a plan does");
}
