//! The tokens about when bodies meet: a page of a list, and what to make of a draft.

use super::given_back;
use super::kept;
use super::list::page;
use super::list::read_page;
use super::number;
use crate::request::command::Refusal;
use crate::request::meeting::MeetingAsk;

const MAKE: &str = "make";
const PUT_ASIDE: &str = "leave";
const LIST: &str = "list";

/// The parts of a token; none for what no button asks.
pub(super) fn meeting(ask: &MeetingAsk) -> Option<Vec<String>> {
    let rest = match ask {
        MeetingAsk::List { body, page: number } => {
            let body = body.as_deref().map(kept).unwrap_or_default();
            [LIST.into(), body].into_iter().chain(page(*number)).collect()
        }
        MeetingAsk::Make { draft } => vec![MAKE.into(), draft.to_string()],
        MeetingAsk::PutAside { draft } => vec![PUT_ASIDE.into(), draft.to_string()],
        _ => return None,
    };
    Some(["meetings".to_owned()].into_iter().chain(rest).collect())
}

pub(super) fn read(parts: &[&str]) -> Result<MeetingAsk, Refusal> {
    match parts {
        [LIST, body, rest @ ..] if rest.len() <= 1 => Ok(MeetingAsk::List {
            body: (!body.is_empty()).then(|| given_back(body)),
            page: read_page(rest.first())?,
        }),
        [MAKE, draft] => Ok(MeetingAsk::Make { draft: number(draft)? }),
        [PUT_ASIDE, draft] => Ok(MeetingAsk::PutAside { draft: number(draft)? }),
        _ => Err(Refusal::NotAButton),
    }
}
