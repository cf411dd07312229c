//! Date phrases that belong together: `June – September 2021`, `2012/13 & 2013/14`.

use chrono::Datelike;

use super::doubt::Doubt;
use super::doubt::Reason;
use super::doubt::quoted;
use super::period::Period;
use super::period::Year;
use super::period::other_weekday;
use super::phrase::Join;
use super::phrase::Meaning;
use super::phrase::Phrase;
use super::reading::Reading;
use super::vocabulary::Season;
use super::vocabulary::Word;
use super::window::Window;
use super::words::Kind;
use super::words::Words;

/// Phrases and what they mean together.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) window: Option<Window>,
    pub(super) reading: Reading,
    pub(super) doubts: Vec<Doubt>,
    /// The months it names, where none of them has a year.
    pub(super) months: Vec<u32>,
    /// The last of its dates alone, where it runs from one to another.
    pub(super) end: Option<(Window, Reading)>,
    pub(super) phrases: Vec<Phrase>,
    joins: Vec<Join>,
    /// It runs from one date to another.
    pub(super) is_range: bool,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Words<'_> {
    /// The chain that begins at that token. After `between`, `and` runs from one date to the other.
    pub(super) fn chain(&self, at: usize, is_between: bool) -> Option<Chain> {
        let mut phrases = vec![self.phrase(at)?];
        let mut joins = Vec::new();
        let mut end = phrases[0].to;
        while let Some((join, next)) = self.joined(end) {
            let next = match join {
                Join::Range => self.past(next, &[Word::Plain, Word::Of, Word::End]),
                Join::Both | Join::Either => self.past(next, &[Word::Plain]),
            };
            let bare = phrases.last().and_then(|last| self.bare_quarter(last, next));
            let Some(phrase) = bare.or_else(|| self.phrase(next)) else { break };
            end = phrase.to;
            joins.push(if is_between && join == Join::Both { Join::Range } else { join });
            phrases.push(phrase);
        }
        Some(self.resolved(phrases, joins))
    }

    /// What a chain without a year means in that year; nothing, if it has one or means nothing then.
    pub(super) fn in_year(&self, chain: &Chain, year: Year) -> Option<Chain> {
        let is_open = chain.phrases.iter().all(|phrase| phrase.year.is_none());
        let mut phrases = chain.phrases.clone();
        phrases.last_mut()?.year = Some(year);
        let resolved = is_open.then(|| self.resolved(phrases, chain.joins.clone()))?;
        resolved.window.is_some().then_some(resolved)
    }

    /// The `4` of `Q3-4 2021/22` and of `2021/22 Q3-4`.
    fn bare_quarter(&self, last: &Phrase, at: usize) -> Option<Phrase> {
        let ends_in_quarter = self.number(last.to - 1).is_some_and(|number| number.digits == 1);
        let is_open = matches!(last.meaning, Meaning::Known(Period::Quarter(_)))
            && (last.year.is_none() || ends_in_quarter);
        let number = self.number(at).filter(|number| number.digits == 1 && is_open)?;
        if !(1..=4).contains(&number.value) {
            return None;
        }
        let has_comma = self.kind(at + 1) == Some(Kind::Comma);
        let next = self.past(at + 1 + usize::from(has_comma), &[Word::Plain, Word::Of]);
        let (year, to) = match self.year_in_context(next) {
            Some((year, to)) => (Some(year), to),
            None => (None, at + 1),
        };
        let period = Meaning::Known(Period::Quarter(number.value));
        Some(Phrase { meaning: period, year, from: at, to, ..last.clone() })
    }

    fn resolved(&self, mut phrases: Vec<Phrase>, joins: Vec<Join>) -> Chain {
        lend_months(&mut phrases);
        settle_seasons(&mut phrases);
        lend_years(&mut phrases);
        let from = phrases.first().map_or(0, |phrase| phrase.from);
        let mut chain = Chain {
            window: None,
            reading: Reading::Unread,
            doubts: Vec::new(),
            months: Vec::new(),
            end: None,
            is_range: joins.contains(&Join::Range),
            from,
            to: phrases.last().map_or(from, |phrase| phrase.to),
            phrases: Vec::new(),
            joins: Vec::new(),
        };
        self.resolve(&phrases, &joins, &mut chain);
        Chain { phrases, joins, ..chain }
    }

    fn resolve(&self, phrases: &[Phrase], joins: &[Join], chain: &mut Chain) {
        if let Some(doubt) = phrases.iter().find_map(|phrase| self.fault(phrase)) {
            chain.doubts.push(doubt);
            return;
        }
        if phrases.iter().any(|phrase| phrase.year.is_none()) {
            let said = quoted(self.said(chain.from, chain.to));
            chain.doubts.push(Doubt::NoYear { said });
            chain.months = phrases.iter().filter_map(named_month).collect();
            return;
        }
        let mut windows = Vec::with_capacity(phrases.len());
        for phrase in phrases {
            let Some(window) = self.window_of(phrase, &mut chain.doubts) else {
                chain.doubts = vec![self.without_window(phrase)];
                return;
            };
            windows.push(window);
        }
        chain.reading = match phrases {
            [phrase] => reading_of(phrase),
            _ => Reading::Span,
        };
        chain.end = windows.last().copied().zip(phrases.last().map(reading_of));
        self.combine(&windows, joins, chain);
        self.doubt_years(phrases, chain);
    }

    fn without_window(&self, phrase: &Phrase) -> Doubt {
        let said = quoted(self.said(phrase.from, phrase.to));
        match (phrase.meaning, phrase.year) {
            (Meaning::Known(period), Some(year)) if period.is_split_by(year) => {
                Doubt::EitherYear { said }
            }
            _ => Doubt::Impossible { said },
        }
    }

    /// Several calendar years, or one beside a financial year, may be meant as financial years.
    fn doubt_years(&self, phrases: &[Phrase], chain: &mut Chain) {
        let has = |reading| phrases.iter().any(|phrase| reading_of(phrase) == reading);
        let are_years = phrases.iter().all(|phrase| {
            matches!(reading_of(phrase), Reading::CalendarYear | Reading::FinancialYear)
        });
        // `April 2021 – 2024` may end with the third year, too.
        let ends_in_year = chain.is_range
            && phrases.last().is_some_and(|phrase| reading_of(phrase) == Reading::CalendarYear);
        let Some(window) = chain.window.filter(|_| are_years || ends_in_year) else { return };
        if has(Reading::CalendarYear) && window.from.year() != window.to.year() {
            let said = quoted(self.said(chain.from, chain.to));
            chain.doubts.push(Doubt::Guess { said, window, reason: Reason::YearSpan });
        }
    }

    fn fault(&self, phrase: &Phrase) -> Option<Doubt> {
        let said = || quoted(self.said(phrase.from, phrase.to));
        match phrase.meaning {
            Meaning::Known(_) => None,
            Meaning::Impossible => Some(Doubt::Impossible { said: said() }),
            Meaning::Backwards => Some(Doubt::Backwards { said: said() }),
            Meaning::Bare => Some(Doubt::BareNumbers { said: said() }),
        }
    }

    fn window_of(&self, phrase: &Phrase, doubts: &mut Vec<Doubt>) -> Option<Window> {
        let (Meaning::Known(period), Some(year)) = (phrase.meaning, phrase.year) else {
            return None;
        };
        let (mut window, mut reason) = period.window(year)?;
        if let (true, Year::Single(year)) = (self.is_calendar, year)
            && let Some(calendar) = period.calendar_window(year)
        {
            (window, reason) = (calendar, None);
        }
        if let Some(part) = phrase.part {
            window = part.of(window)?;
        }
        // That `early Spring` has no exact days is said once.
        let reason = reason.filter(|reason| phrase.part.is_none() || *reason != Reason::Season);
        let said = || quoted(self.said(phrase.from, phrase.to));
        let clash = (self.is_calendar && matches!(year, Year::Financial(_)))
            .then_some(Reason::OneYearNotTwo);
        let far = (!year.is_likely()).then_some(Reason::FarYear);
        for reason in phrase.reasons.iter().copied().chain(reason).chain(clash).chain(far) {
            doubts.push(Doubt::Guess { said: said(), window, reason });
        }
        let weekday = phrase.weekday.and_then(|weekday| other_weekday(window.from, weekday));
        if let Some(weekday) = weekday {
            doubts.push(Doubt::WrongWeekday { said: said(), weekday });
        }
        Some(window)
    }

    /// Folds the windows into one: ranges run, neighbours join, and otherwise the later governs.
    fn combine(&self, windows: &[Window], joins: &[Join], chain: &mut Chain) {
        let Some((first, rest)) = windows.split_first() else { return };
        let mut whole = *first;
        let mut has_several = joins.iter().filter(|join| **join == Join::Range).count() > 1;
        for (window, join) in rest.iter().zip(joins) {
            let follows = whole.to.succ_opt() == Some(window.from);
            match join {
                Join::Range if window.from < whole.from || window.to < whole.to => {
                    let said = quoted(self.said(chain.from, chain.to));
                    chain.doubts = vec![Doubt::Backwards { said }];
                    chain.reading = Reading::Unread;
                    return;
                }
                Join::Range => whole.to = window.to,
                Join::Both if follows => whole.to = window.to,
                Join::Both if *window == whole => {}
                Join::Both | Join::Either => {
                    has_several = true;
                    if window.to > whole.to {
                        whole = *window;
                    }
                }
            }
        }
        if has_several {
            chain.doubts.push(Doubt::Several { window: whole });
        }
        chain.window = Some(whole);
    }
}

