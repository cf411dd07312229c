//! What a paper says, read from top to bottom as its reader does.
#![expect(clippy::too_many_lines, reason = "a snapshot stands where it is read")]

use std::fmt::Write;

use super::*;
use crate::action::Action;
use crate::action::Ref;
use crate::action::Standing;
use crate::action::Status;
use crate::action::Update;
use crate::action::sample::BOARD;
use crate::action::sample::EXECUTIVE;
use crate::action::sample::action;
use crate::action::sample::lead;
use crate::action::sample::said;
use crate::date::Target;
use crate::digest::Facts as DigestFacts;
use crate::digest::compose;
use crate::position::sample::position;

/// CPEG's paper for 10 December 2020, as of 3 December.
fn composed(actions: Vec<Action>, before: Option<&[Action]>, said: &[(Ref, Update)]) -> Paper {
    composed_from(&position("2020-12-03", actions), before, said)
}

fn composed_from(position: &Position, before: Option<&[Action]>, said: &[(Ref, Update)]) -> Paper {
    let calendar = &position.partnership.calendar;
    let meeting = calendar.next(EXECUTIVE, position.at).unwrap();
    let facts = DigestFacts {
        partnership: &position.partnership,
        areas: &position.areas,
        actions: &position.actions,
        before: before.map(|actions| ("2020-10-01T08:00:00Z".parse().unwrap(), actions)),
        progress: said,
    };
    let body = position.partnership.bodies.with(EXECUTIVE).unwrap();
    let picture =
        before.map(|_| Picture { png: Vec::new(), width: 1, height: 1, says: "Bars".into() });
    paper(&compose(facts, body, &meeting, position.at), position, picture)
}

fn text(pieces: &[Piece]) -> String {
    pieces
        .iter()
        .map(|piece| match piece {
            Piece::Strong(words) => format!("**{words}**"),
            other => other.text(),
        })
        .collect()
}

fn put(out: &mut String, blocks: &[Block], section: usize) {
    let mut number = 0;
    for block in blocks {
        let _ = match block {
            Block::Heading(words) => writeln!(out, "== {words}"),
            Block::Numbered(pieces) => {
                number += 1;
                writeln!(out, "{section}.{number} {}", text(pieces))
            }
            Block::Plain(pieces) => writeln!(out, "{}", text(pieces)),
            Block::Point(pieces) => writeln!(out, "  - {}", text(pieces)),
            Block::Table(table) => {
                let headings = table.columns.iter().map(|column| column.heading.as_str());
                let mut lines = vec![headings.collect::<Vec<_>>().join(" | ")];
                lines.extend(table.rows.iter().map(|row| {
                    let cell = |lines: &Vec<Pieces>| {
                        lines.iter().map(|line| text(line)).collect::<Vec<_>>().join(" / ")
                    };
                    row.iter().map(cell).collect::<Vec<_>>().join(" | ")
                }));
                writeln!(out, "{}", lines.join("\n"))
            }
        };
    }
}

/// The whole as plain text, numbers and all.
fn read(paper: &Paper) -> String {
    let mut out = String::new();
    for line in [&paper.note, &paper.report_by, &paper.meeting, &paper.subject] {
        let _ = writeln!(out, "{}", text(line));
    }
    for (number, section) in (1..).zip(&paper.sections) {
        let _ = writeln!(out, "\n= {number}. {}", section.heading);
        put(&mut out, &section.blocks, number);
    }
    out.push('\n');
    for line in &paper.sign_off {
        let _ = writeln!(out, "{}", text(line));
    }
    for (label, pieces) in &paper.particulars {
        let _ = writeln!(out, "{label}: {}", text(pieces));
    }
    for (number, appendix) in (1..).zip(&paper.appendices) {
        let _ = writeln!(out, "\n= Appendix {number}: {}", appendix.heading);
        match &appendix.content {
            Content::Blocks(blocks) => put(&mut out, blocks, 0),
            Content::Picture(picture) => {
                let _ = writeln!(out, "(picture: {})", picture.says);
            }
        }
    }
    out
}

#[track_caller]
fn says(actions: Vec<Action>, sentence: &str) {
    let paper = read(&composed(actions, None, &[]));
    assert!(paper.contains(sentence), "{sentence:?} is not in\n{paper}");
}

