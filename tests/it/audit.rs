//! A record that is checked, copied while it is used, and followed by somebody without Convener.

use std::path::Path;
use std::path::PathBuf;

use convener::action::Ref;
use convener::action::Said;
use convener::body::BodyId;
use convener::body::UserId;
use convener::body::Voice;
use convener::store::Store;
use serde_json::Value;
use sha2::Digest;
use sha2::Sha256;

use crate::program::convener;
use crate::program::found;
use crate::program::refused;
use crate::program::said_by;

/// Somebody logs progress, at a time of that day.
async fn log(store: &Store, minute: u64) {
    let now = format!("2020-11-03T10:{minute:02}:00Z").parse().unwrap();
    let mut tx = store.begin(now).await.unwrap();
    let reference: Ref = "IP-1.2".parse().unwrap();
    let action = tx.action(&reference).await.unwrap().unwrap();
    let by = tx.person(UserId(7), "Amira").await.unwrap();
    let voice = Voice { body: BodyId(2), on_behalf_of: None };
    let said = Said { text: format!("Word {minute}"), ..Said::default() };
    let new = action.update(voice, &said, "2020-11-03".parse().unwrap()).unwrap();
    tx.add_update(&new, &by, minute).await.unwrap();
    tx.commit().await.unwrap();
}

/// The head that a check or a backup printed.
fn head_in(words: &str) -> String {
    let is_head = |line: &&str| line.len() == 64 && line.chars().all(|c| c.is_ascii_hexdigit());
    words.lines().find(is_head).unwrap_or_else(|| panic!("no head in\n{words}")).to_owned()
}

