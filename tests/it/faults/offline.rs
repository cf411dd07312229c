//! The bot is away for hours, days and weeks, and comes back.

use convener::bot::Step;
use insta::assert_snapshot;

use crate::faults::Said;
use crate::faults::everything_but;
use crate::faults::halted;
use crate::faults::owes_nothing;
use crate::faults::titles;
use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::Town;

/// A town whose bot is away from one local time to another, and starts then.
async fn away(from: &str, to: &str) -> Town {
    let mut town = Town::met("2020-10-26 09:00").await;
    town.reach(from).await;
    town.kill_bot().await;
    town.reach(to).await;
    town.start_bot().await;
    town.reach(to).await;
    town
}

/// When and under which title each message of a channel stands there.
fn when(town: &Town, channel: &str) -> String {
    let zone = chrono_tz::Europe::London;
    let messages = town.sandbox().read(channel).into_iter().zip(titles(town, channel));
    let line = |(message, title): (convener::sandbox::Message, String)| {
        format!("{} {title}", message.at.with_timezone(&zone).format("%a %-d %b %H:%M"))
    };
    messages.map(line).collect::<Vec<_>>().join("\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_week_across_the_papers_deadline_the_digest_is_late_and_says_so() {
    let mut town = away("2020-11-06 12:00", "2020-11-13 12:00").await;
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-11-13 17:00").await;
    assert_snapshot!(when(&town, "cpwd-board"), @"
    Thu 29 Oct 09:00 1 action needs a word from you before the CPWD board on 19 November 2020
    Fri 13 Nov 12:00 CPWD board digest: meeting on Thursday 19 November 2020
    ");
    assert!(
        town.newest("cpwd-board").contains("Posted late: the bot was offline"),
        "{}",
        town.newest("cpwd-board")
    );
    assert_snapshot!(town.channel("cp-support"), @"
    [Fri 13 Nov 12:00] Convener:
        │ Delivery report: CPWD board, Thursday 19 November 2020
        │ The papers were due at 09:00 on Thursday 12 November 2020. A draft of the paper is attached.
        │ 0 of 8 who were asked have answered in full.
        │ This report comes late: the bot was offline.
        │
        │ **Asked for an update**
        │ **Morag Sinclair** asked on 29 October · no word yet on IP-1.2, IP-1.4, IP-3.2
        │ **Fiona Campbell** asked on 29 October · no word yet on IP-2.1, IP-4.1
        │ **Priya Nair** asked on 29 October · no word yet on IP-1.3, IP-2.2
        │ **#cpwd-board (nobody known for CPWD)** asked on 29 October · no word yet on IP-4.2
        │ **#dig-independent (nobody known for Independent DIG)** asked on 29 October · no word yet on IP-2.1, IP-4.1
        │ **#dig-nurtured (nobody known for Nurtured DIG)** asked on 29 October · no word yet on IP-2.1, IP-4.1
        │ **#dig-empowered (nobody known for Empowered DIG)** asked on 29 October · no word yet on IP-2.1, IP-4.1
        │ **#dig-safe (nobody known for Safe DIG)** asked on 29 October · no word yet on IP-2.1, IP-4.1
        │ — To ask somebody once more: /remind. Who holds what: /lead list.
        📎 CPWD-2020-11-19-paper.docx
    [Fri 13 Nov 12:00] Convener:
        │ Missed: the second request for updates for CPWD board
        │ It was due before the papers of Thursday 12 November 2020, but I was offline for too long, so nobody was asked. `/remind` asks somebody now.
    ");
    // Asked once in time; by now it is too late to ask again.
    assert_eq!(town.private(MORAG).matches("need a word").count(), 1);
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_to_be_asked_twice_meanwhile_is_asked_once() {
    let town = away("2020-10-28 12:00", "2020-11-10 12:00").await;
    assert_snapshot!(town.private(FIONA), @"
    [Tue 10 Nov 12:00] Convener:
        │ 2 actions need a word from you before the CPWD board on 19 November 2020
        │ Please reply before 09:00 on Thursday 12 November 2020, when the papers go out. A line is enough.
        │ This comes late: the bot was offline.
        │
        │ **Overdue**
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 41 days past September 2020 · ● on track · last update October 2020
        │ Last said: CPWD heard in August how partners worked through lockdown. The DIGs keep this as a regular item.
        │
        │ **Not reported on yet**
        │ **IP-2.1** Review the DIG action plans against data and feedback · Delivery Improvement Groups (DIGs)
        │ due December 2020 · ● on track · last update October 2020
        │ Last said: Review begun, with a fresh look at priorities for recovery. Data sources are being mapped.
        [Update IP-4.1] [Update IP-2.1] [Not again before this meeting]
    ");
    for name in [MORAG, PRIYA] {
        assert_eq!(town.private(name).matches("need a word").count(), 1, "{name}");
    }
    assert_snapshot!(when(&town, "dig-safe"), @"Tue 10 Nov 12:00 2 actions need a word from you before the CPWD board on 19 November 2020");
    town.reach("2020-11-11 09:00").await;
    assert_snapshot!(town.newest("cp-support"), @"
    [Wed 11 Nov 09:00] Convener:
        │ Delivery report: CPWD board, Thursday 19 November 2020
        │ The papers go out at 09:00 on Thursday 12 November 2020. A draft of the paper is attached.
        │ 0 of 8 who were asked have answered in full.
        │
        │ **Asked for an update**
        │ **Morag Sinclair** asked on 10 November · no word yet on IP-1.2, IP-1.4, IP-3.2
        │ **Fiona Campbell** asked on 10 November · no word yet on IP-2.1, IP-4.1
        │ **Priya Nair** asked on 10 November · no word yet on IP-1.3, IP-2.2
        │ **#cpwd-board (nobody known for CPWD)** asked on 10 November · no word yet on IP-4.2
        │ **#dig-independent (nobody known for Independent DIG)** asked on 10 November · no word yet on IP-2.1, IP-4.1
        │ **#dig-nurtured (nobody known for Nurtured DIG)** asked on 10 November · no word yet on IP-2.1, IP-4.1
        │ **#dig-empowered (nobody known for Empowered DIG)** asked on 10 November · no word yet on IP-2.1, IP-4.1
        │ **#dig-safe (nobody known for Safe DIG)** asked on 10 November · no word yet on IP-2.1, IP-4.1
        │ — To ask somebody once more: /remind. Who holds what: /lead list.
        📎 CPWD-2020-11-19-paper.docx
    ");
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_after_the_meeting_cp_support_is_told_what_was_missed_and_nobody_else_anything() {
    let mut town = away("2020-10-28 12:00", "2020-11-19 14:00").await;
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-11-19 17:00").await;
    assert_snapshot!(town.channel("cp-support"), @"
    [Thu 19 Nov 14:00] Convener:
        │ Missed: the digest for CPWD board
        │ It was due on Thursday 12 November 2020, but I was offline until after the meeting of Thursday 19 November 2020, so it was not posted. `/digest preview` shows how things stand now.
    ");
    // By then people are asked before the next meeting, of CPEG.
    let read = everything_but(&town, &["cp-support"]);
    assert!(!read.contains("CPWD board") && read.contains("before CPEG"), "{read}");
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_on_a_saturday_evening_nobody_is_disturbed_before_monday() {
    let town = away("2020-10-28 12:00", "2020-11-07 20:00").await;
    town.reach("2020-11-09 08:59").await;
    assert_eq!((town.private(MORAG), town.channel("dig-safe")), (String::new(), String::new()));
    // The second request falls due in the same minute as the first, which waited.
    town.reach("2020-11-09 17:00").await;
    assert_snapshot!(town.private(MORAG), @"
    [Mon 9 Nov 09:00] Convener:
        │ 3 actions need a word from you before the CPWD board on 19 November 2020
        │ Please reply before 09:00 on Thursday 12 November 2020, when the papers go out. A line is enough.
        │ This comes late: the bot was offline.
        │
        │ **Not reported on yet**
        │ **IP-1.2** Awareness sessions: community planning in practice · CPEG
        │ due March 2021 · ● on track · last update October 2020
        │ Last said: CPEG weighs up the options in December 2020. Plans will allow for Covid-19.
        │ **IP-1.4** Hold engagement sessions that shape future plans · CPEG
        │ due June – September 2021 · ○ not started · no update yet
        │ **IP-3.2** Show CPWD the direction of travel with performance figures · CPEG
        │ no date · ● on track · last update October 2020
        │ Last said: Outcome profiles and other figures are being gathered for the review planned in 2021/22.
        [Update IP-1.2] [Update IP-1.4] [Update IP-3.2] [Not again before this meeting]
    ");
    assert_snapshot!(when(&town, "dig-safe"), @"Mon 9 Nov 09:00 2 actions need a word from you before the CPWD board on 19 November 2020");
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn back_on_a_saturday_evening_a_channel_gets_its_digest_at_once() {
    let town = away("2020-11-11 12:00", "2020-11-14 20:00").await;
    assert_snapshot!(when(&town, "cpwd-board"), @"
    Thu 29 Oct 09:00 1 action needs a word from you before the CPWD board on 19 November 2020
    Mon 9 Nov 09:00 Last request: 1 action needs a word from you before the CPWD board on 19 November 2020
    Sat 14 Nov 20:00 CPWD board digest: meeting on Thursday 19 November 2020
    ");
    assert!(town.newest("cpwd-board").contains("Posted late: the bot was offline"));
    owes_nothing(&town).await;
}

/// A town whose bot was killed at a step of the board's digest, and is back only after the meeting.
async fn killed_until_after_the_meeting(step: Step) -> Town {
    let mut town = Town::met("2020-11-11 17:00").await;
    town.kill_bot().await;
    let mut stopped = town.start_bot_to_halt(step, Said::Digest.key(), 0).await;
    tokio::select! {
        () = town.reach("2020-11-12 09:00") => {}
        _ = stopped.wait_for(|stopped| *stopped) => {}
    }
    assert!(*stopped.borrow());
    town.kill_bot().await;
    town.reach("2020-11-19 14:00").await;
    town.start_bot().await;
    town.reach("2020-11-19 14:05").await;
    owes_nothing(&town).await;
    town
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_that_stood_in_the_outbox_is_not_posted_after_the_meeting_and_cp_support_told_once()
 {
    let town = killed_until_after_the_meeting(Step::Owed).await;
    assert_eq!(
        titles(&town, "cpwd-board").iter().filter(|title| title.contains("digest")).count(),
        0
    );
    assert_snapshot!(town.channel("cp-support"), @"
    [Thu 19 Nov 14:00] Convener:
        │ Not delivered in time
        │ “CPWD board digest: meeting on Thursday 19 November 2020” was not posted in #cpwd-board: by the time it could be, it was too late to be of use.
    ");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_that_discord_had_before_the_power_failed_is_not_said_to_be_missed() {
    let town = killed_until_after_the_meeting(Step::Accepted).await;
    assert_eq!(
        titles(&town, "cpwd-board").iter().filter(|title| title.contains("digest")).count(),
        1
    );
    assert_snapshot!(when(&town, "cp-support"), @"");
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_that_were_made_before_the_power_failed_are_not_said_to_be_missed() {
    let mut town = Said::Chases.eve().await;
    halted(&mut town, Step::Owed, Said::Chases, 0).await;
    town.reach("2020-11-12 17:00").await;
    town.start_bot().await;
    town.reach("2020-11-12 17:05").await;
    assert_snapshot!(town.channel("cp-support"), @"
    [Thu 12 Nov 17:00] Convener:
        │ Not everybody was asked in time
        │ Some requests for updates waited until the papers had gone out, so they were not sent. The first of them: “1 action needs a word from you before the CPWD board on 19 November 2020”. `/remind` asks somebody now.
    [Thu 12 Nov 17:00] Convener:
        │ Missed: the second request for updates for CPWD board
        │ It was due before the papers of Thursday 12 November 2020, but I was offline for too long, so nobody was asked. `/remind` asks somebody now.
    [Thu 12 Nov 17:00] Convener:
        │ Delivery report: CPWD board, Thursday 19 November 2020
        │ The papers were due at 09:00 on Thursday 12 November 2020. A draft of the paper is attached.
        │ 0 of 8 who were asked have answered in full.
        │ This report comes late: the bot was offline.
        │
        │ **Asked for an update**
        │ **Morag Sinclair** asked on 29 October · could not be delivered · no word yet on IP-1.2, IP-1.4, IP-3.2
        │ **Fiona Campbell** asked on 29 October · could not be delivered · no word yet on IP-2.1, IP-4.1
        │ **Priya Nair** asked on 29 October · could not be delivered · no word yet on IP-1.3, IP-2.2
        │ **#cpwd-board (nobody known for CPWD)** asked on 29 October · could not be delivered · no word yet on IP-4.2
        │ **#dig-independent (nobody known for Independent DIG)** asked on 29 October · could not be delivered · no word yet on IP-2.1, IP-4.1
        │ **#dig-nurtured (nobody known for Nurtured DIG)** asked on 29 October · could not be delivered · no word yet on IP-2.1, IP-4.1
        │ **#dig-empowered (nobody known for Empowered DIG)** asked on 29 October · could not be delivered · no word yet on IP-2.1, IP-4.1
        │ **#dig-safe (nobody known for Safe DIG)** asked on 29 October · could not be delivered · no word yet on IP-2.1, IP-4.1
        │ — To ask somebody once more: /remind. Who holds what: /lead list.
        📎 CPWD-2020-11-19-paper.docx
    ");
    assert_eq!(town.private(MORAG), "", "the papers have gone out");
    owes_nothing(&town).await;
}
