//! Settings as values: the bot's own, and a partnership to begin with; an unknown key is an error.
//!
//! The defaults are embedded, so that the program runs from any folder.

pub mod cast;
pub mod holiday;
pub mod partnership;
pub mod setting;

use std::fmt;
use std::ops::Range;
use std::path::Path;

use serde::de::DeserializeOwned;
use thiserror::Error;

/// Why a file of settings is not taken; its text is the sentence people read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub struct Refusal {
    /// The file.
    pub file: String,
    /// The line in it, from 1, where there is one.
    pub line: Option<usize>,
    /// What is wrong and what to do, as a sentence.
    pub says: String,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            Some(line) => write!(f, "{}, line {line}: {}", self.file, self.says),
            None => write!(f, "{}: {}", self.file, self.says),
        }
    }
}

/// A file's text, with its name for sentences about it.
#[derive(Clone, Copy, Debug)]
struct Source<'a> {
    file: &'a str,
    text: &'a str,
}

impl Source<'_> {
    /// The values in it, every key known.
    fn values<T: DeserializeOwned>(self) -> Result<T, Refusal> {
        toml::from_str(self.text).map_err(|error| Refusal {
            file: self.file.to_owned(),
            line: error.span().map(|span| self.line(&span)),
            says: sentence(error.message()),
        })
    }

    fn refusal(self, at: &Range<usize>, says: impl Into<String>) -> Refusal {
        Refusal { file: self.file.to_owned(), line: Some(self.line(at)), says: says.into() }
    }

    fn line(self, at: &Range<usize>) -> usize {
        let before = self.text.get(..at.start).unwrap_or(self.text);
        1 + before.bytes().filter(|byte| *byte == b'\n').count()
    }
}

fn open(path: &Path) -> Result<String, Refusal> {
    std::fs::read_to_string(path).map_err(|error| Refusal {
        file: path.display().to_string(),
        line: None,
        says: format!("cannot be read ({error}). Check the name of the file."),
    })
}

/// What the reader of TOML says, as a sentence for people who write settings.
fn sentence(message: &str) -> String {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match quoted.as_slice() {
        [unknown, allowed @ ..] if message.starts_with("unknown field") => {
            format!("there is no setting \"{unknown}\" here. It can be: {}.", allowed.join(", "))
        }
        [unknown, allowed @ ..] if message.starts_with("unknown variant") => {
            format!("\"{unknown}\" cannot stand here. It can be: {}.", allowed.join(", "))
        }
        [missing] if message.starts_with("missing field") => {
            format!("\"{missing}\" is missing. Add it.")
        }
        _ => format!("{}.", message.lines().next().unwrap_or_default().trim_end_matches('.')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_there_is_named() {
        let refusal = open(Path::new("nowhere/bot.toml")).expect_err("it is not there");
        assert!(refusal.to_string().starts_with("nowhere/bot.toml: cannot be read"), "{refusal}");
    }
}
