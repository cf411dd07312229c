//! How instants, days, the chat's numbers and words of a list stand in a column.

use anyhow::Context;
use chrono::DateTime;
use chrono::NaiveDate;
use chrono::Utc;

use crate::action::Status;
use crate::view::Card;

/// An instant, in milliseconds since 1970.
pub(super) fn millis(at: DateTime<Utc>) -> i64 {
    at.timestamp_millis()
}

pub(super) fn instant(millis: i64) -> anyhow::Result<DateTime<Utc>> {
    DateTime::from_timestamp_millis(millis).with_context(|| format!("{millis} is not an instant"))
}

/// A day, as in 2020-11-19.
pub(super) fn day(words: &str) -> anyhow::Result<NaiveDate> {
    words.parse().with_context(|| format!("\"{words}\" is not a day"))
}

/// A number of the chat's own, or of this record's. The chat's begin with the years since 2015 in
/// milliseconds, so that they stay below the largest that SQLite holds until the year 2084.
pub(super) fn from_chat(number: u64) -> anyhow::Result<i64> {
    i64::try_from(number).with_context(|| format!("{number} is larger than the record can hold"))
}

pub(super) fn to_chat(number: i64) -> anyhow::Result<u64> {
    u64::try_from(number).with_context(|| format!("{number} is not a number of the chat's"))
}

/// A small count, such as a place in a list.
pub(super) fn count(number: i64) -> anyhow::Result<u32> {
    u32::try_from(number).with_context(|| format!("{number} is not a count"))
}

/// The places of a list, from 1.
pub(super) fn placed<T>(all: &[T]) -> impl Iterator<Item = (i64, &T)> {
    (1..).zip(all)
}

pub(super) fn status(words: &str) -> anyhow::Result<Status> {
    Status::from_words(words).with_context(|| format!("\"{words}\" is not a status"))
}

pub(super) fn card(json: &str) -> anyhow::Result<Card> {
    serde_json::from_str(json).context("read a card")
}

pub(super) fn json<T: serde::Serialize>(value: &T) -> anyhow::Result<String> {
    serde_json::to_string(value).context("write as JSON")
}
