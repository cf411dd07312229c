//! The tokens of lists and of what is shared: filters, day and page, within what a button carries.

use super::attention;
use super::day;
use super::given_back;
use super::kept;
use super::number;
use super::read_attention;
use crate::action::Status;
use crate::attention::Attention;
use crate::request::command::Refusal;
use crate::request::list::ListAsk;
use crate::request::list::MineAsk;
use crate::request::list::Share;
use crate::request::list::Stands;

/// A page as it stands at the end of a token: nothing for the first.
pub(super) fn page(page: u32) -> Option<String> {
    (page > 0).then(|| page.to_string())
}

pub(super) fn read_page(part: Option<&&str>) -> Result<u32, Refusal> {
    let Some(part) = part else { return Ok(0) };
    u32::try_from(number(part)?).map_err(|_| Refusal::NotAButton)
}

pub(super) fn list(ask: &ListAsk) -> Vec<String> {
    let plain = |words: &Option<String>| words.as_deref().map(kept).unwrap_or_default();
    let mut parts = vec![
        "list".into(),
        ask.status.map_or("", Status::words).into(),
        ask.stands.map_or("", Stands::word).into(),
        day(ask.as_of),
        ask.area.map(|area| area.to_string()).unwrap_or_default(),
        plain(&ask.body),
        plain(&ask.lead),
        plain(&ask.theme),
        plain(&ask.text),
    ];
    parts.extend(page(ask.page));
    parts
}

pub(super) fn read_list(parts: &[&str]) -> Result<ListAsk, Refusal> {
    let ([status, stands, as_of, area, body, lead, theme, text], page) =
        parts.split_first_chunk().ok_or(Refusal::NotAButton)?;
    if page.len() > 1 {
        return Err(Refusal::NotAButton);
    }
    let given = |words: &str| (!words.is_empty()).then(|| given_back(words));
    let status = given(status).map(|word| Status::from_words(&word).ok_or(Refusal::NotAButton));
    let stands = given(stands).map(|word| Stands::from_word(&word).ok_or(Refusal::NotAButton));
    Ok(ListAsk {
        body: given(body),
        lead: given(lead),
        area: given(area).map(|area| area.parse()).transpose().map_err(|_| Refusal::NotAButton)?,
        theme: given(theme),
        status: status.transpose()?,
        stands: stands.transpose()?,
        text: given(text),
        as_of: given(as_of).map(|day| day.parse()).transpose().map_err(|_| Refusal::NotAButton)?,
        page: read_page(page.first())?,
    })
}

pub(super) fn mine(ask: &MineAsk) -> Vec<String> {
    let view = ask.view.map_or("", Attention::word);
    let mut parts = vec!["mine".into(), view.into(), page(ask.page).unwrap_or_default()];
    parts.extend(ask.of.iter().map(|body| kept(body)));
    parts
}

pub(super) fn read_mine(parts: &[&str]) -> Result<MineAsk, Refusal> {
    let [view, page, of @ ..] = parts else { return Err(Refusal::NotAButton) };
    let view = (!view.is_empty()).then(|| Attention::from_word(view).ok_or(Refusal::NotAButton));
    let page = Some(page).filter(|page| !page.is_empty());
    let of = of.iter().filter(|body| !body.is_empty());
    Ok(MineAsk {
        of: of.map(|body| given_back(body)).collect(),
        view: view.transpose()?,
        page: read_page(page)?,
    })
}

/// What is shared. A list of what needs attention stands there without its own word, as it did
/// when nothing else was shared.
pub(super) fn share(share: &Share) -> Vec<String> {
    let mut parts = vec!["share".to_owned()];
    match share {
        Share::Overdue(ask) => parts = attention("share", ask),
        Share::Action(action) => parts.extend(["action".into(), kept(action)]),
        Share::List(ask) => parts.extend(list(ask)),
        Share::Mine(ask) => parts.extend(mine(ask)),
    }
    parts
}

pub(super) fn read_share(parts: &[&str]) -> Result<Share, Refusal> {
    match parts {
        ["action", action] => Ok(Share::Action(given_back(action))),
        ["list", rest @ ..] => read_list(rest).map(Share::List),
        ["mine", rest @ ..] => read_mine(rest).map(Share::Mine),
        rest => read_attention(rest).map(Share::Overdue),
    }
}
