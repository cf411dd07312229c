//! A card that is too long for one message, as several that are not.

use crate::view::Answer;
use crate::view::Attachment;
use crate::view::Card;
use crate::view::Section;
use crate::view::shortened;

/// So much of a card stands in one message. Discord refuses more than 6,000 in a message's embeds;
/// what is left of that is for a line that says what could not be attached.
const ROOM: usize = 5_600;
/// A title, or a heading, is shown no longer than this (Discord's limit).
const HEADING_MAX: usize = 256;
/// A title that has a number after it is shortened to so many characters, so that the number is
/// seen whatever letters they are.
const NUMBERED_MAX: usize = 120;
/// A line of the text is shown no longer than this (Discord's limit).
const TEXT_LINE_MAX: usize = 4_096;
/// A line of a section is cut here, so that one does not fill a message.
const LINE_MAX: usize = 2_000;
/// A footer is shown no longer than this (Discord's limit).
const FOOTER_MAX: usize = 2_048;
/// What `and 1234567 more` takes.
const LEFT_OUT: usize = 20;
/// The marks that make a heading bold.
const MARKS: usize = 4;
/// Discord refuses more files with one message.
const FILES_MAX: usize = 10;
/// Discord refuses files that have more bytes together.
const FILES_BYTES_MAX: usize = 10 * 1024 * 1024;

/// An answer for the one who asked alone: a card, in as many messages as it needs.
pub fn answer(card: Card) -> Answer {
    let mut parts = parts(card).into_iter();
    match parts.next() {
        Some(first) if parts.len() > 0 => Answer::Several(first, parts.collect()),
        first => Answer::Private(first.unwrap_or_default()),
    }
}

/// A card as the messages it needs, in order; one that fits into one is itself.
///
/// It is parted between lines, never between a heading and its first line; a section that goes on
/// says so. The first part has the title and what stands above, each further one the title with its
/// number, and the last the footer, the buttons and the files. Only where the files are too many
/// for a message do parts follow that hold nothing else.
///
/// Lengths are in UTF-16 units. A line that is longer than a message shows is cut there.
pub fn parts(card: Card) -> Vec<Card> {
    let pages = pages(&card);
    let batches = batches(&card.files);
    let count = pages.len() + batches.len().saturating_sub(1);
    if count <= 1 {
        return vec![card];
    }
    let mut parts: Vec<Card> = pages.iter().map(|page| written(page)).collect();
    let mut batches = batches.into_iter();
    if let Some(last) = parts.last_mut() {
        last.files = batches.next().unwrap_or_default();
        last.footer.clone_from(&card.footer);
        last.buttons = card.buttons;
    }
    parts.extend(batches.map(|files| Card { files, ..Card::default() }));
    for (part, number) in parts.iter_mut().zip(1..) {
        part.tone = card.tone;
        part.title = if number == 1 {
            card.title.clone()
        } else {
            let title = shortened(&card.title, NUMBERED_MAX);
            format!("{title} ({number} of {count})").trim_start().to_owned()
        };
    }
    if let Some(first) = parts.first_mut() {
        first.above = card.above;
    }
    parts
}

/// The least that is not parted.
#[derive(Clone, Copy)]
enum Piece<'a> {
    /// A line of the text.
    Text(&'a str),
    /// A line of a section, by its place; none where the section has only its heading.
    Line { section: &'a Section, place: usize },
}

impl<'a> Piece<'a> {
    fn all(card: &'a Card) -> Vec<Self> {
        let of_section = |section: &'a Section| {
            (0..section.lines.len().max(1)).map(move |place| Self::Line { section, place })
        };
        let text = card.text.lines().map(Self::Text);
        text.chain(card.sections.iter().flat_map(of_section)).collect()
    }

    /// How much room it takes: with its heading where it is the first of its section in a message.
    fn long(self, opens: Opens) -> usize {
        match self {
            Self::Text(line) => length(line).min(TEXT_LINE_MAX) + 1,
            Self::Line { section, place } => {
                let line = section.lines.get(place);
                let line = line.map_or(0, |line| length(line).min(LINE_MAX) + 1);
                let left_out = if self.is_last() && section.left_out > 0 { LEFT_OUT } else { 0 };
                let has_heading = opens == Opens::Message || place == 0;
                let heading = length(&headed(section, place)).min(HEADING_MAX) + MARKS + 2;
                line + left_out + if has_heading { heading } else { 0 }
            }
        }
    }

    /// Whether it is the last of its section.
    fn is_last(self) -> bool {
        matches!(self, Self::Line { section, place } if place + 1 >= section.lines.len())
    }
}

