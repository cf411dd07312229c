//! Any text is read as a target: the words are kept, the window runs forward, every doubt is a
//! sentence, and the same words always mean the same.

#![no_main]

use chrono::NaiveDate;
use convener::date::Occasion;
use convener::date::Reading;
use convener::date::Target;
use convener::date::read_day;
use convener::date::window_in_words;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|words: &str| {
    let written_on = NaiveDate::from_ymd_opt(2020, 11, 2);
    let occasion = Occasion {
        written_on,
        meeting_in: &|name, month| (name == "CPEG").then_some(month),
        meeting_after: &|name, day| (name == "CPEG").then_some(day),
    };
    for target in [Target::read(words), Target::read_on(words, &occasion)] {
        assert_sound(words, &target);
    }
    assert_eq!(Target::read(words), Target::read(words));
    assert_eq!(Target::read_on(words, &occasion), Target::read_on(words, &occasion));
    if let Ok(day) = read_day(words) {
        assert_eq!(Target::read(words).due_on(), Some(day));
    }
});

fn assert_sound(words: &str, target: &Target) {
    assert_eq!(target.words(), words);
    for doubt in target.doubts() {
        assert!(doubt.to_string().ends_with(['.', '?']), "{doubt}");
    }
    // Where no doubt says why, there is a window or a reason in the words for none.
    let says_none =
        matches!(target.reading(), Reading::Blank | Reading::Ongoing | Reading::ToBeConfirmed);
    assert!(target.has_date() || says_none || !target.doubts().is_empty());
    if let Some(window) = target.window() {
        assert!(window.from <= window.to);
        assert!(!window_in_words(window).is_empty());
    }
}
