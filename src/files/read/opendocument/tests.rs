//! What is read of OpenDocument spreadsheets.

use super::*;
use crate::files::read::sample::shown;

fn document(styles: &str, sheets: &str) -> Result<Document, Refusal> {
    let text = format!(
        "<document-content><automatic-styles>{styles}</automatic-styles>\
         <body><spreadsheet>{sheets}</spreadsheet></body></document-content>"
    );
    let root = Element::parse("plan.ods", PATH, &text)?;
    let shared = "<x><styles><date-style name='N1'><day/><month/><year/></date-style></styles></x>";
    let shared = Element::parse("plan.ods", "styles.xml", shared)?;
    read("plan.ods", &root, &shared, sheets_of(&root))
}

fn sheets_of(root: &Element) -> &Element {
    sheets(root).expect("it is a spreadsheet")
}

#[test]
fn rows_and_cells_stand_where_they_are_shown() {
    let sheet = "<table name='Plan'>\
        <table-row number-rows-repeated='2'><table-cell number-columns-repeated='1024'/></table-row>\
        <table-header-rows><table-row><table-cell number-rows-spanned='2'><p>a</p><p>b<s c='2'/>c</p></table-cell>\
          <table-cell number-columns-spanned='2'><annotation><p>no</p></annotation><p>x<line-break/>y</p></table-cell>\
          <covered-table-cell/><table-cell number-columns-repeated='2'><p>z</p></table-cell></table-row></table-header-rows>\
        <table-row><covered-table-cell/><table-cell><p>1</p></table-cell></table-row>\
        <table-row number-rows-repeated='1048000'><table-cell number-columns-repeated='1024'/></table-row>\
        </table>";
    let document = document("", sheet).expect("it is read");
    insta::assert_snapshot!(shown(&document), @r#"
    row 3: "a\nb  c" "x\ny" "" "z" "z"
    row 4: ""^ "1"
    "#);
}

#[test]
fn a_date_is_a_day_or_a_month_as_its_style_shows() {
    let styles = "<date-style name='N2'><month/><year/></date-style>\
        <style name='day' data-style-name='N1'/><style name='month' data-style-name='N2'/>";
    let cell = |style, value, shown| {
        format!(
            "<table-cell style-name='{style}' value-type='date' date-value='{value}'><p>{shown}</p></table-cell>"
        )
    };
    let sheet = format!(
        "<table name='Plan'><table-column number-columns-repeated='3'/>\
         <table-column default-cell-style-name='month'/><table-row>{}{}{}{}</table-row></table>",
        cell("day", "2021-03-31", "31/03/21"),
        cell("month", "2021-03-01", "Mar-21"),
        cell("odd", "2021-03-31", "odd"),
        "<table-cell value-type='date' date-value='2021-06-01T00:00:00'/>\
         <table-cell formula='1/0'><p>#DIV/0!</p></table-cell>",
    );
    let document = document(styles, &sheet).expect("it is read");
    insta::assert_snapshot!(shown(&document), @r##"
    row 1: "2021-03-31" "March 2021" "2021-03-31" ? It is not certain how the cell shows its date, 31 March 2021. "June 2021" "#DIV/0!" ? The cell shows the error #DIV/0! instead of words.
    "##);
}

#[test]
fn hidden_and_empty_sheets_are_passed_over() {
    let styles = "<style name='no'><table-properties display='false'/></style>";
    let row = "<table-row><table-cell><p>words</p></table-cell></table-row>";
    let cell = "<table-cell><p>words</p></table-cell>";
    let table = format!("<table-row>{cell}{cell}</table-row>").repeat(2);
    let sheets = format!(
        "<table name='Lists' style-name='no'>{row}</table><table name='Blank'/>\
         <table name='Cover'>{row}</table><table name='Plan'>{table}</table><table name='Costs'>{row}</table>"
    );
    let document = document(styles, &sheets).expect("it is read");
    let doubt = "Only the sheet \"Plan\" is read; left out: \"Lists\" (hidden), \"Cover\", \"Costs\". \
        To read another, move it to the front.";
    assert_eq!(document.doubts, [doubt]);
}
