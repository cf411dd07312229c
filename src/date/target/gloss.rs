//! One date said twice, or in two pieces: `Q4 (Jan-Mar 2022)`, `Q1 (April-June) 2021/22`.

use chrono::Datelike;

use super::scan::Cue;
use super::scan::Found;
use super::scan::Scan;
use crate::date::chain::Chain;
use crate::date::doubt::Doubt;
use crate::date::doubt::Reason;
use crate::date::period::Period;
use crate::date::period::Year;
use crate::date::phrase::Meaning;
use crate::date::phrase::Phrase;
use crate::date::vocabulary::Word;
use crate::date::window::Window;
use crate::date::words::Kind;

impl Scan<'_> {
    /// Lets the dates of a cell that is understood as a whole explain one another.
    pub(super) fn settle(&mut self) {
        let is_clear = self.unread.iter().all(|unread| unread.is_meeting);
        if is_clear && !self.has(Cue::Ongoing) && !self.has(Cue::Often) {
            self.lend_year();
            self.lend_quarters_year();
            self.drop_glosses();
            self.settle_quarters();
        }
    }

    /// A year that stands apart belongs to all dates that have none: `2021/22 (Q1)`.
    fn lend_year(&mut self) {
        let mut years = self.found.iter().enumerate().filter_map(|(index, found)| {
            let year = whole_year(&found.chain)?;
            Some((index, year))
        });
        let (Some((giver, year)), None) = (years.next(), years.next()) else { return };
        drop(years);
        let mut lent = Vec::with_capacity(self.found.len());
        for (index, found) in self.found.iter().enumerate() {
            if index == giver {
                continue;
            }
            let chain = self.words.in_year(&found.chain, year);
            let Some(chain) = chain.filter(|_| self.is_beside(giver, index)) else { return };
            lent.push(Found { chain, is_start: found.is_start, is_until: found.is_until });
        }
        if lent.is_empty() {
            return;
        }
        // `Q1 (April-June) 2021/22`: what the quarter says, the months need not be asked.
        let is_placed = |doubt: &Doubt| {
            matches!(doubt, Doubt::Guess { reason: Reason::WithinFinancialYear, .. })
        };
        let windows: Vec<Option<Window>> = lent.iter().map(|found| found.chain.window).collect();
        for (index, found) in lent.iter_mut().enumerate() {
            let others = windows.iter().enumerate().filter(|(other, _)| *other != index);
            if others.into_iter().any(|(_, other)| *other == found.chain.window) {
                found.chain.doubts.retain(|doubt| !is_placed(doubt));
            }
        }
        // What is not certain about the year is not certain about them.
        let doubts = self.found.get(giver).map(|found| found.chain.doubts.clone());
        if let Some(found) = lent.first_mut() {
            found.chain.doubts.extend(doubts.unwrap_or_default());
        }
        self.found = lent;
    }

    /// Months that a quarter counted from January has belong to its year: `Q3 2021 (Jul-Sep)`.
    /// Those of one counted from April may belong to two, as the year may be the one it ends in.
    fn lend_quarters_year(&mut self) {
        let quarters: Vec<(Year, Window)> = self
            .found
            .iter()
            .filter_map(|found| {
                let [phrase] = found.chain.phrases.as_slice() else { return None };
                Some((phrase.year?, calendar_quarter(&found.chain, phrase.year?)?))
            })
            .collect();
        for found in &mut self.found {
            let words = &self.words;
            let mut meanings = quarters.iter().filter_map(|(year, quarter)| {
                let chain = words.in_year(&found.chain, *year)?;
                (chain.window == Some(*quarter)).then_some(chain)
            });
            if let Some(chain) = meanings.next() {
                found.chain = chain;
            }
        }
    }

    /// Whether nothing but marks, meetings and other dates stands between two dates.
    fn is_beside(&self, one: usize, other: usize) -> bool {
        let (first, last) = (one.min(other), one.max(other));
        let (Some(first), Some(last)) = (self.found.get(first), self.found.get(last)) else {
            return false;
        };
        let sets_apart = |at: usize| {
            matches!(
                self.words.kind(at),
                Some(
                    Kind::Quiet
                        | Kind::Comma
                        | Kind::Colon
                        | Kind::Dash
                        | Kind::Word(Word::Plain | Word::Of | Word::Meeting)
                )
            )
        };
        let is_dated = |at: usize| {
            self.found.iter().any(|found| (found.chain.from..found.chain.to).contains(&at))
        };
        (first.chain.to..last.chain.from).all(|at| sets_apart(at) || is_dated(at))
    }

    /// A date without a year that says the same as one with a year: the `Q4` of `Q4 (March 2022)`.
    fn drop_glosses(&mut self) {
        let windows: Vec<Window> =
            self.found.iter().filter_map(|found| found.chain.window).collect();
        let words = &self.words;
        let starts: Vec<usize> = self.found.iter().map(|found| found.chain.from).collect();
        // `first half of September 2022` is half of the month, `H1 (September 2022)` ends with it.
        let is_part_of_next = |chain: &Chain| {
            let is_half =
                |phrase: &Phrase| matches!(phrase.meaning, Meaning::Known(Period::Half(_)));
            let next = words.past(chain.to, &[Word::Plain, Word::Of]);
            let is_of = (chain.to..next).any(|at| words.is(at, Word::Of));
            (is_of || chain.phrases.iter().any(is_half)) && starts.contains(&next)
        };
        self.found.retain(|found| {
            let chain = &found.chain;
            let means = |window: &Window| {
                let financial = Window::financial_year(window.from).map(|year| year.from.year());
                let years = [window.from.year(), window.to.year()].map(Year::Single);
                let years = financial.map(Year::Financial).into_iter().chain(years);
                let mut meanings = years.flat_map(|year| {
                    let resolved = words.in_year(chain, year).and_then(|chain| chain.window);
                    [resolved, calendar_quarter(chain, year)]
                });
                meanings.any(|meaning| meaning.is_some_and(|meaning| explains(*window, meaning)))
            };
            chain.window.is_some() || is_part_of_next(chain) || !windows.iter().any(means)
        });
    }

    /// Months beside a quarter say from where it is counted: `Q1 2022 (Jan – Mar 2022)`.
    fn settle_quarters(&mut self) {
        let windows: Vec<Option<Window>> =
            self.found.iter().map(|found| found.chain.window).collect();
        for (index, found) in self.found.iter_mut().enumerate() {
            let chain = &mut found.chain;
            let is_open = |doubt: &Doubt| {
                matches!(doubt, Doubt::Guess { reason: Reason::FinancialQuarter, .. })
            };
            if !chain.doubts.iter().any(is_open) || chain.phrases.len() != 1 {
                continue;
            }
            let year = chain.phrases.first().and_then(|phrase| phrase.year);
            let earlier =
                |window: Window| Window::months(window.from.year() - 1, window.from.month(), 3);
            // From April, from January, and from the April before, by the year it ends in.
            let readings = [
                chain.window,
                year.and_then(|year| calendar_quarter(chain, year)),
                chain.window.and_then(earlier),
            ];
            let others = windows.iter().enumerate().filter(|(other, _)| *other != index);
            let mut others = others.filter_map(|(_, window)| *window);
            let settled = others.find_map(|other| {
                readings.into_iter().flatten().find(|reading| explains(other, *reading))
            });
            if settled.is_some() {
                chain.window = settled;
                chain.doubts.retain(|doubt| !is_open(doubt));
            }
        }
    }
}

/// The year, if the chain is one and nothing else.
fn whole_year(chain: &Chain) -> Option<Year> {
    let [phrase] = chain.phrases.as_slice() else { return None };
    let is_year = phrase.meaning == Meaning::Known(Period::Year) && phrase.part.is_none();
    phrase.year.filter(|_| is_year && chain.window.is_some())
}

/// What a lone quarter would mean if it were counted from January.
fn calendar_quarter(chain: &Chain, year: Year) -> Option<Window> {
    match (chain.phrases.as_slice(), year) {
        ([phrase], Year::Single(year)) => match phrase.meaning {
            Meaning::Known(period @ Period::Quarter(_)) => period.calendar_window(year),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a date lies within what another means, and ends with it.
fn explains(date: Window, meaning: Window) -> bool {
    date.to == meaning.to && meaning.from <= date.from
}
