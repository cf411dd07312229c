//! A card as Discord shows it: classic embeds and rows of buttons, never more than fits.

use std::collections::BTreeSet;

use serde_json::Value;
use serde_json::json;
use tracing::warn;

use crate::discord::limits::BUTTONS_A_ROW;
use crate::discord::limits::CUSTOM_ID_MAX;
use crate::discord::limits::DESCRIPTION_MAX;
use crate::discord::limits::EMBED_TOTAL_MAX;
use crate::discord::limits::EMBEDS_MAX;
use crate::discord::limits::FOOTER_MAX;
use crate::discord::limits::LABEL_MAX;
use crate::discord::limits::ROWS_MAX;
use crate::discord::limits::TITLE_MAX;
use crate::discord::limits::cut;
use crate::discord::limits::length;
use crate::view::Button;
use crate::view::Card;
use crate::view::Section;
use crate::view::Tone;

/// A row of components, in Discord's numbers.
pub(super) const ROW: u8 = 1;
const BUTTON: u8 = 2;
/// A grey button: no answer is more right than another.
const SECONDARY: u8 = 2;

/// A line of a section is cut here, so that one long update leaves room for the next.
const LINE_MAX: usize = 2_000;

/// The card as embeds: within Discord's lengths, whole lines left out where it is too long.
pub(super) fn embeds(card: &Card) -> Vec<Value> {
    let title = cut(&card.title, TITLE_MAX);
    let footer = cut(&card.footer, FOOTER_MAX);
    let room = EMBED_TOTAL_MAX - length(&title) - length(&footer);
    let mut descriptions = fit(card, room);
    if descriptions.is_empty() {
        // An embed without any text is refused; a space of no width is one.
        let blank = title.is_empty() && footer.is_empty();
        descriptions.push(if blank { "\u{200b}".to_owned() } else { String::new() });
    }
    let last = descriptions.len() - 1;
    let embed = |(number, description): (usize, String)| {
        let mut embed = json!({ "color": colour(card.tone) });
        if number == 0 && !title.is_empty() {
            embed["title"] = json!(title);
        }
        if !description.is_empty() {
            embed["description"] = json!(description);
        }
        if number == last && !footer.is_empty() {
            embed["footer"] = json!({ "text": footer });
        }
        embed
    };
    descriptions.into_iter().enumerate().map(embed).collect()
}

/// The text and sections as descriptions that are together no longer than `room`.
///
/// What is too long loses lines, last first, from whichever section is longest, so that no
/// heading stands alone while another section keeps everything.
fn fit(card: &Card, room: usize) -> Vec<String> {
    let mut parts: Vec<Part<'_>> = card.sections.iter().map(Part::of).collect();
    // Measured first, so that a card of a thousand lines is laid out once and not a thousand times.
    let fixed = length(&card.text);
    while fixed + parts.iter().map(|part| part.long).sum::<usize>() > room
        && leave_one_out(&mut parts)
    {}
    loop {
        let descriptions = packed(&written(&card.text, &parts));
        let total: usize = descriptions.iter().map(|text| length(text)).sum();
        if descriptions.len() <= EMBEDS_MAX && total <= room {
            return descriptions;
        }
        if !leave_one_out(&mut parts) {
            return packed(&last_resort(&card.text, &parts, room));
        }
    }
}

/// Leaves out the last line of the longest section; says whether there was one.
fn leave_one_out(parts: &mut [Part<'_>]) -> bool {
    let longest =
        parts.iter_mut().filter(|part| !part.kept.is_empty()).max_by_key(|part| part.long);
    longest.is_some_and(Part::leave_one_out)
}

/// A section with the lines it may keep.
struct Part<'a> {
    heading: &'a str,
    kept: Vec<String>,
    /// How long the heading and the kept lines are together.
    long: usize,
    left_out: usize,
}

impl<'a> Part<'a> {
    fn of(section: &'a Section) -> Self {
        let kept: Vec<String> = section.lines.iter().map(|line| cut(line, LINE_MAX)).collect();
        let lines: usize = kept.iter().map(|line| length(line) + 1).sum();
        let long = length(&section.heading).min(TITLE_MAX) + lines;
        Self { heading: &section.heading, kept, long, left_out: section.left_out }
    }

    fn leave_one_out(&mut self) -> bool {
        let Some(line) = self.kept.pop() else { return false };
        self.long -= length(&line) + 1;
        self.left_out += 1;
        true
    }
}

