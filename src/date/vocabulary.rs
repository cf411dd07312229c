//! The words that target dates are written with, and what part each plays.

use chrono::Weekday;
use strsim::osa_distance;

/// A word by the part it plays in a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Month(u32),
    /// One letter away from the name of a month.
    Misspelt(u32),
    Weekday(Weekday),
    Season(Season),
    /// `Q`, `quarter`.
    Quarter,
    /// `H`, `half`.
    Half,
    /// `first` to `fourth`.
    Nth(u32),
    /// `last`, as in `last quarter`.
    Last,
    /// `one` to `twelve`.
    Count(u32),
    Feast(Feast),
    /// The letters after an ordinal number.
    Suffix,
    /// `FY`, `financial`.
    Financial,
    /// `calendar`, which settles what a quarter is counted from.
    Calendar,
    Year,
    /// `FYE`: the financial year that ends in the year after it.
    YearEnding,
    /// `YE`: the end of a year, which may be either.
    YearEnd,
    /// `early`, `mid`, `late`.
    Part(Part),
    To,
    And,
    Or,
    Between,
    From,
    Before,
    /// As in `prior to`.
    Prior,
    /// `start`, `beginning`, `commencing`.
    Start,
    Earliest,
    /// `started`: when work began, and how it stands.
    Begun,
    End,
    Day,
    /// `week`, `month` in the singular.
    Unit,
    /// The same in the plural, which only a length of time has.
    Units,
    /// `the`, `in`: words that stand within a date without changing it.
    Plain,
    Of,
    /// `due`, `deadline`: words that stand before a date without changing it.
    Label,
    Be,
    By,
    /// `complete`, `completed`: part of `completed by`, or a status.
    Done,
    /// The rest of a time of day.
    Clock,
    /// `cob`, `cop`: the end of a working day.
    Close,
    /// `play`, `business`: the same, after `close of`.
    Business,
    /// The letters in a machine's instant: `2021-03-31T00:00:00Z`.
    Instant,
    No,
    /// As in `no later than`.
    Later,
    /// As in `no sooner than`, and in `or sooner`, which changes nothing.
    Sooner,
    Ongoing,
    On,
    Going,
    Onwards,
    /// `and beyond`, or beyond something.
    Beyond,
    /// How often, which is not when.
    Often,
    /// `per year`, `as per`.
    Per,
    /// `once a year`, or once something has happened.
    Once,
    Unconfirmed,
    /// `agreed`, which `to be` makes into its opposite.
    Settled,
    /// `scheduled`, which `to be` makes into its opposite.
    Planned,
    Review,
    Hedge,
    /// `revised`, `extended`: the date has been another.
    Change,
    /// As in `new date`; before anything else it says nothing about dates.
    New,
    /// A word for how the work stands, or for want of a date.
    Status,
    /// What follows is an event, or a length of time to be counted from one.
    Relative,
    /// A year or month to be within, or a length of time to be counted.
    Within,
    /// The answer is in another place.
    Elsewhere,
    /// A year that is neither the calendar's nor the financial one, or a part of it.
    OtherYear,
    /// `next`: seen from the day it was written.
    Next,
    /// `this`, `current`: seen from the day it was written.
    This,
    /// `w/c` in one word.
    WeekOf,
    /// `phase`, `step`: what a number after it counts.
    Numbered,
    /// A body or a meeting.
    Meeting,
    Unknown,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    Easter,
    Christmas,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Early,
    Mid,
    Late,
}

/// What part a word plays, given in lower case.
pub(super) fn look_up(word: &str) -> Word {
    calendar_word(word)
        .or_else(|| counting_word(word))
        .or_else(|| joining_word(word))
        .or_else(|| standing_word(word))
        .or_else(|| gaelic_month(word).map(Word::Month))
        .or_else(|| misspelt_month(word).map(Word::Misspelt))
        .unwrap_or(Word::Unknown)
}

/// The same for a word with other letters than a to z, as it is written.
pub(super) fn look_up_accented(word: &str) -> Word {
    /// No month has more letters.
    const BYTES_MAX: usize = 16;
    let month = (word.len() <= BYTES_MAX).then(|| gaelic_month(&word.to_lowercase())).flatten();
    month.map_or(Word::Unknown, Word::Month)
}

/// The months in Scottish Gaelic, in which some public bodies print their plans. `Mart` without
/// its accent is left alone.
fn gaelic_month(word: &str) -> Option<u32> {
    Some(match word {
        "faoilleach" | "faoilteach" => 1,
        "gearran" => 2,
        "màrt" => 3,
        "giblean" => 4,
        "cèitean" | "céitean" | "ceitean" => 5,
        "ògmhios" | "ogmhios" => 6,
        "iuchar" => 7,
        "lùnastal" | "lunastal" | "lùnasdal" | "lunasdal" => 8,
        "sultain" => 9,
        "dàmhair" | "damhair" => 10,
        "samhain" => 11,
        "dùbhlachd" | "dubhlachd" | "dùdlachd" => 12,
        _ => return None,
    })
}

