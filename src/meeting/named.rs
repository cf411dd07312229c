//! Which meeting words name: `CPEG` in December 2020, the next `board`.

use std::cell::Cell;

use chrono::Months;
use chrono::NaiveDate;

use crate::body::Bodies;
use crate::body::same;
use crate::date::Occasion;
use crate::date::Target;
use crate::meeting::Calendar;
use crate::meeting::Meeting;
use crate::meeting::changed::Changes;
use crate::meeting::run::Run;

impl Calendar {
    /// The day of the meeting that the words name in the month beginning on that day. Words name
    /// the meetings of a body by any name it goes by, or of a series by its title: `CPEG`, `the
    /// board`, `CPWD board meeting`. Nothing, unless they name exactly one meeting in the month.
    pub fn meeting_in(
        &self,
        bodies: &Bodies,
        words: &str,
        month_first_on: NaiveDate,
    ) -> Option<NaiveDate> {
        self.met_in(bodies, words, month_first_on).map(|meeting| meeting.on)
    }

    /// Whether the words of a target name that meeting by its month, as `CPEG December 2020` does,
    /// where it stands now or where it stood before anybody changed it.
    pub fn is_target(&self, bodies: &Bodies, words: &str, meeting: &Meeting) -> bool {
        let as_ruled = Self { changes: Changes::default(), ..self.clone() };
        [self, &as_ruled].into_iter().any(|calendar| {
            let is_named = Cell::new(false);
            let meeting_in = |name: &str, month: NaiveDate| {
                let found = calendar.met_in(bodies, name, month)?;
                if (found.body, found.first_on) == (meeting.body, meeting.first_on) {
                    is_named.set(true);
                }
                Some(found.on)
            };
            Target::read_on(words, &Occasion { meeting_in: &meeting_in, ..Occasion::default() });
            is_named.get()
        })
    }

    /// The one meeting that the words name in the month beginning on that day.
    fn met_in(&self, bodies: &Bodies, words: &str, month_first_on: NaiveDate) -> Option<Meeting> {
        let next_first_on = month_first_on.checked_add_months(Months::new(1))?;
        let mut met = self.named(bodies, words).into_iter().flat_map(|run| {
            self.from_day(run, month_first_on).take_while(|meeting| meeting.on < next_first_on)
        });
        met.next().filter(|_| met.next().is_none())
    }

    /// The day of the first meeting that the words name after a day, named as for
    /// [`Calendar::meeting_in`].
    pub fn meeting_after(&self, bodies: &Bodies, words: &str, day: NaiveDate) -> Option<NaiveDate> {
        let end = self.end_of(day);
        let named = self.named(bodies, words);
        named.into_iter().filter_map(|run| Some(self.of_run(run, end).next()?.on)).min()
    }

    pub(super) fn named(&self, bodies: &Bodies, words: &str) -> Vec<Run<'_>> {
        let name = without_courtesy(words);
        let meant = |run: &Run<'_>| {
            let is_body = |name: &str| bodies.named(name) == [run.body];
            let without_title = name
                .len()
                .checked_sub(run.title.len())
                .filter(|at| name.get(*at..).is_some_and(|end| same(end, run.title)))
                .and_then(|at| name.get(..at));
            is_body(&name) || without_title.is_some_and(|rest| rest.is_empty() || is_body(rest))
        };
        if name.is_empty() { Vec::new() } else { self.runs().into_iter().filter(meant).collect() }
    }
}

