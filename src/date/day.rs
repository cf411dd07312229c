//! One whole day, read from what a person typed.

use chrono::NaiveDate;
use thiserror::Error;

use super::doubt::quoted;
use super::reading::Reading;
use super::target::Target;

/// Why the words are not one certain day.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refusal {
    /// Nothing was written.
    #[error("No day was given. Write one such as 19 November 2020 or 19/11/2020.")]
    Blank,
    /// The words mean several days, as a month does.
    #[error("“{said}” is more than one day. Write one day such as 19 November 2020 or 19/11/2020.")]
    NotOneDay {
        /// What was written.
        said: String,
    },
    /// There is a doubt about the words, which it tells.
    #[error("{doubt} Write one day such as 19 November 2020 or 19/11/2020.")]
    Doubtful {
        /// The doubt, as a sentence.
        doubt: String,
    },
    /// No day could be found in the words.
    #[error("“{said}” is not a day. Write one such as 19 November 2020 or 19/11/2020.")]
    NotADay {
        /// What was written.
        said: String,
    },
}

/// Reads one whole day, the day of the month first: `1 January 2021`, `1/1/21`, `2021-01-01`.
/// Two-digit years from 00 to 79 are 2000 to 2079, the others 1980 to 1999.
pub fn read_day(words: &str) -> Result<NaiveDate, Refusal> {
    let target = Target::read(words);
    match (target.reading(), target.window(), target.doubts()) {
        (Reading::Blank, ..) => Err(Refusal::Blank),
        (Reading::Day, Some(window), []) if window.from == window.to => Ok(window.from),
        (_, Some(_), []) => Err(Refusal::NotOneDay { said: quoted(words) }),
        (_, None, []) => Err(Refusal::NotADay { said: quoted(words) }),
        (_, _, [doubt, ..]) => Err(Refusal::Doubtful { doubt: doubt.to_string() }),
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::Refusal;
    use super::read_day;

    #[test]
    fn one_whole_day() {
        for words in
            ["1 January 2021", "1/1/21", "2021-01-01", "1 Jan 2021", " Fri 1st January, 2021 "]
        {
            assert_eq!(
                read_day(words),
                Ok(NaiveDate::from_ymd_opt(2021, 1, 1).unwrap()),
                "{words}"
            );
        }
    }

    #[test]
    fn what_is_not_one_day_is_refused_in_a_sentence() {
        assert_eq!(read_day(" "), Err(Refusal::Blank));
        for words in [
            "March 2021",
            "1 to 1 May 2021",
            "2021",
            "soon",
            "31/9/2021",
            "1 Jan",
            "07/08",
            "Sat 1 January 2021",
            "ongoing",
            "TBC",
            "before 2 January 2021",
        ] {
            let refusal = read_day(words).unwrap_err().to_string();
            assert!(refusal.ends_with("19 November 2020 or 19/11/2020."), "{words}: {refusal}");
        }
        assert_eq!(
            read_day("March 2021").unwrap_err().to_string(),
            "“March 2021” is more than one day. Write one day such as 19 November 2020 or 19/11/2020."
        );
    }
}
