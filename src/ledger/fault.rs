//! What a check of the record finds wrong, in sentences for whoever looks after it.

use std::fmt;

use chrono::NaiveDate;
use thiserror::Error;

use crate::action::Ref;
use crate::date::day_in_words;
use crate::ledger::Kind;
use crate::ledger::chain::Hash;

/// An entry of the ledger as people find it: `update 12, of IP-1.2, 3 November 2020, by Amira`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// What kind it is.
    pub kind: Kind,
    /// Its number among those of its kind.
    pub number: i64,
    /// The action it is about, where it is about one and that is known.
    pub reference: Option<Ref>,
    /// The day since when it counts, where that is known.
    pub on: Option<NaiveDate>,
    /// Who made it, where that is known.
    pub by: Option<String>,
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.word(), self.number)?;
        if let Some(reference) = &self.reference {
            write!(f, ", of {reference}")?;
        }
        if let Some(on) = self.on {
            write!(f, ", {}", day_in_words(on))?;
        }
        match &self.by {
            Some(by) => write!(f, ", by {by}"),
            None => Ok(()),
        }
    }
}

/// Something wrong with a record; its text is the sentence people read: what, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    /// SQLite finds the file itself at fault.
    #[error("The file is damaged: {0}. Restore a copy, and have the disk looked at.")]
    Damaged(String),
    /// A row refers to one that is not there.
    #[error(
        "Row {row} of the table {table} refers to a row of {parent} that is not there. Something other \
         than Convener has written to the file."
    )]
    Stray {
        /// The table of the row.
        table: String,
        /// The row.
        row: i64,
        /// The table it refers to.
        parent: String,
    },
    /// A part of the schema is not there.
    #[error(
        "The {kind} {name} is missing, which belongs to every record. Without its triggers the ledger \
         can be changed by anybody who opens the file."
    )]
    Lacking {
        /// What it is: table, trigger, index.
        kind: String,
        /// Its name.
        name: String,
    },
    /// A part of the schema is another one, or one more.
    #[error(
        "The {kind} {name} is not as Convener made it. Somebody has changed the schema by hand."
    )]
    Foreign {
        /// What it is: table, trigger, index.
        kind: String,
        /// Its name.
        name: String,
    },
    /// An entry was changed.
    #[error(
        "{0}: it does not read as when it was recorded, or it was moved. Compare it with a copy from \
         before."
    )]
    Changed(Named),
    /// An entry was removed.
    #[error("{0}: the chain has it, and it is no longer there. A copy from before has it.")]
    Gone(Named),
    /// An entry was slipped in.
    #[error("{0}: it is there, and the chain does not have it. Convener did not write it.")]
    Unlinked(Named),
    /// An entry was written by something else.
    #[error(
        "{0}: it has no hash, so something other than Convener has written it. Convener would give it \
         one when it next opens the file, so look at it first."
    )]
    Unhashed(Named),
    /// Links were removed.
    #[error("{}", missing(*first, *last, *at_end))]
    Missing {
        /// The first place without one.
        first: i64,
        /// The last.
        last: i64,
        /// Whether nothing follows.
        at_end: bool,
    },
    /// Entries were removed from the end of their table.
    #[error(
        "The last {} has number {last}, and there have been {ever}: what came after it was removed. A \
         copy from before has it.",
        kind.word()
    )]
    Ended {
        /// What kind of entry.
        kind: Kind,
        /// The number of the last one that is there; 0 where none is.
        last: i64,
        /// The last number that was given.
        ever: i64,
    },
    /// A head that was kept is not in the chain.
    #[error(
        "The chain does not hold the head {0}. Either that head is of another record or of a later time \
         than this copy, or the ledger was written anew since it was printed."
    )]
    NoSuchHead(Hash),
    /// A part of the record cannot be read at all.
    #[error("The ledger cannot be read to its end: {0}. Restore a copy.")]
    Unreadable(String),
}

fn missing(first: i64, last: i64, at_end: bool) -> String {
    let (what, have) = if first == last {
        (format!("Link {first}"), "is")
    } else {
        (format!("Links {first} to {last}"), "are")
    };
    let place = if at_end { ", the end of the chain," } else { " of the chain" };
    format!(
        "{what}{place} {have} missing, and what was recorded there may be, too. A copy from before has \
         it."
    )
}
