//! Showing a private answer to everybody in the channel, once.

use chrono::DateTime;
use chrono::Utc;
use chrono_tz::Tz;

use crate::request::Ask;
use crate::request::list::Share;
use crate::request::token;
use crate::view::Button;
use crate::view::Card;

/// The button that shows a private answer to everybody in the channel; none for one whose names are
/// too long for a button.
pub fn button(share: &Share) -> Option<Button> {
    let token = token::write(&Ask::Share(share.clone()))?;
    Some(Button { label: "Share here".into(), token })
}

/// What somebody is told who shares what was shared in the channel a moment ago.
pub fn already(at: DateTime<Utc>, zone: Tz) -> Card {
    let time = at.with_timezone(&zone).format("%H:%M");
    Card {
        text: format!(
            "That was shared in this channel already, at {time}: everybody can read it above. I \
             did not post it again."
        ),
        ..Card::default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::request::AttentionAsk;

    #[test]
    fn the_button_asks_the_same_for_everybody_or_is_not_there() {
        let share = |theme: &str| {
            let theme = Some(theme.to_owned());
            Share::Overdue(AttentionAsk { theme, ..AttentionAsk::default() })
        };
        let made = button(&share("Health/Care")).unwrap();
        let read = token::read(&made.token, &BTreeMap::new());
        assert_eq!(
            (made.label.as_str(), read),
            ("Share here", Ok(Ask::Share(share("Health/Care"))))
        );
        assert!(button(&share(&"é".repeat(token::TOKEN_MAX))).is_none());
    }
}
