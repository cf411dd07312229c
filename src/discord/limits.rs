//! Discord's limits in one place, and the one way to keep to them: cutting between characters.
//!
//! Lengths are counted in UTF-16 units, as Discord's own clients count them. That is never fewer
//! than the characters Discord's servers may count instead, so what fits here fits either way.

/// Discord refuses a longer text beside the embeds of a message.
pub(super) const CONTENT_MAX: usize = 2_000;
/// Discord refuses more embeds in one message.
pub(super) const EMBEDS_MAX: usize = 10;
/// Discord refuses a longer title of an embed.
pub(super) const TITLE_MAX: usize = 256;
/// Discord refuses a longer description of an embed.
pub(super) const DESCRIPTION_MAX: usize = 4_096;
/// Discord refuses a longer footer of an embed.
pub(super) const FOOTER_MAX: usize = 2_048;
/// Discord refuses a message whose embeds are longer than this together.
pub(super) const EMBED_TOTAL_MAX: usize = 6_000;
/// Discord refuses more buttons in one row.
pub(super) const BUTTONS_A_ROW: usize = 5;
/// Discord refuses more rows under one message.
pub(super) const ROWS_MAX: usize = 5;
/// Discord refuses a longer label of a button.
pub(super) const LABEL_MAX: usize = 80;
/// Discord refuses a longer `custom_id`, which for us is the token of a button or a form.
pub(super) const CUSTOM_ID_MAX: usize = 100;
/// Discord refuses a longer title of a form.
pub(super) const FORM_TITLE_MAX: usize = 45;
/// Discord refuses more inputs in a form.
pub(super) const INPUTS_MAX: usize = 5;
/// Discord refuses a longer label of an input.
pub(super) const INPUT_LABEL_MAX: usize = 45;
/// Discord refuses a longer hint in an input.
pub(super) const INPUT_HINT_MAX: usize = 100;
/// Discord refuses a form whose input holds or takes more.
pub(super) const INPUT_VALUE_MAX: usize = 4_000;
/// Discord refuses more choices, be it in a declaration or as completion.
pub(super) const CHOICES_MAX: usize = 25;
/// Discord refuses a longer name or value of a choice.
pub(super) const CHOICE_MAX: usize = 100;
/// Discord refuses a longer description of a command or an option.
pub(super) const DESCRIBED_MAX: usize = 100;
/// Discord refuses a text option that would take more.
pub(super) const TEXT_OPTION_MAX: usize = 6_000;
/// Discord refuses more files with one message.
pub(super) const FILES_MAX: usize = 10;
/// Discord refuses files that have more bytes, where it says nothing else: ten mebibytes for each.
/// It bounds the whole of a request, too, which it does not publish; so all of them have to fit.
pub(super) const FILES_BYTES_MAX: u64 = 10 * 1024 * 1024;
/// Discord refuses a longer name of a file.
pub(super) const FILE_NAME_MAX: usize = 1_024;
/// Discord refuses more words on what a file shows.
pub(super) const FILE_SAYS_MAX: usize = 1_024;
/// Discord refuses a longer name of an event.
pub(super) const EVENT_NAME_MAX: usize = 100;
/// Discord refuses more words on what an event is about.
pub(super) const EVENT_DESCRIBES_MAX: usize = 1_000;
/// Discord refuses more words on where an event takes place.
pub(super) const EVENT_PLACE_MAX: usize = 100;
/// Discord gives out no more messages at once.
pub(super) const MESSAGES_A_PAGE: usize = 100;

/// How long a text is, in UTF-16 units.
pub(super) fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text, or as much of it as has room in so many UTF-16 units, with an ellipsis for the rest.
///
/// A character is never split, so that no half of a surrogate pair is sent.
pub(super) fn cut(text: &str, most: usize) -> String {
    if length(text) <= most {
        return text.to_owned();
    }
    let mut left = most.saturating_sub(1);
    let mut kept = String::new();
    for letter in text.chars() {
        match left.checked_sub(letter.len_utf16()) {
            Some(rest) => left = rest,
            None => break,
        }
        kept.push(letter);
    }
    let mut kept = kept.trim_end().to_owned();
    if most > 0 {
        kept.push('…');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_that_fits_is_left_alone() {
        assert_eq!(cut("four", 4), "four");
        assert_eq!(cut("", 0), "");
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        assert_eq!(cut("abcdef", 4), "abc…");
        // Each of these is two UTF-16 units: half of one must not remain.
        assert_eq!(cut("🙂🙂🙂", 4), "🙂…");
        assert_eq!(length(&cut("🙂🙂🙂", 5)), 5);
        assert_eq!(cut("one two", 5), "one…");
    }
}
