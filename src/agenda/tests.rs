//! What can be brought to a meeting.

use chrono::NaiveTime;

use super::*;
use crate::action::sample::BOARD;
use crate::action::sample::action;
use crate::action::sample::day;
use crate::action::sample::said;

fn meeting(on: &str) -> Meeting {
    let on = day(on);
    let time = NaiveTime::from_hms_opt(10, 0, 0).unwrap();
    let at = on.and_time(time).and_utc();
    Meeting { body: BOARD, title: "board".into(), at, on, first_on: on, time, papers_on: on }
}

#[track_caller]
fn check(
    action: &Action,
    on: &str,
    offer: Offer<'_>,
    expected: &Result<Option<UpdateId>, Refusal>,
) {
    let brought = bring(action, &meeting(on), offer, day("2020-11-19"));
    assert_eq!(&brought.clone().map(|item| item.update), expected);
    if let Ok(item) = brought {
        assert_eq!((item.body, item.meeting_on), (BOARD, day(on)));
        assert_eq!(item.words, offer.words.trim());
    }
}

#[test]
fn what_can_be_brought_to_a_meeting() {
    let open = action("IP-1.1", "March 2021");
    let reference = || open.reference.clone();
    let whole = Offer { purpose: Purpose::Decision, words: " Two options ", last_update: false };
    let update = Offer { last_update: true, ..whole };
    check(&open, "2021-02-18", whole, &Ok(None));
    check(&open, "2020-11-19", whole, &Ok(None));
    check(&open, "2020-11-18", whole, &Err(Refusal::Over { day: day("2020-11-18") }));
    check(&open, "2021-02-18", update, &Err(Refusal::NoUpdate(reference())));
    let heard = Action { last_update: Some(said("2020-11-03")), ..open.clone() };
    check(&heard, "2021-02-18", update, &Ok(Some(UpdateId(1))));
    let done = Action { standing: Standing::SignedOff, ..open.clone() };
    check(&done, "2021-02-18", whole, &Ok(None));
    let withdrawn = Action { standing: Standing::Withdrawn, ..open.clone() };
    check(&withdrawn, "2021-02-18", whole, &Err(Refusal::Withdrawn(reference())));
    let longest = "é".repeat(WORDS_MAX);
    check(&open, "2021-02-18", Offer { words: &longest, ..whole }, &Ok(None));
    let longer = format!("{longest}é");
    let refused = Err(Refusal::TooLong { length: WORDS_MAX + 1 });
    check(&open, "2021-02-18", Offer { words: &longer, ..whole }, &refused);
}

#[test]
fn purposes_read_as_they_are_kept() {
    for purpose in Purpose::ALL {
        assert_eq!(Purpose::from_word(purpose.word()), Some(purpose));
    }
    assert_eq!(Purpose::from_word("fun"), None);
}
