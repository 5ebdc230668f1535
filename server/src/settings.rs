//! Settings, from flags, then the environment, then a TOML file. `--help` and `docs/OPERATIONS.md` list them.

mod carriers;
mod given;
mod keys;
mod mail;
mod web;

use std::{net::SocketAddr, path::PathBuf};

use backend::{
    alerts::MailSettings, carriers::CarrierSettings, crypto::KeySource, import::TeamsLicenses, jobs::RenewalSettings,
};
use thiserror::Error;

use self::{
    carriers::{inbound_url, renewal},
    given::read_file,
    keys::key_source,
    mail::mail,
};
pub use self::{
    given::{GivenSettings, LogFormat},
    web::{Limits, WebSettings},
};

/// The settings in force.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The database.
    pub database_url: String,
    /// Where to listen.
    pub listen: SocketAddr,
    /// The folder with the built site.
    pub site_dir: PathBuf,
    /// How to answer requests.
    pub web: WebSettings,
    /// What to log.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
    /// Which of Microsoft's licences include Teams.
    pub teams_licenses: TeamsLicenses,
    /// Where the keys come from that encrypt carriers' credentials; none if nothing says so.
    pub keys: Option<KeySource>,
    /// Where carriers send inbound messages, without a slash at its end.
    pub inbound_url: Option<String>,
    /// How carriers are reached.
    pub carriers: CarrierSettings,
    /// How domains are renewed.
    pub renewal: RenewalSettings,
    /// How e-mail is sent; none if no server is set.
    pub mail: Option<MailSettings>,
}

/// Why the settings cannot be used.
#[derive(Debug, Error)]
pub enum SettingsError {
    /// The file is missing, or not TOML, or names a setting that does not exist.
    #[error("The settings file {path} cannot be used: {cause}")]
    File {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        cause: String,
    },
    /// A session would end before it could be used.
    #[error("The limits of a session must be at least one minute, and the idle limit not above the absolute one.")]
    SessionLimits,
    /// The address for inbound messages is none.
    #[error("The address for inbound messages must begin with https:// or http://, without ? or #.")]
    InboundUrl,
    /// Checking without a pause would never end.
    #[error("Carrier profiles can be compared with their carriers every 5 seconds at most.")]
    RenewalCheck,
    /// A server for e-mail without a sender, the other way round, or authorities without either.
    #[error("To send e-mail, set both the mail server and the sender.")]
    HalfOfMail,
}

impl Settings {
    /// Puts together what flags and environment gave, then the file, then the defaults.
    ///
    /// # Errors
    /// [`SettingsError`], a sentence for whoever starts the program.
    pub fn resolve(given: GivenSettings, file: Option<PathBuf>) -> Result<Self, SettingsError> {
        let file = file.map(read_file).transpose()?.unwrap_or_default();
        let listen = given
            .listen
            .or(file.listen)
            .unwrap_or(SocketAddr::from(([127, 0, 0, 1], 3000)));
        let web = WebSettings::resolve(&given, &file, listen)?;
        let or_default = |value: Option<String>, default: &str| value.unwrap_or_else(|| default.to_owned());
        let database_url = or_default(given.database_url.or(file.database_url), "sqlite:data/portal.db");
        let carriers = CarrierSettings {
            stand_in: given.carrier_stand_in.or(file.carrier_stand_in),
            private_hosts: given
                .private_carrier_hosts
                .or(file.private_carrier_hosts)
                .unwrap_or_default(),
            ..CarrierSettings::default()
        };
        Ok(Self {
            keys: key_source(given.keys, given.key_file.or(file.key_file), &database_url),
            inbound_url: given.inbound_url.or(file.inbound_url).map(inbound_url).transpose()?,
            carriers,
            renewal: renewal(given.renewal_check_seconds.or(file.renewal_check_seconds))?,
            mail: mail(
                given.mail_server.or(file.mail_server),
                given.mail_from.or(file.mail_from),
                given.mail_ca_file.or(file.mail_ca_file),
            )?,
            database_url,
            listen,
            site_dir: given
                .site_dir
                .or(file.site_dir)
                .unwrap_or_else(|| PathBuf::from("target/site")),
            web,
            log: or_default(given.log.or(file.log), "info,sea_orm_migration=warn,sqlx=warn"),
            log_format: given.log_format.or(file.log_format).unwrap_or_default(),
            teams_licenses: given
                .teams_licenses
                .or(file.teams_licenses)
                .map_or_else(TeamsLicenses::default, TeamsLicenses::new),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use domain::teams_user::LicenseState;

    use super::*;

    fn file(text: &str) -> (tempfile::TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("portal.toml");
        std::fs::write(&path, text).unwrap();
        (folder, path)
    }

    #[test]
    fn flags_win_over_the_file_and_the_file_over_the_defaults() {
        let (_folder, path) = file("listen = \"127.0.0.1:4000\"\nsession_idle_minutes = 5\n");
        let given = GivenSettings {
            listen: Some(SocketAddr::from(([127, 0, 0, 1], 5000))),
            ..GivenSettings::default()
        };
        let settings = Settings::resolve(given, Some(path)).unwrap();
        assert_eq!(settings.listen.port(), 5000);
        assert_eq!(settings.web.session_idle, Duration::from_secs(300));
        assert_eq!(settings.database_url, "sqlite:data/portal.db");
    }

    #[test]
    fn the_licences_with_teams_are_a_setting() {
        let (_folder, path) = file("teams_licenses = [\"Contoso Suite*\"]\n");
        let from_file = Settings::resolve(GivenSettings::default(), Some(path))
            .unwrap()
            .teams_licenses;
        assert_eq!(from_file.state("Contoso Suite 3"), LicenseState::Licensed);
        assert_eq!(from_file.state("Microsoft 365 E3"), LicenseState::Unlicensed);
        let defaults = Settings::resolve(GivenSettings::default(), None)
            .unwrap()
            .teams_licenses;
        assert_eq!(defaults.state("Microsoft 365 E3"), LicenseState::Licensed);
    }

    #[test]
    fn a_misspelt_setting_is_told() {
        let (_folder, path) = file("listne = \"127.0.0.1:4000\"\n");
        let error = Settings::resolve(GivenSettings::default(), Some(path)).unwrap_err();
        assert!(error.to_string().contains("listne"), "{error}");
    }
}
