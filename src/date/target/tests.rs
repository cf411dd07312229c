//! What real plans say, the window expected, whether it is doubted, and why.

mod cells;

use chrono::NaiveDate;

use super::Target;
use crate::date::Occasion;
use crate::date::Reading;
use crate::date::Review;
use crate::date::Window;

/// How sure the reading is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mood {
    Sure,
    Doubted,
}
use Mood::Doubted;
use Mood::Sure;

/// Expects the window, written `from/to`, as one day, or as nothing for none.
#[track_caller]
fn check(words: &str, window: &str, mood: Mood, why: &str) {
    let target = Target::read(words);
    assert_eq!(target.words(), words, "the words are kept: {why}");
    assert_eq!(target.window(), window_from(window), "{words:?}: {why}; {:?}", target.doubts());
    let found = if target.doubts().is_empty() { Sure } else { Doubted };
    assert_eq!(found, mood, "{words:?}: {why}; {:?}", target.doubts());
}

fn window_from(text: &str) -> Option<Window> {
    let (from, to) = text.split_once('/').unwrap_or((text, text));
    (!text.is_empty()).then(|| Window { from: from.parse().unwrap(), to: to.parse().unwrap() })
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn days() {
    check("31/03/2022", "2022-03-31", Sure, "day first");
    check("07/08/2021", "2021-08-07", Sure, "day first, also where the month could come first");
    check("31.3.22", "2022-03-31", Sure, "dots and two digits");
    check("31-03-2022", "2022-03-31", Sure, "dashes");
    check("31 / 03 / 2022", "2022-03-31", Sure, "room around the slashes");
    check("31\n/03\n/2022", "2022-03-31", Sure, "a narrow cell breaks anywhere");
    check("2022-03-31", "2022-03-31", Sure, "ISO order");
    check("2021/03/15", "2021-03-15", Sure, "ISO order with slashes");
    check("2021-03-31 00:00:00", "2021-03-31", Sure, "a spreadsheet's date cell");
    check("2021-03-31T00:00:00Z", "2021-03-31", Sure, "a machine's instant");
    check("31 Mar 2022", "2022-03-31", Sure, "a short month");
    check("1st October 2017", "2017-10-01", Sure, "an ordinal");
    check("31 st March 2021", "2021-03-31", Sure, "Word lifts the letters of an ordinal away");
    check("the 31st day of March 2021", "2021-03-31", Sure, "as lawyers write");
    check("18JAN24", "2024-01-18", Sure, "run together");
    check("15-Mar-21", "2021-03-15", Sure, "as spreadsheets show it");
    check("19·11·2020", "2020-11-19", Sure, "raised dots");
    check("19th November ’20", "2020-11-19", Sure, "an apostrophe for the century");
    check("Nov 19th, 2020", "2020-11-19", Sure, "the American order, where it is plain");
    check("Thursday 19 November 2020", "2020-11-19", Sure, "the weekday agrees");
    check("Tues. 3 Nov. 2020.", "2020-11-03", Sure, "full stops after short forms");
    check("19 November 2020 (10:00)", "2020-11-19", Sure, "a time changes nothing");
    check("5/3/21 10am", "2021-03-05", Sure, "the same");
    check("no later than 31 March 2022", "2022-03-31", Sure, "a deadline");
    check("by 31 March 2021 at the latest", "2021-03-31", Sure, "a deadline said twice");
    check("on or before 5 March 2021", "2021-03-05", Sure, "the day counts");
    check("31/12/99", "1999-12-31", Sure, "80 to 99 are the last century's");
    check("1.1.79", "2079-01-01", Sure, "00 to 79 are this century's");
    check("29 Feb 2024", "2024-02-29", Sure, "a leap year");
    check("(31 March 2021)", "2021-03-31", Sure, "brackets");
    check("Due: 31/03/21", "2021-03-31", Sure, "a label in the cell");
}

#[test]
fn days_that_are_not_certain() {
    check("31 Sept 2021", "", Doubted, "September has thirty days");
    check("29/02/21", "", Doubted, "not a leap year");
    check("32 Nov 2020", "", Doubted, "no month has it");
    check("3/31/2022", "", Doubted, "the American order is not turned round");
    check("2022-31-03", "", Doubted, "nor this one");
    check("00/00/0000", "", Doubted, "an empty date field");
    check("Friday 19 November 2020", "2020-11-19", Doubted, "it is a Thursday");
    check("5 March", "", Doubted, "no year");
    check("March 21st", "", Doubted, "no year");
    check("15-Mar", "", Doubted, "a day without its year");
    check("07/08", "", Doubted, "7 August, July 2008 or 2007/08");
    check("12/13", "", Doubted, "December 2013 or 2012/13");
    check("31/03", "", Doubted, "no year");
    check("24/7", "", Doubted, "not a date at all");
    check("20220331", "2022-03-31", Doubted, "nothing parts the numbers");
    check("31 03 2022", "2022-03-31", Doubted, "the same");
    check("44286", "", Doubted, "a spreadsheet's count of days");
    check("1. March 2021", "2021-03-01", Doubted, "the 1 may number the line");
    check("V2 March 2021", "2021-03-01/2021-03-31", Doubted, "the 2 belongs to the V");
    check("30:11:2020", "2020-01-01/2020-12-31", Doubted, "neither a time nor a date");
    check("Year 1 – 2018/19", "2018-04-01/2019-03-31", Sure, "it says which year that is");
    check("Week 3 March 2021", "2021-03-03", Doubted, "the third week, perhaps");
    check("Year 3 March 2021", "2021-03-01/2021-03-31", Doubted, "the third year’s March");
    check("5 March at 10", "", Doubted, "ten o’clock is not a year");
    check("5 March – 10", "", Doubted, "half of a run");
    check("31/12/9999", "9999-12-31", Doubted, "a date that stands for none");
    check("w/c 5 April 2021", "2021-04-05/2021-04-11", Doubted, "the week, not its Monday");
    check("w/e 5 March 2021", "2021-03-05", Sure, "the day a week ends on");
}

#[test]
fn months() {
    check("March 2021", "2021-03-01/2021-03-31", Sure, "a whole month");
    check("by March 2021", "2021-03-01/2021-03-31", Sure, "due by its end");
    check("by the end of March 2021", "2021-03-01/2021-03-31", Sure, "the same");
    check("no later than end March 2021", "2021-03-01/2021-03-31", Sure, "the same");
    check("before the end of March 2021", "2021-03-01/2021-03-31", Sure, "the same");
    check("completed by March 2021", "2021-03-01/2021-03-31", Sure, "a deadline, not a status");
    check("to be completed by March 2021", "2021-03-01/2021-03-31", Sure, "the same");
    check("due March 2021.", "2021-03-01/2021-03-31", Sure, "a trailing full stop");
    check("Target Date: March 2021", "2021-03-01/2021-03-31", Sure, "the heading in the cell");
    check("SEPT. 2021", "2021-09-01/2021-09-30", Sure, "capitals and a full stop");
    check("March\n2021", "2021-03-01/2021-03-31", Sure, "a line break in the cell");
    check("March\u{a0}2021", "2021-03-01/2021-03-31", Sure, "a space that does not break");
    check("\u{feff}Mar\u{ad}ch 2021", "2021-03-01/2021-03-31", Sure, "what Word leaves inside");
    check("March, 2021", "2021-03-01/2021-03-31", Sure, "a comma");
    check("2021 March", "2021-03-01/2021-03-31", Sure, "the year first");
    check("03/2022", "2022-03-01/2022-03-31", Sure, "month and whole year");
    check("Mar ’21", "2021-03-01/2021-03-31", Sure, "an apostrophe marks a year");
    check("• March 2021", "2021-03-01/2021-03-31", Sure, "a bullet");
    check("Mar-15", "2015-03-01/2015-03-31", Doubted, "not the 15th");
    check("December 08", "2008-12-01/2008-12-31", Doubted, "not the 8th");
    check("Dec20", "2020-12-01/2020-12-31", Doubted, "not the 20th");
    check("03/22", "2022-03-01/2022-03-31", Doubted, "only a month and year fit");
    check("2021-03", "2021-03-01/2021-03-31", Doubted, "not 2021 to 2003");
    check("Febuary 2021", "2021-02-01/2021-02-28", Doubted, "misspelt");
    check("March 2021/22", "2022-03-01/2022-03-31", Doubted, "within the financial year");
    check("March", "", Doubted, "no year; none is borrowed");
    check("by March/April", "", Doubted, "no year");
    check("before March 2021", "2021-02-28", Doubted, "the day before it begins");
    check("March 2021?", "2021-03-01/2021-03-31", Doubted, "it asks");
    check("approx. March 2021", "2021-03-01/2021-03-31", Doubted, "it leaves room");
    check("March 2021 –", "2021-03-01/2021-03-31", Doubted, "the other end is missing");
    check("Phase 2: March 2021", "2021-03-01/2021-03-31", Doubted, "words left over");
    check("5 in March 2021", "2021-03-01/2021-03-31", Doubted, "five of something");
    check("2nd week of November 2020", "2020-11-01/2020-11-30", Doubted, "not the 2nd");
}

#[test]
fn runs() {
    check("June – September 2021", "2021-06-01/2021-09-30", Sure, "the year on the last only");
    check("Jun–Sep 2021", "2021-06-01/2021-09-30", Sure, "short months");
    check("June –\nSeptember 2021", "2021-06-01/2021-09-30", Sure, "a line break");
    check(
        "June\u{2011}September 2021",
        "2021-06-01/2021-09-30",
        Sure,
        "a dash that does not break",
    );
    check("September 2012 to March 2013", "2012-09-01/2013-03-31", Sure, "a year on each");
    check("from March until June 2021", "2021-03-01/2021-06-30", Sure, "words for the dash");
    check("between March and June 2021", "2021-03-01/2021-06-30", Sure, "and runs after between");
    check("Nov./Dec. 2020", "2020-11-01/2020-12-31", Sure, "full stops after short forms");
    check("March/April 2021", "2021-03-01/2021-04-30", Sure, "neighbours");
    check("1–5 May 2021", "2021-05-01/2021-05-05", Sure, "days of a month");
    check("30 April – 5 May 2021", "2021-04-30/2021-05-05", Sure, "days of two months");
    check("1, 2 & 3 May 2021", "2021-05-01/2021-05-03", Sure, "days in a row");
    check("01/04/2021-31/03/2022", "2021-04-01/2022-03-31", Sure, "numbers both");
    check("1 June 2021 – 22/07/2021", "2021-06-01/2021-07-22", Sure, "not the year 2021-22");
    check("5 March-10 April 2021", "2021-03-05/2021-04-10", Sure, "not March 2010");
    check("Mon 1 - Fri 5 March 2021", "2021-03-01/2021-03-05", Sure, "weekdays agree");
    check("2021 to March 2022", "2021-01-01/2022-03-31", Sure, "a year to a month");
    check("Nov – Feb 2021", "2020-11-01/2021-02-28", Doubted, "the November before");
    check("Nov 2020 – Feb", "2020-11-01/2021-02-28", Doubted, "the February after");
    check("Nov20-Mar21", "2020-11-01/2021-03-31", Doubted, "years, not days");
    check("September 2021 - June 2021", "", Doubted, "ends before it starts");
    check("28 – 3 March 2021", "", Doubted, "the same");
    check("1 – 31 September 2021", "", Doubted, "its end does not exist");
    check("between March 2021", "2021-03-01/2021-03-31", Doubted, "half is missing");
    check("or March 2021", "2021-03-01/2021-03-31", Doubted, "the same");
    check("Oct–Dec", "", Doubted, "no year");
}

#[test]
fn quarters_and_financial_years() {
    check("Q3 2021/22", "2021-10-01/2021-12-31", Sure, "counted from April");
    check("Q3 24/25", "2024-10-01/2024-12-31", Sure, "short years");
    check("Q4 23/24 to Q1 24/25", "2024-01-01/2024-06-30", Sure, "across the year's end");
    check("Q1-4 2021/22", "2021-04-01/2022-03-31", Sure, "the Q once");
    check("Q1 & Q2 2021/22", "2021-04-01/2021-09-30", Sure, "neighbours");
    check("3rd quarter 2021/22", "2021-10-01/2021-12-31", Sure, "in words");
    check("end of Q3 of FY 2021/22", "2021-10-01/2021-12-31", Sure, "in more words");
    check("2021/22 Q3", "2021-10-01/2021-12-31", Sure, "the year first");
    check("Oct – Dec 2021 (Q3 2021/22)", "2021-10-01/2021-12-31", Sure, "the same said twice");
    check("calendar Q2 2021", "2021-04-01/2021-06-30", Sure, "it says which");
    check("H2 2021/22", "2021-10-01/2022-03-31", Sure, "a half");
    check("2021/22", "2021-04-01/2022-03-31", Sure, "to 31 March");
    check("2021⁄22", "2021-04-01/2022-03-31", Sure, "a fraction slash");
    check("2012-13", "2012-04-01/2013-03-31", Sure, "a dash, and no thirteenth month");
    check("21/22", "2021-04-01/2022-03-31", Sure, "neither can be a month");
    check("FY21/22", "2021-04-01/2022-03-31", Sure, "the letters");
    check("end of financial year 2021/22", "2021-04-01/2022-03-31", Sure, "the words");
    check("2012/13 & 2013/14", "2012-04-01/2014-03-31", Sure, "years in a row");
    check("2021/22-2023/24", "2021-04-01/2024-03-31", Sure, "a run of years");
    check("Within 2021/22", "2021-04-01/2022-03-31", Sure, "within a year is by its end");
    check("End 2021/22 (31 March 2022)", "2022-03-31", Sure, "both end that day");
    check("Q2 2021", "2021-07-01/2021-09-30", Doubted, "financial or calendar");
    check("Q5 2021/22", "", Doubted, "there are four");
    check("Q3", "", Doubted, "no year");
    check("first half of 2021", "2021-01-01/2021-06-30", Doubted, "of which year");
    check("FY 2021", "2021-04-01/2022-03-31", Doubted, "begins or ends then");
    check("year end 2021", "2021-01-01/2021-12-31", Doubted, "March or December");
    check("2010-11", "2010-04-01/2011-03-31", Doubted, "could be November 2010");
    check("22-23", "2022-04-01/2023-03-31", Doubted, "could be two days");
    check("2021/22 and 2023/24", "2023-04-01/2024-03-31", Doubted, "not in a row");
    check("calendar year 2021/22", "2021-04-01/2022-03-31", Doubted, "not the calendar’s");
    check("academic year 2021/22", "", Doubted, "runs from August");
    check("2021/22/23", "", Doubted, "no such year");
}

#[test]
fn years_seasons_and_parts() {
    check("2021", "2021-01-01/2021-12-31", Sure, "the calendar year");
    check("by the end of 2021", "2021-01-01/2021-12-31", Sure, "the same");
    check("end of calendar year 2021", "2021-01-01/2021-12-31", Sure, "it says which");
    check("2020-2022", "2020-01-01/2022-12-31", Doubted, "whole years, or financial ones");
    check("2021-25", "2021-01-01/2025-12-31", Doubted, "the same");
    check("2020 to 2021", "2020-01-01/2021-12-31", Doubted, "the same");
    check("2021/22 - 2023", "2021-04-01/2023-12-31", Doubted, "two kinds of year");
    check("2021-2022", "2021-04-01/2022-03-31", Doubted, "one year or two");
    check("2022-20", "", Doubted, "ends before it starts");
    check("Spring 2021", "2021-03-01/2021-05-31", Doubted, "seasons have no exact days");
    check("Summer 21", "2021-06-01/2021-08-31", Doubted, "the same");
    check("Winter 2021", "2021-12-01/2022-02-28", Doubted, "begins in December");
    check("Winter 2021/22", "2021-12-01/2022-02-28", Doubted, "the same winter");
    check("Winter 2021/Spring 2022", "2021-12-01/2022-05-31", Doubted, "neighbours");
    check("Autumn/Winter 2021", "2021-09-01/2022-02-28", Doubted, "neighbours, one year");
    check("Spring 2021/22", "", Doubted, "that year has parts of two springs");
    check("early 2021", "2021-01-01/2021-03-31", Doubted, "its first quarter");
    check("mid-2013", "2013-01-01/2013-06-30", Doubted, "to 30 June");
    check("late 2021", "2021-10-01/2021-12-31", Doubted, "its last quarter");
    check("late 2021/22", "2022-01-01/2022-03-31", Doubted, "the last of the financial year");
    check("mid March 2021", "2021-03-01/2021-03-15", Doubted, "to the 15th");
    check("Christmas 2021", "2021-12-25", Doubted, "a feast, perhaps its holidays");
    check("March 3000", "", Doubted, "not a year");
}

#[test]
fn more_than_one_date() {
    check("March 2021 (revised to June 2021)", "2021-06-01/2021-06-30", Doubted, "the later");
    check("March 2021 extended to June 2021", "2021-06-01/2021-06-30", Doubted, "not a run");
    check("March 2021, June 2021", "2021-06-01/2021-06-30", Doubted, "the later");
    check("30 June 2021 / 31 December 2021", "2021-12-31", Doubted, "the later");
    check("1st and 5th May 2021", "2021-05-05", Doubted, "the later");
    check("June or December 2021", "2021-12-01/2021-12-31", Doubted, "the later");
    check("March 2021\nJune 2021", "2021-06-01/2021-06-30", Doubted, "two lines");
    check("Start: April 2021 End: March 2022", "2022-03-01/2022-03-31", Doubted, "the end");
    check("1-2-3 May 2021", "2021-05-01/2021-05-03", Doubted, "two dashes");
    check("brought forward to January 2021 from March 2021", "", Doubted, "the later is wrong");
}

#[test]
fn words_that_are_no_target() {
    check("", "", Sure, "blank");
    check(" \u{a0}\n", "", Sure, "blank to the eye");
    check("–", "", Sure, "a dash for nothing");
    check("TBC", "", Sure, "listed under no date");
    check("To be confirmed", "", Sure, "the same");
    check("Ongoing", "", Sure, "never overdue by itself");
    check("On-going", "", Sure, "the same");
    check("continuing", "", Sure, "the same");
    check("April 2021 onwards", "", Sure, "it starts and does not end");
    check("April 2021 – ongoing", "", Sure, "the same");
    check("annually", "", Sure, "how often is not when");
    check("every 6 months", "", Sure, "the same");
    check("TBC – February", "", Doubted, "no year");
    check("TBC – February 2021", "2021-02-01/2021-02-28", Doubted, "still to be confirmed");
    check("ongoing until March 2022", "2022-03-01/2022-03-31", Doubted, "an end after all");
    check("Ongoing – March 2022", "", Doubted, "an end, a review or a start");
    check("from March 2021", "", Doubted, "when it starts");
    check("March 2021 at the earliest", "", Doubted, "the same");
    check("not before March 2021", "", Doubted, "the same");
    check("March 2021 start", "2021-03-01/2021-03-31", Doubted, "perhaps the same");
    check("after March 2021", "", Doubted, "some time later");
    check("Complete", "", Doubted, "a status");
    check("March 2021 (complete)", "2021-03-01/2021-03-31", Doubted, "a status and a date");
    check("deferred", "", Doubted, "a status");
    check("deferred to March 2022", "2022-03-01/2022-03-31", Doubted, "a status and a date");
    check("See HAP", "", Doubted, "in another plan");
    check("As above", "", Doubted, "nothing is taken from the row above");
    check("As per Delivery Plan", "", Doubted, "in another plan");
    check("n/a", "", Doubted, "says so, but is it meant");
    check("asap", "", Doubted, "not a date");
    check("following appointment of a new chair", "", Doubted, "an event");
    check("within 6 months", "", Doubted, "from when");
    check("6 months from April 2021", "", Doubted, "not April 2021");
    check("Year 2", "", Doubted, "of what");
    check("Feb & Oct", "", Doubted, "of which year");
    check("next meeting", "", Doubted, "of whom");
    check("2.1", "", Doubted, "the number of an action");
    check("Covid-19", "", Doubted, "no date");
    check("１２ March 2021", "2021-03-01/2021-03-31", Doubted, "digits that are not read");
    check("Mai 2021", "2021-01-01/2021-12-31", Doubted, "another language");
}

#[test]
fn a_meeting_is_its_own_day_when_the_calendar_holds_it() {
    let calendar = |name: &str, month: NaiveDate| {
        let is_cpeg = name == "CPEG" && month == day("2020-12-01");
        is_cpeg.then(|| day("2020-12-10"))
    };
    let occasion = Occasion { meeting_in: &calendar, ..Occasion::default() };
    let target = Target::read_on("CPEG December 2020", &occasion);
    assert_eq!(target.due_on(), Some(day("2020-12-10")));
    assert_eq!(target.reading(), Reading::Meeting);
    assert_eq!(target.doubts().len(), 1);
    let target = Target::read_on("at February 2021 board", &occasion);
    assert_eq!(target.window(), window_from("2021-02-01/2021-02-28"));
    assert_eq!(target.doubts().len(), 1);
    let target = Target::read_on("board November 2020, CPEG December 2020", &occasion);
    assert_eq!(target.due_on(), Some(day("2020-12-10")));
    assert_eq!(target.doubts().len(), 2, "of the later month and its meeting only");
    let target = Target::read_on("CPEG December 2020 / board February 2021", &occasion);
    assert_eq!(target.window(), window_from("2021-02-01/2021-02-28"), "not of the CPEG’s");
    let target = Target::read_on("CPWD 19 November 2020", &occasion);
    assert_eq!(target.window(), window_from("2020-11-19"));
    assert!(target.doubts().is_empty(), "the day is written out");
}

#[test]
fn work_without_an_end_may_say_when_it_is_reviewed() {
    let review = |words| Target::read(words).review().cloned();
    assert_eq!(review("annual review in May"), Some(Review::EachYear(vec![5])));
    assert_eq!(review("Every March and September"), Some(Review::EachYear(vec![3, 9])));
    assert_eq!(review("Feb & Oct"), Some(Review::EachYear(vec![2, 10])));
    let march = Window { from: day("2022-03-01"), to: day("2022-03-31") };
    assert_eq!(review("Ongoing, review March 2022"), Some(Review::Once(march)));
    assert_eq!(review("Ongoing"), None);
}

#[test]
fn a_doubt_is_a_sentence() {
    let doubts = |words: &str| -> Vec<String> {
        Target::read(words).doubts().iter().map(ToString::to_string).collect()
    };
    assert_eq!(
        doubts("Mar-15"),
        [
            "“Mar-15” is read as March 2015: the number is taken as the year, not as a day of the month."
        ]
    );
    assert_eq!(
        doubts("before Mar-15"),
        [
            "“Mar-15” is read as March 2015: the number is taken as the year, not as a day of the month.",
            "“before Mar-15” is read as 28 February 2015: “before” is taken to end on the day before."
        ]
    );
    assert_eq!(doubts("early Spring 2021").len(), 1, "one reason is enough");
    assert_eq!(doubts("xx March 2021 xx"), ["“xx” was not understood."]);
    assert_eq!(doubts("31 Sept 2021"), ["“31 Sept 2021” does not exist in the calendar."]);
    assert_eq!(
        doubts("March 2021 /\n June 2021"),
        ["There is more than one date; the latest, June 2021, is used."]
    );
}

#[test]
fn a_recorded_target_has_no_doubts() {
    let window = window_from("2021-01-01/2021-03-31");
    let target = Target::recorded("early 2021".to_owned(), window);
    assert_eq!((target.words(), target.window()), ("early 2021", window));
    assert!(target.doubts().is_empty());
    assert!(!target.is_blank());
    assert!(Target::recorded(String::new(), None).is_blank());
}
