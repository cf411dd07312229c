//! The cell as words, numbers and marks: what a reading walks over.

use super::vocabulary::Word;
use super::vocabulary::look_up;
use super::vocabulary::look_up_accented;

/// A cell with more tokens than this is prose, not a target; reading stops being attempted there.
pub(super) const TOKENS_MAX: usize = 96;

/// One word, number or mark, with its place in the text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Nothing stands between this token and the one before.
    pub(super) glued: bool,
    pub(super) start: usize,
    pub(super) end: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Number(Number),
    Word(Word),
    Dash,
    Slash,
    Dot,
    Comma,
    Colon,
    Ampersand,
    Query,
    Plus,
    /// Brackets, quotation marks, bullets and semicolons: they set words apart and mean nothing.
    Quiet,
    /// Any other sign. It means something that is not understood here.
    Sign,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    /// Stops growing at the largest `u32`.
    pub(super) value: u32,
    /// How many digits were written; tells `21` from `2021` and `5` from `05`.
    pub(super) digits: u8,
    /// Written with an apostrophe in front, as years are: `’21`.
    pub(super) apostrophe: bool,
}

/// The text and its tokens.
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    tokens: Vec<Token>,
    /// There is more text than [`TOKENS_MAX`] tokens.
    pub(super) is_prose: bool,
    /// `calendar` is among the words, and so quarters and halves are the calendar's.
    pub(super) is_calendar: bool,
}

impl<'a> Words<'a> {
    pub(super) fn split(text: &'a str) -> Self {
        let mut tokens = Vec::with_capacity(16);
        let mut rest = Cursor { text, at: 0 };
        let mut glued = false;
        let mut apostrophe = false;
        let mut begins_line = false;
        while let Some(c) = rest.peek() {
            let start = rest.at;
            let after_apostrophe = std::mem::take(&mut apostrophe);
            if c.is_whitespace() || is_invisible(c) {
                rest.skip(c);
                glued = glued && is_invisible(c);
                begins_line |= is_line_break(c);
                continue;
            }
            if tokens.len() == TOKENS_MAX {
                return Self { text, tokens, is_prose: true, is_calendar: false };
            }
            let kind = if c.is_ascii_digit() {
                Kind::Number(rest.number(after_apostrophe))
            } else if c.is_alphabetic() {
                Kind::Word(rest.word())
            } else {
                rest.skip(c);
                apostrophe = is_apostrophe(c);
                if apostrophe {
                    continue;
                }
                mark(c)
            };
            // Where dashes begin the lines of a list, none of them runs from one date to another.
            let is_list = tokens.first().is_some_and(|first: &Token| first.kind == Kind::Dash);
            let is_bullet = kind == Kind::Dash && begins_line && is_list;
            let kind = if is_bullet { Kind::Quiet } else { kind };
            begins_line = false;
            tokens.push(Token { kind, glued, start, end: rest.at });
            glued = true;
        }
        let is_calendar = tokens.iter().any(|token| token.kind == Kind::Word(Word::Calendar));
        Self { text, tokens, is_prose: false, is_calendar }
    }

    pub(super) fn len(&self) -> usize {
        self.tokens.len()
    }

    pub(super) fn kind(&self, at: usize) -> Option<Kind> {
        self.tokens.get(at).map(|token| token.kind)
    }

    pub(super) fn word(&self, at: usize) -> Option<Word> {
        match self.kind(at)? {
            Kind::Word(word) => Some(word),
            _ => None,
        }
    }

    pub(super) fn is(&self, at: usize, word: Word) -> bool {
        self.word(at) == Some(word)
    }

    pub(super) fn number(&self, at: usize) -> Option<Number> {
        match self.kind(at)? {
            Kind::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn is_glued(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued)
    }

    /// The text of the tokens from `from` up to, not including, `to`.
    pub(super) fn said(&self, from: usize, to: usize) -> &'a str {
        let start = self.tokens.get(from).map_or(0, |token| token.start);
        let end = to.checked_sub(1).and_then(|last| self.tokens.get(last));
        self.text.get(start..end.map_or(start, |token| token.end)).unwrap_or("")
    }
}

struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl Cursor<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn skip(&mut self, c: char) {
        self.at += c.len_utf8();
    }

    fn number(&mut self, apostrophe: bool) -> Number {
        let mut number = Number { value: 0, digits: 0, apostrophe };
        let mut end = self.at;
        while let Some(c) = self.peek() {
            if let Some(digit) = c.to_digit(10) {
                number.value = number.value.saturating_mul(10).saturating_add(digit);
                number.digits = number.digits.saturating_add(1);
                self.skip(c);
                end = self.at;
            } else if is_invisible(c) {
                self.skip(c);
            } else {
                break;
            }
        }
        self.at = end;
        number
    }

    /// `T.B.C.`, `w.e.f.`: single letters with a full stop after each, the last perhaps without.
    fn initials(&mut self) -> Option<Word> {
        let rest = self.text.get(self.at..)?.as_bytes();
        let mut letters = [0_u8; LETTERS_MAX];
        let (mut count, mut next) = (0, 0);
        while let Some(letter) = rest.get(next).filter(|byte| byte.is_ascii_alphabetic()) {
            let is_last = !matches!(rest.get(next + 1), Some(b'.'));
            *letters.get_mut(count)? = letter.to_ascii_lowercase();
            (count, next) = (count + 1, next + 2 - usize::from(is_last));
            if is_last {
                break;
            }
        }
        // `a. March` and `i.e.the` are something else.
        let goes_on = self.text.get(self.at + next..)?.starts_with(char::is_alphanumeric);
        if count < 2 || goes_on {
            return None;
        }
        self.at += next;
        std::str::from_utf8(letters.get(..count)?).ok().map(look_up)
    }

    /// Letters up to the next that is none, looked up in lower case without the invisible
    /// characters that word processors leave inside.
    fn word(&mut self) -> Word {
        if let Some(word) = self.initials() {
            return word;
        }
        let mut letters = [0_u8; LETTERS_MAX];
        let mut count = 0;
        let mut is_plain = true;
        let start = self.at;
        let mut end = self.at;
        while let Some(c) = self.peek() {
            if c.is_alphabetic() {
                is_plain = is_plain && c.is_ascii() && count < LETTERS_MAX;
                if is_plain && let Ok(letter) = u8::try_from(c) {
                    letters[count] = letter.to_ascii_lowercase();
                    count += 1;
                }
                self.skip(c);
                end = self.at;
            } else if is_invisible(c) {
                self.skip(c);
            } else {
                break;
            }
        }
        self.at = end;
        match std::str::from_utf8(&letters[..count]) {
            Ok(letters) if is_plain => look_up(letters),
            _ => look_up_accented(self.text.get(start..end).unwrap_or("")),
        }
    }
}

/// No word of the vocabulary is longer.
const LETTERS_MAX: usize = 16;

fn mark(c: char) -> Kind {
    match c {
        '-'
        | '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{2212}'
        | '\u{fe58}'
        | '\u{fe63}'
        | '\u{ff0d}' => Kind::Dash,
        '/' | '\u{2044}' | '\u{2215}' | '\u{ff0f}' => Kind::Slash,
        '.' | '·' | '\u{2024}' => Kind::Dot,
        ',' => Kind::Comma,
        ':' => Kind::Colon,
        '&' => Kind::Ampersand,
        '?' => Kind::Query,
        '+' => Kind::Plus,
        '(' | ')' | '[' | ']' | '{' | '}' | '"' | '“' | '”' | ';' | '*' | '|' | '_' | '…' | '!'
        // Bullets, the last two as Word's own symbol font has them.
        | '•' | '‣' | '▪' | '●' | '○' | '◦' | '■' | '□' | '►' | '\u{f0b7}' | '\u{f0a7}' => {
            Kind::Quiet
        }
        _ => Kind::Sign,
    }
}

const fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´')
}

/// Characters that take no room: byte order marks, joiners, soft hyphens, writing directions.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
