//! Who asks: each role, with a token of somebody in the demo content.

use anyhow::Context as _;
use clap::ValueEnum;

use crate::portal::Portal;
use crate::project::Project;

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    /// An admin of the provider.
    Provider,
    /// An admin of one enterprise.
    Admin,
    /// Somebody who only reads.
    Viewer,
    /// Nobody: without a token.
    Nobody,
}

impl Role {
    pub(crate) const ALL: [Self; 4] = [Self::Provider, Self::Admin, Self::Viewer, Self::Nobody];

    /// The name of the step.
    pub(crate) fn step(self) -> &'static str {
        match self {
            Self::Provider => "API, provider admin",
            Self::Admin => "API, enterprise admin",
            Self::Viewer => "API, viewer",
            Self::Nobody => "API, nobody",
        }
    }

    /// The word for it on the command line.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Provider => "provider",
            Self::Admin => "admin",
            Self::Viewer => "viewer",
            Self::Nobody => "nobody",
        }
    }

    /// Whose token it is; viewers have none of their own, so an admin makes one that only reads.
    fn owner(self) -> Option<&'static str> {
        match self {
            Self::Provider => Some("provider@northwind-voice.example"),
            Self::Admin | Self::Viewer => Some("admin@alderclinics.example"),
            Self::Nobody => None,
        }
    }

    /// A new token; none for nobody.
    pub(super) fn token(self, project: &Project, portal: &Portal) -> anyhow::Result<Option<String>> {
        let Some(email) = self.owner() else { return Ok(None) };
        let arguments = [
            "create-token",
            "--email",
            email,
            "--name",
            "Fuzzing",
            "--role",
            self.word(),
        ];
        let told = portal.run(project, "making a token", &arguments)?;
        let token = told
            .lines()
            .find_map(|line| line.strip_prefix("Token, shown this once: "));
        Ok(Some(token.context("the portal told no token")?.to_owned()))
    }
}