/// Days take the month of the day after them: the `1` of `1 to 5 May 2021`.
fn lend_months(phrases: &mut [Phrase]) {
    let mut later: Option<(u32, Option<Year>)> = None;
    for phrase in phrases.iter_mut().rev() {
        match (phrase.meaning, later) {
            (Meaning::Known(Period::DayOfMonth(day)), Some((month, year))) => {
                phrase.meaning = Meaning::Known(Period::Day { day, month });
                phrase.year = year;
            }
            (Meaning::Known(Period::Day { month, .. }), _) => later = Some((month, phrase.year)),
            _ => later = None,
        }
    }
}

/// Phrases without a year take that of the next that has one, else of the one before, moved by one
/// where the order of the dates asks for it.
fn lend_years(phrases: &mut [Phrase]) {
    for index in (1..phrases.len()).rev() {
        let (earlier, later) = phrases.split_at_mut(index);
        let (Some(phrase), Some(next)) = (earlier.last_mut(), later.first()) else { continue };
        let (None, Some(year)) = (phrase.year, next.year) else { continue };
        if phrase.starts_in(year) > next.starts_in(year) {
            phrase.year = Some(year.earlier());
            phrase.reasons.push(Reason::StartYear);
        } else {
            phrase.year = Some(year);
        }
    }
    for index in 1..phrases.len() {
        let (earlier, later) = phrases.split_at_mut(index);
        let (Some(last), Some(phrase)) = (earlier.last(), later.first_mut()) else { continue };
        let (Some(year), None) = (last.year, phrase.year) else { continue };
        let is_before = phrase.starts_in(year) < last.starts_in(year);
        phrase.year = Some(if is_before { year.later() } else { year });
        // `2021/22 Q1-Q3` leaves nothing open.
        if is_before || matches!(year, Year::Single(_)) {
            phrase.reasons.push(Reason::EndYear);
        }
    }
}

