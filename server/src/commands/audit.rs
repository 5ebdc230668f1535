//! `audit`: whether the audit log is as it was written.

use std::{
    io::{self, Write},
    process::ExitCode,
};

use backend::services::audit::{self, ChainReport};
use clap::Subcommand;

use super::{CommandError, context, with_core};
use crate::settings::Settings;

/// What the program ends with when it has checked the log and found a flaw. 1 is a failure, 2 a command line that cannot
/// be understood.
const BROKEN: u8 = 3;

const EXIT_STATUS: &str = "Exit status: 0 when every chain is as it was written, 3 when one is not, 1 when the log could \
    not be checked, 2 when the command line cannot be understood.";

/// What to do with the audit log.
#[derive(Debug, Subcommand)]
pub(super) enum Audit {
    /// Look for entries that were changed, moved or removed in the database itself: a line for each enterprise
    #[command(after_help = EXIT_STATUS)]
    Verify,
}

impl Audit {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CommandError> {
        match self {
            Self::Verify => verify(settings).await,
        }
    }
}

async fn verify(settings: &Settings) -> Result<ExitCode, CommandError> {
    let reports = with_core(settings, async |backend| Ok(audit::verify(&context(), backend).await?)).await?;
    let mut out = io::stdout();
    for report in &reports {
        writeln!(out, "{}", line(report))?;
    }
    if reports.is_empty() {
        writeln!(out, "The audit log is empty.")?;
    }
    let unbroken = reports.iter().all(|report| report.flaws.is_empty());
    Ok(if unbroken {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(BROKEN)
    })
}

/// The last hash is told so that it can be kept elsewhere: whoever rewrites a whole chain cannot bring it back.
fn line(report: &ChainReport) -> String {
    let ChainReport {
        name,
        entries,
        last,
        flaws,
    } = report;
    if flaws.is_empty() {
        return format!("{name}: {entries} entries, unbroken, last hash {last}");
    }
    let flaws: Vec<String> = flaws.iter().map(ToString::to_string).collect();
    format!("{name}: {entries} entries, BROKEN: {}", flaws.join("; "))
}