/// What is not parted between descriptions, in order: a line of the text, a line of a section, the
/// first with its heading. Each section stands after a blank line.
fn written(text: &str, parts: &[Part<'_>]) -> Vec<String> {
    let mut lines: Vec<String> = text.lines().map(|line| cut(line, DESCRIPTION_MAX)).collect();
    for part in parts {
        if part.heading.is_empty() && part.kept.is_empty() && part.left_out == 0 {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        let mut kept = part.kept.iter().cloned();
        if !part.heading.is_empty() {
            let heading = format!("**{}**", cut(part.heading, TITLE_MAX));
            lines.push(kept.next().map_or(heading.clone(), |line| format!("{heading}\n{line}")));
        }
        lines.extend(kept);
        if part.left_out > 0 {
            lines.push(format!("and {} more", part.left_out));
        }
    }
    lines
}

/// Lines shared out among descriptions, each no longer than Discord takes.
fn packed(lines: &[String]) -> Vec<String> {
    let mut descriptions: Vec<String> = Vec::new();
    for line in lines {
        match descriptions.last_mut() {
            Some(last) if length(last) + 1 + length(line) <= DESCRIPTION_MAX => {
                last.push('\n');
                last.push_str(line);
            }
            // A blank line parts two sections; between two embeds nothing needs it.
            _ if line.is_empty() => {}
            _ => descriptions.push(line.clone()),
        }
    }
    for description in &mut descriptions {
        description.truncate(description.trim_end().len());
    }
    descriptions
}

/// Even the headings and the text are too long together: all of it, cut.
fn last_resort(text: &str, parts: &[Part<'_>], room: usize) -> Vec<String> {
    let whole = written(text, parts).join("\n");
    vec![cut(&whole, room.min(DESCRIPTION_MAX))]
}

/// The buttons in rows. One that Discord would refuse the whole message for is left out.
pub(super) fn rows(buttons: &[Button]) -> Vec<Value> {
    let mut seen = BTreeSet::new();
    let sound = buttons.iter().filter(|button| {
        let fits = (1..=CUSTOM_ID_MAX).contains(&length(&button.token));
        let sound = fits && !button.label.is_empty() && seen.insert(button.token.as_str());
        if !sound {
            warn!(button.label, "Left out a button that Discord would refuse");
        }
        sound
    });
    let shown: Vec<Value> = sound.take(BUTTONS_A_ROW * ROWS_MAX).map(shown).collect();
    shown.chunks(BUTTONS_A_ROW).map(|row| json!({ "type": ROW, "components": row })).collect()
}

fn shown(button: &Button) -> Value {
    json!({
        "type": BUTTON,
        "style": SECONDARY,
        "label": cut(&button.label, LABEL_MAX),
        "custom_id": button.token,
    })
}

/// A colour beside the words, which say the same.
fn colour(tone: Tone) -> u32 {
    match tone {
        Tone::Plain => 0x004f_6d8f,
        Tone::Good => 0x002e_7d32,
        Tone::Attention => 0x00b2_6a00,
        Tone::Refused => 0x008e_242a,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::view::part::parts;

    fn section(heading: &str, lines: &[&str]) -> Section {
        Section::of(heading, lines.iter().map(|line| (*line).to_owned()).collect())
    }

    fn total(embeds: &[Value]) -> usize {
        let text = |value: &Value| value.as_str().map_or(0, length);
        embeds
            .iter()
            .map(|embed| {
                text(&embed["title"]) + text(&embed["description"]) + text(&embed["footer"]["text"])
            })
            .sum()
    }

    #[test]
    fn a_short_card_is_one_embed() {
        let card = Card {
            title: "Overdue".into(),
            text: "2 actions".into(),
            sections: vec![section("CPEG", &["4.1", "4.2"]), section("", &["end"])],
            footer: "position at 09:00".into(),
            ..Card::default()
        };
        let embeds = embeds(&card);
        assert_eq!(embeds.len(), 1);
        assert_eq!(embeds[0]["title"], "Overdue");
        assert_eq!(embeds[0]["description"], "2 actions\n\n**CPEG**\n4.1\n4.2\n\nend");
        assert_eq!(embeds[0]["footer"]["text"], "position at 09:00");
    }

    #[test]
    fn a_long_section_loses_its_last_lines_and_says_how_many() {
        let line = "x".repeat(990);
        let long: Vec<&str> = std::iter::repeat_n(line.as_str(), 12).collect();
        let card = Card {
            sections: vec![section("Short", &["kept"]), section("Long", &long)],
            ..Card::default()
        };
        let embeds = embeds(&card);
        let text: Vec<&str> =
            embeds.iter().filter_map(|embed| embed["description"].as_str()).collect();
        let text = text.join("\n");
        assert!(text.contains("**Short**\nkept"));
        assert!(text.ends_with("and 6 more"));
        assert_eq!(text.matches(&line).count(), 6);
    }

    #[test]
    fn lines_that_were_left_out_before_are_counted_with_those_left_out_here() {
        let line = "x".repeat(990);
        let long = section("Long", &[line.as_str(); 300]).at_most(12);
        let embeds = embeds(&Card { sections: vec![long], ..Card::default() });
        let text = embeds.last().and_then(|embed| embed["description"].as_str()).unwrap();
        assert!(text.ends_with("and 294 more"), "{text}");
        assert_eq!(text.matches("more").count(), 1);
    }

    #[test]
    fn an_empty_card_is_still_something() {
        assert_eq!(embeds(&Card::default())[0]["description"], "\u{200b}");
    }

    #[test]
    fn buttons_stand_in_rows_of_five_and_bad_ones_are_left_out() {
        let button = |label: &str, token: &str| Button { label: label.into(), token: token.into() };
        let mut buttons: Vec<Button> =
            (0..6).map(|number| button("Go", &format!("action/{number}"))).collect();
        buttons.push(button("Twice", "action/1"));
        buttons.push(button("Long", &"x".repeat(101)));
        let rows = rows(&buttons);
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0]["components"].as_array().map(Vec::len), Some(5));
        assert_eq!(rows[1]["components"].as_array().map(Vec::len), Some(1));
    }

    #[test]
    fn five_rows_of_five_buttons_are_all_there_is_room_for() {
        let button = |number: usize| Button {
            label: format!("Button {number}"),
            token: format!("action/{number}"),
        };
        for (count, expected) in [(0, vec![]), (5, vec![5]), (25, vec![5; 5]), (40, vec![5; 5])] {
            let rows = rows(&(0..count).map(button).collect::<Vec<_>>());
            let lengths = rows.iter().map(|row| row["components"].as_array().map_or(0, Vec::len));
            assert_eq!(lengths.collect::<Vec<_>>(), expected, "{count}");
            let last = rows.last().map(|row| row["components"][4]["label"].clone());
            let kept = count.min(25);
            assert_eq!(last, (count > 0).then(|| json!(format!("Button {}", kept - 1))));
        }
    }

    /// Text of any length, of one character and line breaks: quick to make in any size.
    fn text_up_to(most: usize) -> impl Strategy<Value = String> {
        (any::<char>(), 0..=most, 1..200_usize).prop_map(|(letter, long, line)| {
            let letters = std::iter::repeat_n(letter, long).enumerate();
            letters.map(|(index, letter)| if index % line == 0 { '\n' } else { letter }).collect()
        })
    }

    /// Sections of numbered lines, none of which is too long for a message by itself.
    fn sections_of(lengths: &[Vec<usize>]) -> Vec<Section> {
        let line = |(number, long): (usize, &usize)| format!("{number}:{}", "x".repeat(*long));
        let section = |(number, lengths): (usize, &Vec<usize>)| {
            let lines = lengths.iter().enumerate().map(line).map(|line| format!("{number}/{line}"));
            Section::of(format!("Heading {number}"), lines.collect())
        };
        lengths.iter().enumerate().map(section).collect()
    }

    proptest! {
        #[test]
        fn nothing_of_a_part_of_a_card_is_left_out_or_parted_from_its_heading(
            title in text_up_to(200),
            text in proptest::collection::vec("[a-z]{0,200}", 0..8),
            lengths in proptest::collection::vec(proptest::collection::vec(0..1_900_usize, 0..9), 0..6),
            footer in "[a-z]{0,1500}",
        ) {
            let sections = sections_of(&lengths);
            let wanted: Vec<String> = text.iter().filter(|line| !line.is_empty()).cloned()
                .chain(sections.iter().flat_map(|section| section.lines.iter().cloned())).collect();
            let headings = sections.iter().map(|section| format!("**{}**", section.heading)).collect::<Vec<_>>();
            let bare = sections.iter().filter(|section| section.lines.is_empty()).count();
            let text = text.join("\n");
            let card = Card { title, text, sections, footer: footer.clone(), ..Card::default() };
            let mut shown = Vec::new();
            let mut opened = Vec::new();
            let mut alone = 0;
            let parts = parts(card);
            for part in &parts {
                let embeds = embeds(part);
                prop_assert!(total(&embeds) <= EMBED_TOTAL_MAX);
                for embed in &embeds {
                    let description = embed["description"].as_str().unwrap_or_default();
                    prop_assert!(!description.contains(" more"), "left out: {description}");
                    let mut lines = description.lines().filter(|line| !line.is_empty()).peekable();
                    while let Some(line) = lines.next() {
                        if !line.starts_with("**") {
                            shown.push(line.to_owned());
                            continue;
                        }
                        alone += usize::from(lines.peek().is_none_or(|next| next.starts_with("**")));
                        if !line.ends_with(" (continued)**") {
                            opened.push(line.to_owned());
                        }
                    }
                }
            }
            shown.retain(|line| line != "\u{200b}");
            prop_assert_eq!(shown, wanted);
            prop_assert_eq!(opened, headings);
            prop_assert_eq!(alone, bare);
            let last = parts.last().and_then(|part| embeds(part).pop()).unwrap_or_default();
            prop_assert_eq!(last["footer"]["text"].as_str().unwrap_or_default(), footer);
        }

        #[test]
        fn no_card_is_too_long(
            title in text_up_to(300),
            text in text_up_to(9_000),
            headings in proptest::collection::vec(text_up_to(300), 0..30),
            lines in proptest::collection::vec(text_up_to(400), 0..30),
            footer in text_up_to(3_000),
        ) {
            let sections = headings
                .into_iter()
                .map(|heading| Section::of(heading, lines.clone()))
                .collect();
            let card = Card { title, text, sections, footer, ..Card::default() };
            let embeds = embeds(&card);
            prop_assert!((1..=EMBEDS_MAX).contains(&embeds.len()));
            prop_assert!(total(&embeds) <= EMBED_TOTAL_MAX);
            for embed in &embeds {
                prop_assert!(embed["description"].as_str().map_or(0, length) <= DESCRIPTION_MAX);
            }
        }
    }
}
