//! `create-token`: makes an API token.

use std::{io::Write, process::ExitCode};

use backend::services::api_token;
use clap::{Args, ValueEnum};
use domain::{access::Role, api_token::ApiTokenInput, enterprise::EnterpriseSlug};

use super::{CommandError, context, with_core};
use crate::settings::Settings;

/// What the token is to be.
#[derive(Args, Debug)]
pub(super) struct CreateToken {
    /// The e-mail address of the account that it stands for
    #[arg(long)]
    email: String,
    /// What it is for
    #[arg(long)]
    name: String,
    /// The most it may be anywhere
    #[arg(long)]
    role: TokenRole,
    /// The only enterprise it reaches, by its name in addresses; without it all that the account reaches
    #[arg(long)]
    enterprise: Option<EnterpriseSlug>,
    /// After how many days it ends
    #[arg(long, default_value_t = 30)]
    days: u32,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum TokenRole {
    Provider,
    Admin,
    Viewer,
}

impl CreateToken {
    pub(super) async fn run(self, settings: &Settings) -> Result<ExitCode, CommandError> {
        let Self {
            email,
            name,
            role,
            enterprise,
            days,
        } = self;
        let role = match role {
            TokenRole::Provider => Role::ProviderAdmin,
            TokenRole::Admin => Role::EnterpriseAdmin,
            TokenRole::Viewer => Role::EnterpriseViewer,
        };
        let input = ApiTokenInput {
            name,
            enterprise,
            role: Some(role),
            days,
        };
        let made = with_core(settings, async |backend| {
            Ok(api_token::issue(&context(), backend, &email, &input).await?)
        })
        .await?;
        let mut out = std::io::stdout();
        writeln!(out, "Token {} created.", made.row.name)?;
        writeln!(out, "Token, shown this once: {}", made.secret)?;
        Ok(ExitCode::SUCCESS)
    }
}