fn calendar_word(word: &str) -> Option<Word> {
    Some(match word {
        "jan" | "january" => Word::Month(1),
        "feb" | "febr" | "february" => Word::Month(2),
        "mar" | "march" => Word::Month(3),
        "apr" | "april" => Word::Month(4),
        "may" => Word::Month(5),
        "jun" | "june" => Word::Month(6),
        "jul" | "july" => Word::Month(7),
        "aug" | "august" => Word::Month(8),
        "sep" | "sept" | "september" => Word::Month(9),
        "oct" | "october" => Word::Month(10),
        "nov" | "november" => Word::Month(11),
        "dec" | "december" => Word::Month(12),
        "mon" | "monday" => Word::Weekday(Weekday::Mon),
        "tue" | "tues" | "tuesday" => Word::Weekday(Weekday::Tue),
        "wed" | "weds" | "wednesday" => Word::Weekday(Weekday::Wed),
        "thu" | "thur" | "thurs" | "thursday" => Word::Weekday(Weekday::Thu),
        "fri" | "friday" => Word::Weekday(Weekday::Fri),
        "sat" | "saturday" => Word::Weekday(Weekday::Sat),
        "sun" | "sunday" => Word::Weekday(Weekday::Sun),
        "spring" => Word::Season(Season::Spring),
        "summer" => Word::Season(Season::Summer),
        "autumn" | "fall" => Word::Season(Season::Autumn),
        "winter" => Word::Season(Season::Winter),
        "q" | "qs" | "qtr" | "qtrs" | "quarter" | "quarters" => Word::Quarter,
        "h" | "half" => Word::Half,
        "easter" => Word::Feast(Feast::Easter),
        "christmas" | "xmas" => Word::Feast(Feast::Christmas),
        "st" | "nd" | "rd" | "th" => Word::Suffix,
        "fy" | "financial" | "fiscal" | "fin" => Word::Financial,
        "calendar" | "cal" => Word::Calendar,
        "year" | "yr" => Word::Year,
        "fye" => Word::YearEnding,
        "ye" => Word::YearEnd,
        "early" => Word::Part(Part::Early),
        "mid" | "middle" => Word::Part(Part::Mid),
        "late" => Word::Part(Part::Late),
        "day" => Word::Day,
        "week" | "wk" | "month" | "mth" | "fortnight" => Word::Unit,
        "days" | "weeks" | "wks" | "months" | "mths" | "years" | "yrs" => Word::Units,
        "am" | "pm" | "hrs" | "hours" | "noon" | "midnight" => Word::Clock,
        "cob" | "cop" => Word::Close,
        "play" | "business" => Word::Business,
        "academic" | "school" | "tax" | "ay" | "session" | "term" | "terms" => Word::OtherYear,
        "next" => Word::Next,
        "this" | "current" => Word::This,
        "wc" | "wb" => Word::WeekOf,
        "t" | "z" => Word::Instant,
        _ => return None,
    })
}

fn counting_word(word: &str) -> Option<Word> {
    Some(match word {
        "first" => Word::Nth(1),
        "second" => Word::Nth(2),
        "third" => Word::Nth(3),
        "fourth" => Word::Nth(4),
        "last" | "final" | "latter" => Word::Last,
        "one" => Word::Count(1),
        "two" => Word::Count(2),
        "three" => Word::Count(3),
        "four" => Word::Count(4),
        "five" => Word::Count(5),
        "six" => Word::Count(6),
        "seven" => Word::Count(7),
        "eight" => Word::Count(8),
        "nine" => Word::Count(9),
        "ten" => Word::Count(10),
        "eleven" => Word::Count(11),
        "twelve" => Word::Count(12),
        "phase" | "stage" | "part" | "milestone" | "step" | "tranche" | "action" | "version"
        | "objective" | "priority" | "outcome" | "workstream" | "section" | "appendix"
        | "option" | "wave" | "cohort" | "round" | "item" => Word::Numbered,
        _ => return None,
    })
}

