//! Discord's ids: when a thing came to be, and which of that moment it is.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use chrono::DateTime;
use chrono::Utc;
use serde::Serialize;
use serde::Serializer;
use serde_json::Value;

/// Discord counts milliseconds from the first second of 2015.
const EPOCH_MS: i64 = 1_420_070_400_000;
/// The low twelve bits number the ids of one millisecond.
const SEQUENCE_BITS: u32 = 12;
/// Ten bits between say which worker made the id; here they say which run of the sandbox.
const RUN_BITS: u32 = 10;
/// Things with a name were all founded within the year after this, 1 January 2018.
const FOUNDED_MS: u64 = 1_514_764_800_000 - 1_420_070_400_000;
/// One year, so that everything with a name is older than everything said.
const FOUNDED_SPAN_MS: u64 = 365 * 24 * 60 * 60 * 1000;

/// An id as Discord gives it: sixty-four bits, sent as a string, growing with time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Snowflake(u64);

impl Snowflake {
    /// The number itself.
    pub fn get(self) -> u64 {
        self.0
    }

    /// Reads an id from JSON, where clients send it as a string or as a number.
    pub(crate) fn read(value: &Value) -> Option<Self> {
        match value {
            Value::String(text) => text.parse().ok(),
            Value::Number(number) => number.as_u64().map(Self),
            _ => None,
        }
    }

    /// The id of something that is known by its name: the same name has the same id in every run
    /// and whatever else stands in the setting, so that a bot's long memory still fits.
    pub(crate) fn named(kind: &str, name: &str) -> Self {
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for byte in kind.bytes().chain([b'/']).chain(name.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        let moment = FOUNDED_MS + (hash >> 22) % FOUNDED_SPAN_MS;
        Self((moment << (SEQUENCE_BITS + RUN_BITS)) | (hash & 0x003f_ffff))
    }
}

impl fmt::Display for Snowflake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

impl FromStr for Snowflake {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

impl Serialize for Snowflake {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Makes ids from the sandbox's own clock: always growing, and the same in the same run.
#[derive(Debug)]
pub(crate) struct Mint {
    run: u64,
    moment: u64,
    sequence: u64,
}

impl Mint {
    pub(crate) fn new(run: u16) -> Self {
        Self { run: u64::from(run) % (1 << RUN_BITS), moment: 0, sequence: 0 }
    }

    pub(crate) fn next(&mut self, now: DateTime<Utc>) -> Snowflake {
        let moment = u64::try_from(now.timestamp_millis() - EPOCH_MS).unwrap_or(1).max(1);
        if moment > self.moment {
            self.moment = moment;
            self.sequence = 0;
        } else {
            self.sequence += 1;
            if self.sequence >= 1 << SEQUENCE_BITS {
                self.moment += 1;
                self.sequence = 0;
            }
        }
        let run = self.run << SEQUENCE_BITS;
        Snowflake((self.moment << (SEQUENCE_BITS + RUN_BITS)) | run | self.sequence)
    }
}