/// Whether something is the first in a message.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Opens {
    Message,
    Nothing,
}

/// What stands in each message, as much as fits.
fn pages(card: &Card) -> Vec<Vec<Piece<'_>>> {
    let room = ROOM.saturating_sub(length(&card.title).min(HEADING_MAX));
    let pieces = Piece::all(card);
    let count = pieces.len();
    let mut pages = vec![Vec::new()];
    let mut left = room;
    for (piece, number) in pieces.into_iter().zip(1..) {
        // The footer stands with the last line.
        let footer = if number == count { length(&card.footer).min(FOOTER_MAX) } else { 0 };
        match pages.last_mut() {
            Some(page) if page.is_empty() || piece.long(Opens::Nothing) + footer <= left => {
                let opens = if page.is_empty() { Opens::Message } else { Opens::Nothing };
                left = left.saturating_sub(piece.long(opens));
                page.push(piece);
            }
            _ => {
                left = room.saturating_sub(piece.long(Opens::Message));
                pages.push(vec![piece]);
            }
        }
    }
    pages
}

/// The text and sections of a message.
fn written(page: &[Piece<'_>]) -> Card {
    let mut text = Vec::new();
    let mut sections: Vec<Section> = Vec::new();
    for (number, piece) in page.iter().enumerate() {
        match *piece {
            Piece::Text(line) => text.push(line),
            Piece::Line { section, place } => {
                if number == 0 || place == 0 {
                    sections.push(Section::of(headed(section, place), Vec::new()));
                }
                if let Some(open) = sections.last_mut() {
                    open.lines.extend(section.lines.get(place).cloned());
                    open.left_out = if piece.is_last() { section.left_out } else { 0 };
                }
            }
        }
    }
    Card { text: text.join("\n"), sections, ..Card::default() }
}

/// The heading of a section that begins, or goes on, with the line at a place.
fn headed(section: &Section, place: usize) -> String {
    match place {
        0 => section.heading.clone(),
        _ if section.heading.is_empty() => String::new(),
        _ => format!("{} (continued)", section.heading),
    }
}

/// Files in as many lots as messages that they need, in order.
fn batches(files: &[Attachment]) -> Vec<Vec<Attachment>> {
    let mut batches: Vec<Vec<Attachment>> = Vec::new();
    let mut bytes = 0;
    for file in files {
        bytes += file.bytes.len();
        match batches.last_mut() {
            Some(batch) if batch.len() < FILES_MAX && bytes <= FILES_BYTES_MAX => {
                batch.push(file.clone());
            }
            _ => {
                bytes = file.bytes.len();
                batches.push(vec![file.clone()]);
            }
        }
    }
    batches
}

/// How long a text is, as Discord's clients count it, which is never less than its servers do.
fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::view::Button;
    use crate::view::Tone;

    fn file(bytes: usize) -> Attachment {
        Attachment { name: "plan.png".into(), bytes: vec![1; bytes], says: "Bars".into() }
    }

    /// A card of sections with so many lines of so many characters.
    fn card(sections: &[(usize, usize)]) -> Card {
        let section = |(number, (lines, long)): (usize, &(usize, usize))| {
            let lines = (0..*lines).map(|line| format!("{number}.{line} {}", "x".repeat(*long)));
            Section::of(format!("Heading {number}"), lines.collect())
        };
        Card {
            above: "A note".into(),
            tone: Tone::Attention,
            title: "CPEG digest".into(),
            text: "11 actions\n1 more overdue".into(),
            sections: sections.iter().enumerate().map(section).collect(),
            footer: "Position at 09:00".into(),
            buttons: vec![Button { label: "Later".into(), token: "list/2".into() }],
            files: vec![file(3)],
        }
    }

    fn headings(card: &Card) -> Vec<&str> {
        card.sections.iter().map(|section| section.heading.as_str()).collect()
    }

    #[test]
    fn a_card_that_fits_is_itself() {
        for sections in [&[][..], &[(3, 900)], &[(1, 100), (0, 0), (20, 200)]] {
            assert_eq!(parts(card(sections)), [card(sections)]);
        }
        assert_eq!(parts(Card::default()), [Card::default()]);
        assert_eq!(answer(card(&[])), Answer::Private(card(&[])));
    }

    #[test]
    fn a_long_card_goes_on_where_it_was_parted() {
        let whole = Card { tone: Tone::Attention, ..card(&[(2, 1_000), (6, 900), (3, 900)]) };
        let parts = parts(whole.clone());
        let [first, second] = &parts[..] else { panic!("{} parts", parts.len()) };
        assert_eq!((first.title.as_str(), first.above.as_str()), ("CPEG digest", "A note"));
        assert_eq!((second.title.as_str(), second.above.as_str()), ("CPEG digest (2 of 2)", ""));
        assert_eq!((first.text.as_str(), second.text.as_str()), (whole.text.as_str(), ""));
        assert_eq!(headings(first), ["Heading 0", "Heading 1"]);
        assert_eq!(headings(second), ["Heading 1 (continued)", "Heading 2"]);
        assert_eq!((first.footer.as_str(), first.buttons.len(), first.files.len()), ("", 0, 0));
        assert_eq!((&second.footer, &second.buttons), (&whole.footer, &whole.buttons));
        assert_eq!((&second.files, second.tone), (&whole.files, Tone::Attention));
        assert_eq!(answer(whole), Answer::Several(first.clone(), vec![second.clone()]));
    }

    #[test]
    fn what_a_section_leaves_out_is_said_with_its_last_line() {
        let mut whole = card(&[(9, 900)]);
        whole.sections[0].left_out = 7;
        let parts = parts(whole);
        let left_out: Vec<usize> = parts.iter().map(|part| part.sections[0].left_out).collect();
        assert_eq!(left_out, [0, 7]);
        assert!(!parts[1].sections[0].lines.is_empty());
    }

    #[test]
    fn the_number_of_a_part_is_seen_after_any_title() {
        let whole = Card { title: "🙂".repeat(200), ..card(&[(9, 900)]) };
        let title = &parts(whole)[1].title;
        assert!(title.ends_with("… (2 of 2)") && length(title) <= HEADING_MAX, "{title}");
        let untitled = Card { title: String::new(), ..card(&[(9, 900)]) };
        assert_eq!(parts(untitled)[1].title, "(2 of 2)");
    }

    /// How many files stand with each part.
    #[track_caller]
    fn check(files: &[Attachment], expected: &[usize]) {
        let parts = parts(Card { files: files.to_vec(), ..card(&[]) });
        assert_eq!(parts.iter().map(|part| part.files.len()).collect::<Vec<_>>(), expected);
        assert_eq!(parts.iter().flat_map(|part| part.files.clone()).collect::<Vec<_>>(), files);
        assert_eq!(parts[0].footer, "Position at 09:00");
    }

    #[test]
    fn more_files_than_a_message_takes_follow_in_further_messages() {
        check(&vec![file(1); 10], &[10]);
        check(&vec![file(1); 23], &[10, 10, 3]);
        let half = FILES_BYTES_MAX / 2;
        check(&[file(half), file(half), file(half)], &[2, 1]);
        // What no message takes is left to whoever sends it.
        check(&[file(1), file(FILES_BYTES_MAX + 1), file(1)], &[1, 1, 1]);
    }

    proptest! {
        #[test]
        fn no_line_is_lost_broken_or_doubled(
            sections in proptest::collection::vec((0..12_usize, 0..1_900_usize), 0..9),
        ) {
            let whole = card(&sections);
            let parts = parts(whole.clone());
            let lines = |card: &Card| -> Vec<String> {
                card.sections.iter().flat_map(|section| section.lines.clone()).collect()
            };
            let told: Vec<String> = parts.iter().flat_map(lines).collect();
            prop_assert_eq!(told, lines(&whole));
            let opened: Vec<&str> = parts.iter().flat_map(headings)
                .filter(|heading| !heading.ends_with(" (continued)")).collect();
            prop_assert_eq!(opened, headings(&whole));
            for part in &parts[1..] {
                let goes_on = part.sections.iter().filter(|section| section.heading.ends_with(')'));
                prop_assert!(goes_on.clone().count() <= 1);
                for section in goes_on {
                    prop_assert!(!section.lines.is_empty(), "nothing under {}", section.heading);
                }
            }
            for part in &parts {
                let sections = part.sections.iter().flat_map(|section| &section.lines);
                let long: usize = sections.map(|line| length(line) + 1).sum();
                prop_assert!(long <= ROOM);
            }
        }
    }
}
