//! Who there is to speak as in the sandbox.

use std::path::Path;

use serde::Deserialize;

use super::Refusal;
use super::Source;
use super::open;

/// The people that stand in the repository.
pub const DEFAULT: &str = include_str!("../../config/sandbox.toml");

/// The name of that file, for sentences about it.
pub const DEFAULT_FILE: &str = "config/sandbox.toml";

/// Somebody to speak as.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Player {
    /// Their name.
    pub name: String,
    /// Who they are, in a few words.
    pub note: String,
    /// The roles they hold, by name.
    pub roles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    people: Vec<Player>,
}

/// The people of a file, or those that stand in the repository where none is given.
pub fn players(path: Option<&Path>) -> Result<Vec<Player>, Refusal> {
    let Some(path) = path else {
        return read(DEFAULT, DEFAULT_FILE);
    };
    read(&open(path)?, &path.display().to_string())
}

fn read(text: &str, file: &str) -> Result<Vec<Player>, Refusal> {
    let written: File = Source { file, text }.values()?;
    Ok(written.people)
}
