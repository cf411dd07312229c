//! What it means when a record cannot be opened because too many files are open already.

use std::fs::File;
use std::io;

/// So many files a record takes when it is busy: a writer, a few readers, and for each of them the
/// file, its log, and at times what is being rolled back.
const HANDLES: usize = 12;

/// The system's numbers for too many open files: in this process, and in all.
#[cfg(unix)]
const TOO_MANY: [i32; 2] = [24, 23];
/// The same on Windows, which counts no others.
#[cfg(not(unix))]
const TOO_MANY: [i32; 1] = [4];

/// Why a connection could not be had: for want of handles, if that is so, or else what we were doing.
///
/// SQLite says the same of every file that it cannot open, so the system is asked again.
pub(super) fn explained(fault: sqlx::Error, otherwise: &'static str) -> anyhow::Error {
    let are_wanting = matches!(have(HANDLES), Err(fault) if is_for_want_of_handles(&fault));
    anyhow::Error::new(fault).context(if are_wanting {
        "too many files are open already, and a partnership needs about a dozen when it is busy. \
         Let the program open more (`ulimit -n`, or LimitNOFILE= in its service)"
    } else {
        otherwise
    })
}

/// Whether so many files can be opened.
fn have(handles: usize) -> io::Result<()> {
    let opened: io::Result<Vec<File>> = (0..handles).map(|_| File::open(".")).collect();
    opened.map(drop)
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
    fn another_fault_is_told_as_what_we_were_doing() {
        let error = explained(sqlx::Error::PoolClosed, "begin to read the record");
        assert!(format!("{error:#}").starts_with("begin to read the record: "), "{error:#}");
    }
}
