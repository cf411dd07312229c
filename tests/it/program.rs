//! The program run to its end, as somebody at a terminal runs it, and a record for it to find.

use std::borrow::BorrowMut;
use std::path::Path;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

use convener::body::ServerId;
use convener::config::partnership;
use convener::partnership::Founding;
use convener::store::Store;

/// The program, to be run with some arguments, and without a token or anything to read.
pub(crate) fn convener(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_convener"));
    command.args(arguments).env_remove("DISCORD_TOKEN").stdin(Stdio::null());
    command
}

/// What it prints when all goes well.
pub(crate) fn said_by(mut command: impl BorrowMut<Command>) -> String {
    let Output { status, stdout, stderr } = command.borrow_mut().output().unwrap();
    let complaint = String::from_utf8_lossy(&stderr);
    assert!(status.success(), "{complaint}");
    String::from_utf8(stdout).unwrap()
}

/// What it says when it refuses.
pub(crate) fn refused(arguments: &[&str]) -> String {
    let Output { status, stderr, .. } = convener(arguments).output().unwrap();
    assert!(!status.success(), "it was to refuse {arguments:?}");
    String::from_utf8(stderr).unwrap()
}

/// The record of the real partnership, with its plan as printed or without any action, in a file
/// that the program finds.
pub(crate) async fn found(folder: &Path, printed: bool) {
    let Founding { mut partnership, plan, areas, printed: actions, .. } =
        partnership::founding(None).unwrap();
    partnership.server = ServerId(1);
    let store = Store::open(&folder.join("1.db")).await.unwrap();
    let mut tx = store.begin("2020-10-26T09:00:00Z".parse().unwrap()).await.unwrap();
    let actions = if printed { actions } else { Vec::new() };
    tx.found(&partnership, &plan, &areas, &actions).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
}

/// How many actions the record holds.
pub(crate) async fn count(folder: &Path) -> usize {
    let store = Store::open(&folder.join("1.db")).await.unwrap();
    let mut tx = store.read("2030-01-01T09:00:00Z".parse().unwrap()).await.unwrap();
    let count = tx.actions(None).await.unwrap().len();
    drop(tx);
    store.close().await;
    count
}
