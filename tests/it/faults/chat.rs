//! Discord asks to wait, stumbles, or takes what it is given and does not say so.

use std::time::Duration;

use convener::sandbox::Fault;

use crate::faults::SENDS;
use crate::faults::Said;
use crate::faults::everything;
use crate::faults::owes_nothing;

/// Where a channel of direct messages is opened.
const OPENS: &str = "POST /users/@me/channels";

/// Where it is looked whether a post stands in its channel.
const LOOKS: &str = "GET /channels/*/messages";

fn too_many(on: &str, global: bool, times: usize) -> Fault {
    Fault::TooMany { on: on.into(), retry_after: Duration::from_millis(200), global, times }
}

fn refuse(on: &str, status: u16, times: usize) -> Fault {
    Fault::Refuse { on: on.into(), status, times }
}

/// Under each set of faults, everybody reads what they would have without.
async fn outlives(said: Said, trials: Vec<Vec<Fault>>) {
    let smoothly = said.smoothly().await;
    for faults in trials {
        let town = said.eve().await;
        let named = format!("{said:?} under {faults:?}");
        for fault in faults {
            town.sandbox().fault(fault);
        }
        said.happens(&town).await;
        assert_eq!(everything(&town), smoothly, "{named}");
        owes_nothing(&town).await;
    }
}

fn trials() -> Vec<Vec<Fault>> {
    let on = || SENDS.to_owned();
    vec![
        vec![too_many(SENDS, false, 3)],
        vec![too_many(SENDS, true, 3)],
        vec![refuse(SENDS, 500, 2), refuse(SENDS, 502, 1)],
        vec![Fault::HangUp { on: on(), times: 3 }],
        vec![Fault::Garble { on: on(), times: 3 }],
        // It is not known what Discord has, and it cannot be looked up at once either.
        vec![Fault::HangUp { on: on(), times: 1 }, refuse(LOOKS, 500, 2)],
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_digest_is_read_once_and_in_order_whatever_discord_does() {
    outlives(Said::Digest, trials()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_for_updates_are_read_once_whatever_discord_does() {
    let mut trials = trials();
    trials.push(vec![too_many(OPENS, false, 1), refuse(OPENS, 502, 1)]);
    trials.push(vec![Fault::HangUp { on: OPENS.to_owned(), times: 2 }]);
    trials.push(vec![Fault::Garble { on: OPENS.to_owned(), times: 1 }]);
    outlives(Said::Chases, trials).await;
}
