//! The law of the house: a module leans only on those above it, and what is outside stays there.
//!
//! This reads the sources as text. Where it pinches, the code is in the wrong room.

use std::fmt::Write;
use std::fs;
use std::path::Path;

/// The folders of the outside world, which do not know one another.
const WORLD: [&str; 4] = ["store", "files", "discord", "sandbox"];

/// Words that say nothing about what is in a file.
const DRAWERS: [&str; 8] =
    ["util", "utils", "helper", "helpers", "common", "manager", "service", "misc"];

/// How the names of files end that people write here.
const WRITTEN: [&str; 10] =
    [".rs", ".toml", ".sql", ".md", ".csv", ".js", ".css", ".html", ".svg", "/run"];

/// Folders of what tools make, of what is kept, and of files that are odd on purpose.
const ELSEWHERE: [&str; 5] = [".git", "data", "fixtures", "node_modules", "target"];

#[test]
fn a_module_leans_only_on_those_above_it() {
    let order = order();
    hold(|source, line| {
        let room = room(source);
        leans(line).into_iter().find_map(|other| {
            let place = |module: &str| order.iter().position(|known| known == module);
            let fault = match (room, place(room), place(other)) {
                // The program stands outside the library: it sees only what the library shows.
                ("lib" | "main" | "cli", ..) => return None,
                (_, None, _) => format!("lib.rs does not list {room}"),
                (_, _, None) => format!("{other} is no module of lib.rs"),
                ("sandbox", ..) if other != room => format!("sandbox knows us, by {other}"),
                (_, Some(here), Some(there)) if there > here => {
                    format!("{room} leans on {other}, which stands below it in lib.rs")
                }
                _ if room != other && WORLD.contains(&room) && WORLD.contains(&other) => {
                    format!("{room} knows {other}: both are the outside world")
                }
                _ => return None,
            };
            Some(fault)
        })
    });
}

#[test]
fn modules_are_named_from_the_root_one_to_a_line() {
    hold(|source, line| {
        let top = source.path.matches('/').count() == 1;
        let climbs = line.contains("super::super::")
            || top && !line.starts_with(' ') && line.contains("use super::");
        let hides = line.contains("crate::{") || line.contains("crate::*");
        (climbs || hides)
            .then(|| "write `use crate::module::Name`, so that this test sees it".into())
    });
}

#[test]
fn discord_and_sql_are_named_in_one_room_each() {
    hold(|source, line| {
        let room = room(source);
        let plays_the_bot = source.path.starts_with("src/sandbox/tests/");
        if line.contains("serenity::") && room != "discord" && !plays_the_bot {
            return Some("serenity is named only in discord".into());
        }
        (line.contains("sqlx::") && room != "store").then(|| "SQL is named only in store".into())
    });
}

#[test]
fn what_is_above_the_outside_world_never_waits() {
    let order = order();
    let pure: Vec<&String> = order.iter().take_while(|module| *module != WORLD[0]).collect();
    assert!(pure.len() > 5, "lib.rs lists what the partnership is before the outside world");
    hold(|source, line| {
        let is_pure = pure.iter().any(|module| *module == room(source));
        (is_pure && line.contains("async "))
            .then(|| "only the outside world and the work wait".into())
    });
}

#[test]
fn one_clock_asks_the_system_for_the_time() {
    let clocks =
        ["Utc::now", "Local::now", "SystemTime::now", "strftime('now", "CURRENT_TIMESTAMP"];
    hold(|source, line| {
        let asks = clocks.iter().any(|clock| line.contains(clock));
        (asks && source.path != "src/bot/clock.rs").then(|| "the time is an argument".into())
    });
}

#[test]
fn every_file_opens_with_a_sentence_and_is_named_for_what_is_in_it() {
    let mut faults = String::new();
    for source in sources("src").iter().chain(&sources("tests/it")) {
        let opening: Vec<&str> =
            source.text.lines().map_while(|line| line.strip_prefix("//! ")).collect();
        if !opening.join(" ").ends_with(['.', '?']) {
            let _ = writeln!(faults, "{}: it does not open with a `//!` sentence", source.path);
        }
        let name = source.path.rsplit('/').next().unwrap_or_default();
        if name.trim_end_matches(".rs").split('_').any(|word| DRAWERS.contains(&word)) {
            let _ = writeln!(faults, "{}: name it for what is in it", source.path);
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

#[test]
fn no_line_ends_in_spaces_and_every_file_ends_in_a_line() {
    let mut faults = String::new();
    for source in files(".") {
        for (number, line) in source.text.lines().enumerate() {
            if line.ends_with([' ', '\t', '\r']) {
                let _ = writeln!(faults, "{}:{}: it ends in spaces", source.path, number + 1);
            }
        }
        if !source.text.is_empty() && !source.text.ends_with('\n') {
            let _ = writeln!(faults, "{}: it does not end in a line", source.path);
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// A text file, with its path from the root of the repository.
struct Source {
    path: String,
    text: String,
}

/// The modules in the order in which `lib.rs` lists them.
fn order() -> Vec<String> {
    let lib = fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let listed = lib.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    listed.map(str::to_owned).collect()
}

/// The top module that a file under `src` belongs to.
fn room(source: &Source) -> &str {
    let path = source.path.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').next().unwrap_or_default()
}

/// The modules of ours that a line of code names.
fn leans(line: &str) -> Vec<&str> {
    let named = line.split("crate::").skip(1);
    named
        .filter_map(|rest| {
            rest.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).next()
        })
        .collect()
}

/// The files that people write, in a folder and all below it, by path.
fn files(folder: &str) -> Vec<Source> {
    let mut found = Vec::new();
    gather(&root().join(folder), &mut found);
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// The Rust files in a folder and all below it, by path.
fn sources(folder: &str) -> Vec<Source> {
    let mut sources = files(folder);
    sources.retain(|source| Path::new(&source.path).extension().is_some_and(|end| end == "rs"));
    assert!(!sources.is_empty(), "there are sources in {folder}");
    sources
}

fn gather(folder: &Path, found: &mut Vec<Source>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        if ELSEWHERE.contains(&name.as_ref()) {
            continue;
        }
        if path.is_dir() {
            gather(&path, found);
            continue;
        }
        let place = path.strip_prefix(root()).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        if WRITTEN.iter().any(|ending| place.ends_with(ending)) {
            found.push(Source { path: place, text: fs::read_to_string(&path).unwrap() });
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Looks for a fault in every line of code under `src`, and fails with all that were found.
fn hold(fault: impl Fn(&Source, &str) -> Option<String>) {
    let mut faults = String::new();
    for source in sources("src") {
        for (number, line) in source.text.lines().enumerate() {
            // What a comment names, it does not lean on.
            if line.trim_start().starts_with("//") {
                continue;
            }
            if let Some(fault) = fault(&source, line) {
                let _ = writeln!(faults, "{}:{}: {fault}", source.path, number + 1);
            }
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}