#[test]
fn a_paper_reads_from_purpose_to_wards() {
    let reported = Action { last_update: Some(said("2020-11-03")), ..action("IP-1.1", "May 2021") };
    let before = [
        action("IP-1.1", "May 2021"),
        action("IP-1.2", "September 2020"),
        action("IP-2.1", "March 2020"),
        action("IP-2.2", "June 2020"),
        action("IP-3.1", ""),
    ];
    let now = vec![
        Action { status: Status::AtRisk, ..reported.clone() },
        Action { last_update: Some(said("2020-08-03")), ..action("IP-1.2", "September 2020") },
        Action {
            first_target: Target::read("March 2020"),
            moves: 2,
            status: Status::Complete,
            last_update: Some(Update { text: "All five\nare done.".into(), ..said("2020-11-05") }),
            ..action("IP-2.1", "December 2020")
        },
        Action { standing: Standing::SignedOff, ..action("IP-2.2", "June 2020") },
        Action { leads: Vec::new(), ..action("IP-3.1", "") },
    ];
    let progress = [(reported.reference.clone(), said("2020-11-03"))];
    insta::assert_snapshot!(read(&composed(now, Some(&before), &progress)), @"
    [Draft from the record as it stood at 09:00 on Thursday 3 December 2020. CP Support to complete the ten passages marked like this, then delete this note]
    Report by CP Support
    CPEG: Thursday 10 December 2020
    Subject: Improvement Plan – update

    = 1. Purpose
    1.1 This report tells members how the Improvement Plan stood on 3 December 2020, what has changed since 1 October 2020 and what is asked of them.

    = 2. Recommendations
    2.1 Members are asked to:
      - **Agree** that 2.1 Hold awareness sessions is complete
      - **Agree** who is to lead 3.1, which has no lead
      - **Agree** a target date for 3.1, which has none
      - **Note** the position of the plan: of five actions, one is complete and one is overdue
      - **Note** the reasons in section 4 why 1.2 is overdue

    = 3. Background
    3.1 The Improvement Plan holds five actions in three improvement areas. CPWD answers for it as a whole. Appendix 1 has every action with its lead, its target date and the latest update.
    3.2 Members were last told the position as it stood on 1 October 2020.
    3.3 Target dates stand as the plan words them. An action is due on the last day of its target, so that March 2021 means 31 March 2021, and it is overdue from the day after. What is complete or on hold does not count as overdue.
    3.4 [CP Support to write: how the plan came about and what members decided when they last considered it]

    = 4. Main Issues
    == Position on 3 December 2020
    4.1 Of five actions, one is complete and signed off, one is complete and awaiting sign-off, one is overdue, one is not yet due and one is without a date.
    4.2 Since 1 October 2020:
     | 1 October 2020 | 3 December 2020 | Change
    Actions | 5 | 5 | no change
    Complete | 0 | 1 | 1 more
    Awaiting sign-off | 0 | 1 | 1 more
    Overdue | 3 | 1 | 2 fewer
    Not yet due | 1 | 1 | no change
    Moved, not yet due | 0 | 0 | no change
    No date | 1 | 1 | no change
    On hold | 0 | 0 | no change
    4.3 By improvement area:
    Improvement area | Actions | Complete | Awaiting sign-off | Overdue | Not yet due | Moved, not yet due | No date | On hold
    1 Area 1 | 2 | 0 | 0 | 1 | 1 | 0 | 0 | 0
    2 Area 2 | 2 | 1 | 1 | 0 | 0 | 0 | 0 | 0
    3 Area 3 | 1 | 0 | 0 | 0 | 0 | 0 | 1 | 0
    **All** | **5** | **1** | **1** | **1** | **1** | **0** | **1** | **0**
    == Decisions asked of members
    4.4 One action is complete in the view of those who lead. Members are asked to agree, which closes the action, or to say what is still to be done.
      - **2.1 Hold awareness sessions (Flourishing DIG)**: “All five are done.” (5 November 2020)
    == Overdue actions
    4.5 One action is overdue:
      - **1.2 Hold awareness sessions (Flourishing DIG)**: 64 days past September 2020; overdue when last reported, too; on track. “Going well” (3 August 2020)
    == Due before the next meeting
    4.6 No further action falls due by the CPEG meeting on 11 February 2021.
    == Target dates that have moved
    4.7 The target date of one action has moved:
      - **2.1 Hold awareness sessions (Flourishing DIG)**: December 2020, was March 2020, moved ×2
    == Actions without a lead or a date
    4.8 One action has no lead or no date:
      - **3.1 Hold awareness sessions**: no lead; no date; on track
    == Completed since the last report
    4.9 One action has been signed off since 1 October 2020:
      - **2.2 Hold awareness sessions (Flourishing DIG)**
    == Updates
    4.10 One update has been logged since 1 October 2020; the latest of each action is in Appendix 1.
    4.11 Nothing has been said since the last meeting about two actions: Flourishing DIG (1.2); no lead (3.1).
    4.12 [CP Support to write: anything else that members should know and the record does not say; delete if there is nothing]

    = 5. People Implications
    5.1 The actions still to be done are led by Flourishing DIG (2); one has no lead.
    5.2 [CP Support to write: whether any of this needs people beyond the partners' present capacity; if not, say that there are none]

    = 6. Financial & Procurement Implications
    6.1 [CP Support to write: what any of this costs or buys, and who meets it; if nothing, say that there are none]

    = 7. Risk Analysis
    7.1 One action is reported as at risk (1.1), the target of one action has moved more than once (2.1) and one is overdue.
    7.2 [CP Support to write: what it would mean if the plan slipped further, and how that is managed]

    = 8. Equalities Impact Assessment (EIA)
    8.1 [CP Support to write: whether an assessment is needed; if this only reports progress, say that none is]

    = 9. Consultation
    9.1 This report rests on the plan's record as it stood on 3 December 2020, with updates from Flourishing DIG.
    9.2 [CP Support to write: who else was consulted on this report]

    = 10. Strategic Assessment
    10.1 What the plan's improvement areas are for:
      - **Area 1: **This ensures that all is well.
    10.2 [CP Support to write: how this helps to deliver the Local Outcome Improvement Plan]

    [CP Support to write: name and post of the person who signs the report]
    3 December 2020
    Person to Contact: [CP Support to write: name, telephone and e-mail address]
    Appendices: Appendix 1 – Improvement Plan: position on 3 December 2020
    Appendix 2 – Improvement Plan on a page
    Background Papers: Improvement Plan – update, position on 1 October 2020
    Wards Affected: All

    = Appendix 1: Improvement Plan: position on 3 December 2020
    == Improvement Area 1: Area 1
    This ensures that all is well.
    No | Activities | Lead | Target Date | Update (December 2020)
    1.1 | Hold awareness sessions | Flourishing DIG | May 2021 | **At risk** / Going well / (Flourishing DIG, 3 November 2020)
    1.2 | Hold awareness sessions | Flourishing DIG | September 2020 / **Overdue** | **On track** / Going well / (Flourishing DIG, 3 August 2020)
    == Improvement Area 2: Area 2
    No | Activities | Lead | Target Date | Update (December 2020)
    2.1 | Hold awareness sessions | Flourishing DIG | December 2020 / was March 2020, moved ×2 | **Complete, awaiting sign-off** / All five
    are done. / (Flourishing DIG, 5 November 2020)
    2.2 | Hold awareness sessions | Flourishing DIG | June 2020 | **Complete, signed off** / No update yet.
    == Improvement Area 3: Area 3
    No | Activities | Lead | Target Date | Update (December 2020)
    3.1 | Hold awareness sessions | no lead | no date | **On track** / No update yet.

    = Appendix 2: Improvement Plan on a page
    (picture: Bars)
    ");
}

#[test]
fn the_ten_sections_stand_in_the_house_order() {
    let paper = composed(Vec::new(), None, &[]);
    let headings: Vec<&str> =
        paper.sections.iter().map(|section| section.heading.as_str()).collect();
    assert_eq!(
        headings,
        [
            "Purpose",
            "Recommendations",
            "Background",
            "Main Issues",
            "People Implications",
            "Financial & Procurement Implications",
            "Risk Analysis",
            "Equalities Impact Assessment (EIA)",
            "Consultation",
            "Strategic Assessment",
        ]
    );
    assert!(paper.sections.iter().all(|section| !section.blocks.is_empty()));
}

#[test]
fn a_plan_without_actions_has_a_paper_too() {
    says(Vec::new(), "4.1 The plan holds no actions.\n");
    says(Vec::new(), "- **Note** that the plan holds no actions\n");
    says(Vec::new(), "There is no action in this area.");
}

#[test]
fn what_is_withdrawn_is_nowhere_in_the_paper() {
    let gone = Action {
        title: "Forget this".into(),
        standing: Standing::Withdrawn,
        moves: 3,
        ..action("IP-1.1", "")
    };
    assert!(!read(&composed(vec![gone], None, &[])).contains("Forget this"));
}

#[test]
fn one_is_and_several_are() {
    let late = |reference| action(reference, "October 2020");
    says(vec![late("IP-1.1")], "4.4 No action awaits sign-off.\n");
    says(vec![late("IP-1.1")], "4.5 One action is overdue:\n");
    says(vec![late("IP-1.1"), late("IP-1.2")], "4.5 Two actions are overdue, the longest first:\n");
    let blank = |reference| Action { leads: Vec::new(), ..action(reference, "") };
    says(vec![blank("IP-1.1")], "- **Agree** who is to lead 1.1, which has no lead\n");
    says(
        vec![blank("IP-1.1"), blank("IP-1.2")],
        "- **Agree** a target date for 1.1 and 1.2, which have none\n",
    );
}

#[test]
fn lateness_without_a_word_about_it_is_for_a_person_to_explain() {
    let late = action("IP-1.1", "October 2020");
    says(
        vec![late.clone()],
        "33 days past October 2020; on track. \
         [CP Support to write: why it is late and what is proposed]",
    );
    let explained = Action { last_update: Some(said("2020-11-03")), ..late };
    says(vec![explained], "33 days past October 2020; on track. “Going well” (3 November 2020)");
}

#[test]
fn the_note_counts_what_is_to_be_written() {
    for actions in [vec![], vec![action("IP-1.1", "October 2020")]] {
        let paper = composed(actions, None, &[]);
        let (note, rest) = (text(&paper.note), read(&paper));
        let marks = rest.matches("[CP Support to write: ").count();
        assert_eq!(paper.marks(), marks);
        assert!(note.contains(&format!("the {} passages", phrase::number(marks))), "{note}");
    }
}

#[test]
fn many_decisions_are_numbered_and_not_named() {
    let done = |number| Action {
        status: Status::Complete,
        ..action(&format!("IP-1.{number}"), "October 2020")
    };
    says(
        (1..=6).map(done).collect(),
        "- **Agree** that 1.1, 1.2, 1.3, 1.4, 1.5 and 1.6 are complete\n",
    );
}

#[test]
fn a_long_update_is_shortened_in_the_text_and_whole_in_the_appendix() {
    let long = format!("{}end", "words ".repeat(200));
    let update = Update { text: long.clone(), ..said("2020-11-03") };
    let late = Action { last_update: Some(update), ..action("IP-1.1", "October 2020") };
    let paper = read(&composed(vec![late], None, &[]));
    assert_eq!(paper.matches(&long).count(), 1);
    assert!(paper.contains("…” (3 November 2020)"));
}

#[test]
fn other_peoples_words_do_not_turn_ours_around() {
    let turned = Action { title: "a \u{202e}b\u{2066}".into(), ..action("IP-1.1", "May 2021") };
    let led = Action { leads: vec![lead("a\u{202e} lead", &[])], ..action("IP-1.2", "May 2021") };
    let mut position = position("2020-12-03", vec![turned, led]);
    position.areas[0].title = "an \u{202e}area".into();
    position.areas[0].aim = "an \u{2066}aim".into();
    let paper = read(&composed_from(&position, None, &[]));
    assert!(!paper.contains(['\u{202e}', '\u{2066}']), "{paper}");
    assert!(paper.contains("1.1 | a b | Flourishing DIG"));
    assert!(paper.contains("led by Flourishing DIG (1) and a lead (1)."), "{paper}");
    assert!(paper.contains("== Improvement Area 1: an area\nan aim\n"), "{paper}");
    assert!(paper.contains("- **an area: **an aim\n"), "{paper}");
}

#[test]
fn what_is_to_be_done_is_counted_by_who_leads_it() {
    let nobodys = || Action { leads: Vec::new(), ..action("IP-2.1", "May 2021") };
    let done = Action { status: Status::Complete, ..action("IP-1.2", "May 2021") };
    says(Vec::new(), "5.1 No action is still to be done.\n");
    says(vec![done.clone()], "5.1 No action is still to be done.\n");
    says(vec![nobodys(), done.clone()], "5.1 No action that is still to be done has a lead.\n");
    let led = action("IP-1.1", "May 2021");
    says(
        vec![led.clone(), done],
        "5.1 The actions still to be done are led by Flourishing DIG (1).\n",
    );
    says(
        vec![led, nobodys(), nobodys()],
        "5.1 The actions still to be done are led by Flourishing DIG (1); two have no lead.\n",
    );
}

#[test]
fn a_body_is_called_what_its_short_name_abbreviates() {
    let mut body =
        position("2020-12-03", Vec::new()).partnership.bodies.with(BOARD).unwrap().clone();
    assert_eq!(phrase::formal(&body), "CPWD");
    body.names = vec!["the board".into(), "Community Planning (CPWD)".into()];
    assert_eq!(phrase::formal(&body), "Community Planning");
}
