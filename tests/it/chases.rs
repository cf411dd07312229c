//! Who is asked for updates before a meeting, and what they read.

use insta::assert_snapshot;

use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn before_the_board_each_lead_is_asked_once_privately_with_their_own_actions() {
    let town = Town::met("2020-10-26 09:00").await;
    town.reach("2020-10-29 08:59").await;
    assert_eq!(town.private(MORAG), "");
    town.reach("2020-10-29 09:00").await;
    assert_snapshot!(town.private(MORAG), @"
    [Thu 29 Oct 09:00] Convener:
        │ 3 actions need a word from you before the CPWD board on 19 November 2020
        │ Please reply before 09:00 on Thursday 12 November 2020, when the papers go out. A line is enough.
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
    assert_snapshot!(town.private(FIONA), @"
    [Thu 29 Oct 09:00] Convener:
        │ 2 actions need a word from you before the CPWD board on 19 November 2020
        │ Please reply before 09:00 on Thursday 12 November 2020, when the papers go out. A line is enough.
        │
        │ **Overdue**
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 29 days past September 2020 · ● on track · last update October 2020
        │ Last said: CPWD heard in August how partners worked through lockdown. The DIGs keep this as a regular item.
        │
        │ **Not reported on yet**
        │ **IP-2.1** Review the DIG action plans against data and feedback · Delivery Improvement Groups (DIGs)
        │ due December 2020 · ● on track · last update October 2020
        │ Last said: Review begun, with a fresh look at priorities for recovery. Data sources are being mapped.
        [Update IP-4.1] [Update IP-2.1] [Not again before this meeting]
    ");
    assert_snapshot!(town.channel("dig-safe"), @"
    [Thu 29 Oct 09:00] Convener (rings @Safe DIG Chair): @Safe DIG Chair
        │ 2 actions need a word from you before the CPWD board on 19 November 2020
        │ Please reply before 09:00 on Thursday 12 November 2020, when the papers go out. A line is enough.
        │
        │ **Overdue**
        │ **IP-4.1** Share case studies of joint working · DIG chairs / CPEG
        │ ▲ 29 days past September 2020 · ● on track · last update October 2020
        │ Last said: CPWD heard in August how partners worked through lockdown. The DIGs keep this as a regular item.
        │
        │ **Not reported on yet**
        │ **IP-2.1** Review the DIG action plans against data and feedback · Delivery Improvement Groups (DIGs)
        │ due December 2020 · ● on track · last update October 2020
        │ Last said: Review begun, with a fresh look at priorities for recovery. Data sources are being mapped.
        │ — Asked here because I do not know yet who holds Safe DIG. CP Support can tell me: /lead link.
        [Update IP-4.1] [Update IP-2.1]
    ");
    assert_snapshot!(town.channel("cpwd-board"), @"
    [Thu 29 Oct 09:00] Convener (rings @CPWD Chair): @CPWD Chair
        │ 1 action needs a word from you before the CPWD board on 19 November 2020
        │ Please reply before 09:00 on Thursday 12 November 2020, when the papers go out. A line is enough.
        │
        │ **Not reported on yet**
        │ **IP-4.2** Review the terms of reference at every level · CPWD Chair
        │ due November 2020 · ● on track · last update October 2020
        │ Last said: CPEG is now covered. CPWD is asked to approve them in November.
        │ — Asked here because I do not know yet who holds CPWD. CP Support can tell me: /lead link.
        [Update IP-4.2]
    ");
    town.reach("2020-11-12 09:00").await;
    assert_snapshot!(town.private(MORAG), @"
    [Thu 29 Oct 09:00] Convener:
        │ 3 actions need a word from you before the CPWD board on 19 November 2020
        │ Please reply before 09:00 on Thursday 12 November 2020, when the papers go out. A line is enough.
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
    [Mon 9 Nov 09:00] Convener:
        │ Last request: 3 actions need a word from you before the CPWD board on 19 November 2020
        │ Please reply before 09:00 on Thursday 12 November 2020, when the papers go out. A line is enough.
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
    assert_snapshot!(town.channel("cp-support"), @"
    [Wed 11 Nov 09:00] Convener:
        │ Delivery report: CPWD board, Thursday 19 November 2020
        │ The papers go out at 09:00 on Thursday 12 November 2020. A draft of the paper is attached.
        │ 0 of 8 who were asked have answered in full.
        │
        │ **Asked for an update**
        │ **Morag Sinclair** asked on 29 October and 9 November · no word yet on IP-1.2, IP-1.4, IP-3.2
        │ **Fiona Campbell** asked on 29 October and 9 November · no word yet on IP-2.1, IP-4.1
        │ **Priya Nair** asked on 29 October and 9 November · no word yet on IP-1.3, IP-2.2
        │ **#cpwd-board (nobody known for CPWD)** asked on 29 October and 9 November · no word yet on IP-4.2
        │ **#dig-independent (nobody known for Independent DIG)** asked on 29 October and 9 November · no word yet on IP-2.1, IP-4.1
        │ **#dig-nurtured (nobody known for Nurtured DIG)** asked on 29 October and 9 November · no word yet on IP-2.1, IP-4.1
        │ **#dig-empowered (nobody known for Empowered DIG)** asked on 29 October and 9 November · no word yet on IP-2.1, IP-4.1
        │ **#dig-safe (nobody known for Safe DIG)** asked on 29 October and 9 November · no word yet on IP-2.1, IP-4.1
        │ — To ask somebody once more: /remind. Who holds what: /lead list.
        📎 CPWD-2020-11-19-paper.docx
    ");
}
