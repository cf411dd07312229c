//! The program: reads the command line, does what it asks for, and says why it could not.

mod cli;

use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use crate::cli::Cli;

fn main() -> ExitCode {
    match Cli::parse().start() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // What stops the program is told once, in words for whoever started it.
            let _ = writeln!(std::io::stderr(), "convener: {error:#}");
            ExitCode::FAILURE
        }
    }
}
