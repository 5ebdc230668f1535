//! How e-mail is sent.

use std::path::PathBuf;

use backend::{alerts::MailSettings, crypto::Secret};

use super::SettingsError;

/// Server and sender go together, and authorities with them.
pub(super) fn mail(
    server: Option<Secret>,
    from: Option<String>,
    ca_file: Option<PathBuf>,
) -> Result<Option<MailSettings>, SettingsError> {
    match (server, from) {
        (Some(server), Some(from)) => Ok(Some(MailSettings { server, from, ca_file })),
        (None, None) if ca_file.is_none() => Ok(None),
        _ => Err(SettingsError::HalfOfMail),
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
        let only_from = GivenSettings {
            mail_from: Some("portal@company.example".to_owned()),
            ..GivenSettings::default()
        };
        let only_authorities = GivenSettings {
            mail_ca_file: Some(PathBuf::from("authorities.pem")),
            ..GivenSettings::default()
        };
        for given in [only_from, only_authorities] {
            assert!(matches!(Settings::resolve(given, None), Err(SettingsError::HalfOfMail)));
        }
    }

    #[test]
    fn the_authorities_of_the_mail_server_are_a_setting() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("portal.toml");
        let content = format!(
            "mail_server = \"{SERVER}\"\nmail_from = \"portal@company.example\"\nmail_ca_file = \"authorities.pem\"\n"
        );
        std::fs::write(&path, content).unwrap();
        let settings = Settings::resolve(GivenSettings::default(), Some(path)).unwrap();
        let ca_file = settings.mail.and_then(|mail| mail.ca_file);
        assert_eq!(ca_file, Some(PathBuf::from("authorities.pem")));
    }
}
