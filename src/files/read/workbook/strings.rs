//! The words of a workbook's cells, which may stand in runs of their own looks.

use crate::files::read::xml::Element;

/// The texts that cells refer to by number.
pub(super) fn shared(root: &Element) -> Vec<String> {
    root.named("si").map(words).collect()
}

/// The words of a text: of its runs, without the reading aids that Japanese workbooks keep beside.
pub(super) fn words(element: &Element) -> String {
    let mut words = String::new();
    for child in element.children() {
        match &*child.name {
            "t" => words.push_str(&unescaped(&child.text())),
            "r" => {
                for text in child.named("t") {
                    words.push_str(&unescaped(&text.text()));
                }
            }
            _ => {}
        }
    }
    words
}

/// Excel writes what XML cannot hold as `_x000D_`, and an underscore before such as `_x005F_`. A
/// return before a new line is the end of one line, not of two.
pub(super) fn unescaped(text: &str) -> String {
    let mut words = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, escape) = rest.split_at(at);
        words.push_str(before);
        let letter = escaped(escape);
        let length = letter.map_or("_x".len(), |_| ESCAPE_LENGTH);
        match letter {
            Some(letter) => words.push(letter),
            None => words.push_str("_x"),
        }
        rest = &escape[length..];
    }
    words.push_str(rest);
    words.replace("\r\n", "\n").replace('\r', "\n")
}

const ESCAPE_LENGTH: usize = "_x000D_".len();

fn escaped(text: &str) -> Option<char> {
    let digits = text.get(2..ESCAPE_LENGTH)?.strip_suffix('_')?;
    // Excel escapes with capitals and reads either.
    if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    char::from_u32(u32::from_str_radix(digits, 16).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_of_excel_are_read() {
        let check = |text, expected: &str| assert_eq!(unescaped(text), expected, "{text}");
        check("one_x000D_\ntwo", "one\ntwo");
        check("one_x000D_two", "one\ntwo");
        check("_x005F_x000D_", "_x000D_");
        check("an_x_ and _x00zz_ and _xé000_", "an_x_ and _x00zz_ and _xé000_");
        check("_x", "_x");
        check("_x2013_", "–");
    }

    #[test]
    fn runs_are_joined_and_reading_aids_left_out() {
        let text = "<si><r><rPr><b/></rPr><t>CP</t></r><r><t xml:space='preserve'> Support</t></r>\
            <rPh sb='0' eb='1'><t>no</t></rPh><phoneticPr/></si>";
        let element = Element::parse("plan.xlsx", "part", text).expect("it is XML");
        assert_eq!(words(&element), "CP Support");
    }
}
