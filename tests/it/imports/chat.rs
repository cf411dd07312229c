//! An import in the chat: the preview, its buttons, the form, and who may.

use convener::sandbox::Outcome;

use crate::town::FIONA;
use crate::town::MORAG;
use crate::town::PRIYA;
use crate::town::Town;

/// The printed plan with one action dated later, one led by others, one new, and one left out.
fn revised() -> String {
    let plan = include_str!("../../../config/cpwd-plan.csv");
    let plan = plan.replace("CP Support,June 2021", "CP Support,September 2021");
    let plan = plan.replace("CPEG,,in progress", "CP Support,,in progress");
    let kept: Vec<&str> = plan.lines().filter(|line| !line.contains(",4.2,")).collect();
    let new = "Improvement Area 4,4.3,Write down who does what,,Q2 2021,not started,";
    format!("{}\n{new}\n", kept.join("\n"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_changes_nothing_and_apply_changes_all_of_it_once() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let preview = priya.gives("/plan import", "file", "plan.csv", revised().as_bytes()).await;
    insta::assert_snapshot!(preview, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Preview of plan.csv
        │ 11 actions in 4 areas, read as Improvement Plan 2020-2022. **Nothing is changed yet.**
        │ It would make these changes: 1 added, 1 with another date, 1 with another lead, 1 not in the file. 8 actions stay as they are.
        │ 6 doubts to look at. Answer them, or apply the file as it was read.
        │
        │ **To look at**
        │ **IP-3.1** (row 8) No lead is printed; CP Support leads its neighbours. Choose who leads.
        │ **IP-3.2** (row 9) No target date is printed.
        │ **IP-3.3** (row 10) No target date is printed.
        │ **IP-3.3** (row 10) No lead is printed; CP Support leads its neighbours. Choose who leads.
        │ **IP-4.3** (row 12) “Q2 2021” is read as July to September 2021: quarters are counted from April; the calendar’s quarter may be meant.
        │ **IP-4.3** (row 12) No lead is printed; DIG chairs and CPEG lead its neighbours. Choose who leads.
        │
        │ **What would change**
        │ **IP-1.3** is due September 2021, was June 2021
        │ **IP-3.2** is led by CP Support, was led by CPEG
        │ **IP-4.2** is not in the file and would be withdrawn: “Review the terms of reference at every level”
        │ **IP-4.3** is new: Write down who does what · no lead · Q2 2021 (July to September 2021)
        │ — The whole preview is attached; you can put things right there and import it.
        [Apply, withdraw 1 action] [Apply, withdraw nothing] [Answer the doubts] [Cancel]
        📎 preview-1.csv
    ");
    let before = priya.types("/action show action:1.3").await;
    assert!(before.contains("June 2021"), "{before}");
    let applied = priya.presses("Apply, withdraw 1 action").await;
    insta::assert_snapshot!(applied, @"
    [Mon 26 Oct 09:00] Convener (only to Priya Nair):
        │ Applied: plan.csv
        │ Improvement Plan 2020-2022 has changed: 1 added, 1 with another date, 1 with another lead, 1 withdrawn.
        │ What it said before stays in the record.
    ");
    let after = priya.types("/action show action:1.3").await;
    assert!(after.contains("September 2021") && after.contains("was June 2021"), "{after}");
    let new = priya.types("/action show action:4.3").await;
    assert!(new.contains("Write down who does what"), "{new}");
    let withdrawn = priya.types("/action show action:4.2").await;
    assert!(withdrawn.contains("withdrawn"), "{withdrawn}");
    insta::assert_snapshot!(town.channel_with("cpwd-board", 1).await, @"
    [Mon 26 Oct 09:00] Convener:
        │ **Improvement Plan 2020-2022** was changed by Priya Nair from plan.csv: 1 added, 1 with another date, 1 with another lead, 1 withdrawn.
    ");
    let again = priya.presses("Apply, withdraw 1 action").await;
    assert!(again.contains("was applied already"), "{again}");
    let same = priya.gives("/plan import", "file", "plan.csv", revised().as_bytes()).await;
    assert!(!same.contains("What would change"), "{same}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_preview_is_attached_whole_and_reads_back_as_the_file_did() {
    let town = Town::open().await;
    let sandbox = town.sandbox();
    let plan = revised();
    let files = [("file", "plan.csv", plan.as_bytes())];
    let outcome = sandbox.command_with(PRIYA, "cp-support", "/plan import", &files).await.unwrap();
    let Outcome::Answered(message) = outcome else { panic!("{outcome:?}") };
    let attached = sandbox.files(&message);
    let [(name, _, bytes)] = attached.as_slice() else { panic!("{} files", attached.len()) };
    assert_eq!(name, "preview-1.csv");
    let table = String::from_utf8(bytes.to_vec()).unwrap();
    assert!(table.contains("quarters are counted from April"), "{table}");
    let priya = town.person(PRIYA, "cp-support");
    let first = sandbox.text(&message);
    let second = priya.gives("/plan import", "file", name, bytes).await;
    let changes = |text: &str| {
        let lines = text.lines().skip_while(|line| !line.contains("What would change"));
        lines
            .take_while(|line| !line.contains("The whole preview"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert!(changes(&first).len() > 3, "{first}");
    assert_eq!(changes(&first), changes(&second));
}

#[tokio::test(flavor = "multi_thread")]
async fn doubts_are_answered_in_a_form_and_the_answers_are_kept_with_the_file() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    priya.gives("/plan import", "file", "plan.csv", revised().as_bytes()).await;
    let sandbox = town.sandbox();
    let outcome = sandbox.press(PRIYA, "cp-support", "Answer the doubts").await.unwrap();
    let Outcome::Form(form) = outcome else { panic!("{outcome:?}") };
    let asked = format!("{form:?}");
    assert!(asked.contains("4.3 date: [due when? or “none” or “as read”]"), "{asked}");
    let answers = "3.1 lead: CPEG\n3.2 date: none\n3.3 lead: none\n3.3 date: none\n4.3 lead: CPEG\n\
                   4.3 date: June 2021";
    let shown = priya.sends(&form, &[("answers", answers)]).await;
    assert!(!shown.contains("To look at"), "{shown}");
    assert!(
        shown.contains("**IP-4.3** is new: Write down who does what · CPEG · June 2021"),
        "{shown}"
    );
    priya.presses("Apply, withdraw nothing").await;
    let new = priya.types("/action show action:4.3").await;
    assert!(new.contains("June 2021") && new.contains("CPEG"), "{new}");
    let kept = priya.types("/action show action:4.2").await;
    assert!(!kept.contains("withdrawn"), "{kept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_cannot_be_read_is_given_back() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    priya.gives("/plan import", "file", "plan.csv", revised().as_bytes()).await;
    let outcome = town.sandbox().press(PRIYA, "cp-support", "Answer the doubts").await.unwrap();
    let Outcome::Form(form) = outcome else { panic!("{outcome:?}") };
    let refused = priya.sends(&form, &[("answers", "CPEG leads all of them")]).await;
    assert!(refused.contains("I cannot read the answer"), "{refused}");
    assert!(refused.contains("CPEG leads all of them"), "{refused}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_import_changes_nothing_and_cannot_be_applied() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    priya.gives("/plan import", "file", "plan.csv", revised().as_bytes()).await;
    let cancelled = priya.presses("Cancel").await;
    assert!(cancelled.contains("plan.csv is put aside. Nothing was changed."), "{cancelled}");
    let late = priya.presses("Apply, withdraw nothing").await;
    assert!(late.contains("was cancelled"), "{late}");
    let action = priya.types("/action show action:1.3").await;
    assert!(action.contains("June 2021"), "{action}");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_look_after_the_plan_may_import_one() {
    let town = Town::open().await;
    let fiona = town.person(FIONA, "dig-flourishing");
    let refused = fiona.gives("/plan import", "file", "plan.csv", revised().as_bytes()).await;
    assert!(
        refused.contains(
            "You cannot change the plan, but CP Support, the chair of CPEG or the chair of CPWD \
             can. Send them the file, and they can import it."
        ),
        "{refused}"
    );
    let morag = town.person(MORAG, "cpeg");
    let preview = morag.gives("/plan import", "file", "plan.csv", revised().as_bytes()).await;
    assert!(preview.contains("Nothing is changed yet"), "{preview}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_has_changed_since_the_preview_is_shown_again_before_it_is_changed() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    priya.gives("/plan import", "file", "first.csv", revised().as_bytes()).await;
    let again = revised().replace("CP Support,September 2021", "CP Support,March 2022");
    town.reach("2020-10-26 09:05").await;
    let morag = town.person(MORAG, "cpeg");
    morag.gives("/plan import", "file", "second.csv", again.as_bytes()).await;
    town.reach("2020-10-26 09:06").await;
    morag.presses("Apply, withdraw nothing").await;
    let shown = priya.presses("Apply, withdraw nothing").await;
    assert!(shown.contains("The plan has changed since you last looked."), "{shown}");
    assert!(shown.contains("**IP-1.3** is due September 2021, was March 2022"), "{shown}");
    town.reach("2020-10-26 09:07").await;
    let applied = priya.presses("Apply, withdraw 1 action").await;
    assert!(applied.contains("Applied: first.csv"), "{applied}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_says_what_the_plan_says_changes_nothing() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let plan = include_bytes!("../../../config/cpwd-plan.csv");
    let preview = priya.gives("/plan import", "file", "plan.csv", plan).await;
    assert!(preview.contains("It changes nothing: the plan says the same already."), "{preview}");
    let broken = priya.gives("/plan import", "file", "plan.xlsx", b"PK\x03\x04broken").await;
    assert!(broken.contains("plan.xlsx"), "{broken}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_would_change_there_is_nothing_to_apply() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let plan = include_str!("../../../config/cpwd-plan.csv");
    let same = priya.gives("/plan import", "file", "plan.csv", plan.as_bytes()).await;
    assert!(same.contains("It changes nothing: the plan says the same already."), "{same}");
    assert!(same.contains("Answer them, or leave the plan as it is."), "{same}");
    assert!(same.contains("[Answer the doubts] [Cancel]"), "{same}");
    assert!(!same.contains("[Apply"), "{same}");
    let kept: Vec<&str> = plan.lines().filter(|line| !line.contains(",4.2,")).collect();
    let shorter = kept.join("\n");
    let drops = priya.gives("/plan import", "file", "plan.csv", shorter.as_bytes()).await;
    assert!(drops.contains("[Apply, withdraw 1 action] [Answer the doubts] [Cancel]"), "{drops}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_that_would_change_nothing_any_more_changes_nothing_and_tells_nobody() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    priya.gives("/plan import", "file", "a*b*.csv", revised().as_bytes()).await;
    town.reach("2020-10-26 09:05").await;
    let morag = town.person(MORAG, "cpeg");
    morag.gives("/plan import", "file", "second.csv", revised().as_bytes()).await;
    morag.presses("Apply, withdraw nothing").await;
    town.channel_with("cpwd-board", 1).await;
    town.reach("2020-10-26 09:06").await;
    let shown = priya.presses("Apply, withdraw nothing").await;
    assert!(shown.contains("The plan has changed since you last looked."), "{shown}");
    let late = priya.presses("Apply, withdraw nothing").await;
    assert!(late.contains(r"a\*b\*.csv changes nothing"), "{late}");
    assert_eq!(town.channel_with("cpwd-board", 1).await.matches("was changed by").count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_too_long_for_a_message_is_attached_with_every_line() {
    let town = Town::open().await;
    let row = |number: usize| {
        let (area, place) = ((number - 1) / 30 + 1, (number - 1) % 30 + 1);
        let date = if number <= 100 { "Q2 2021" } else { "March 2022" };
        let title = format!("Work *together* on {number}, {}", "in every place ".repeat(12).trim());
        format!("{area}.{place},\"{title}\",CPEG,{date}")
    };
    let rows: Vec<String> = (1..=300).map(row).collect();
    let plan = format!("No,Activities,Lead,Target Date\n{}\n", rows.join("\n"));
    let files = [("file", "plan.csv", plan.as_bytes())];
    let sandbox = town.sandbox();
    let outcome = sandbox.command_with(PRIYA, "cp-support", "/plan import", &files).await.unwrap();
    let Outcome::Answered(message) = outcome else { panic!("{outcome:?}") };
    let card = sandbox.text(&message);
    assert!(
        card.contains("**IP-1.1** (row 2) and 99 others “Q2 2021” is read as July to September"),
        "{card}"
    );
    assert!(card.contains("**Area 5** is new and has no title"), "{card}");
    let files = sandbox.files(&message);
    let [_, (name, _, bytes)] = files.as_slice() else { panic!("{} files", files.len()) };
    assert_eq!(name, "preview-1.txt");
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    assert_eq!(text.matches("“Q2 2021” is read as July to September").count(), 100);
    assert!(text.contains("IP-10.30 is new: Work *together* on 300, in every place"), "{text}");
    let in_card = |heading: &str| {
        let lines = card.lines().skip_while(|line| !line.contains(heading)).skip(1);
        lines.take_while(|line| !line.ends_with('│') && line.trim() != "│").count() - 1
    };
    let in_text = text.lines().skip_while(|line| *line != "What would change").skip(1);
    let in_text = in_text.take_while(|line| !line.is_empty()).count();
    let more = in_text - in_card("**What would change**");
    assert!(card.contains(&format!("and {more} more")), "{more} of {in_text}: {card}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_single_doubt_is_spoken_of_as_one_and_a_new_plan_as_new() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let plan = b"No,Activities,Lead,Target Date\n1.1,Meet,CPEG,Q2 2021\n1.2,Talk,CPEG,May 2021\n";
    let shown = priya.gives("/plan import plan:FLO", "file", "flo.csv", plan).await;
    assert!(shown.contains("read as Flourishing DIG action plan, a plan that this would begin."));
    assert!(shown.contains("1 doubt to look at. Answer it, or apply the file as it was read."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_somebody_has_begun_since_the_preview_is_not_written_over_unseen() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let plan = |title: &str| format!("No,Activities,Lead,Target Date\n1.1,{title},CPEG,May 2021\n");
    let first = plan("Hold sessions in schools");
    priya.gives("/plan import plan:FLO", "file", "first.csv", first.as_bytes()).await;
    let morag = town.person(MORAG, "cpeg");
    let second = format!("{}1.2,Talk to parents,CPEG,May 2021\n", plan("Meet the schools"));
    morag.gives("/plan import plan:FLO", "file", "second.csv", second.as_bytes()).await;
    let begun = morag.presses("Apply").await;
    assert!(begun.contains("Applied: second.csv"), "{begun}");
    let shown = priya.presses("Apply").await;
    assert!(shown.contains("The plan has changed since you last looked."), "{shown}");
    assert!(shown.contains("**FLO-1.1** reads “Hold sessions in schools”"), "{shown}");
    assert!(shown.contains("[Apply, withdraw 1 action]"), "{shown}");
    let kept = priya.types("/action show action:FLO-1.2").await;
    assert!(kept.contains("Talk to parents") && !kept.contains("withdrawn"), "{kept}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_signed_off_is_named_where_a_file_says_otherwise_of_it_alone() {
    let town = Town::open().await;
    let priya = town.person(PRIYA, "cp-support");
    let plan = include_str!("../../../config/cpwd-plan.csv");
    let other = plan.replace("Set up an executive group of officers", "Begin a group of officers");
    assert_ne!(plan, other);
    let shown = priya.gives("/plan import", "file", "plan.csv", other.as_bytes()).await;
    assert!(
        shown.contains(
            "It changes nothing: only IP-1.1 reads otherwise, and as it is signed off it stays as \
             it is."
        ),
        "{shown}"
    );
    assert!(!shown.contains("says the same already"), "{shown}");
}
