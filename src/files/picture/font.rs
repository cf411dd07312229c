//! Letters: how wide words are in the font that is built in, and words made to fit.

use std::sync::LazyLock;

use skrifa::FontRef;
use skrifa::MetadataProvider;
use skrifa::instance::LocationRef;
use skrifa::instance::Size;

/// The name of the font, in a drawing.
pub(super) const FAMILY: &str = "Noto Sans";

/// What stands for a letter that the font lacks.
pub(super) const UNDRAWN: char = '□';

/// A space at which no line is broken.
pub(super) const FIXED: char = '\u{A0}';

/// How heavy letters are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// As text is.
    Regular,
    /// As headings are.
    Bold,
}

/// How letters look.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Face {
    pub(super) size: f64,
    pub(super) weight: Weight,
}

impl Weight {
    /// The font's file.
    pub(super) fn bytes(self) -> &'static [u8] {
        match self {
            Self::Regular => ttf_noto_sans::REGULAR,
            Self::Bold => ttf_noto_sans::BOLD,
        }
    }

    /// Its number in a drawing.
    pub(super) fn number(self) -> u16 {
        match self {
            Self::Regular => 400,
            Self::Bold => 700,
        }
    }

    fn font(self) -> Option<&'static FontRef<'static>> {
        static REGULAR: LazyLock<Option<FontRef<'static>>> =
            LazyLock::new(|| FontRef::new(Weight::Regular.bytes()).ok());
        static BOLD: LazyLock<Option<FontRef<'static>>> =
            LazyLock::new(|| FontRef::new(Weight::Bold.bytes()).ok());
        match self {
            Self::Regular => REGULAR.as_ref(),
            Self::Bold => BOLD.as_ref(),
        }
    }
}

impl Face {
    pub(super) const fn regular(size: f64) -> Self {
        Self { size, weight: Weight::Regular }
    }

    pub(super) const fn bold(size: f64) -> Self {
        Self { size, weight: Weight::Bold }
    }

    /// How wide words are, letter beside letter; drawn closer together they may be a little less.
    pub(super) fn width(self, words: &str) -> f64 {
        // A letter of which nothing is known is taken to be as wide as it is high.
        let Some(font) = self.weight.font() else {
            return words.chars().map(|_| self.size).sum();
        };
        let letters = font.charmap();
        let widths = font.glyph_metrics(Size::new(1000.0), LocationRef::default());
        let width = |letter: char| {
            let glyph = letters.map(letter)?;
            Some(f64::from(widths.advance_width(glyph)?) / 1000.0)
        };
        words.chars().map(|letter| width(letter).unwrap_or(1.0) * self.size).sum()
    }

    /// The words in one line, with an ellipsis where something is missing.
    pub(super) fn cut(self, words: &str, room: f64) -> String {
        if self.width(words) <= room {
            return words.to_owned();
        }
        let room = room - self.width("…");
        let mut taken = 0.0;
        let fits = words.char_indices().take_while(|(at, letter)| {
            taken += self.width(&words[*at..at + letter.len_utf8()]);
            taken <= room
        });
        let end = fits.last().map_or(0, |(at, letter)| at + letter.len_utf8());
        format!("{}…", words[..end].trim_end())
    }

    /// The words in at most so many lines, broken at spaces that are not [`FIXED`]; a word too long for a line is broken
    /// within, and the last line has an ellipsis where something is missing.
    pub(super) fn wrap(self, words: &str, room: f64, lines_max: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        let mut left: Vec<&str> = words.split(' ').rev().collect();
        while let Some(word) = left.pop() {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer) <= room {
                line = longer;
            } else if lines.len() + 1 == lines_max {
                left.push(word);
                let rest: Vec<&str> = left.into_iter().rev().collect();
                let rest =
                    if line.is_empty() { rest.join(" ") } else { line + " " + &rest.join(" ") };
                lines.push(self.cut(&rest, room));
                return lines;
            } else if line.is_empty() {
                let (head, tail) = self.broken(word, room);
                lines.push(head.to_owned());
                left.push(tail);
            } else {
                lines.push(std::mem::take(&mut line));
                left.push(word);
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// As many letters of a word as fit, at least one, and the rest.
    fn broken(self, word: &str, room: f64) -> (&str, &str) {
        let ends = word.char_indices().map(|(at, letter)| at + letter.len_utf8());
        let fits = ends.clone().take_while(|end| self.width(&word[..*end]) <= room).last();
        word.split_at(fits.or_else(|| ends.clone().next()).unwrap_or_default())
    }
}

/// Words as they can be drawn: a letter that the font lacks is replaced by a like one, or by
/// [`UNDRAWN`], so that nothing vanishes; what leaves no mark, and what XML forbids, is left out.
pub(super) fn drawable(words: &str) -> String {
    let Some(letters) = Weight::Regular.font().map(MetadataProvider::charmap) else {
        return words.to_owned();
    };
    let drawn = |letter: char| match letter {
        '\u{2010}' | '\u{2011}' => Some('-'),
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
        // Parts of an emoji that only change how it looks.
        | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' => None,
        FIXED => Some(FIXED),
        _ if letter.is_whitespace() => Some(' '),
        _ if letter.is_control() || matches!(letter, '\u{FFFE}' | '\u{FFFF}') => None,
        _ if letters.map(letter).is_some_and(|glyph| glyph.to_u32() != 0) => Some(letter),
        _ => Some(UNDRAWN),
    };
    words.chars().filter_map(drawn).collect()
}
