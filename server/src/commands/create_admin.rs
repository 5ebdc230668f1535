//! `create-admin`: makes an account.

use std::{io::Write, process::ExitCode};

use backend::services::account::{self, NewAccount};
use clap::{Args, ValueEnum};
use domain::{access::Role, enterprise::EnterpriseSlug};

use super::{CommandError, context, with_core};
use crate::settings::Settings;

/// Who to make an account for.
#[derive(Args, Debug)]
pub(super) struct CreateAdmin {
    /// The e-mail address to sign in with
    #[arg(long)]
    email: String,
    /// The person's name
    #[arg(long)]
    name: String,
    /// The enterprise, by its name in addresses; without it the account runs the provider
    #[arg(long)]
    enterprise: Option<EnterpriseSlug>,
    /// What the person is at the enterprise
    #[arg(long, default_value = "admin", requires = "enterprise")]
    role: EnterpriseRole,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum EnterpriseRole {
    Admin,
    Viewer,
}

impl CreateAdmin {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CommandError> {
        let role = match self.role {
            EnterpriseRole::Admin => Role::EnterpriseAdmin,
            EnterpriseRole::Viewer => Role::EnterpriseViewer,
        };
        let new = NewAccount {
            email: self.email,
            display_name: self.name,
            at: self.enterprise.map(|enterprise| (enterprise, role)),
        };
        let password = with_core(settings, async |backend| {
            Ok(account::create(&context(), backend, &new).await?)
        })
        .await?;
        let mut out = std::io::stdout();
        writeln!(out, "Account {} created.", new.email)?;
        writeln!(out, "Password, shown this once: {password}")?;
        Ok(ExitCode::SUCCESS)
    }
}
