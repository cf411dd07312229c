//! What it means when a file cannot be opened because too many are open already.

use std::fs::File;
use std::io;
use std::path::Path;

/// The system's numbers for too many open files: in this process, and in all.
#[cfg(unix)]
const TOO_MANY: [i32; 2] = [24, 23];
/// The same on Windows, which counts no others.
#[cfg(not(unix))]
const TOO_MANY: [i32; 1] = [4];

/// A failure to open a record, with the reason that SQLite does not tell.
pub(super) fn explained(error: anyhow::Error, path: &Path) -> anyhow::Error {
    // SQLite says the same of every file that it cannot open; the system tells when asked again.
    match File::open(path.parent().unwrap_or(path)) {
        Err(fault) if is_for_want_of_handles(&fault) => error.context(
            "too many files are open already, and each partnership needs about a dozen when it is \
             busy. Let the program open more (`ulimit -n`, or LimitNOFILE= in its service)",
        ),
        _ => error,
    }
}

fn is_for_want_of_handles(fault: &io::Error) -> bool {
    fault.raw_os_error().is_some_and(|number| TOO_MANY.contains(&number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_want_of_handles_is_told_from_other_faults() {
        for number in TOO_MANY {
            assert!(is_for_want_of_handles(&io::Error::from_raw_os_error(number)), "{number}");
        }
        assert!(!is_for_want_of_handles(&io::Error::from(io::ErrorKind::NotFound)));
        assert!(!is_for_want_of_handles(&io::Error::from(io::ErrorKind::PermissionDenied)));
    }

    #[test]
    fn another_fault_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let error = explained(anyhow::anyhow!("it is no record"), &folder.path().join("1.db"));
        assert_eq!(format!("{error:#}"), "it is no record");
    }
}
