//! The bot's own settings: `config/bot.toml`, each key with its default.

use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use chrono::NaiveTime;
use serde::Deserialize;
use toml::Spanned;

use crate::config::Refusal;
use crate::config::Source;
use crate::config::open;

/// The settings as they stand in the repository: every key with its default.
pub const DEFAULT: &str = include_str!("../../config/bot.toml");

/// How the bot behaves, whatever the partnership.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The folder in which each partnership has its file.
    pub data: PathBuf,
    /// What is written to the log, as the tracing crate's `EnvFilter` reads it.
    pub log: String,
    /// The time of day, where the partnership is, at which a digest is posted.
    pub digest_time: NaiveTime,
    /// How many lines a section of a digest or list shows before "and 7 more".
    pub section_lines: usize,
    /// How long an author may take an update back.
    pub undo_for: Duration,
    /// Whether meetings are put into the server's calendar, as scheduled events.
    pub scheduled_events: bool,
    /// How long to wait for a connection to Discord.
    pub connect_timeout: Duration,
    /// How long to wait for an answer from Discord, connection and all.
    pub request_timeout: Duration,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            data: PathBuf::from("data"),
            log: "info,serenity=warn,tungstenite=warn".into(),
            digest_time: NaiveTime::from_hms_opt(9, 0, 0).unwrap_or_default(),
            section_lines: 5,
            undo_for: Duration::from_mins(15),
            scheduled_events: false,
            connect_timeout: Duration::from_secs(5),
            request_timeout: Duration::from_secs(15),
        }
    }
}

/// The file as written; a key left out keeps its default.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    data: Option<Spanned<PathBuf>>,
    log: Option<String>,
    digest_time: Option<Spanned<String>>,
    section_lines: Option<Spanned<u32>>,
    undo_minutes: Option<u32>,
    scheduled_events: Option<bool>,
    connect_timeout_s: Option<Spanned<u32>>,
    request_timeout_s: Option<Spanned<u32>>,
}

impl Settings {
    /// The settings of a file, or the defaults where none is given.
    pub fn open(path: Option<&Path>) -> Result<Self, Refusal> {
        let Some(path) = path else {
            return Ok(Self::default());
        };
        Self::read(&open(path)?, &path.display().to_string())
    }

    /// The settings in a text; `file` names it in refusals.
    pub fn read(text: &str, file: &str) -> Result<Self, Refusal> {
        let source = Source { file, text };
        let written: File = source.values()?;
        let mut settings = Self::default();
        if let Some(data) = written.data {
            if data.get_ref().as_os_str().is_empty() {
                return Err(source.refusal(&data.span(), "\"data\" is empty. Name a folder."));
            }
            settings.data = data.into_inner();
        }
        if let Some(time) = written.digest_time {
            settings.digest_time =
                NaiveTime::parse_from_str(time.get_ref(), "%H:%M").map_err(|_| {
                    let says = format!(
                        "\"{}\" is not a time of day. Write one such as \"09:00\".",
                        time.get_ref()
                    );
                    source.refusal(&time.span(), says)
                })?;
        }
        let positive = |number: Option<Spanned<u32>>| match number {
            Some(number) if *number.get_ref() == 0 => {
                Err(source.refusal(&number.span(), "this must be at least 1."))
            }
            number => Ok(number.map(Spanned::into_inner)),
        };
        if let Some(lines) = positive(written.section_lines)? {
            settings.section_lines = usize::try_from(lines).unwrap_or(usize::MAX);
        }
        if let Some(seconds) = positive(written.connect_timeout_s)? {
            settings.connect_timeout = Duration::from_secs(seconds.into());
        }
        if let Some(seconds) = positive(written.request_timeout_s)? {
            settings.request_timeout = Duration::from_secs(seconds.into());
        }
        if let Some(minutes) = written.undo_minutes {
            settings.undo_for = Duration::from_secs(u64::from(minutes) * 60);
        }
        settings.scheduled_events = written.scheduled_events.unwrap_or(settings.scheduled_events);
        settings.log = written.log.unwrap_or(settings.log);
        Ok(settings)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_holds_every_key_with_its_default() {
        assert_eq!(Settings::read(DEFAULT, "config/bot.toml"), Ok(Settings::default()));
        let table: toml::Table = toml::from_str(DEFAULT).expect("it is TOML");
        let refusal =
            Settings::read("none_such = 1", "bot.toml").expect_err("there is no such key");
        for key in table.keys() {
            assert!(refusal.says.contains(key.as_str()), "{key}: {refusal}");
        }
        let allowed = refusal.says.split_once("can be: ").expect("it lists them").1;
        assert_eq!(allowed.split(", ").count(), table.len(), "{allowed}");
    }

    #[test]
    fn a_key_left_out_keeps_its_default() {
        let settings = Settings::read(
            "undo_minutes = 0\nscheduled_events = true\ndigest_time = \"08:30\"",
            "bot.toml",
        );
        let expected = Settings {
            undo_for: Duration::ZERO,
            scheduled_events: true,
            digest_time: NaiveTime::from_hms_opt(8, 30, 0).expect("it is a time"),
            ..Settings::default()
        };
        assert_eq!(settings, Ok(expected));
        assert_eq!(Settings::read("", "bot.toml"), Ok(Settings::default()));
    }

    #[test]
    fn what_is_wrong_is_named_with_file_and_line() {
        let check = |text: &str, expected: &str| {
            let refusal = Settings::read(text, "bot.toml").expect_err(text).to_string();
            assert!(refusal.starts_with(expected), "{refusal}");
        };
        check(
            "log = \"info\"\n\nundo_minuts = 3\n",
            "bot.toml, line 3: there is no setting \"undo_minuts\"",
        );
        check("digest_time = \"25:00\"", "bot.toml, line 1: \"25:00\" is not a time of day");
        check("section_lines = 0", "bot.toml, line 1: this must be at least 1");
        check(
            "undo_minutes = \"x\"",
            "bot.toml, line 1: invalid type: string \"x\", expected u32.",
        );
        check("data = \"\"", "bot.toml, line 1: \"data\" is empty");
        check("data = \n", "bot.toml, line 1: ");
    }
}
