//! The claim on a data folder: one bot works on it at a time.

use std::fs::File;
use std::fs::TryLockError;
use std::path::Path;

use anyhow::Context;
use anyhow::bail;

/// The file that a bot holds locked while it works. It holds nothing, and stays behind unlocked.
const NAME: &str = "convener.lock";

/// A data folder that nobody else works on until this is dropped, or the process ends in whatever
/// way: the system takes the lock back even from one that is killed.
///
/// Only bots claim it. Commands that read or change a record beside a running bot need not.
#[derive(Debug)]
pub(super) struct Claim {
    _locked: File,
}

impl Claim {
    /// Claims a folder, which is made where there is none.
    ///
    /// # Errors
    /// When another bot works on it, in a sentence for whoever runs this one.
    pub(super) fn on(folder: &Path) -> anyhow::Result<Self> {
        let place = || format!("claim the data folder {}", folder.display());
        std::fs::create_dir_all(folder).with_context(place)?;
        let mut options = File::options();
        let file = options.create(true).truncate(false).write(true).open(folder.join(NAME));
        let file = file.with_context(place)?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _locked: file }),
            Err(TryLockError::WouldBlock) => bail!(
                "another Convener is at work on the data folder {}. Stop that one first, or give \
                 this one a folder of its own with --data",
                folder.display()
            ),
            Err(TryLockError::Error(fault)) => Err(fault).with_context(place),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_claimed_by_one_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("data");
        let claim = Claim::on(&inner).unwrap();
        let refused = Claim::on(&inner).unwrap_err().to_string();
        assert!(refused.starts_with("another Convener is at work on"), "{refused}");
        drop(claim);
        Claim::on(&inner).unwrap();
    }
}
