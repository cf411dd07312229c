//! The chain over the ledger: a hash for each entry, over it and over the hash before it, so that what
//! was changed, removed or slipped in is found.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde_json::Value;
use sha2::Digest;
use sha2::Sha256;
use thiserror::Error;

use crate::ledger::Entry;
use crate::ledger::Kind;

/// How [`Hash::over`] goes, for whoever follows a chain without us.
pub const HOW: &str = "hash = SHA-256 of previous (its 64 hexadecimal digits, as text) followed by \
                       content, in UTF-8, where previous is the hash of the entry before in the whole \
                       record, or 64 zeros before the first. Each entry here has its own previous, as \
                       entries of other plans may stand between.";

/// A SHA-256, by default [`Hash::NONE`]: 64 hexadecimal digits on paper.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hash([u8; 32]);

/// What was given is no hash; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("\"{0}\" is no head of a chain. Give the 64 digits and letters as they were printed.")]
pub struct NotAHash(String);

impl Default for Hash {
    fn default() -> Self {
        Self::NONE
    }
}

impl Hash {
    /// What stands before the first entry.
    pub const NONE: Self = Self([0; 32]);

    /// The hash of an entry, given the one before it and what it says.
    pub fn over(previous: Self, content: &str) -> Self {
        let mut sha = Sha256::new();
        sha.update(previous.to_string());
        sha.update(content);
        Self(sha.finalize().into())
    }

    /// The hash of a file.
    pub fn of_bytes(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// As it stands in the record; none where that is no hash.
    pub fn recorded(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// As it is to stand in the record.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Hash {
    type Err = NotAHash;

    fn from_str(words: &str) -> Result<Self, NotAHash> {
        let not = || NotAHash(words.to_owned());
        let digits = words.trim().as_bytes();
        if digits.len() != 64 {
            return Err(not());
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks(2)) {
            let pair: Option<Vec<u32>> =
                pair.iter().map(|digit| char::from(*digit).to_digit(16)).collect();
            let value = pair.map(|pair| pair.iter().fold(0, |value, digit| value * 16 + digit));
            *byte = value.and_then(|value| u8::try_from(value).ok()).ok_or_else(not)?;
        }
        Ok(Self(bytes))
    }
}

/// What an entry says, in the one way in which it is hashed: as JSON without spaces, keys in order,
/// and without those that have no value.
///
/// So a column that is added to a table leaves the hash of an entry that says nothing in it.
pub fn canonical(entry: &Value) -> String {
    match entry {
        Value::Object(parts) => {
            let said: BTreeMap<&String, &Value> =
                parts.iter().filter(|(_, value)| !value.is_null()).collect();
            let said = said
                .iter()
                .map(|(key, value)| format!("{}:{}", Value::from(key.as_str()), canonical(value)));
            format!("{{{}}}", said.collect::<Vec<_>>().join(","))
        }
        Value::Array(all) => {
            format!("[{}]", all.iter().map(canonical).collect::<Vec<_>>().join(","))
        }
        plain => plain.to_string(),
    }
}

/// The place of an entry in the chain, and what was hashed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    /// The hash before it.
    pub previous: Hash,
    /// Its own.
    pub hash: Hash,
    /// What it says, as [`canonical`] writes it.
    pub content: String,
}

/// Entries of the ledger, each with its place in the chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chained {
    /// The entries, in the order of the chain.
    pub entries: Vec<(Entry, Sealed)>,
    /// The last hash of the record's whole chain.
    pub head: Hash,
}

/// One link of the chain as the record has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its place, from 1.
    pub place: i64,
    /// What kind of entry it is for.
    pub kind: Kind,
    /// That entry's number among those of its kind.
    pub number: i64,
    /// Its hash; none where that was not set.
    pub hash: Option<Hash>,
}

/// What is wrong with a chain, in the order of its places, then what is in none of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Break {
    /// The entry does not read as it did when it was hashed.
    Changed(Kind, i64),
    /// There is a link for it and no entry.
    Gone(Kind, i64),
    /// There is an entry and no link for it.
    Unlinked(Kind, i64),
    /// Its link has no hash.
    Unhashed(Kind, i64),
    /// There are no links at these places, the first and the last of them.
    Missing(i64, i64),
}

