//! What was typed, as words without capitals, marks, emoji and mentions.

/// One word, with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// In small letters, apostrophes gone.
    pub(super) folded: String,
    start: usize,
    end: usize,
}

/// A text and its words.
#[derive(Clone, Debug)]
pub(super) struct Words<'a> {
    text: &'a str,
    pub(super) all: Vec<Word>,
}

impl Words<'_> {
    /// The text from one word up to another, that one left out, as typed.
    pub(super) fn said(&self, from: usize, to: usize) -> &str {
        let place = |word: Option<&Word>| word.map(|word| (word.start, word.end));
        let first = place(self.all.get(from));
        let last = place(to.checked_sub(1).and_then(|last| self.all.get(last)));
        match (first, last) {
            (Some((start, _)), Some((_, end))) => self.text.get(start..end).unwrap_or_default(),
            _ => "",
        }
    }
}

/// The words of a text. Marks part words, but stay within numbers: `2.1`, `1/1/21`, `2021-01-01`.
/// A mention is a word of its own, except those at the beginning, which call the bot.
pub(super) fn split(text: &str) -> Words<'_> {
    let mut all: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    let mut markup_end = 0;
    let mut before = None;
    for (start, letter) in text.char_indices() {
        if start < markup_end {
            continue;
        }
        let end = start + letter.len_utf8();
        let after = text.get(end..).and_then(|rest| rest.chars().next());
        let digits = |other: Option<char>| other.is_some_and(|other| other.is_ascii_digit());
        let joins = matches!(letter, '.' | '/' | '-') && digits(before) && digits(after);
        if letter.is_alphanumeric() || joins {
            let word = open.get_or_insert_with(|| Word { folded: String::new(), start, end });
            word.folded.extend(letter.to_lowercase());
            word.end = end;
        } else if !(is_apostrophe(letter) && after.is_some_and(char::is_alphanumeric)) {
            all.extend(open.take());
            if letter == '&' {
                all.push(Word { folded: "and".into(), start, end });
            }
            if let Some(markup) = markup(text.get(start..).unwrap_or_default()) {
                markup_end = start + markup.len();
                if is_mention(markup) && !(all.is_empty() && calls_somebody(markup)) {
                    all.push(Word { folded: markup.into(), start, end: markup_end });
                }
            }
        }
        before = Some(letter);
    }
    all.extend(open);
    Words { text, all }
}

/// The words of a name, folded as those of a text, a leading "the" aside.
pub(super) fn folded(name: &str) -> Vec<String> {
    let words = split(name).all.into_iter().map(|word| word.folded);
    words.skip_while(|word| word == "the").collect()
}

fn is_apostrophe(letter: char) -> bool {
    matches!(letter, '\'' | '’' | '‘' | '`' | '´')
}

/// The chat's own mark-up that begins here: `<@7>`, `<@&7>`, `<#7>`, `<:name:7>`, `<t:7>`.
fn markup(text: &str) -> Option<&str> {
    let length = text.find('>')? + 1;
    let markup = text.get(..length)?;
    let known = ["<@", "<#", "<:", "<a:", "<t:"].iter().any(|opening| markup.starts_with(opening));
    (known && !markup.contains(char::is_whitespace)).then_some(markup)
}

/// Whether it names a person, a role or a channel, and so means something.
fn is_mention(markup: &str) -> bool {
    markup.starts_with("<@") || markup.starts_with("<#")
}

fn calls_somebody(markup: &str) -> bool {
    markup.starts_with("<@") && !markup.starts_with("<@&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let words: Vec<String> = split(text).all.into_iter().map(|word| word.folded).collect();
        assert_eq!(words, expected, "{text}");
    }

    #[test]
    fn marks_part_words_but_not_numbers() {
        check("What’s overdue?!", &["whats", "overdue"]);
        check("status of IP-2.1.", &["status", "of", "ip", "2.1"]);
        check("on 1/1/21, 2021-01-01", &["on", "1/1/21", "2021-01-01"]);
        check("Delivery & Improvement", &["delivery", "and", "improvement"]);
        check("🙂", &[]);
    }

    #[test]
    fn only_the_mention_that_calls_the_bot_is_no_word() {
        check("<@123> overdue <:sad_face:9> <t:5>", &["overdue"]);
        check("<@!1> <@2>next", &["next"]);
        check("overdue for <@&5>, <#6>", &["overdue", "for", "<@&5>", "<#6>"]);
        check("late <@7>", &["late", "<@7>"]);
        check("<@ open <table>", &["open", "table"]);
    }

    #[test]
    fn what_was_said_is_given_back_as_typed() {
        let words = split("overdue for The  NARNIA’s, please");
        assert_eq!(words.said(2, 4), "The  NARNIA’s");
        assert_eq!(words.said(9, 12), "");
        assert_eq!(words.said(0, 0), "");
    }
}
