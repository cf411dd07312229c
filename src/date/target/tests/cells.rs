//! Whole cells as councils, health boards and partnerships fill them, with what is around the date.

use super::Mood::Doubted;
use super::Mood::Sure;
use super::check;
use super::day;
use super::window_from;
use crate::date::Occasion;
use crate::date::Reading;
use crate::date::Target;

#[test]
fn words_around_a_date_that_change_nothing() {
    check("to be in place by 31 March 2022", "2022-03-31", Sure, "what is done by then");
    check("Timescales – March 2022", "2022-03-01/2022-03-31", Sure, "the heading, in the plural");
    check("Scheduled for March 2022", "2022-03-01/2022-03-31", Sure, "scheduled is settled");
    check("Due to complete in March 2022", "2022-03-01/2022-03-31", Sure, "not a status");
    check("at the very latest March 2022", "2022-03-01/2022-03-31", Sure, "a deadline");
    check("31/03/22 or sooner", "2022-03-31", Sure, "the day still holds");
    check("March 2022 or earlier", "2022-03-01/2022-03-31", Sure, "the same");
    check("by or before 31 March 2022", "2022-03-31", Sure, "the same");
    check("COP 31 March 2022", "2022-03-31", Sure, "close of play");
    check("by close of business 31 March 2022", "2022-03-31", Sure, "the same in full");
    check("by 5.30pm on 31 March 2022", "2022-03-31", Sure, "a time with a stop in it");
    check("12 noon, Friday 1 April 2022", "2022-04-01", Sure, "and one without");
    check("2022-03-31T23:59:59+01:00", "2022-03-31", Sure, "a machine far from UTC");
    check("31 March 2022 (Thursday)", "2022-03-31", Sure, "the weekday after the day");
    check("31 March 2022, Friday", "2022-03-31", Doubted, "and the wrong one");
    check("31st. March 2022", "2022-03-31", Sure, "the stop belongs to the ordinal");
    check("last day of March 2022", "2022-03-01/2022-03-31", Sure, "due when the month is");
    check("EOM March 2022", "2022-03-01/2022-03-31", Sure, "end of month");
    check("throughout 2021/22", "2021-04-01/2022-03-31", Sure, "the whole of it");
    check("over the course of 2021", "2021-01-01/2021-12-31", Sure, "the same");
    check("F.Y. 2022/23", "2022-04-01/2023-03-31", Sure, "short forms with stops");
    check("\u{f0b7} March 2022", "2022-03-01/2022-03-31", Sure, "a bullet of Word’s symbol font");
    check("March 2021!", "2021-03-01/2021-03-31", Sure, "said with force");
    check("March 2021 ✅", "2021-03-01/2021-03-31", Doubted, "done, perhaps");
    check("Agreed date: 30/09/21", "2021-09-30", Sure, "a column of an audit’s tracker");
    check("Agreed completion date: 30/09/21", "2021-09-30", Sure, "the same in full");
    check("Implementation date: 30/09/21", "2021-09-30", Sure, "another of its columns");
    check("Will be completed by end March 2022", "2022-03-01/2022-03-31", Sure, "a promise");
    check("When: March 2022", "2022-03-01/2022-03-31", Sure, "the heading, as a question");
    check("when March 2022 is over", "", Doubted, "an event");
    check("F/Y 2021/22", "2021-04-01/2022-03-31", Sure, "a short form with a slash");
    check("F/Y 2022", "2022-01-01/2022-12-31", Doubted, "and one that leaves it open");
    check("March 2021 - on target", "2021-03-01/2021-03-31", Doubted, "how the work stands");
    check("on target date 31 March 2021", "2021-03-31", Sure, "and what does not say so");
    check("10 new homes by March 2021", "2021-03-01/2021-03-31", Doubted, "a number of homes");
    check("aim for March 2021", "2021-03-01/2021-03-31", Doubted, "an aim leaves room");
    check("towards the end of 2021", "2021-01-01/2021-12-31", Doubted, "the same");
    check("Agreed – March 2022", "2022-03-01/2022-03-31", Doubted, "agreed then, or due then");
    check("to be agreed March 2022", "2022-03-01/2022-03-31", Doubted, "not agreed yet");
}

