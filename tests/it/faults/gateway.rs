//! The gateway is cut, or takes no session up again, while something falls due or is said.

use std::time::Duration;

use convener::sandbox::Fault;
use convener::sandbox::Sandbox;

use crate::faults::Said;
use crate::faults::everything;
use crate::faults::owes_nothing;
use crate::town::MORAG;
use crate::town::Town;

/// What falls due while the gateway is gone is said all the same, once.
async fn is_said_without_a_gateway(said: Said) {
    let smoothly = said.smoothly().await;
    for refused in [0, 1] {
        let town = said.eve().await;
        let known = (town.sandbox().resumes(), town.sandbox().identifies());
        town.sandbox().fault(Fault::RefuseResume { times: refused });
        is_cut(&town).await;
        said.happens(&town).await;
        let back = |sandbox: &Sandbox| sandbox.is_online().then_some(());
        town.sandbox().until(back).await.unwrap();
        town.reach(said.until()).await;
        assert_eq!(everything(&town), smoothly, "{said:?}");
        came_back(&town, known, refused);
        owes_nothing(&town).await;
    }
}

/// Cuts the gateway, and waits until it is gone.
async fn is_cut(town: &Town) {
    town.sandbox().fault(Fault::CutGateway);
    let gone = |sandbox: &Sandbox| (!sandbox.is_online()).then_some(());
    town.sandbox().until(gone).await.unwrap();
}

/// The session was taken up again; where that was refused, another was begun.
fn came_back(town: &Town, known: (usize, usize), refused: usize) {
    let taken_up = town.sandbox().resumes() - known.0;
    let begun = town.sandbox().identifies() - known.1;
    let expected = if refused == 0 { (1, 0) } else { (0, 1) };
    assert_eq!((taken_up, begun), expected, "{refused} refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_that_falls_due_while_the_gateway_is_gone_is_posted_once() {
    is_said_without_a_gateway(Said::Digest).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn people_are_asked_once_though_the_gateway_goes() {
    is_said_without_a_gateway(Said::Chases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_that_is_logged_while_the_gateway_goes_is_kept_once_and_answered() {
    for refused in [0, 1] {
        let town = Town::open().await;
        let on = "POST /interactions/*/*/callback".to_owned();
        town.sandbox().fault(Fault::Slow { on, by: Duration::from_millis(300), times: 1 });
        town.sandbox().fault(Fault::RefuseResume { times: refused });
        let known = (town.sandbox().resumes(), town.sandbox().identifies());
        let morag = town.person(MORAG, "cpeg");
        let cut = async {
            // The bot has the update, and its answer is on the way.
            town.channel_with("cpeg", 1).await;
            is_cut(&town).await;
        };
        let typed = morag.types("/update action:1.2 text:Two formats drawn up");
        let (answer, ()) = tokio::join!(typed, cut);
        assert!(answer.contains("Logged: IP-1.2"), "{answer}");
        let back = |sandbox: &Sandbox| sandbox.is_online().then_some(());
        town.sandbox().until(back).await.unwrap();
        town.reach("2020-10-26 09:05").await;
        let read = town.channel("cpeg");
        assert_eq!(read.matches("Two formats drawn up").count(), 1, "{read}");
        let history = morag.types("/action history action:1.2").await;
        assert_eq!(history.matches("Two formats drawn up").count(), 1, "{history}");
        came_back(&town, known, refused);
        owes_nothing(&town).await;
    }
}
