//! A time of day, read from what a person typed.

use chrono::NaiveTime;
use thiserror::Error;

use super::doubt::quoted;

/// Why the words are not one certain time.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotATime {
    /// They mean no time of day.
    #[error("“{said}” is not a time. Write one such as 10:00, 10am or 2.30pm.")]
    NoTime {
        /// What was written.
        said: String,
    },
    /// They may mean the morning or the afternoon.
    #[error("“{said}” could be in the morning or the afternoon. Write {morning} or {afternoon}.")]
    EitherHalf {
        /// What was written.
        said: String,
        /// The time in the morning.
        morning: String,
        /// The time in the afternoon.
        afternoon: String,
    },
}

/// Reads a time of day: `10:00`, `10am`, `2.30 pm`, `14.30`, `1430`, `noon`.
///
/// # Errors
/// An hour from 1 to 7 that says neither am nor pm nor has two digits may be in either half of the day.
pub fn read_time(words: &str) -> Result<NaiveTime, NotATime> {
    let said: String = words.chars().filter(|letter| !letter.is_whitespace()).collect();
    let said = said.to_lowercase();
    let no_time = || NotATime::NoTime { said: quoted(words) };
    if ["noon", "midday", "12noon"].contains(&said.as_str()) {
        return NaiveTime::from_hms_opt(12, 0, 0).ok_or_else(no_time);
    }
    let half = |ends: [&str; 3]| ends.into_iter().find_map(|end| said.strip_suffix(end));
    let (digits, half) = match (half(["am", "a.m.", "a.m"]), half(["pm", "p.m.", "p.m"])) {
        (Some(digits), _) => (digits, Some(Half::Morning)),
        (_, Some(digits)) => (digits, Some(Half::Afternoon)),
        _ => (said.as_str(), None),
    };
    let (hours, minutes) = match digits.split_once([':', '.']) {
        Some(parts) => parts,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None if half.is_some() || digits.len() <= 2 => (digits, "00"),
        None => return Err(no_time()),
    };
    let is_number = |part: &str| part.chars().all(|digit| digit.is_ascii_digit());
    if !(1..=2).contains(&hours.len())
        || minutes.len() != 2
        || !is_number(hours)
        || !is_number(minutes)
    {
        return Err(no_time());
    }
    let hour: u32 = hours.parse().map_err(|_| no_time())?;
    let minute: u32 = minutes.parse().map_err(|_| no_time())?;
    let time = |hour| NaiveTime::from_hms_opt(hour, minute, 0);
    match half {
        Some(_) if !(1..=12).contains(&hour) => Err(no_time()),
        Some(Half::Morning) => time(hour % 12).ok_or_else(no_time),
        Some(Half::Afternoon) => time(hour % 12 + 12).ok_or_else(no_time),
        None if (1..=7).contains(&hour) && hours.len() == 1 && minute < 60 => {
            Err(NotATime::EitherHalf {
                said: quoted(words),
                morning: format!("{hour}.{minute:02}am"),
                afternoon: format!("{hour}.{minute:02}pm"),
            })
        }
        None => time(hour).ok_or_else(no_time),
    }
}

enum Half {
    Morning,
    Afternoon,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &str) {
        let found = read_time(words).map(|time| time.format("%H:%M").to_string());
        assert_eq!(found.unwrap_or_else(|refusal| refusal.to_string()), expected, "{words}");
    }

    #[test]
    fn times_as_people_write_them() {
        check("10:00", "10:00");
        check("10", "10:00");
        check("10am", "10:00");
        check(" 2.30 PM ", "14:30");
        check("2:30 p.m.", "14:30");
        check("14.30", "14:30");
        check("1430", "14:30");
        check("02:30", "02:30");
        check("12pm", "12:00");
        check("12am", "00:00");
        check("Noon", "12:00");
    }

    #[test]
    fn what_is_not_one_certain_time_is_refused_in_a_sentence() {
        check("2.30", "“2.30” could be in the morning or the afternoon. Write 2.30am or 2.30pm.");
        for words in
            ["", "soon", "25:00", "10:60", "13pm", "0am", "10:5", "1:2:3", "100", "½", "１０"]
        {
            let refusal = read_time(words).unwrap_err().to_string();
            assert!(refusal.ends_with("10am or 2.30pm."), "{words}: {refusal}");
        }
    }
}
