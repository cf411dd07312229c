//! All that is recorded about an action comes back, of every kind, and reads as a history.

use chrono_tz::Europe::London;
use insta::assert_snapshot;

use super::at;
use super::migrations::record_up_to;
use crate::ledger::Kind;
use crate::store::Store;
use crate::store::Tx;
use crate::view::history::Looked;
use crate::view::history::history;

/// What was decided, returned, taken back and given up later than the rows that are kept.
const MORE: &str = "
    INSERT INTO decisions (action_id, kind, extension_id, body_id, meeting_on, note, made_at,
        recorded_at, person_id)
    VALUES (3, 'extension refused', 2, 2, '2020-12-10', 'One month is enough', 1607600000000,
        1607600000000, 1);
    INSERT INTO decisions (action_id, kind, status, note, made_at, recorded_at, person_id)
    VALUES (3, 'return', 'at risk', '', 1607700000000, 1607700000000, 1);
    INSERT INTO updates (action_id, person_id, text, status, said_at, recorded_at, request_id,
        undoes, reason)
    SELECT 3, 1, '', 'on track', 1607800000000, 1607800000000, 99, id, 'It was about 1.2'
    FROM updates WHERE text = 'Half done';
    INSERT INTO agenda_items (action_id, body_id, meeting_on, purpose, words, person_id, undoes, set_at,
        recorded_at)
    VALUES (3, 1, '2021-02-18', 'decision', '', 1, 1, 1607900000000, 1607900000000)";

async fn told(tx: &mut Tx, reference: &str) -> String {
    let reference = reference.parse().unwrap();
    let partnership = tx.partnership().await.unwrap().unwrap();
    let action = tx.action(&reference).await.unwrap().unwrap();
    let entries = tx.history(&reference, tx.now()).await.unwrap();
    let card = history(&Looked {
        action: &action,
        entries: &entries,
        as_of: None,
        page: 0,
        bodies: &partnership.bodies,
        zone: London,
    });
    format!("{}\n{}\n\n{}", card.title, card.text, card.sections[0].lines.join("\n\n"))
}

#[tokio::test]
async fn a_request_its_answer_and_an_item_are_told_with_where_and_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("1.db");
    record_up_to(&path, i64::MAX).await;
    let store = Store::open(&path).await.unwrap();
    let mut tx = store.begin(at("2021-01-01 09:00")).await.unwrap();
    sqlx::raw_sql(MORE).execute(tx.connection()).await.unwrap();
    assert_snapshot!(told(&mut tx, "IP-2.1").await, @"
    History of IP-2.1 Review the agreement
    13 entries, newest first, 1 to 10.

    **13 December 2020, 22:53** · Amira
    No longer to be brought to CPWD on 18 February 2021

    **12 December 2020, 19:06** · Amira
    Took back the update of 12 November 2020, 16:53 · ◆ at risk → ● on track. Why: It was about 1.2

    **11 December 2020, 15:20** · Amira
    Returned: still to be done · ◆ at risk

    **10 December 2020, 11:33** · Amira
    New date refused: July 2021 was asked, the target stays June 2021
    At CPEG, 10 December 2020
    One month is enough

    **16 November 2020, 04:13** · the record itself
    Budget: £700

    **15 November 2020, 00:26** · Amira, CPEG, on behalf of CPEG
    Asked for a new date: June 2021 → July 2021. Why: And another

    **13 November 2020, 20:40** · Amira
    New date agreed. Target: May 2021 → June 2021 (move 1)
    At CPEG, 12 November 2020, minute CPEG 4.2

    **12 November 2020, 16:53** · Amira
    To be brought to CPWD on 18 February 2021 for decision: A further update
    ✖ Taken back 13 December 2020, 22:53 by Amira

    **12 November 2020, 16:53** · Amira, CPEG
    Asked for a new date: May 2021 → June 2021. Why: The partners need a month

    **12 November 2020, 16:53** · Amira, CPEG
    ● on track: Half done
    Asks: A second pair of eyes
    Evidence: draft.docx https://example.org/draft.docx
    For a case study
    ✖ Taken back 12 December 2020, 19:06 by Amira: It was about 1.2
    ");
    assert_snapshot!(told(&mut tx, "IP-1.2").await, @"
    History of IP-1.2 Awareness sessions in every ward
    12 entries, newest first, 1 to 10.

    **12 November 2020, 09:01** · Amira, importing plan.csv
    Budget: £500

    **12 November 2020, 09:01** · Amira, importing plan.csv
    Themes: Wellbeing, Poverty → Poverty

    **12 November 2020, 09:01** · Amira, importing plan.csv
    Title: Awareness sessions → Awareness sessions in every ward

    **2 November 2020, 06:55** · somebody
    Took back the update of 2 November 2020, 06:54 · ■ blocked → ◆ at risk

    **2 November 2020, 06:54** · somebody, CPEG
    ◆ at risk → ■ blocked: Wrong action
    ✖ Taken back 2 November 2020, 06:55 by somebody

    **2 November 2020, 06:53** · Amira
    Returned: still to be done
    minute 4

    **2 November 2020, 06:53** · Amira, CPEG, on behalf of CPEG and DIGs
    ● on track → ◆ at risk: Halls are booked
    Happened 30 October 2020

    **2 November 2020, 06:53** · Amira
    Target: no date → March 2021 (move 1)

    **October 2020** · the printed plan
    Target: no date

    **October 2020** · the printed plan
    Themes: Wellbeing, Poverty
    ");
    sqlx::raw_sql("DELETE FROM names").execute(tx.connection()).await.unwrap();
    let forgotten = told(&mut tx, "IP-2.1").await;
    assert!(!forgotten.contains("Amira") && forgotten.contains("somebody"), "{forgotten}");
}

#[tokio::test]
async fn the_ledger_of_a_plan_has_every_kind_of_entry_and_all_their_parts() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("1.db");
    record_up_to(&path, i64::MAX).await;
    let store = Store::open(&path).await.unwrap();
    let mut tx = store.read(at("2021-01-01 09:00")).await.unwrap();
    let entries = tx.ledger("IP", tx.now()).await.unwrap();
    for kind in Kind::ALL {
        assert!(entries.iter().any(|entry| entry.kind == kind), "no {}", kind.word());
    }
    let of = |kind| {
        let entry = entries.iter().rfind(|entry| entry.kind == kind).unwrap();
        let by = entry.by.as_deref().unwrap_or("-");
        let says: Vec<String> =
            entry.says.iter().map(|(part, words)| format!("{part}={words}")).collect();
        format!("{} by {by}: {}", entry.kind.word(), says.join(", "))
    };
    let kinds = [
        Kind::Recurrence,
        Kind::Update,
        Kind::Extension,
        Kind::Decision,
        Kind::Item,
        Kind::Holding,
    ];
    assert_snapshot!(kinds.map(of).join("\n"), @"
    recurrence by -: every=year
    update by Amira: ask=A second pair of eyes, body=CPEG, case_study=yes, evidence_name=draft.docx, evidence_url=https://example.org/draft.docx, status=on track, text=Half done
    extension by Amira: body=CPEG, from=2021-07-01, on_behalf_of=CPEG, reason=And another, to=2021-07-31, words=July 2021
    decision by Amira: body=CPEG, extension=1, from=2021-06-01, kind=extension agreed, meeting_on=2020-11-12, minute_ref=CPEG 4.2, note=, target=13, to=2021-06-30, words=June 2021
    item by Amira: body=CPWD, meeting_on=2021-02-18, purpose=decision, words=A further update
    holding by Amira: body=SAF, part=none
    ");
}