fn files_in(folder: &Path) -> Vec<String> {
    let names = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_check_tells_that_all_is_well_and_leaves_the_file_alone() {
    let folder = tempfile::tempdir().unwrap();
    found(folder.path(), true).await;
    let data = folder.path().display().to_string();
    let path = folder.path().join("1.db");
    let before = std::fs::read(&path).unwrap();
    let said = said_by(convener(&["check", "--data", &data]));
    assert!(said.contains("1.db is sound.\n43 entries in the ledger."), "{said}");
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(files_in(folder.path()), ["1.db"]);

    let head = head_in(&said);
    let store = Store::open(&path).await.unwrap();
    log(&store, 1).await;
    let again = said_by(convener(&["check", "--data", &data, "--server", "1", "--head", &head]));
    assert!(again.contains("44 entries") && again.contains("It still holds all"), "{again}");
    assert_ne!(head_in(&again), head);
    let wrong = refused(&["check", "--data", &data, "--head", "abc"]);
    assert!(wrong.contains("\"abc\" is no head of a chain"), "{wrong}");
    let none = refused(&["check", "--data", &data, "--server", "9"]);
    assert!(none.contains("holds no record of server 9"), "{none}");
    let none = refused(&["check", "nowhere.db"]);
    assert!(none.contains("there is no file nowhere.db"), "{none}");
    store.close().await;
    let letter = folder.path().join("letter.db");
    std::fs::write(&letter, "Dear partners, ".repeat(100)).unwrap();
    let none = refused(&["check", &letter.display().to_string()]);
    assert!(none.contains("no record of Convener"), "{none}");
}

#[tokio::test]
async fn a_record_that_was_tampered_with_fails_the_check_which_names_the_entry() {
    let folder = tempfile::tempdir().unwrap();
    found(folder.path(), true).await;
    let path = folder.path().join("1.db");
    let store = Store::open(&path).await.unwrap();
    log(&store, 1).await;
    store.close().await;
    let mut bytes = std::fs::read(&path).unwrap();
    let word = bytes.windows(6).position(|word| word == b"Word 1").unwrap();
    bytes[word..word + 6].copy_from_slice(b"Work 2");
    std::fs::write(&path, bytes).unwrap();
    let data = folder.path().display().to_string();
    let output = convener(&["check", "--data", &data]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        said,
        "- update 10, of IP-1.2, 3 November 2020, by Amira: it does not read as when it was recorded, \
         or it was moved. Compare it with a copy from before.\n"
    );
    let summary = String::from_utf8(output.stderr).unwrap();
    assert!(summary.contains("1 thing is wrong with"), "{summary}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_made_while_others_write_opens_and_is_sound() {
    let folder = tempfile::tempdir().unwrap();
    found(folder.path(), true).await;
    let data = folder.path().display().to_string();
    let path = folder.path().join("1.db");
    let store = Store::open(&path).await.unwrap();
    let writing = {
        let store = store.clone();
        tokio::spawn(async move {
            for minute in 0..40 {
                log(&store, minute).await;
            }
        })
    };
    let copy: PathBuf = folder.path().join("copies").join("copy.db");
    std::fs::create_dir(copy.parent().unwrap()).unwrap();
    let to = copy.display().to_string();
    let backup = ["backup", "--data", &data, "--to", &to];
    let said = tokio::task::block_in_place(|| said_by(convener(&backup)));
    writing.await.unwrap();
    assert!(said.contains("and checked the copy"), "{said}");
    assert_eq!(files_in(copy.parent().unwrap()), ["copy.db"], "a copy is one file");
    let head = head_in(&said);
    let checked = said_by(convener(&["check", &to]));
    assert_eq!(head_in(&checked), head);
    let still = said_by(convener(&["check", "--data", &data, "--head", &head]));
    assert!(still.contains("It still holds all"), "{still}");
    let again = refused(&backup);
    assert!(again.contains("never writes over a file"), "{again}");
    let restored = Store::open(&copy).await.unwrap();
    log(&restored, 59).await;
    restored.close().await;
    assert!(said_by(convener(&["check", &to])).contains("is sound"));
    store.close().await;
}

#[tokio::test]
async fn a_backup_names_itself_and_is_taken_for_no_other_record() {
    let folder = tempfile::tempdir().unwrap();
    found(folder.path(), true).await;
    let data = folder.path().display().to_string();
    said_by(convener(&["backup", "--data", &data]));
    let names = files_in(folder.path());
    assert!(names.len() == 2 && names[0].starts_with("1-20"), "{names:?}");
    let said = said_by(convener(&["check", "--data", &data]));
    assert!(said.contains("1.db is sound"), "{said}");
    let empty = tempfile::tempdir().unwrap();
    let nothing = refused(&["backup", "--data", &empty.path().display().to_string()]);
    assert!(nothing.contains("there is no record in"), "{nothing}");
}

#[tokio::test]
async fn somebody_with_the_export_alone_can_follow_each_link() {
    let folder = tempfile::tempdir().unwrap();
    found(folder.path(), true).await;
    let data = folder.path().display().to_string();
    let store = Store::open(&folder.path().join("1.db")).await.unwrap();
    log(&store, 1).await;
    store.close().await;
    let export = said_by(convener(&["export", "--format", "json", "--data", &data]));
    let whole: Value = serde_json::from_str(&export).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    assert_eq!(whole["chain"]["algorithm"], "sha-256");
    let mut known = vec!["0".repeat(64)];
    for entry in whole["ledger"].as_array().unwrap() {
        let (previous, content) = (text(&entry["previous"]), text(&entry["content"]));
        let digest = Sha256::digest(format!("{previous}{content}"));
        let hash = digest.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
        assert_eq!(hash, text(&entry["hash"]), "{content}");
        // One plan, so that each follows another of these.
        assert!(known.contains(&previous), "{content}");
        known.push(hash);
        let said: Value = serde_json::from_str(&content).unwrap();
        assert_eq!((&said["entry"], &said["id"]), (&entry["entry"], &entry["number"]));
    }
    let checked = said_by(convener(&["check", "--data", &data]));
    assert_eq!(text(&whole["chain"]["head"]), head_in(&checked));
    assert!(known.contains(&head_in(&checked)));
}