#[test]
fn one_date_said_in_two_ways() {
    check("Q4 (Jan-Mar 2022)", "2022-01-01/2022-03-31", Sure, "the months have the year");
    check("Jan – Mar 2022 (Q4)", "2022-01-01/2022-03-31", Sure, "the other way about");
    check("Q4 2021/22 (Jan - Mar)", "2022-01-01/2022-03-31", Sure, "the quarter has it");
    check("Quarter 1 (April-June) 2021/22", "2021-04-01/2021-06-30", Sure, "the year has it");
    check("2021/22 (Q1)", "2021-04-01/2021-06-30", Sure, "the same");
    check("2021/22: Q1-Q3", "2021-04-01/2021-12-31", Sure, "a run within it");
    check("2021/22, third quarter", "2021-10-01/2021-12-31", Sure, "not two dates");
    check("2021/22 - 2nd half", "2021-10-01/2022-03-31", Sure, "not a run");
    check("Q2 (by Sept 2021)", "2021-09-01/2021-09-30", Sure, "its last month");
    check("Q4 March 2022", "2022-03-01/2022-03-31", Sure, "not the 4th of March");
    check("Q3 2021 (Jul-Sep)", "2021-07-01/2021-09-30", Sure, "counted from January");
    check("Q4 2021 (Jan-Mar)", "2022-01-01/2022-03-31", Doubted, "that March, or the one before");
    check("Q1 2022 (Jan – Mar 2022)", "2022-01-01/2022-03-31", Sure, "counted from January");
    check("Q4 2022 (Jan - Mar 2022)", "2022-01-01/2022-03-31", Sure, "by the year it ends in");
    check("June 2021 (Q3)", "", Doubted, "they do not agree");
    check("March (2021)", "2021-03-01/2021-03-31", Sure, "the year in brackets");
    check("2021: Sept - Oct", "2021-09-01/2021-10-31", Sure, "the year in front");
    check("2021/22 (March)", "2022-03-01/2022-03-31", Doubted, "within the financial year");
    check("It may be 2021", "", Doubted, "a verb is no month");
    check("Year 1 (2021/22)", "2021-04-01/2022-03-31", Sure, "it says which year that is");
    check("Year 2 (March 2022)", "2022-03-01/2022-03-31", Doubted, "a year of what");
    check("31 March 2022 (Q4 2021/22)", "2022-03-31", Sure, "the quarter ends that day");
    check("Autumn (Sept - Nov 2021)", "2021-09-01/2021-11-30", Sure, "the months are exact");
}

#[test]
fn a_half_of_a_month_is_not_a_half_year_that_ends_with_it() {
    check("first half of September 2022", "", Doubted, "due by the 15th");
    check("second half of March 2022", "", Doubted, "nothing before the 16th");
    check("first half September 2022", "", Doubted, "the same");
    check("first quarter of March 2022", "", Doubted, "no quarter of a year");
    check("H1 (September 2022)", "2022-09-01/2022-09-30", Sure, "its last month");
    check("2021-22\nMarch 2022", "2022-03-01/2022-03-31", Sure, "no run to 22 March");
    check("2021-22 March 2022", "2022-03-01/2022-03-31", Sure, "the same on one line");
    check("21/22 March 2022", "2022-03-21/2022-03-22", Sure, "two days");
    check("Mar-21\nJun-21", "2021-06-01/2021-06-30", Doubted, "two lines, written alike");
    check("- March 2021\n- June 2021", "2021-06-01/2021-06-30", Doubted, "a list, not a run");
    check("March 2021\n- June 2021", "2021-03-01/2021-06-30", Sure, "a run over two lines");
    check("Mar-21\nJune 2021", "2021-06-01/2021-06-30", Doubted, "two lines, written otherwise");
    check("31-Mar-22\nJune 2022", "2022-06-01/2022-06-30", Doubted, "the same with a day");
    check("1 March-15 June 2021", "2021-03-01/2021-06-15", Sure, "a run to a day");
    check("January-31 March 2022", "2022-01-01/2022-03-31", Sure, "the same from a month");
    check("2021-22/March 2022", "2021-04-01/2022-03-31", Doubted, "no run to 22 March");
    check("April 2021 – 2024", "2021-04-01/2024-12-31", Doubted, "to that March, perhaps");
    check("2021 – March 2024", "2021-01-01/2024-03-31", Sure, "its end is certain");
}

#[test]
fn months_in_gaelic() {
    check("An Dàmhair 2021", "2021-10-01/2021-10-31", Sure, "October");
    check("31 Màrt 2022", "2022-03-31", Sure, "a day of March");
    check("An t-Sultain 2021", "2021-09-01/2021-09-30", Sure, "with the other article");
    check("AN DÙBHLACHD 2021", "2021-12-01/2021-12-31", Sure, "in capitals");
    check("Giblean 2021 – Gearran 2022", "2021-04-01/2022-02-28", Sure, "a run");
    check("Mart 2022", "2022-01-01/2022-12-31", Doubted, "a market as well");
}