/// Compares a chain with the entries there are, each by what it says; `last` is the last place that
/// was ever given.
///
/// Each link is held against the hash that the record has for the one before it, so that a fault
/// shows where it is and not in all that follows.
pub fn breaks(links: &[Link], contents: &BTreeMap<(Kind, i64), String>, last: i64) -> Vec<Break> {
    let mut found = Vec::new();
    let mut before = Some(Hash::NONE);
    let mut place = 1;
    for link in links {
        if link.place > place {
            found.push(Break::Missing(place, link.place - 1));
            before = None;
        }
        let (kind, number) = (link.kind, link.number);
        match (contents.get(&(kind, number)), link.hash) {
            (None, _) => found.push(Break::Gone(kind, number)),
            (_, None) => found.push(Break::Unhashed(kind, number)),
            (Some(content), Some(hash)) => {
                // Without the hash before, this one says nothing.
                let fits = before.is_none_or(|before| Hash::over(before, content) == hash);
                found.extend((!fits).then_some(Break::Changed(kind, number)));
            }
        }
        before = link.hash;
        place = link.place + 1;
    }
    if last >= place {
        found.push(Break::Missing(place, last));
    }
    let linked: BTreeSet<(Kind, i64)> = links.iter().map(|link| (link.kind, link.number)).collect();
    let unlinked = contents.keys().filter(|entry| !linked.contains(entry));
    found.extend(unlinked.map(|(kind, number)| Break::Unlinked(*kind, *number)));
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_hash_reads_back_as_it_was_printed() {
        let hash = Hash::over(Hash::NONE, "{}");
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!(format!(" {} ", hash.to_string().to_uppercase()).parse(), Ok(hash));
        for wrong in ["", "abc", &"g".repeat(64), &"é".repeat(32)] {
            assert_eq!(wrong.parse::<Hash>(), Err(NotAHash(wrong.to_owned())));
        }
        // As `printf '%064d{}' 0 | sha256sum` has it.
        assert_eq!(
            hash.to_string(),
            "5508d2b710e64bc470079e1b211d9c58e21011e59d0559e422345dc19d659a75"
        );
    }

    #[test]
    fn what_is_hashed_has_one_spelling() {
        let check = |value: Value, expected: &str| assert_eq!(canonical(&value), expected);
        check(json!({"b": 1, "a": "x"}), r#"{"a":"x","b":1}"#);
        check(json!({"a": null, "b": []}), r#"{"b":[]}"#);
        check(json!([{"z": "\"\u{1}é", "y": {"n": null}}]), "[{\"y\":{},\"z\":\"\\\"\\u0001é\"}]");
    }

    type Contents = BTreeMap<(Kind, i64), String>;

    /// A chain of three updates that fits.
    fn sound() -> (Vec<Link>, Contents) {
        let contents: Contents =
            (1..=3).map(|number| ((Kind::Update, number), format!("said {number}"))).collect();
        let mut before = Hash::NONE;
        let links = contents.iter().zip(1..).map(|(((kind, number), content), place)| {
            before = Hash::over(before, content);
            Link { place, kind: *kind, number: *number, hash: Some(before) }
        });
        let links = links.collect();
        (links, contents)
    }

    #[test]
    fn a_fault_is_found_where_it_is() {
        let update = |number| (Kind::Update, number);
        let check = |spoil: fn(&mut Vec<Link>, &mut Contents), expected| {
            let (mut links, mut contents) = sound();
            spoil(&mut links, &mut contents);
            assert_eq!(breaks(&links, &contents, 3), expected);
        };
        let changed = |number| Break::Changed(Kind::Update, number);
        let unlinked = |number| Break::Unlinked(Kind::Update, number);
        check(|_, _| {}, vec![]);
        check(|_, said| *said.get_mut(&(Kind::Update, 2)).unwrap() = "?".into(), vec![changed(2)]);
        check(
            |_, said| {
                said.remove(&(Kind::Update, 2));
            },
            vec![Break::Gone(Kind::Update, 2)],
        );
        check(
            |links, _| {
                links.remove(1);
            },
            vec![Break::Missing(2, 2), unlinked(2)],
        );
        check(|links, _| links.truncate(1), vec![Break::Missing(2, 3), unlinked(2), unlinked(3)]);
        check(
            |links, said| {
                links.truncate(2);
                said.remove(&(Kind::Update, 3));
            },
            vec![Break::Missing(3, 3)],
        );
        check(|links, _| links[2].hash = None, vec![Break::Unhashed(Kind::Update, 3)]);
        check(
            |_, said| drop(said.insert((Kind::Note, 1), "new".into())),
            vec![Break::Unlinked(Kind::Note, 1)],
        );
        let (links, mut contents) = sound();
        let (second, third) = (contents[&update(2)].clone(), contents[&update(3)].clone());
        contents.insert(update(2), third);
        contents.insert(update(3), second);
        assert_eq!(breaks(&links, &contents, 3), [changed(2), changed(3)]);
    }
}
