//! The program: reads the command line, carries it out, tells in one sentence what went wrong.

use std::{io::Write, process::ExitCode};

use clap::Parser;
use server::commands::{CommandLine, run};

#[tokio::main]
async fn main() -> ExitCode {
    match run(CommandLine::parse()).await {
        Ok(code) => code,
        Err(error) => {
            // Nothing is left to do when even the error stream is closed.
            drop(writeln!(std::io::stderr(), "{error}"));
            ExitCode::FAILURE
        }
    }
}