/// The name alone: `CPEG` from `the next CPEG meeting`, and from `CPEG’s`.
fn without_courtesy(words: &str) -> String {
    let is_courtesy = |word: &&str| {
        ["the", "next", "meeting", "meetings"]
            .iter()
            .any(|courtesy| word.eq_ignore_ascii_case(courtesy))
    };
    let words: Vec<&str> = words.split_whitespace().filter(|word| !is_courtesy(word)).collect();
    let name = words.join(" ");
    let owner = name.strip_suffix("’s").or_else(|| name.strip_suffix("'s"));
    owner.map_or(name.clone(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::action::sample::BOARD;
    use crate::action::sample::EXECUTIVE;
    use crate::action::sample::bodies;
    use crate::body::BodyId;
    use crate::date::Closures;
    use crate::date::Reading;
    use crate::meeting::PAPERS_DAYS;
    use crate::meeting::Series;
    use crate::meeting::changed::Becomes;
    use crate::meeting::changed::Change;
    use crate::meeting::changed::Papers;

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
                series(EXECUTIVE, "briefing", "0 0 10 * Mar Thu"),
            ],
            closures: Closures::default(),
            changes: Changes::default(),
        }
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[track_caller]
    fn check_in(words: &str, month: &str, expected: Option<&str>) {
        let found = calendar().meeting_in(&bodies(), words, day(&format!("{month}-01")));
        assert_eq!(found, expected.map(day), "{words} in {month}");
    }

    #[test]
    fn words_name_the_one_meeting_of_a_month() {
        check_in("CPEG", "2020-12", Some("2020-12-10"));
        check_in("cpeg meeting", "2020-12", Some("2020-12-10"));
        check_in("CPEG’s", "2020-12", Some("2020-12-10"));
        check_in("the board", "2021-02", Some("2021-02-18"));
        check_in("CPWD Board", "2021-02", Some("2021-02-18"));
        check_in("CPWD", "2021-02", Some("2021-02-18"));
    }

    #[test]
    fn words_that_do_not_name_exactly_one_meeting_name_none() {
        check_in("CPEG", "2020-11", None);
        check_in("briefing", "2021-03", None);
        check_in("meeting", "2020-12", None);
        check_in("", "2020-12", None);
        check_in("Flourishing DIG", "2020-12", None);
        check_in("Police board", "2021-02", None);
    }

    #[test]
    fn words_name_the_next_meeting_after_a_day() {
        let after = |words: &str, from: &str| {
            calendar().meeting_after(&bodies(), words, day(from)).map(|on| on.to_string())
        };
        assert_eq!(after("CPEG", "2020-11-01").as_deref(), Some("2020-12-10"));
        assert_eq!(after("board meeting", "2020-11-18").as_deref(), Some("2020-11-19"));
        assert_eq!(after("board meeting", "2020-11-19").as_deref(), Some("2021-02-18"));
        assert_eq!(after("meeting", "2020-11-19"), None);
    }

    #[test]
    fn a_target_finds_its_meeting_and_says_so() {
        let (calendar, bodies) = (calendar(), bodies());
        let occasion = Occasion {
            written_on: Some(day("2020-11-02")),
            meeting_in: &|words, month| calendar.meeting_in(&bodies, words, month),
            meeting_after: &|words, day| calendar.meeting_after(&bodies, words, day),
        };
        for (words, on) in [
            ("CPEG December 2020", "2020-12-10"),
            ("at February 2021 board", "2021-02-18"),
            ("December 2020 meeting of CPEG", "2020-12-10"),
            ("before CPEG December 2020", "2020-12-09"),
            ("Board Feb 2021 (CPEG Dec 2020)", "2021-02-18"),
            ("by the next CPEG", "2020-12-10"),
            ("next board meeting", "2020-11-19"),
        ] {
            let target = Target::read_on(words, &occasion);
            assert_eq!(target.due_on(), Some(day(on)), "{words}: {:?}", target.doubts());
            assert_eq!(target.reading(), Reading::Meeting, "{words}");
            assert!(!target.doubts().is_empty(), "{words}");
        }
    }

    #[test]
    fn the_words_of_a_target_name_the_meeting_they_were_written_for() {
        let (plain, bodies) = (calendar(), bodies());
        let from = plain.begin_of(day("2020-11-01"));
        let december = plain.next(EXECUTIVE, from).unwrap();
        let board = plain.next(BOARD, from).unwrap();
        assert!(plain.is_target(&bodies, "CPEG December 2020", &december));
        assert!(!plain.is_target(&bodies, "CPEG December 2020", &board));
        assert!(!plain.is_target(&bodies, "December 2020", &december));
        assert!(!plain.is_target(&bodies, "CPEG February 2021", &december));
        let moved = Change {
            body: EXECUTIVE,
            title: "CPEG".into(),
            first_on: december.first_on,
            becomes: Becomes::At {
                local: day("2021-01-07").and_time(december.time),
                papers: Papers::AsUsual,
            },
            reason: String::new(),
            since: from,
        };
        let moved = Calendar { changes: [moved].into_iter().collect(), ..plain };
        let january = moved.next(EXECUTIVE, from).unwrap();
        assert_eq!(january.on, day("2021-01-07"));
        assert!(moved.is_target(&bodies, "CPEG December 2020", &january), "as it was written");
        assert!(moved.is_target(&bodies, "CPEG January 2021", &january), "as it stands");
    }
}