#[test]
fn years_that_end_then_and_years_of_others() {
    check("FYE 2022", "2021-04-01/2022-03-31", Doubted, "the year that ends in 2022");
    check("financial year ending 2022", "2021-04-01/2022-03-31", Doubted, "the same in full");
    check("FYE 31/03/22", "2022-03-31", Sure, "the day is written out");
    check("YE 31 March 2022", "2022-03-31", Sure, "the same");
    check("Y/E 2022", "2022-01-01/2022-12-31", Doubted, "March or December");
    check("AY 2021/22", "", Doubted, "the academic year runs from August");
    check("Autumn term 2021", "", Doubted, "terms are not seasons");
    check("Session 2021-22", "", Doubted, "a school’s year");
    check("2021/22+", "", Sure, "and onwards");
    check("2022/23 and beyond", "", Sure, "the same");
    check("2022/23 & beyond", "", Sure, "the same");
    check("End of financial year 31 March 2022", "2022-03-31", Sure, "no year 31 of a plan");
    check("financial year 1 April 2021 – 31 March 2022", "2021-04-01/2022-03-31", Sure, "its days");
    check("Year 1 April 2022", "2022-04-01/2022-04-30", Doubted, "a year of what");
    check("beyond 2022", "", Doubted, "some time later");
    check("2021/22 Q1-4", "2021-04-01/2022-03-31", Sure, "the Q once, the year first");
    check("Quarters 1-3, 2021/22", "2021-04-01/2021-12-31", Sure, "a comma before the year");
    check("Q3 end 2021/22", "2021-10-01/2021-12-31", Sure, "its end");
    check("last quarter of 2021/22", "2022-01-01/2022-03-31", Sure, "the fourth");
    check("Quarter one 2021/22", "2021-04-01/2021-06-30", Sure, "a number in letters");
    check("start of March 2022", "2022-03-01/2022-03-10", Doubted, "early in it");
    check("start March 2022", "", Doubted, "when the work starts");
    check("mid-year 2021", "2021-01-01/2021-06-30", Doubted, "to 30 June");
    check("Winter/Spring 2021/22", "2021-12-01/2022-05-31", Doubted, "the spring after the winter");
    check("Spring, 2022", "2022-03-01/2022-05-31", Doubted, "a comma before the year");
    check("by Easter 2021", "2021-04-04", Doubted, "its Sunday, or the holidays");
    check("Years 2021/22 - 2023/24", "2021-04-01/2024-03-31", Sure, "no length of time");
}

#[test]
fn starts_moves_and_what_goes_on() {
    check("Start Aug 2021 – end Mar 2022", "2021-08-01/2022-03-31", Sure, "a run in words");
    check("Commence Jan 2022; complete June 2022", "2022-06-01/2022-06-30", Doubted, "two dates");
    check("Started Jan 2022, due June 2022", "2022-06-01/2022-06-30", Doubted, "the same");
    check("w.e.f. 1 April 2021", "", Doubted, "when it starts");
    check("no earlier than March 2022", "", Doubted, "the same");
    check("April 2021 to date", "", Sure, "it began then");
    check("up to and including March 2022", "2022-03-01/2022-03-31", Sure, "the month counts");
    check("April 2021 (start) – March 2022 (end)", "2022-03-01/2022-03-31", Doubted, "the end");
    check("Recruit by March 2022, start June 2022", "2022-06-01/2022-06-30", Doubted, "the later");
    check("By March 2021 and annually thereafter", "", Doubted, "a first one is due");
    check("March 2021 and ongoing", "", Doubted, "the same");
    check("March 2021\nOngoing", "", Doubted, "the same on two lines");
    check("31/03/2021/ongoing", "", Doubted, "the same");
    check("ongoing since 2019", "", Sure, "it began then");
    check("moved from Dec 2021 to Mar 2022", "2022-03-01/2022-03-31", Doubted, "no run");
    check("31 March 2022 (extended from Dec 2021)", "2022-03-31", Doubted, "the later");
    check("carried forward to 2022/23", "2022-04-01/2023-03-31", Doubted, "not onwards");
    check("wc 07/03/22", "2022-03-07/2022-03-13", Doubted, "the whole week");
    check("prior to 31 May 2022", "2022-05-30", Doubted, "the day before");
    check("before CPEG December 2020", "2020-12-01/2020-12-31", Doubted, "not before December");
    check("once a year", "", Sure, "how often is not when");
    check("every two years", "", Sure, "the same");
    check("p.a.", "", Sure, "the same");
    check("3 days a week", "", Doubted, "the same, of something");
    check("Jan 2022 onwards then annually", "", Sure, "it starts and does not end");
    check("1 April 2021 – 31 March 2022 (annual)", "", Doubted, "each year, or once");
    check("Complete and ongoing", "", Doubted, "one or the other");
    check("T.B.C.", "", Sure, "to be confirmed");
    check("Date to be scheduled", "", Sure, "the same");
    check("TBC - awaiting funding", "", Doubted, "it hangs on something");
}

