//! People who take no messages, and people who are not to be disturbed.

use convener::sandbox::Fault;
use insta::assert_snapshot;

use crate::faults::owes_nothing;
use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::Town;

#[tokio::test(flavor = "multi_thread")]
async fn somebody_who_takes_no_messages_is_called_once_in_the_channel_of_their_lead() {
    let mut town = Town::met("2020-10-28 17:00").await;
    town.sandbox().fault(Fault::RefuseDirect { person: Some(FIONA.into()) });
    town.reach("2020-10-29 09:00").await;
    assert_eq!(town.private(FIONA), "");
    assert_snapshot!(town.channel("dig-flourishing"), @"
    [Thu 29 Oct 09:00] Convener (rings @Fiona Campbell): @Fiona Campbell
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
        │ — Asked here because your direct messages are closed to me.
        [Update IP-4.1] [Update IP-2.1]
    ");
    town.kill_bot().await;
    town.start_bot().await;
    town.reach("2020-11-06 17:00").await;
    assert_eq!(town.sandbox().read("dig-flourishing").len(), 1);
    town.reach("2020-11-11 09:00").await;
    assert_snapshot!(town.channel("cp-support"), @"
    [Wed 11 Nov 09:00] Convener:
        │ Delivery report: CPWD board, Thursday 19 November 2020
        │ The papers go out at 09:00 on Thursday 12 November 2020. A draft of the paper is attached.
        │ 0 of 8 who were asked have answered in full.
        │
        │ **Asked for an update**
        │ **Morag Sinclair** asked on 29 October and 9 November · no word yet on IP-1.2, IP-1.4, IP-3.2
        │ **Fiona Campbell** asked on 29 October and 9 November · direct messages closed, so asked in the channel · no word yet on IP-2.1, IP-4.1
        │ **Priya Nair** asked on 29 October and 9 November · no word yet on IP-1.3, IP-2.2
        │ **#cpwd-board (nobody known for CPWD)** asked on 29 October and 9 November · no word yet on IP-4.2
        │ **#dig-independent (nobody known for Independent DIG)** asked on 29 October and 9 November · no word yet on IP-2.1, IP-4.1
        │ **#dig-nurtured (nobody known for Nurtured DIG)** asked on 29 October and 9 November · no word yet on IP-2.1, IP-4.1
        │ **#dig-empowered (nobody known for Empowered DIG)** asked on 29 October and 9 November · no word yet on IP-2.1, IP-4.1
        │ **#dig-safe (nobody known for Safe DIG)** asked on 29 October and 9 November · no word yet on IP-2.1, IP-4.1
        │ — To ask somebody once more: /remind. Who holds what: /lead list.
        📎 CPWD-2020-11-19-paper.docx
    ");
    owes_nothing(&town).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_takes_messages_each_is_called_once() {
    let town = Town::met("2020-10-28 17:00").await;
    town.sandbox().fault(Fault::RefuseDirect { person: None });
    town.reach("2020-10-29 17:00").await;
    for (name, channel) in [(MORAG, "cpeg"), (FIONA, "dig-flourishing"), (PRIYA, "cp-support")] {
        assert_eq!(town.private(name), "", "{name}");
        let read = town.channel(channel);
        assert_eq!(town.sandbox().read(channel).len(), 1, "{read}");
        assert!(read.contains(name), "{read}");
    }
    owes_nothing(&town).await;
}
