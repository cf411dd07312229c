//! Numbers as a workbook shows them.

use crate::files::read::workbook::format::Piece;

/// How many digits a workbook keeps of a number; what stands beyond is the computer's rounding.
const DIGITS: usize = 15;

/// From here on a number is shown by its power of ten.
const LONGEST: f64 = 1e21;

/// The most digits a format may ask for: Excel allows thirty after the point.
const PLACES_MAX: usize = 30;

/// How many digits a format shows, and what stands around them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Pattern {
    before: String,
    after: String,
    /// The fewest digits before the point.
    whole: usize,
    /// The fewest and the most digits after it.
    places: (usize, usize),
    is_grouped: bool,
    is_percent: bool,
}

impl Pattern {
    /// The pattern of a format's pieces; none where they ask for more than digits in a row.
    pub(super) fn of(pieces: &[Piece]) -> Option<Self> {
        let mut pattern = Self::default();
        let (mut has_digits, mut has_point, mut is_over) = (false, false, false);
        for (place, piece) in pieces.iter().enumerate() {
            match piece {
                Piece::Other(digit @ ('0' | '#' | '?')) if !is_over => {
                    has_digits = true;
                    let is_needed = usize::from(*digit == '0');
                    if has_point {
                        pattern.places = (pattern.places.0 + is_needed, pattern.places.1 + 1);
                    } else {
                        pattern.whole += is_needed;
                    }
                }
                Piece::Other('.') if !has_point && !is_over => has_point = true,
                // Between digits it groups them; after the last it would divide by a thousand.
                Piece::Other(',') if has_digits && !has_point && !is_over => {
                    matches!(pieces.get(place + 1), Some(Piece::Other('0' | '#' | '?')))
                        .then_some(())?;
                    pattern.is_grouped = true;
                }
                Piece::Other('%') if !pattern.is_percent => {
                    pattern.is_percent = true;
                    is_over = has_digits;
                    pattern.side(has_digits).push('%');
                }
                Piece::Literal(letter) => {
                    is_over = has_digits;
                    pattern.side(has_digits).push(*letter);
                }
                _ => return None,
            }
        }
        let is_small = pattern.whole <= PLACES_MAX && pattern.places.1 <= PLACES_MAX;
        (has_digits && is_small).then_some(pattern)
    }

    /// The number as the pattern shows it.
    pub(super) fn shown(&self, number: f64) -> String {
        let number = if self.is_percent { number * 100.0 } else { number };
        if number.abs() >= LONGEST {
            return general(number);
        }
        let (fewest, most) = self.places;
        // Excel rounds the decimal digits it keeps; the nudge lifts 2.675 above its binary form.
        let nudged = number * (1.0 + f64::EPSILON);
        let digits = format!("{:.most$}", nudged.abs());
        let (whole, places) = digits.split_once('.').unwrap_or((&digits, ""));
        let spare = places.bytes().rev().take_while(|digit| *digit == b'0').count();
        let places = &places[..places.len() - spare.min(most - fewest)];
        let whole = if whole == "0" { "" } else { whole };
        let whole = format!("{whole:0>width$}", width = self.whole);
        let is_negative = number < 0.0 && digits.bytes().any(|digit| matches!(digit, b'1'..=b'9'));
        let mut shown = String::from(if is_negative { "-" } else { "" });
        shown.push_str(&self.before);
        shown.push_str(&if self.is_grouped { grouped(&whole) } else { whole });
        if most > 0 && !places.is_empty() {
            shown.push('.');
            shown.push_str(places);
        }
        shown.push_str(&self.after);
        shown.trim().to_owned()
    }

    fn side(&mut self, is_after: bool) -> &mut String {
        if is_after { &mut self.after } else { &mut self.before }
    }
}

/// The number as it comes: 2.1 for what the computer keeps as 2.1000000000000001.
pub(super) fn general(number: f64) -> String {
    let kept = format!("{number:.*e}", DIGITS - 1).parse().unwrap_or(number);
    if kept == 0.0 {
        return "0".to_owned();
    }
    let size = f64::abs(kept);
    if (1.0 / LONGEST..LONGEST).contains(&size) { format!("{kept}") } else { format!("{kept:E}") }
}

fn grouped(digits: &str) -> String {
    let mut grouped = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::read::workbook::format::Format;

    #[test]
    fn numbers_read_as_they_are_shown() {
        let check = |code: &str, number: f64, expected: &str| {
            let shown = match Format::of_code(code) {
                Format::Number(pattern) => pattern.shown(number),
                _ => general(number),
            };
            assert_eq!(shown, expected, "{number} in {code}");
        };
        check("General", 0.3 * 7.0, "2.1");
        check("General", 0.1 + 0.2, "0.3");
        check("General", 1.0, "1");
        check("General", -0.0, "0");
        check("General", 1_234_567_890_123.0, "1234567890123");
        check("General", 1e300, "1E300");
        check("0.00", 1.1, "1.10");
        check("0.0", 2.1, "2.1");
        check("0000", 12.0, "0012");
        check("0%", 0.5, "50%");
        check("0.0%", 0.125, "12.5%");
        check("#,##0", 1_234_567.0, "1,234,567");
        check("#,##0.00", 2.675, "2.68");
        check("£#,##0", 1500.0, "£1,500");
        check("[$£-809]#,##0.00", 1500.0, "£1,500.00");
        check("0.##", 2.5, "2.5");
        check("0\" days\"", 7.0, "7 days");
        check("0.00", -1.5, "-1.50");
        check("0", -0.2, "0");
        check("#", 0.0, "");
    }

    proptest::proptest! {
        #[test]
        fn every_number_is_shown(number in proptest::num::f64::NORMAL, code in "[0#?.,% x]{0,12}") {
            let _ = general(number);
            if let Format::Number(pattern) = Format::of_code(&code) {
                let _ = pattern.shown(number);
            }
        }
    }
}
