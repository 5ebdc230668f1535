//! `rotate-keys`: encrypts all credentials, and the secrets of webhooks, with a new key.

use std::{io::Write, process::ExitCode};

use backend::services::keys::{Rotation, rotate};

use super::{CommandError, context, with_core};
use crate::settings::Settings;

pub(super) async fn run(settings: &Settings) -> Result<ExitCode, CommandError> {
    let Rotation { key_id, made, values } =
        with_core(settings, async |backend| Ok(rotate(&context(), backend, |_| {}).await?)).await?;
    let key = if made { "the new key" } else { "the key" };
    writeln!(
        std::io::stdout(),
        "{values} secrets were encrypted anew. All are encrypted with {key} {key_id} now."
    )?;
    Ok(ExitCode::SUCCESS)
}
