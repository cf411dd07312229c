//! `convener target`, as people and other programs run it.

use std::io::Read;
use std::io::Write;
use std::path::Path;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

use serde_json::Value;
use serde_json::json;

use crate::program::convener;

fn target(arguments: &[&str]) -> Command {
    let mut command = convener(&["target"]);
    command.args(arguments).stderr(Stdio::piped()).stdout(Stdio::piped());
    command
}

/// What it prints of those targets, one a line.
fn printed(arguments: &[&str], lines: &[u8]) -> String {
    let mut program = target(arguments).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = program.stdin.take().unwrap();
    let lines = lines.to_vec();
    // Written beside the reading, as a pipe does, or both would wait for one another.
    let writer = std::thread::spawn(move || stdin.write_all(&lines));
    let Output { status, stdout, stderr } = program.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(status.success(), "{}", String::from_utf8_lossy(&stderr));
    assert!(stderr.is_empty(), "{}", String::from_utf8_lossy(&stderr));
    String::from_utf8(stdout).unwrap()
}

fn objects(arguments: &[&str], lines: &[u8]) -> Vec<Value> {
    let arguments = [&["--json"], arguments].concat();
    let printed = printed(&arguments, lines);
    printed.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// How it fails: the code, and what it says.
fn complaint(arguments: &[&str]) -> (Option<i32>, String) {
    let output = target(arguments).output().unwrap();
    assert!(!output.status.success());
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn one_target_is_told_in_words() {
    let output = target(&["Mar-15"]).output().unwrap();
    insta::assert_snapshot!(String::from_utf8(output.stdout).unwrap(), @r"
    “Mar-15”
      from     1 March 2015
      to       31 March 2015
      reading  a month
      doubt    “Mar-15” is read as March 2015: the number is taken as the year, not as a day of the month.
    ");
}

#[test]
fn many_targets_are_told_one_after_another() {
    insta::assert_snapshot!(printed(&[], "Q3 2021/22\nannual review in May\nTBC".as_bytes()), @r"
    “Q3 2021/22”
      from     1 October 2021
      to       31 December 2021
      reading  a quarter or half of a year
    “annual review in May”
      from     no date
      to       no date
      reading  ongoing work, without an end
      review   each year in May
    “TBC”
      from     no date
      to       no date
      reading  to be confirmed
    ");
}

#[test]
fn words_without_quotation_marks_are_one_target() {
    let output = target(&["--json", "June", "–", "September", "2021"]).output().unwrap();
    let object: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(object["words"], "June – September 2021");
    assert_eq!(object["to"], "2021-09-30");
}

#[test]
fn json_is_an_object_a_line_with_the_words_byte_for_byte() {
    let lines = "31/03/22\r\n  “March”\u{a0}\"2021\"\\\t\n\nOngoing, review March 2022\nlast";
    let objects = objects(&[], lines.as_bytes());
    let words: Vec<&str> = objects.iter().map(|object| object["words"].as_str().unwrap()).collect();
    assert_eq!(
        words,
        ["31/03/22", "  “March”\u{a0}\"2021\"\\\t", "", "Ongoing, review March 2022", "last"]
    );
    assert_eq!(
        objects[0],
        json!({
            "words": "31/03/22", "from": "2022-03-31", "to": "2022-03-31", "doubts": [],
            "reading": "a day", "review": null,
        })
    );
    assert_eq!(objects[3]["from"], Value::Null);
    assert_eq!(objects[3]["review"], json!({ "from": "2022-03-01", "to": "2022-03-31" }));
    assert_eq!(objects[4]["doubts"], json!(["No date was found in “last”."]));
}

#[test]
fn a_meeting_is_found_in_the_partnerships_calendar_and_flagged() {
    let config = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/cpwd.toml");
    let config = config.display().to_string();
    for arguments in [&[][..], &["--partnership", &config]] {
        let objects = objects(arguments, b"CPEG December 2020\nat February 2021 board");
        for (object, on) in objects.iter().zip(["2020-12-10", "2021-02-18"]) {
            assert_eq!((&object["from"], &object["to"]), (&json!(on), &json!(on)), "{object}");
            assert_eq!(object["doubts"].as_array().unwrap().len(), 1, "{object}");
        }
    }
}

#[test]
fn lengths_are_counted_from_the_day_given_and_asked_without_it() {
    let lines = b"within 6 months\nby the next CPEG";
    let counted = objects(&["--on", "2 November 2020"], lines);
    assert_eq!(counted[0]["to"], "2021-05-02");
    assert_eq!(counted[1]["to"], "2020-12-10");
    for object in counted.iter().chain(&objects(&[], lines)) {
        assert_eq!(object["doubts"].as_array().unwrap().len(), 1, "{object}");
    }
    assert!(objects(&[], lines).iter().all(|object| object["to"].is_null()));
}

#[test]
fn bytes_that_are_no_text_are_replaced_and_doubted() {
    let objects = objects(&[], b"Ongoing \xff\n\xfeMarch 2021\n");
    assert_eq!(objects[0]["words"], "Ongoing \u{fffd}");
    for object in &objects {
        let doubts = object["doubts"].as_array().unwrap();
        assert!(doubts.last().unwrap().as_str().unwrap().contains("UTF-8"), "{object}");
    }
}

#[test]
fn what_a_cell_holds_never_reaches_the_terminal_as_a_command() {
    let printed = printed(&[], "\u{1b}[2Jred\u{202e}\u{7} 31/03/22".as_bytes());
    let obeyed = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
    assert!(!printed.contains(obeyed), "{printed:?}");
}

#[test]
fn an_answer_comes_before_the_next_line_is_written() {
    let mut program = target(&["--json"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = program.stdin.take().unwrap();
    let mut stdout = program.stdout.take().unwrap();
    for words in ["March 2021", "April 2021"] {
        writeln!(stdin, "{words}").unwrap();
        let mut line = Vec::new();
        while line.last() != Some(&b'\n') {
            let mut byte = [0];
            stdout.read_exact(&mut byte).unwrap();
            line.push(byte[0]);
        }
        let object: Value = serde_json::from_slice(&line).unwrap();
        assert_eq!(object["words"], words);
    }
    drop(stdin);
    assert!(program.wait().unwrap().success());
}

#[test]
fn it_ends_quietly_when_nobody_listens_any_more() {
    for arguments in [&[][..], &["--json"]] {
        let mut program = target(arguments).stdin(Stdio::piped()).spawn().unwrap();
        drop(program.stdout.take());
        let mut stdin = program.stdin.take().unwrap();
        let lines = "March 2021\n".repeat(100_000);
        // It may have gone before all of this is written.
        let _gone = stdin.write_all(lines.as_bytes());
        drop(stdin);
        let output = program.wait_with_output().unwrap();
        assert!(output.status.success());
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn what_it_cannot_read_is_said_in_a_sentence() {
    let (code, said) = complaint(&["--on", "soon", "March 2021"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("Write one day such as 19 November 2020"), "{said}");
    let (code, said) = complaint(&["--partnership", "nowhere.toml", "March 2021"]);
    assert_eq!(code, Some(1), "{said}");
    assert!(said.starts_with("convener: nowhere.toml: cannot be read"), "{said}");
    let mut program = target(&[]).stdin(Stdio::piped()).spawn().unwrap();
    let mut stdin = program.stdin.take().unwrap();
    let _gone = stdin.write_all(&vec![b'a'; 2 << 20]);
    drop(stdin);
    let output = program.wait_with_output().unwrap();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "convener: line 1 is longer than a target can be; give one target a line\n"
    );
}
