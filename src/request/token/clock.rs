//! The buttons about what is said around meetings.

use super::given_back;
use super::kept;
use super::list::page;
use super::list::read_page;
use super::number;
use crate::body::BodyId;
use crate::request::clock::ClockAsk;
use crate::request::command::Refusal;

/// The parts of the text that stands for an ask; none for one that no button makes.
pub(super) fn parts(ask: &ClockAsk) -> Option<Vec<String>> {
    let parts = match ask {
        ClockAsk::Snooze { body, first_on } => {
            vec!["snooze".into(), body.0.to_string(), first_on.to_string()]
        }
        ClockAsk::Wake => vec!["wake".into()],
        ClockAsk::Schedule { body, page: number } => {
            let mut parts = vec!["schedule".into(), body.as_deref().map(kept).unwrap_or_default()];
            parts.extend(page(*number));
            parts
        }
        _ => return None,
    };
    Some(parts)
}

/// The ask that the parts of a text stand for.
pub(super) fn read(parts: &[&str]) -> Result<ClockAsk, Refusal> {
    match parts {
        ["snooze", body, first_on] => Ok(ClockAsk::Snooze {
            body: BodyId(number(body)?),
            first_on: first_on.parse().map_err(|_| Refusal::NotAButton)?,
        }),
        ["wake"] => Ok(ClockAsk::Wake),
        ["schedule", body] => Ok(ClockAsk::Schedule { body: named(body), page: 0 }),
        ["schedule", body, page] => {
            Ok(ClockAsk::Schedule { body: named(body), page: read_page(Some(page))? })
        }
        _ => Err(Refusal::NotAButton),
    }
}

fn named(body: &str) -> Option<String> {
    (!body.is_empty()).then(|| given_back(body))
}
