//! The numbers of numbered paragraphs: Word keeps how to count, not what it counted.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::files::read::xml::Element;

/// How many levels a list has.
const LEVELS: usize = 9;

/// The largest number shown in letters or as Romans wrote, which is Word's for letters.
const LETTERS_MAX: usize = 780;

/// The most characters of what a level shows: nine levels with a full stop after each need 27.
const SHOWN_MAX: usize = 32;

/// The most lists that are kept: a document copied together for years has a few thousand.
const LISTS_MAX: usize = 10_000;

/// How to count, and how far each list has come.
#[derive(Default)]
pub(super) struct Numbering {
    lists: BTreeMap<String, List>,
    /// How each numbered style counts: its list, and its level.
    styles: BTreeMap<String, (String, usize)>,
    /// How far each kind of list has come, level by level; lists of one kind count on together.
    counts: BTreeMap<String, [Option<usize>; LEVELS]>,
    /// The lists that have begun, so that each begins anew only once.
    begun: BTreeSet<(String, usize)>,
}

struct List {
    /// The kind of list that it is one of.
    kind: String,
    levels: Vec<Level>,
    /// Where it begins anew, level by level.
    restarts: BTreeMap<usize, usize>,
}

#[derive(Clone, Default)]
struct Level {
    start: usize,
    format: String,
    /// What is shown, such as `%1.%2`.
    text: String,
    /// Whether every number in it is shown in figures.
    is_legal: bool,
    /// Whether it counts on when a higher level does.
    counts_on: bool,
    /// The style whose paragraphs it numbers.
    style: String,
}

impl Numbering {
    /// Reads how to count from the parts `numbering` and `styles` of a document.
    pub(super) fn of(numbering: &Element, styles: &Element) -> Self {
        let lists = lists(numbering, styles);
        let styles = numbered_styles(styles, &lists);
        Self { lists, styles, ..Self::default() }
    }

    /// The number that Word shows before the next paragraph; none where it shows none, or a bullet.
    pub(super) fn number(&mut self, paragraph: &Element) -> Option<String> {
        let (id, depth) = self.level(paragraph)?;
        let list = self.lists.get(&id)?;
        let level = list.levels.get(depth)?;
        let counts = self.counts.entry(list.kind.clone()).or_default();
        let restart = list.restarts.get(&depth).copied();
        let count = match counts[depth] {
            _ if restart.is_some() && self.begun.insert((id.clone(), depth)) => restart,
            Some(count) => Some(count.saturating_add(1)),
            None => Some(restart.unwrap_or(level.start)),
        };
        counts[depth] = count;
        for (deeper, counts) in counts.iter_mut().enumerate().skip(depth + 1) {
            if !list.levels.get(deeper).is_some_and(|level| level.counts_on) {
                *counts = None;
            }
        }
        if level.format == "bullet" || level.format == "none" {
            return None;
        }
        let shown = shown(level, list, counts);
        (!shown.is_empty()).then_some(shown)
    }

    /// The list of a paragraph and its level in it: its own, else those of its style.
    fn level(&self, paragraph: &Element) -> Option<(String, usize)> {
        let settings = paragraph.child("pPr")?;
        let own = settings.child("numPr");
        let style = settings.setting("pStyle").and_then(|style| self.styles.get(style));
        let of_style = || style.map(|(id, _)| id.clone());
        let id = own.and_then(|own| own.setting("numId")).map(str::to_owned).or_else(of_style)?;
        let depth = own.and_then(|own| own.child("ilvl")?.number("val"));
        let depth = depth.or_else(|| style.map(|(_, depth)| *depth)).unwrap_or(0);
        // The list 0 is none: it takes a paragraph out of its style's.
        (id != "0" && depth < LEVELS && self.lists.contains_key(&id)).then_some((id, depth))
    }
}

fn lists(numbering: &Element, styles: &Element) -> BTreeMap<String, List> {
    let kinds: BTreeMap<&str, &Element> = numbering
        .named("abstractNum")
        .filter_map(|kind| Some((kind.attribute("abstractNumId")?, kind)))
        .collect();
    let kind_of: BTreeMap<&str, &str> = numbering
        .named("num")
        .filter_map(|list| Some((list.attribute("numId")?, list.setting("abstractNumId")?)))
        .collect();
    let style_lists: BTreeMap<&str, &str> = styles
        .named("style")
        .filter_map(|style| {
            let list = style.descend(&["pPr", "numPr"])?.setting("numId")?;
            Some((style.attribute("styleId")?, list))
        })
        .collect();
    let mut lists = BTreeMap::new();
    for element in numbering.named("num").take(LISTS_MAX) {
        let (Some(id), Some(kind)) = (element.attribute("numId"), element.setting("abstractNumId"))
        else {
            continue;
        };
        let known = kinds.get(kind);
        // A kind may only say that it looks like that of a style.
        let link = known.and_then(|known| known.setting("numStyleLink"));
        let linked = link.and_then(|link| kind_of.get(style_lists.get(link)?).copied());
        let kind = linked.unwrap_or(kind);
        let levels = kinds.get(kind);
        let levels = levels.map(|kind| kind.named("lvl").take(LEVELS).map(level).collect());
        let mut list = List {
            kind: kind.to_owned(),
            levels: levels.unwrap_or_default(),
            restarts: BTreeMap::new(),
        };
        for over in element.named("lvlOverride") {
            let depth = over.number("ilvl").unwrap_or_default();
            if let (Some(own), Some(level_here)) = (over.child("lvl"), list.levels.get_mut(depth)) {
                *level_here = level(own);
            }
            if let Some(start) = over.child("startOverride").and_then(|start| start.number("val")) {
                list.restarts.insert(depth, start);
            }
        }
        lists.insert(id.to_owned(), list);
    }
    lists
}