#[test]
fn numbers_that_are_no_dates() {
    check("Phase 1 – March 2021", "2021-03-01/2021-03-31", Doubted, "not the 1st");
    check("Stage 1 Dec 2020, Stage 2 March 2021", "2021-03-01/2021-03-31", Doubted, "the later");
    check("IP-2.1 March 2021", "2021-03-01/2021-03-31", Doubted, "the number of an action");
    check("Yr 1 - March 2022", "2022-03-01/2022-03-31", Doubted, "the first year");
    check("COP26 November 2021", "2021-11-01/2021-11-30", Doubted, "not the 26th");
    check("£2021", "", Doubted, "money");
    check("£20,000 by March 2021", "2021-03-01/2021-03-31", Doubted, "money and a date");
    check("50% by March 2022", "2022-03-01/2022-03-31", Doubted, "a share and a date");
    check("2000 homes", "2000-01-01/2000-12-31", Doubted, "a number that looks like a year");
    check("ages 16-18", "", Doubted, "neither days nor years");
    check("01389 737000", "", Doubted, "a telephone number");
    check("43921", "", Doubted, "a spreadsheet’s count of days");
    check("31032022", "2022-03-31", Doubted, "run together, the day first");
    check("31/03/20222", "", Doubted, "a slip of the keyboard");
    check("\"", "", Doubted, "as above; nothing is taken from there");
    check("?", "", Doubted, "nobody knows");
    check("avril 2021", "2021-04-01/2021-04-30", Doubted, "one letter from a month");
    check("٣١/٠٣/٢٠٢٢", "", Doubted, "digits that are not read");
    check("\u{202e}31/03/2022\u{202c}", "2022-03-31", Sure, "marks of writing direction");
}

#[test]
fn a_spreadsheets_number_is_shown_as_the_day_it_stands_for() {
    let target = Target::read("44286");
    assert!(target.doubts()[0].to_string().contains("31 March 2021"), "{:?}", target.doubts());
    assert!(Target::read("4428").doubts()[0].to_string().starts_with("No date"));
}

#[test]
fn a_spring_of_a_financial_year_asks_which() {
    let target = Target::read("Spring 2021/22");
    assert_eq!(
        target.doubts()[0].to_string(),
        "“Spring 2021/22” may be in either of the two years; which one is meant?"
    );
}

#[test]
fn what_is_counted_from_the_day_it_was_written_is_asked_without_that_day() {
    let counted = |words: &str, window: &str| {
        let unknown = Target::read(words);
        assert_eq!(unknown.window(), None, "{words}: {:?}", unknown.doubts());
        assert_eq!(unknown.doubts().len(), 1, "{words}: {:?}", unknown.doubts());
        let occasion = Occasion { written_on: Some(day("2021-01-31")), ..Occasion::default() };
        let target = Target::read_on(words, &occasion);
        assert_eq!(target.window(), window_from(window), "{words}: {:?}", target.doubts());
        assert!(!target.doubts().is_empty(), "{words} is never certain");
        let reading = if window.is_empty() { Reading::Unread } else { Reading::Counted };
        assert_eq!(target.reading(), reading, "{words}");
    };
    counted("within 6 months", "2021-01-31/2021-07-31");
    counted("1 month", "2021-01-31/2021-02-28");
    counted("over the next twelve months", "2021-01-31/2022-01-31");
    counted("30 days", "2021-01-31/2021-03-02");
    counted("two weeks", "2021-01-31/2021-02-14");
    counted("by the end of this year", "2021-01-01/2021-12-31");
    counted("this financial year", "2020-04-01/2021-03-31");
    counted("next financial year", "2021-04-01/2022-03-31");
    counted("next month", "2021-02-01/2021-02-28");
    counted("this week", "2021-01-25/2021-01-31");
    counted("within 6 months of approval", "");
    counted("6 months after March 2021", "");
    counted("1-3 years", "");
    counted("3 days a week", "");
    counted("4294967295 years", "");
    counted("by the next CPEG", "");
    counted("following appointment of a new chair", "");
}
