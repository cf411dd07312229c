//! Plans that come in as files: shown first, applied once somebody confirms, and never by halves.

mod chat;
mod kinds;
pub(crate) mod program;
mod real;

use std::path::Path;

use convener::body::ServerId;
use convener::config::partnership;
use convener::partnership::Founding;
use convener::store::Store;

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