/// Of the two springs that touch a financial year, the one is meant that keeps seasons in order:
/// `Winter/Spring 2021/22`, `Spring/Summer 2021/22`.
fn settle_seasons(phrases: &mut [Phrase]) {
    let Some((last, first)) = phrases.split_last() else { return };
    let Some(Year::Financial(year)) = last.year else { return };
    let is_season = |phrase: &Phrase| matches!(phrase.meaning, Meaning::Known(Period::Season(_)));
    let are_open = first.iter().all(|phrase| is_season(phrase) && phrase.year.is_none());
    if first.is_empty() || !are_open || !is_season(last) {
        return;
    }
    let mut follows_winter = false;
    for phrase in phrases {
        let is = |season| phrase.meaning == Meaning::Known(Period::Season(season));
        phrase.year = Some(if is(Season::Spring) {
            Year::Single(year + i32::from(follows_winter))
        } else {
            Year::Financial(year)
        });
        follows_winter |= is(Season::Winter);
    }
}

impl Phrase {
    fn starts_in(&self, year: Year) -> Option<chrono::NaiveDate> {
        match self.meaning {
            Meaning::Known(period) => period.window(year).map(|(window, _)| window.from),
            _ => None,
        }
    }
}

fn named_month(phrase: &Phrase) -> Option<u32> {
    match phrase.meaning {
        Meaning::Known(Period::Month(month) | Period::Day { month, .. }) => Some(month),
        _ => None,
    }
}

fn reading_of(phrase: &Phrase) -> Reading {
    match (phrase.meaning, phrase.part, phrase.year) {
        (_, Some(_), _) => Reading::Part,
        (Meaning::Known(Period::Day { .. } | Period::DayOfMonth(_) | Period::Feast(_)), ..) => {
            Reading::Day
        }
        (Meaning::Known(Period::Month(_)), ..) => Reading::Month,
        (Meaning::Known(Period::Quarter(_) | Period::Half(_)), ..) => Reading::Quarter,
        (Meaning::Known(Period::Season(_)), ..) => Reading::Season,
        (Meaning::Known(Period::YearsTo(_)), ..) => Reading::Span,
        (Meaning::Known(Period::Year), _, Some(Year::Financial(_))) => Reading::FinancialYear,
        (Meaning::Known(Period::Year), ..) => Reading::CalendarYear,
        (Meaning::Impossible | Meaning::Backwards | Meaning::Bare, ..) => Reading::Unread,
    }
}
