//! How e-mail is sent.

use backend::{alerts::MailSettings, crypto::Secret};

use super::SettingsError;

/// Both or neither.
pub(super) fn mail(server: Option<Secret>, from: Option<String>) -> Result<Option<MailSettings>, SettingsError> {
    match (server, from) {
        (Some(server), Some(from)) => Ok(Some(MailSettings { server, from })),
        (None, None) => Ok(None),
        (Some(_), None) | (None, Some(_)) => Err(SettingsError::HalfOfMail),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{GivenSettings, Settings};

    const SERVER: &str = "smtps://portal:hunter2@mail.company.example";

    #[test]
    fn the_password_of_the_mail_server_does_not_stand_in_what_is_printed_of_the_settings() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("portal.toml");
        std::fs::write(
            &path,
            format!("mail_server = \"{SERVER}\"\nmail_from = \"portal@company.example\"\n"),
        )
        .unwrap();
        let settings = Settings::resolve(GivenSettings::default(), Some(path)).unwrap();
        let printed = format!("{settings:?}");
        assert!(
            printed.contains("portal@company.example") && !printed.contains("hunter2"),
            "{printed}"
        );
        let given = GivenSettings {
            mail_server: Some(Secret::from(SERVER)),
            ..GivenSettings::default()
        };
        assert!(!format!("{given:?}").contains("hunter2"));
    }

    #[test]
    fn half_of_what_e_mail_needs_is_told() {
        let given = GivenSettings {
            mail_from: Some("portal@company.example".to_owned()),
            ..GivenSettings::default()
        };
        assert!(matches!(Settings::resolve(given, None), Err(SettingsError::HalfOfMail)));
    }
}
