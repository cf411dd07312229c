//! Which meeting a decision cites, and which it can cite.

use chrono::DateTime;
use chrono::NaiveDate;
use chrono::TimeDelta;
use chrono::Utc;

use crate::body::Bodies;
use crate::body::BodyId;
use crate::date::Target;
use crate::date::read_day;
use crate::meeting::Calendar;
use crate::meeting::Meeting;
use crate::meeting::run::Run;

/// For how long back a meeting is offered: two years of a board are eight meetings.
const DAYS_BACK: i64 = 731;

impl Calendar {
    /// The meetings of these bodies that a decision can cite: those that have begun, latest first and
    /// within two years, then the next of each body, for what is written down as it is agreed.
    pub fn citable(&self, deciding: &[BodyId], now: DateTime<Utc>) -> Vec<Meeting> {
        let since = now - TimeDelta::days(DAYS_BACK);
        let of_each = deciding
            .iter()
            .flat_map(|body| self.of_body(*body, since).take_while(|meeting| meeting.at <= now));
        let mut past: Vec<Meeting> = of_each.collect();
        past.sort_by_key(|meeting| std::cmp::Reverse(meeting.at));
        let mut next: Vec<Meeting> =
            deciding.iter().filter_map(|body| self.next(*body, now)).collect();
        next.sort_by_key(|meeting| meeting.at);
        past.extend(next);
        past
    }

    /// The meeting that words cite, out of those that a decision can cite: `CPEG 2020-12-10`,
    /// `CPEG, Thursday 10 December 2020`, `the board of November 2020`, `10 December 2020`, and for
    /// `CPEG` alone its latest. None, unless they cite exactly one.
    pub fn cited<'a>(
        &self,
        citable: &'a [Meeting],
        words: &str,
        bodies: &Bodies,
    ) -> Option<&'a Meeting> {
        let words: Vec<&str> =
            words.split([' ', ',', '\n', '\u{a0}']).filter(|word| !word.is_empty()).collect();
        (0..=words.len()).rev().find_map(|at| {
            let (name, when) = words.split_at(at);
            let (name, when) = (name.join(" "), without_preposition(when).join(" "));
            let is_named =
                |meeting: &&Meeting| name.is_empty() || self.is_of(meeting, &name, bodies);
            let mut named = citable.iter().filter(is_named);
            match when.as_str() {
                "" if name.is_empty() => None,
                // They stand latest first.
                "" => named.next(),
                when => {
                    let (from, to) = days(when)?;
                    let mut then = named.filter(|meeting| from <= meeting.on && meeting.on <= to);
                    then.next().filter(|_| then.next().is_none())
                }
            }
        })
    }

    fn is_of(&self, meeting: &Meeting, name: &str, bodies: &Bodies) -> bool {
        self.named(bodies, name).contains(&Run { body: meeting.body, title: &meeting.title })
    }
}

fn without_preposition<'a, 'b>(words: &'a [&'b str]) -> &'a [&'b str] {
    match words {
        [first, rest @ ..] if ["of", "on", "in", "at"].contains(first) => rest,
        all => all,
    }
}

/// One day, or all days of the month that words mean.
fn days(words: &str) -> Option<(NaiveDate, NaiveDate)> {
    if let Ok(day) = read_day(words) {
        return Some((day, day));
    }
    let target = Target::read(words);
    let window = target.window().filter(|_| target.doubts().is_empty())?;
    Some((window.from, window.to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::sample::BOARD;
    use crate::action::sample::EXECUTIVE;
    use crate::action::sample::FLO;
    use crate::action::sample::bodies;
    use crate::action::sample::day;
    use crate::date::Closures;
    use crate::meeting::PAPERS_DAYS;
    use crate::meeting::Series;
    use crate::meeting::changed::Changes;

    fn calendar() -> Calendar {
        let series = |body: BodyId, title: &str, rule: &str| Series {
            body,
            title: title.into(),
            rule: rule.parse().unwrap(),
            papers_days: PAPERS_DAYS,
        };
        Calendar {
            zone: chrono_tz::Europe::London,
            series: vec![
                series(BOARD, "board", "0 0 10 15-21 Feb,May,Aug,Nov Thu"),
                series(EXECUTIVE, "CPEG", "0 0 10 8-14 Feb,Apr,Jun,Aug,Oct,Dec Thu"),
                series(FLO, "Flourishing DIG", "0 0 10 1-7 * Thu"),
            ],
            closures: Closures::default(),
            changes: Changes::default(),
        }
    }

    fn citable() -> Vec<Meeting> {
        let now = day("2020-12-14").and_hms_opt(9, 0, 0).unwrap().and_utc();
        calendar().citable(&[BOARD, EXECUTIVE], now)
    }

    #[track_caller]
    fn check(words: &str, expected: Option<&str>) {
        let citable = citable();
        let found = calendar().cited(&citable, words, &bodies()).map(|meeting| {
            let body = if meeting.body == BOARD { "board" } else { "CPEG" };
            format!("{body} {}", meeting.on)
        });
        assert_eq!(found.as_deref(), expected, "{words}");
    }

    #[test]
    fn the_latest_stand_first_and_the_next_of_each_body_last() {
        let days: Vec<String> = citable().iter().map(|meeting| meeting.on.to_string()).collect();
        assert_eq!(days[..4], ["2020-12-10", "2020-11-19", "2020-10-08", "2020-08-20"]);
        assert_eq!(days[days.len() - 2..], ["2021-02-11", "2021-02-18"]);
    }

    #[test]
    fn words_cite_one_meeting() {
        check("CPEG 2020-12-10", Some("CPEG 2020-12-10"));
        check("CPEG, Thursday 10 December 2020", Some("CPEG 2020-12-10"));
        check("CPWD board, Thursday 19 November 2020", Some("board 2020-11-19"));
        check("the board of November 2020", Some("board 2020-11-19"));
        check("cpeg", Some("CPEG 2020-12-10"));
        check("the board", Some("board 2020-11-19"));
        check("19/11/2020", Some("board 2020-11-19"));
        check("board on 18 February 2021", Some("board 2021-02-18"));
    }

    #[test]
    fn words_that_cite_no_meeting_or_several_cite_none() {
        check("", None);
        check("CPEG 2020-12-11", None);
        check("CPEG 2020", None);
        check("board 20 May 2021", None);
        check("Flourishing DIG, 3 December 2020", None);
        check("the meeting", None);
    }
}
