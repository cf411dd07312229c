//! The process is killed at every step of the outbox, with everything that takes that step.

use convener::bot::Step;
use convener::sandbox::Fault;

use crate::faults::SENDS;
use crate::faults::Said;
use crate::faults::everything;
use crate::faults::halted;
use crate::faults::logs;
use crate::faults::owes_nothing;
use crate::town::Town;

/// What a power cut at a step is tried with. Whoever adds a step says it here.
fn tried(step: Step) -> &'static [Said] {
    use Said::Chases;
    use Said::Correction;
    use Said::Digest;
    use Said::Evening;
    use Said::FollowUp;
    use Said::Line;
    use Said::Mention;
    match step {
        Step::Due | Step::Made | Step::Entered | Step::Owed | Step::Ticked => {
            &[Digest, Chases, FollowUp]
        }
        Step::Taken | Step::Marked | Step::Accepted | Step::Settled => {
            &[Digest, Chases, Mention, FollowUp, Line]
        }
        Step::Sought | Step::Unsaid => &[Digest, Chases, Line],
        Step::PutOff => &[Evening],
        Step::Amending | Step::Amended | Step::Corrected => &[Correction],
    }
}

/// How often the step is taken before the power fails, one run each: of a digest, one time in its
/// first part and one in its third; of requests, one time with a person and one with a channel.
fn befores(step: Step, said: Said) -> &'static [usize] {
    match (step, said) {
        (Step::Taken | Step::Marked | Step::Accepted | Step::Settled, Said::Digest) => &[0, 2],
        (Step::Taken | Step::Marked | Step::Accepted | Step::Settled, Said::Chases) => &[0, 5],
        (Step::PutOff, _) => &[0, 3],
        _ => &[0],
    }
}

/// Everybody has read the same, in the same order, wherever the power failed on the way.
async fn outlives_a_power_cut_at_each_step(said: Said) {
    let smoothly = said.smoothly().await;
    for step in Step::ALL.into_iter().filter(|step| tried(*step).contains(&said)) {
        for before in befores(step, said) {
            let mut town = said.eve().await;
            if said == Said::Evening {
                town.start_bot().await;
            }
            if matches!(step, Step::Sought | Step::Unsaid) {
                // Discord takes it, and its answer is lost.
                town.sandbox().fault(Fault::HangUp { on: SENDS.to_owned(), times: 1 });
            }
            halted(&mut town, step, said, *before).await;
            town.start_bot().await;
            town.reach(said.until()).await;
            let read = everything(&town);
            assert_eq!(read, smoothly, "{said:?}, killed at {step:?} after {before}");
            owes_nothing(&town).await;
        }
    }
}

#[test]
fn every_step_is_tried_with_something() {
    for (step, number) in Step::ALL.into_iter().zip(0..) {
        assert!(!tried(step).is_empty(), "{step:?}");
        assert_eq!(step as usize, number, "each step is there once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_digest_outlives_a_power_cut_at_each_step() {
    outlives_a_power_cut_at_each_step(Said::Digest).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_for_updates_outlive_a_power_cut_at_each_step() {
    outlives_a_power_cut_at_each_step(Said::Chases).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_wait_for_the_morning_outlive_a_power_cut() {
    outlives_a_power_cut_at_each_step(Said::Evening).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mention_in_place_of_a_refused_message_outlives_a_power_cut_at_each_step() {
    outlives_a_power_cut_at_each_step(Said::Mention).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_follow_up_outlives_a_power_cut_at_each_step() {
    outlives_a_power_cut_at_each_step(Said::FollowUp).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_line_of_an_update_outlives_a_power_cut_at_each_step() {
    outlives_a_power_cut_at_each_step(Said::Line).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_outlives_a_power_cut_at_each_step() {
    outlives_a_power_cut_at_each_step(Said::Correction).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_message_outlives_a_power_cut_before_and_after_it_is_written_down() {
    let smoothly = Said::Mention.smoothly().await;
    for step in [Step::Unsaid, Step::Settled] {
        let mut town = Said::Mention.eve().await;
        town.kill_bot().await;
        // The one who refuses is the second of those who are asked.
        let before = usize::from(step == Step::Settled);
        let mut stopped = town.start_bot_to_halt(step, Said::Chases.key(), before).await;
        tokio::select! {
            () = Said::Mention.happens(&town) => {}
            _ = stopped.wait_for(|stopped| *stopped) => {}
        }
        assert!(*stopped.borrow());
        town.kill_bot().await;
        town.start_bot().await;
        town.reach(Said::Mention.until()).await;
        assert_eq!(everything(&town), smoothly, "{step:?}");
        owes_nothing(&town).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_lines_that_read_the_same_the_second_is_not_taken_for_the_first() {
    let mut town = Town::open().await;
    logs(&town, "Two formats drawn up").await;
    town.channel_with("cpeg", 1).await;
    halted(&mut town, Step::Marked, Said::Line, 0).await;
    assert_eq!(town.sandbox().read("cpeg").len(), 1);
    town.start_bot().await;
    town.reach("2020-10-26 09:07").await;
    let read = town.channel("cpeg");
    assert_eq!(read.matches("Two formats drawn up").count(), 2, "{read}");
    owes_nothing(&town).await;
}
