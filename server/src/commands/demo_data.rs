//! `demo-data`: fills an empty database with content for trying things out.

use std::{io::Write, process::ExitCode};

use backend::services::demo_data::{DemoSize, Filled, SIGN_INS, connect, fill};
use clap::Args;

use super::{CommandError, context, with_core};
use crate::settings::Settings;

/// How much, and what to do when there is something already.
#[derive(Args, Debug)]
pub(super) struct DemoData {
    /// Succeed without a change when the database is not empty
    #[arg(long)]
    if_empty: bool,
    /// How many SMS groups the larger enterprise gets
    #[arg(long, default_value_t = DemoSize::default().groups)]
    groups: usize,
    /// How many Teams users it gets
    #[arg(long, default_value_t = DemoSize::default().users, value_parser = at_least_one)]
    users: usize,
    /// How many phone numbers it gets
    #[arg(long, default_value_t = DemoSize::default().numbers)]
    numbers: usize,
}

fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("must be a number above 0".to_owned()),
        Ok(count) => Ok(count),
    }
}

impl DemoData {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CommandError> {
        let size = DemoSize {
            groups: self.groups,
            users: self.users,
            numbers: self.numbers,
        };
        let mut out = std::io::stdout();
        let filled = with_core(settings, async |backend| {
            let filled = fill(&context(), backend, size).await?;
            if matches!(filled, Filled::Now) && settings.carriers.stand_in.is_some() {
                connect(&context(), backend).await?;
            }
            Ok(filled)
        })
        .await?;
        match filled {
            Filled::Now => writeln!(out, "Demo content added.")?,
            Filled::Already => writeln!(out, "The demo content is there already; nothing was changed.")?,
            Filled::NotEmpty if self.if_empty => return Ok(ExitCode::SUCCESS),
            Filled::NotEmpty => return Err(CommandError::NotEmpty),
        }
        writeln!(out, "\nSign in with one of these:")?;
        for sign_in in SIGN_INS {
            let role = match sign_in.at {
                [] => "provider admin".to_owned(),
                at => at
                    .iter()
                    .map(|(slug, role)| format!("{} at {slug}", role.as_str()))
                    .collect::<Vec<_>>()
                    .join(", "),
            };
            writeln!(out, "  {:<34} {:<30} {role}", sign_in.email, sign_in.password)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
