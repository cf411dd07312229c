//! The colour of an action and why it has it, in words.

use crate::action::Action;
use crate::attention::Brag;
use crate::attention::Colour;
use crate::attention::Vantage;
use crate::attention::Why;
use crate::date::day_in_words;
use crate::view::line::Fit;
use crate::view::line::days_in_words;
use crate::view::line::moved_as;
use crate::view::verbatim;

/// The word of a colour, so that nothing depends on seeing it.
pub fn word(colour: Colour) -> &'static str {
    match colour {
        Colour::Blue => "Blue",
        Colour::Red => "Red",
        Colour::Amber => "Amber",
        Colour::Green => "Green",
        Colour::White => "White",
    }
}

/// The colour and its reason: `Amber: due before the next meeting, on 10 December 2020, and nothing
/// said since the last`.
pub fn in_words(brag: Brag, action: &Action, vantage: &Vantage) -> String {
    in_words_as(brag, action, vantage, verbatim)
}

/// The same, with words made fit for where they stand.
pub fn in_words_as(brag: Brag, action: &Action, vantage: &Vantage, fit: Fit) -> String {
    let meeting = match vantage.meeting_on {
        Some(on) => format!("the next meeting, on {},", day_in_words(on)),
        None => "the next meeting".to_owned(),
    };
    let why = match brag.why {
        Why::SignedOff => "complete and signed off".to_owned(),
        Why::Overdue { days } => format!("{} overdue", days_in_words(days)),
        Why::Blocked => "blocked".to_owned(),
        Why::AtRisk => "at risk".to_owned(),
        Why::DueUnheard => format!("due before {meeting} and nothing said since the last"),
        Why::AwaitsSignOff => "said to be complete, to be signed off".to_owned(),
        Why::Moved => format!("not yet due, but its date has moved ({})", moved(action, fit)),
        Why::DueHeard => format!("due before {meeting} and reported on since the last"),
        Why::NotYetDue => "not yet due".to_owned(),
        Why::OnHold => "on hold".to_owned(),
        Why::NoDate => "without a date".to_owned(),
        Why::Withdrawn => "withdrawn".to_owned(),
    };
    format!("{}: {why}", word(brag.colour))
}

fn moved(action: &Action, fit: Fit) -> String {
    moved_as(action, fit).unwrap_or_else(|| "moved".to_owned())
}
