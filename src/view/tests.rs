//! What somebody else wrote, made safe and made short.

use proptest::prelude::*;

use super::*;

/// Discord's marks, each of which begins or ends formatting, a mention or a link.
const MARKS: &str = "\\*_~`|<>[]#@";

/// What a reader sees once the chat has taken the backslashes of escaped marks away; `None` where
/// a mark stands bare.
fn seen(safe: &str) -> Option<String> {
    let mut shown = String::new();
    let mut letters = safe.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => shown.push(letters.next()?),
            bare if MARKS.contains(bare) => return None,
            plain => shown.push(plain),
        }
    }
    Some(shown)
}

#[track_caller]
fn check(words: &str, expected: &str) {
    assert_eq!(verbatim(words), expected);
}

#[test]
fn words_read_as_written() {
    check("", "");
    check("Booked the hall, 3 of 4 – done.", "Booked the hall, 3 of 4 – done.");
    check("**all** of_it", "\\*\\*all\\*\\* of\\_it");
    check("@everyone <@123> <#4>", "\\@everyone \\<\\@123\\> \\<\\#4\\>");
    check("[press](https://example.org)", "\\[press\\](https://example.org)");
    check("> quoted\n# loud", "\\> quoted\n\\# loud");
    check("\\*", "\\\\\\*");
    check("```code``` ||hidden||", "\\`\\`\\`code\\`\\`\\` \\|\\|hidden\\|\\|");
}

#[test]
fn words_of_others_read_as_written_and_do_nothing() {
    let cases = [
        ("a *b* _c_ <@1> @everyone", "a \\*b\\* \\_c\\_ \\<\\@1\\> \\@everyone"),
        // An address stays whole, and ends before what is no part of it.
        ("at http://a.example/b_c#d, or", "at http://a.example/b_c#d, or"),
        ("(https://a.example/_x_)", "(https://a.example/_x\\_)"),
        ("[x](https://a.example)", "\\[x\\](https://a.example)"),
        ("https://a.example/@everyone", "https://a.example/\\@everyone"),
        ("https://a.example||b||", "https://a.example\\|\\|b\\|\\|"),
        ("xhttps://a_b", "xhttps://a\\_b"),
        // What would turn the rest of the line around is left out.
        ("\u{202E}txet\u{202C} \u{5E9}", "txet \u{5E9}"),
    ];
    for (written, shown) in cases {
        assert_eq!(verbatim(written), shown, "{written}");
    }
}

#[track_caller]
fn cut(words: &str, most: usize, expected: &str) {
    assert_eq!(shortened(words, most), expected, "{words:?} in {most}");
}

#[test]
fn words_are_cut_between_characters() {
    cut("four", 4, "four");
    cut("fours", 4, "fou…");
    cut("one two", 5, "one…");
    cut("café au lait", 5, "café…");
    cut("🙂🙂🙂", 2, "🙂…");
    cut("🙂🙂", 2, "🙂🙂");
    cut("ab", 1, "…");
    cut("ab", 0, "");
    cut("", 0, "");
}

#[test]
fn what_is_read_in_a_direct_message_says_which_partnership_each_button_is_about() {
    let card = |token: &str| {
        let button = Button { label: "Update".into(), token: token.into() };
        Card { buttons: vec![button], ..Card::default() }
    };
    let form =
        |token: &str| Form { title: "An update".into(), token: token.into(), inputs: vec![] };
    let (plain, within) = ("update/IP-1.2//", "in/7/update/IP-1.2//");
    for (answer, expected) in [
        (Answer::Private(card(plain)), Answer::Private(card(within))),
        (Answer::Public(card(plain)), Answer::Public(card(within))),
        (
            Answer::Several(card(plain), vec![card("wake")]),
            Answer::Several(card(within), vec![card("in/7/wake")]),
        ),
        (Answer::Form(form(plain)), Answer::Form(form(within))),
        (Answer::Choices(vec![]), Answer::Choices(vec![])),
    ] {
        assert_eq!(answer.within(ServerId(7)), expected);
    }
}

proptest! {
    #[test]
    fn verbatim_shows_every_letter_and_leaves_no_mark(
        words in "[\\s\\S]{0,40}|[\\\\*_~`|<>\\[\\]#@a-z \\n]{0,40}",
    ) {
        let turns = |letter: &char| matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        let shown: String = words.chars().filter(|letter| !turns(letter)).collect();
        prop_assert_eq!(seen(&verbatim(&words)), Some(shown));
    }

    #[test]
    fn shortened_words_fit_and_begin_as_the_whole(words in "[\\s\\S]{0,30}", most in 0_usize..34) {
        let short = shortened(&words, most);
        prop_assert!(short.chars().count() <= most);
        if words.chars().count() <= most {
            prop_assert_eq!(short, words);
        } else if most > 0 {
            let kept = short.strip_suffix('…');
            prop_assert!(kept.is_some_and(|kept| words.starts_with(kept)), "{short:?}");
        }
    }
}
