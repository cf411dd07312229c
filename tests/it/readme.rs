//! The README's table of commands is the one that the declarations make.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use convener::request::command::COMMANDS;
use convener::request::command::Command;
use convener::request::command::message::MESSAGE_COMMANDS;
use convener::request::command::message::MessageCommand;

const BEGINS: &str = "<!-- commands: made by tests/it/readme.rs from src/request/command.rs -->\n";
const ENDS: &str = "<!-- end of commands -->";

#[test]
fn the_readme_lists_every_command_as_declared() {
    let readme =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, rest) = readme.split_once(BEGINS).unwrap();
    let (written, _) = rest.split_once(ENDS).unwrap();
    let made = table();
    assert!(written == made, "put this between the two markers in README.md:\n\n{made}");
}

/// Every command in the order of the help: what to type, what it does, and who may.
fn table() -> String {
    let mut table = String::from("| command | options | what it does | who can |\n");
    table.push_str("|---|---|---|---|\n");
    for command in COMMANDS {
        let Command { name, does, for_whom, .. } = command;
        let options = command.options.iter().map(|option| {
            if option.needed {
                format!("`{}`", option.name)
            } else {
                format!("`[{}]`", option.name)
            }
        });
        let options = options.collect::<Vec<_>>().join(" ");
        let _ = writeln!(table, "| `/{name}` | {options} | {does} | {for_whom} |");
    }
    for command in MESSAGE_COMMANDS {
        let MessageCommand { name, does, for_whom, .. } = command;
        let _ = writeln!(table, "| **{name}** | in the menu of a message | {does} | {for_whom} |");
    }
    table
}