fn level(element: &Element) -> Level {
    Level {
        start: element.child("start").and_then(|start| start.number("val")).unwrap_or(0),
        format: element.setting("numFmt").unwrap_or("decimal").to_owned(),
        text: element.setting("lvlText").unwrap_or_default().chars().take(SHOWN_MAX).collect(),
        is_legal: element.is_set("isLgl"),
        counts_on: element.setting("lvlRestart") == Some("0"),
        style: element.setting("pStyle").unwrap_or_default().to_owned(),
    }
}

/// The styles that number their paragraphs, themselves or by the style they are based on.
fn numbered_styles(
    styles: &Element,
    lists: &BTreeMap<String, List>,
) -> BTreeMap<String, (String, usize)> {
    let known: BTreeMap<&str, &Element> = styles
        .named("style")
        .filter_map(|style| Some((style.attribute("styleId")?, style)))
        .collect();
    let mut numbered = BTreeMap::new();
    for name in known.keys() {
        let (mut at, mut depth) = (Some(*name), None);
        // Styles that are based on each other in a ring would go on for ever.
        for _ in 0..LEVELS {
            let Some(style) = at.and_then(|name| known.get(name)) else {
                break;
            };
            let own = style.descend(&["pPr", "numPr"]);
            depth = depth.or_else(|| own?.child("ilvl")?.number("val"));
            if let Some(id) = own.and_then(|own| own.setting("numId")) {
                let levels = lists.get(id).map_or(&[][..], |list| &list.levels);
                let by_style = || levels.iter().position(|level| level.style == *name);
                let depth = depth.or_else(by_style).unwrap_or(0);
                numbered.insert((*name).to_owned(), (id.to_owned(), depth));
                break;
            }
            at = style.setting("basedOn");
        }
    }
    numbered
}

/// The number as the level's text shows it, higher levels and all.
fn shown(level: &Level, list: &List, counts: &[Option<usize>; LEVELS]) -> String {
    let mut shown = String::new();
    let mut letters = level.text.chars().peekable();
    while let Some(letter) = letters.next() {
        let depth = letters.peek().filter(|_| letter == '%').and_then(|digit| digit.to_digit(10));
        let depth = depth.and_then(|depth| usize::try_from(depth).ok()?.checked_sub(1));
        let Some((depth, of)) = depth.and_then(|depth| Some((depth, list.levels.get(depth)?)))
        else {
            shown.push(letter);
            continue;
        };
        letters.next();
        let count = counts.get(depth).copied().flatten().unwrap_or(of.start);
        let format = if level.is_legal { "decimal" } else { of.format.as_str() };
        shown.push_str(&figure(count, format));
    }
    shown.trim().to_owned()
}

fn figure(count: usize, format: &str) -> String {
    let is_short = (1..=LETTERS_MAX).contains(&count);
    match format {
        "lowerLetter" if is_short => lettered(count, 'a'),
        "upperLetter" if is_short => lettered(count, 'A'),
        "lowerRoman" if is_short => roman(count).to_lowercase(),
        "upperRoman" if is_short => roman(count),
        "decimalZero" => format!("{count:02}"),
        "bullet" | "none" => String::new(),
        _ => count.to_string(),
    }
}

/// a to z, then aa to zz, as Word counts.
fn lettered(count: usize, first: char) -> String {
    let letter =
        u32::try_from((count - 1) % 26).ok().and_then(|at| char::from_u32(first as u32 + at));
    letter.map(String::from).unwrap_or_default().repeat((count - 1) / 26 + 1)
}

fn roman(mut count: usize) -> String {
    const FIGURES: [(usize, &str); 11] = [
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut roman = String::new();
    for (value, figure) in FIGURES {
        while count >= value {
            roman.push_str(figure);
            count -= value;
        }
    }
    roman
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_a_list_asks() {
        let check = |count, format, expected: &str| assert_eq!(figure(count, format), expected);
        check(4, "decimal", "4");
        check(4, "decimalZero", "04");
        check(4, "lowerLetter", "d");
        check(28, "upperLetter", "BB");
        check(14, "lowerRoman", "xiv");
        check(749, "upperRoman", "DCCXLIX");
        check(usize::MAX, "upperRoman", "18446744073709551615");
        check(3, "chicago", "3");
    }
}
