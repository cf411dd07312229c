//! What holds for every text, not only for those thought of.

use chrono::Datelike;
use chrono::NaiveDate;
use proptest::prelude::Just;
use proptest::prelude::Strategy;
use proptest::prelude::any;
use proptest::prelude::prop;
use proptest::prelude::prop_assert;
use proptest::prelude::prop_assert_eq;
use proptest::prelude::prop_oneof;
use proptest::proptest;

use super::Target;
use crate::date::Window;
use crate::date::day_in_words;
use crate::date::read_day;
use crate::date::vocabulary::Word;
use crate::date::vocabulary::look_up;
use crate::date::window_in_words;

/// The pieces that targets are made of, apart from space.
const PIECES: &str = "March mar Sept december Q3 Q H1 FY spring Winter early mid Thursday 1st 2nd th 31 30 \
    29 05 7 2021 2020 21 22 1999 99 00 2021/22 31/03/2022 07/08 44286 ’21 by to until \
    and or between from before end of the start ongoing onwards annually TBC CPEG board \
    complete not within months year week w/c n/a - – / . , & : ( ) ? £ é";

/// Texts made of the pieces that targets are made of, in any order.
fn plan_text() -> impl Strategy<Value = String> {
    let spaces = ["\n", " ", "\u{a0}", "\u{200b}"];
    let piece = prop::sample::select(PIECES.split(' ').chain(spaces).collect::<Vec<_>>());
    let gap = prop_oneof![Just(""), Just(" ")];
    prop::collection::vec((piece, gap), 0..14)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, gap)| [piece, gap]).collect())
}

fn some_day() -> impl Strategy<Value = NaiveDate> {
    let first = NaiveDate::from_ymd_opt(1980, 1, 1).unwrap();
    (0_u64..36_500).prop_map(move |days| first + chrono::Days::new(days))
}

fn assert_sound(words: &str) {
    let target = Target::read(words);
    assert_eq!(target.words(), words, "the words are kept byte for byte");
    assert!(target.window().is_none_or(|window| window.from <= window.to));
    assert!(target.doubts().iter().all(|doubt| doubt.to_string().ends_with(['.', '?'])));
    let _ = read_day(words);
}

/// The day, or a stretch that it lies in, as plans write it.
fn written(day: NaiveDate, form: usize) -> String {
    let year = day.year();
    let (start, quarter) = match day.month() {
        month @ 1..=3 => (year - 1, 3 + month.div_ceil(3)),
        month => (year, month.div_ceil(3) - 1),
    };
    match form {
        0 => day.format("%-d %B %Y").to_string(),
        1 => day.format("%d/%m/%y").to_string(),
        2 => day.format("%b %Y").to_string(),
        3 => format!("Q{quarter} {start}/{:02}", (start + 1) % 100),
        4 => format!("{start}/{:02}", (start + 1) % 100),
        _ => format!("{} – {}", day.format("%B %Y"), day.format("%B %Y")),
    }
}

/// What plans write before a date and after it, and what is no different without.
fn around() -> impl Strategy<Value = (&'static str, &'static str)> {
    let before = [
        "",
        "by ",
        "By end of ",
        "by the end of ",
        "no later than ",
        "Due: ",
        "due ",
        "to be completed by ",
        "Completed by ",
        "Target: ",
        "Target Date – ",
        "(",
        "• ",
        "at the latest by ",
        "until ",
        "in ",
        "before the end of ",
        "to be in place by ",
        "timescale: by end\n",
    ];
    let after =
        ["", ".", ")", ";", " at the latest", "\u{a0}", " (latest)", "\n", " or sooner", "!"];
    (prop::sample::select(before.to_vec()), prop::sample::select(after.to_vec()))
}

/// What must not depend on how the words are laid out.
fn gist(words: &str) -> (Option<Window>, usize) {
    let target = Target::read(words);
    (target.window(), target.doubts().len())
}

