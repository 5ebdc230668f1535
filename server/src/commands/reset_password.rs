//! `reset-password`: gives an account a new password.

use std::{io::Write, process::ExitCode};

use backend::services::account;
use clap::Args;

use super::{CommandError, context, with_core};
use crate::settings::Settings;

/// Whose password to replace.
#[derive(Args, Debug)]
pub(super) struct ResetPassword {
    /// The e-mail address that the account signs in with
    #[arg(long)]
    email: String,
}

impl ResetPassword {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CommandError> {
        let password = with_core(settings, async |backend| {
            Ok(account::reset_password(&context(), backend, &self.email).await?)
        })
        .await?;
        let mut out = std::io::stdout();
        writeln!(out, "The account has a new password, and its sessions have ended.")?;
        writeln!(out, "Password, shown this once: {password}")?;
        Ok(ExitCode::SUCCESS)
    }
}