fn joining_word(word: &str) -> Option<Word> {
    Some(match word {
        "to" | "until" | "till" | "til" | "thru" | "through" => Word::To,
        "and" | "plus" => Word::And,
        "or" => Word::Or,
        "between" => Word::Between,
        "from" | "since" | "wef" | "effective" => Word::From,
        "before" => Word::Before,
        "prior" => Word::Prior,
        "start" | "starts" | "starting" | "begin" | "begins" | "beginning" | "commence"
        | "commences" | "commencing" | "launch" => Word::Start,
        "earliest" => Word::Earliest,
        "started" | "commenced" | "began" | "begun" => Word::Begun,
        "end" | "ends" | "ending" | "close" | "eom" => Word::End,
        "of" => Word::Of,
        "the" | "in" | "at" | "during" | "for" | "a" | "an" => Word::Plain,
        "up" | "than" | "latest" | "due" | "target" | "date" | "dates" | "deadline"
        | "timescale" | "timescales" | "timeframe" | "timeline" | "completion" | "deliver"
        | "implementation" | "will" | "shall" | "delivery" | "inclusive" | "including" | "inc"
        | "incl" | "is" | "finish" | "place" | "throughout" | "across" | "over" | "course"
        | "time" | "very" => Word::Label,
        "be" => Word::Be,
        "by" => Word::By,
        "complete" | "completed" | "completes" | "delivered" | "done" | "finished" | "achieved"
        | "implemented" | "published" | "established" | "submitted" | "produced" | "developed"
        | "approved" | "issued" | "reported" | "presented" | "launched" => Word::Done,
        "no" | "not" | "never" | "without" | "cannot" => Word::No,
        "later" => Word::Later,
        "sooner" | "earlier" => Word::Sooner,
        "on" => Word::On,
        "going" => Word::Going,
        "onward" | "onwards" | "forward" | "forwards" | "present" => Word::Onwards,
        "beyond" => Word::Beyond,
        _ => return None,
    })
}

fn standing_word(word: &str) -> Option<Word> {
    Some(match word {
        "ongoing" | "continuing" | "continuous" | "continuously" | "continual" | "continually"
        | "continue" | "continues" | "permanent" | "indefinite" | "indefinitely" | "always"
        | "bau" | "usual" | "thereafter" => Word::Ongoing,
        "annual" | "annually" | "yearly" | "biannual" | "biannually" | "biennial"
        | "biennially" | "quarterly" | "monthly" | "bimonthly" | "weekly" | "fortnightly"
        | "daily" | "termly" | "every" | "each" | "twice" | "regular" | "regularly"
        | "periodic" | "periodically" | "rolling" | "recurring" | "annum" | "pa" | "times"
        | "alternate" => Word::Often,
        "per" => Word::Per,
        "once" => Word::Once,
        "tbc" | "tba" | "tbd" | "unconfirmed" | "confirm" | "agree" => Word::Unconfirmed,
        "confirmed" | "agreed" | "determined" | "advised" | "decided" => Word::Settled,
        "arranged" | "scheduled" | "planned" | "programmed" => Word::Planned,
        "review" | "reviewed" | "reviews" => Word::Review,
        "approx" | "approximately" | "circa" | "c" | "ca" | "about" | "around" | "roughly"
        | "provisional" | "provisionally" | "tentative" | "tentatively" | "expected"
        | "anticipated" | "estimated" | "est" | "hopefully" | "possibly" | "probably"
        | "likely" | "proposed" | "indicative" | "draft" | "aim" | "aims" | "aiming" | "toward"
        | "towards" => Word::Hedge,
        "new" => Word::New,
        "revised" | "revise" | "originally" | "original" | "extended" | "now" | "was"
        | "previously" | "moved" | "changed" | "rescheduled" | "postponed" | "slipped"
        | "slippage" | "extension" | "amended" | "carried" | "carry" => Word::Change,
        "deferred" | "delayed" | "closed" | "cancelled" | "canceled" | "withdrawn"
        | "superseded" | "suspended" | "paused" | "hold" | "none" | "na" | "nil" | "unknown"
        | "missed" | "underway" | "progress" | "progressing" | "track" | "overdue" | "asap"
        | "immediate" | "immediately" | "urgent" | "soon" | "short" | "medium" | "long"
        | "live" | "green" | "amber" | "red" | "blue" | "yes" => Word::Status,
        "within" => Word::Within,
        "after" | "following" | "post" | "pending" | "when" | "upon" | "awaiting" | "await"
        | "dependent" | "dependant" | "depends" | "depending" | "unless" | "if" | "subject"
        | "brought" | "ahead" | "advance" | "except" | "excluding" => Word::Relative,
        "see" | "above" | "below" | "ditto" | "refer" | "same" => Word::Elsewhere,
        "board" | "meeting" | "committee" | "cpeg" | "cpwd" | "cpp" | "executive"
        | "partnership" => Word::Meeting,
        _ => return None,
    })
}

/// A month that one slip of the keyboard explains. Short words are left alone: too many of them
/// are one letter away from something.
fn misspelt_month(word: &str) -> Option<u32> {
    const LONG_MONTHS: [(&str, u32); 9] = [
        ("january", 1),
        ("february", 2),
        ("march", 3),
        ("april", 4),
        ("august", 8),
        ("september", 9),
        ("october", 10),
        ("november", 11),
        ("december", 12),
    ];
    if word.len() < 5 {
        return None;
    }
    let month = LONG_MONTHS
        .iter()
        .find(|(name, _)| name.len().abs_diff(word.len()) <= 1 && osa_distance(name, word) == 1);
    month.map(|(_, month)| *month)
}
