//! The words of a paragraph as they show on the page.

use crate::files::read::word::unwrapped;
use crate::files::read::xml::Element;

/// Signs that Word takes from the fonts Symbol and Wingdings, in which plans tick and list.
const SIGNS: &[(u32, char)] = &[
    (0xF0A7, '▪'),
    (0xF0A8, '☐'),
    (0xF0B7, '•'),
    (0xF0D8, '➢'),
    (0xF0FB, '✗'),
    (0xF0FC, '✓'),
    (0xF0FD, '☒'),
    (0xF0FE, '☑'),
];

/// The fields that are open, such as a page number or a link, and whether it is their code that is
/// being read, which does not show. A field may run over paragraphs.
#[derive(Default)]
pub(super) struct Fields {
    in_code: Vec<bool>,
}

impl Fields {
    /// The words of a paragraph, with line breaks and tabs as such.
    pub(super) fn words(&mut self, paragraph: &Element) -> String {
        let mut words = String::new();
        self.gather(paragraph, &mut words);
        words
    }

    fn gather(&mut self, element: &Element, words: &mut String) {
        let is_hidden = element.child("rPr").is_some_and(|looks| looks.is_set("vanish"));
        for child in element.children() {
            match &*child.name {
                "fldChar" => self.step(child.attribute("fldCharType").unwrap_or_default()),
                "r" | "hyperlink" | "fldSimple" | "dir" | "bdo" => self.gather(child, words),
                "ruby" => {
                    if let Some(base) = child.child("rubyBase") {
                        self.gather(base, words);
                    }
                }
                _ if is_hidden || self.in_code.contains(&true) => {}
                "t" => {
                    // A line of the file ends here, not one of the page.
                    let shown = |letter: &char| *letter != '\u{ad}';
                    let text = child.text().replace(['\n', '\r'], " ");
                    words.extend(text.chars().filter(shown));
                }
                "tab" | "ptab" => words.push('\t'),
                "br" | "cr" => words.push('\n'),
                "noBreakHyphen" => words.push('\u{2011}'),
                "sym" => words.extend(sign(child)),
                _ => {
                    if let Some(within) = unwrapped(child) {
                        self.gather(within, words);
                    }
                }
            }
        }
    }

    fn step(&mut self, kind: &str) {
        match kind {
            "begin" => self.in_code.push(true),
            "separate" => {
                if let Some(in_code) = self.in_code.last_mut() {
                    *in_code = false;
                }
            }
            _ => {
                self.in_code.pop();
            }
        }
    }
}

/// Whether the end of a paragraph was struck out, so that the next one goes on in it.
pub(super) fn runs_on(paragraph: &Element) -> bool {
    let marks = paragraph.descend(&["pPr", "rPr"]);
    marks.is_some_and(|marks| marks.child("del").is_some() || marks.child("moveFrom").is_some())
}

/// Whether a paragraph is a line of a table of contents, which says nothing of its own.
pub(super) fn is_contents(paragraph: &Element) -> bool {
    let style = paragraph.child("pPr").and_then(|settings| settings.setting("pStyle"));
    let level = style.and_then(|style| style.strip_prefix("TOC"));
    level.is_some_and(|level| level.starts_with(|letter: char| letter.is_ascii_digit()))
}

/// The text boxes that hang on a paragraph.
pub(super) fn boxes(paragraph: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    for child in paragraph.children() {
        match &*child.name {
            "txbxContent" => found.push(child),
            "del" | "moveFrom" | "pPr" | "rPr" | "t" => {}
            "AlternateContent" => found.extend(unwrapped(child).into_iter().flat_map(boxes)),
            _ => found.extend(boxes(child)),
        }
    }
    found
}

fn sign(element: &Element) -> Option<char> {
    let code = u32::from_str_radix(element.attribute("char")?, 16).ok()?;
    let known = SIGNS.iter().find(|(of_font, _)| *of_font == code).map(|(_, sign)| *sign);
    // What is not known of a font's own signs would read as a letter that is not there.
    let letter = || char::from_u32(code).filter(|_| !(0xE000..=0xF8FF).contains(&code));
    known.or_else(letter)
}
