//! What is read of workbooks.

use crate::files::document::Document;
use crate::files::read::read;
use crate::files::read::refusal::Refusal;
use crate::files::read::sample::shown;
use crate::files::read::sample::xlsx;

fn document(sheet: &str, others: &[(&str, &str)]) -> Document {
    read("plan.xlsx", &xlsx(sheet, others)).expect("it is read")
}

#[test]
fn cells_stand_where_excel_shows_them() {
    let sheet = "<sheetData>\
        <row r='3' hidden='1'><c r='B3' t='inlineStr'><is><t>No</t></is></c><c r='D3' t='str'><v>Lead</v></c></row>\
        <row><c/><c><v>1.1000000000000001</v></c><c t='b'><v>1</v></c><c r='F4'><v>2</v></c></row>\
        <row r='9'><c r='A9' s='4'/></row><row r='12'><c t='s'><v>0</v></c></row></sheetData>";
    let strings = "<sst><si><t>one_x000D_\ntwo</t></si></sst>";
    let read = document(sheet, &[("xl/sharedStrings.xml", strings)]);
    insta::assert_snapshot!(shown(&read), @r#"
    row 3: "" "No" "" "Lead"
    row 4: "" "1.1" "TRUE" "" "" "2"
    row 12: "one\ntwo"
    "#);
}

#[test]
fn merged_cells_hold_their_words_once() {
    let sheet = "<sheetData>\
        <row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c><c r='C1'><v>3</v></c></row>\
        <row r='2'><c r='C2'><v>4</v></c></row>\
        <row r='3'><c r='A3'><v>99</v></c><c r='C3'><v>5</v></c></row></sheetData>\
        <mergeCells><mergeCell ref='A1:B3'/><mergeCell ref='C3:E4'/><mergeCell ref='bad'/></mergeCells>";
    insta::assert_snapshot!(shown(&document(sheet, &[])), @r#"
    row 1: "1" "" "3"
    row 2: ""^ ""^ "4"
    row 3: ""^ ""^ "5"
    "#);
}

#[test]
fn a_date_is_a_day_or_a_month_as_the_cell_shows_it() {
    let styles = "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='[$-809]mmmm\\ yyyy;@'/></numFmts>\
        <cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='17'/><xf numFmtId='164'/>\
        <xf numFmtId='16'/><xf numFmtId='58'/><xf numFmtId='2'/></cellXfs></styleSheet>";
    let sheet = "<sheetData><row><c s='1'><v>44286</v></c><c s='2'><v>44256</v></c></row>\
        <row><c s='3'><v>44256</v></c><c s='4'><v>44267</v></c></row>\
        <row><c s='5'><v>44286</v></c><c s='1'><v>-3</v></c></row>\
        <row><c s='6'><v>1.1</v></c><c s='0'><v>44286</v></c></row>\
        <row><c s='1'><v>44286.5</v></c><c t='d' s='2'><v>2021-03-01T00:00:00</v></c></row></sheetData>";
    let others = [("xl/styles.xml", styles)];
    insta::assert_snapshot!(shown(&document(sheet, &others)), @r#"
    row 1: "2021-03-31" "March 2021"
    row 2: "March 2021" "2021-03-12" ? The cell shows no year, as in "12 March", and holds 12 March 2021.
    row 3: "2021-03-31" ? It is not certain how the cell shows its date, 31 March 2021. "-3" ? The cell is set to show a date, but its number is not one.
    row 4: "1.10" "44286"
    row 5: "2021-03-31 12:00" "March 2021"
    "#);
}

#[test]
fn workbooks_of_old_macs_count_from_another_day() {
    let styles = "<styleSheet><cellXfs><xf numFmtId='14'/></cellXfs></styleSheet>";
    let book = "<workbook><workbookPr date1904='1'/><sheets><sheet name='Plan' id='rId1'/></sheets></workbook>";
    let others = [("xl/styles.xml", styles), ("xl/workbook.xml", book)];
    let read = document("<sheetData><row><c><v>42824</v></c></row></sheetData>", &others);
    assert_eq!(shown(&read), "row 1: \"2021-03-31\"\n");
}

#[test]
fn what_a_formula_left_is_read_and_an_error_is_said() {
    let sheet = "<sheetData><row><c t='str'><f>A1</f><v>words</v></c><c><f>1+1</f><v>2</v></c></row>\
        <row><c t='e'><f>A1</f><v>#REF!</v></c><c><f>TODAY()</f></c><c t='str'><f>B9</f><v></v></c></row></sheetData>";
    insta::assert_snapshot!(shown(&document(sheet, &[])), @r##"
    row 1: "words" "2"
    row 2: "#REF!" ? The cell shows the error #REF! instead of words. "" ? The cell holds a formula without its result. Open the file in Excel, save it and send it again.
    "##);
}

#[test]
fn the_first_sheet_in_sight_with_a_table_is_read() {
    let book = "<workbook><sheets><sheet name='Lists' id='rId2' state='hidden'/><sheet name='Cover' id='rId3'/>\
        <sheet name='Plan' id='rId1'/></sheets></workbook>";
    let words = "<worksheet><sheetData><row><c><v>1</v></c></row></sheetData></worksheet>";
    let others = [
        ("xl/workbook.xml", book),
        ("xl/worksheets/sheet2.xml", words),
        ("xl/worksheets/sheet3.xml", words),
    ];
    let row = "<row><c><v>1</v></c><c><v>2</v></c></row>";
    let read = document(&format!("<sheetData>{row}{row}</sheetData>"), &others);
    insta::assert_snapshot!(shown(&read), @r#"
    row 1: "1" "2"
    row 2: "1" "2"
    ! Only the sheet "Plan" is read; left out: "Lists" (hidden), "Cover". To read another, move it to the front.
    "#);
    // Without a table anywhere, it is the first with words.
    let read = document("<sheetData/>", &others);
    insta::assert_snapshot!(shown(&read), @r#"
    row 1: "1"
    ! Only the sheet "Cover" is read; left out: "Lists" (hidden). To read another, move it to the front.
    "#);
}

#[test]
fn a_workbook_that_cannot_be_read_gets_a_sentence() {
    let check = |bytes: &[u8], expected: &str| {
        let refusal = read("plan.xlsx", bytes).expect_err(expected).to_string();
        assert!(refusal.starts_with(expected), "{refusal}");
    };
    let hidden =
        "<workbook><sheets><sheet name='a' id='rId1' state='veryHidden'/></sheets></workbook>";
    let row = "<sheetData><row><c><v>1</v></c></row></sheetData>";
    let check_sheet = |sheet, others: &[_], expected| check(&xlsx(sheet, others), expected);
    check_sheet("<sheetData/>", &[], "plan.xlsx is empty");
    check_sheet(row, &[("xl/workbook.xml", hidden)], "plan.xlsx: the only sheets with anything");
    check_sheet(row, &[("xl/vbaProject.bin", "")], "plan.xlsx holds macros");
    let lost = "<sheetData><row r='7'><c r='C7' t='s'><v>5</v></c></row></sheetData>";
    check_sheet(lost, &[], "plan.xlsx is damaged: the words of the cell at row 7, column C are");
    let far = "<sheetData><row r='2'><c r='ZZ2'><v>5</v></c></row></sheetData>";
    check_sheet(far, &[], "plan.xlsx, row 2, column ZZ: there is text beyond");
    let long = "x".repeat(40_000);
    let long = format!("<sheetData><row><c t='str'><v>{long}</v></c></row></sheetData>");
    check_sheet(&long, &[], "plan.xlsx, row 1, column A: this cell has more than 32767");
    let rows = format!("<sheetData>{}</sheetData>", "<row><c><v>1</v></c></row>".repeat(20_001));
    check_sheet(&rows, &[], "plan.xlsx has more than 20000 rows");
    let whole = xlsx(row, &[]);
    check(&whole[..whole.len() / 2], "plan.xlsx is damaged: it is cut short");
}

#[test]
fn one_long_text_in_many_cells_is_refused_before_it_fills_the_memory() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "x".repeat(32_000));
    let row = format!("<row>{}</row>", "<c t='s'><v>0</v></c>".repeat(200));
    let bytes = xlsx(
        &format!("<sheetData>{}</sheetData>", row.repeat(50)),
        &[("xl/sharedStrings.xml", &strings)],
    );
    let refused = read("plan.xlsx", &bytes);
    assert_eq!(refused, Err(Refusal::TooFull { file: "plan.xlsx".into() }));
}

#[test]
fn overlapping_merged_cells_come_to_an_end() {
    let merged = "<mergeCell ref='A1:XFD1048576'/>".repeat(5_000);
    let row = "<row><c><v>1</v></c><c><v>2</v></c></row>".repeat(5_000);
    let sheet = format!("<sheetData>{row}</sheetData><mergeCells>{merged}</mergeCells>");
    let _ = read("plan.xlsx", &xlsx(&sheet, &[]));
}

#[test]
fn a_workbook_by_another_hand_is_read_the_same() {
    use rust_xlsxwriter::ExcelDateTime;
    use rust_xlsxwriter::Format;
    use rust_xlsxwriter::Workbook;
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = ExcelDateTime::from_ymd(2021, 3, 1).expect("a day");
    let merged = Format::new();
    let write = |sheet: &mut rust_xlsxwriter::Worksheet| -> Result<(), rust_xlsxwriter::XlsxError> {
        sheet.write_row(0, 0, ["No", "What", "Lead", "When"])?;
        sheet.write(1, 0, 1.1)?;
        sheet.write(1, 1, "Sessions – “new”\nand more")?;
        sheet.merge_range(1, 2, 2, 2, "CPEG", &merged)?;
        sheet.write_with_format(1, 3, &date, &Format::new().set_num_format("mmm-yy"))?;
        sheet.write(2, 0, "1.10")?;
        sheet.write_with_format(2, 3, &date, &Format::new().set_num_format("dd/mm/yyyy"))?;
        Ok(())
    };
    write(sheet).expect("it is written");
    let bytes = workbook.save_to_buffer().expect("it is saved");
    let read = read("plan", &bytes).expect("it is read");
    insta::assert_snapshot!(shown(&read), @r#"
    row 1: "No" "What" "Lead" "When"
    row 2: "1.1" "Sessions – “new”\nand more" "CPEG" "March 2021"
    row 3: "1.10" "" ""^ "2021-03-01"
    "#);
}