proptest! {
    #[test]
    fn any_text_is_read_without_failing(words in any::<String>()) {
        assert_sound(&words);
    }

    #[test]
    fn any_mixture_of_plan_words_is_read_without_failing(words in plan_text()) {
        assert_sound(&words);
    }

    #[test]
    fn space_around_and_capitals_change_nothing(words in plan_text()) {
        let expected = gist(&words);
        prop_assert_eq!(gist(&format!("\u{a0} {words}\n")), expected);
        prop_assert_eq!(gist(&words.to_uppercase()), expected);
        prop_assert_eq!(gist(&words.to_lowercase()), expected);
    }

    #[test]
    fn the_kind_of_dash_changes_nothing(words in plan_text()) {
        let expected = gist(&words);
        for dash in ["\u{2010}", "\u{2011}", "–", "—", "−"] {
            prop_assert_eq!(gist(&words.replace(['-', '–'], dash)), expected);
        }
    }

    #[test]
    fn a_day_reads_as_that_day_however_it_is_written(day in some_day()) {
        for pattern in ["%-d %B %Y", "%d/%m/%Y", "%-d.%-m.%Y", "%Y-%m-%d", "%A %-d %b %Y", "%d%b%Y"] {
            let words = day.format(pattern).to_string();
            let target = Target::read(&words);
            prop_assert_eq!(target.window(), Some(Window::day(day)), "{}", words);
            prop_assert!(target.doubts().is_empty(), "{}", words);
            prop_assert_eq!(read_day(&words), Ok(day));
        }
    }

    #[test]
    fn a_two_digit_year_reads_as_the_year_nearby(day in some_day()) {
        let words = day.format("%-d/%-m/%y").to_string();
        prop_assert_eq!(read_day(&words), Ok(day));
    }

    #[test]
    fn a_window_in_words_reads_as_that_window(from in some_day(), days in 0_u64..1_000) {
        let to = from + chrono::Days::new(days);
        if to < NaiveDate::from_ymd_opt(2080, 1, 1).unwrap() {
            let window = Window { from, to };
            let words = window_in_words(window);
            let target = Target::read(&words);
            prop_assert_eq!(target.window(), Some(window), "{}", words);
            prop_assert!(target.doubts().is_empty(), "{}: {:?}", words, target.doubts());
        }
    }

    #[test]
    fn a_run_of_months_in_words_reads_as_that_run(from in some_day(), count in 1_u32..40) {
        let window = Window::months(from.year(), from.month(), count).unwrap();
        if window.to < NaiveDate::from_ymd_opt(2080, 1, 1).unwrap() {
            let words = window_in_words(window);
            let target = Target::read(&words);
            prop_assert_eq!(target.window(), Some(window), "{}", words);
            prop_assert!(target.doubts().is_empty(), "{}: {:?}", words, target.doubts());
        }
    }

    #[test]
    fn words_for_a_deadline_change_nothing(day in some_day(), form in 0_usize..6, around in around()) {
        let plain = written(day, form);
        let target = Target::read(&plain);
        let (before, after) = around;
        let words = format!("{before}{plain}{after}");
        let read = Target::read(&words);
        prop_assert!(read.window().is_some(), "{}", words);
        prop_assert_eq!(read.window(), target.window(), "{}", words);
        prop_assert_eq!(read.doubts().len(), target.doubts().len(), "{}: {:?}", words, read.doubts());
    }

    #[test]
    fn a_word_that_is_not_known_is_never_passed_over(
        day in some_day(),
        form in 0_usize..6,
        word in "[a-z]{3,12}",
        is_first in any::<bool>(),
    ) {
        if look_up(&word) == Word::Unknown {
            let plain = written(day, form);
            let words = if is_first { format!("{word} {plain}") } else { format!("{plain} {word}") };
            prop_assert!(!Target::read(&words).doubts().is_empty(), "{}", words);
        }
    }

    #[test]
    fn a_day_that_is_not_in_the_calendar_gives_no_window(
        month in prop::sample::select(vec![(31, 4), (31, 6), (31, 9), (31, 11), (30, 2), (31, 2)]),
        year in 1980..2080,
    ) {
        let (day, month) = month;
        for words in [format!("{day}/{month}/{year}"), format!("{year}-{month:02}-{day}")] {
            let target = Target::read(&words);
            prop_assert!(target.window().is_none() && !target.doubts().is_empty(), "{}", words);
        }
    }
}

#[test]
fn a_day_in_words_reads_back() {
    let day = NaiveDate::from_ymd_opt(2020, 11, 12).unwrap();
    assert_eq!(day_in_words(day), "12 November 2020");
    assert_eq!(read_day("12 November 2020"), Ok(day));
}
