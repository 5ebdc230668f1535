//! Settings, from flags, then the environment, then a TOML file. `--help` and `docs/OPERATIONS.md` list them.

use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf, time::Duration};

use backend::{
    carriers::CarrierSettings,
    crypto::{KeySource, Secret},
    import::TeamsLicenses,
    jobs::RenewalSettings,
};
use clap::{Args, ValueEnum};
use serde::Deserialize;
use thiserror::Error;

/// How much a request may ask for.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest body, in bytes.
    pub body_bytes: usize,
    /// The longest time to answer.
    pub request_time: Duration,
    /// The same where a file is taken in or checked.
    pub import_time: Duration,
    /// How many streams of live updates one session may have open.
    pub live_streams: usize,
    /// How often a stream makes sure that its session still stands.
    pub live_check: Duration,
    /// How many requests to the API a token may send in a minute.
    pub api_per_token: NonZeroU32,
    /// The same for an address, with whatever tokens or none.
    pub api_per_address: NonZeroU32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // The largest form is a group with a thousand members.
            body_bytes: 256 * 1024,
            request_time: Duration::from_secs(30),
            // Fifty megabytes over a slow line.
            import_time: Duration::from_secs(10 * 60),
            // Pages close their stream while nobody sees them; so many windows side by side nobody looks at.
            live_streams: 20,
            live_check: Duration::from_secs(30),
            // Ten a second: a script that reads all pages of a long table is not held up.
            api_per_token: NonZeroU32::MIN.saturating_add(599),
            // Behind one address several scripts may run.
            api_per_address: NonZeroU32::MIN.saturating_add(1_199),
        }
    }
}

/// How to answer requests.
#[derive(Clone, Debug)]
pub struct WebSettings {
    /// Send the session cookie over plain HTTP too.
    pub insecure_cookies: bool,
    /// Tell browsers to use TLS only.
    pub strict_transport: bool,
    /// How many proxies in front of the server add to `X-Forwarded-For`.
    pub trusted_proxy_hops: usize,
    /// After how long without a request a session ends.
    pub session_idle: Duration,
    /// After how long a session ends in any case.
    pub session_absolute: Duration,
    /// How much a request may ask for.
    pub limits: Limits,
}

impl Default for WebSettings {
    fn default() -> Self {
        Self {
            insecure_cookies: false,
            strict_transport: false,
            trusted_proxy_hops: 0,
            session_idle: Duration::from_secs(60 * 60),
            session_absolute: Duration::from_secs(12 * 60 * 60),
            limits: Limits::default(),
        }
    }
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// The settings as they can be given; what is missing here comes from the file, then from the defaults.
#[derive(Args, Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GivenSettings {
    /// The database: sqlite:FILE or postgres://USER:PASSWORD@HOST/NAME [default: sqlite:data/portal.db]
    #[arg(long, env = "DATABASE_URL", global = true, hide_env_values = true)]
    pub database_url: Option<String>,
    /// The address and port to listen on; port 0 takes a free one [default: 127.0.0.1:3000]
    #[arg(long, env = "PORTAL_LISTEN", global = true)]
    pub listen: Option<SocketAddr>,
    /// The folder with the built site [default: target/site]
    #[arg(long, env = "PORTAL_SITE_DIR", global = true)]
    pub site_dir: Option<PathBuf>,
    /// How many proxies in front of the server add to X-Forwarded-For [default: 0]
    #[arg(long, env = "PORTAL_TRUSTED_PROXY_HOPS", global = true)]
    pub trusted_proxy_hops: Option<usize>,
    /// Send the session cookie over plain HTTP too; only for trying things out in a trusted network
    #[arg(long, env = "PORTAL_INSECURE_COOKIES", global = true, num_args = 0..=1, default_missing_value = "true")]
    pub insecure_cookies: Option<bool>,
    /// After how many minutes without a request a session ends [default: 60]
    #[arg(long, env = "PORTAL_SESSION_IDLE_MINUTES", global = true)]
    pub session_idle_minutes: Option<u64>,
    /// After how many minutes a session ends in any case [default: 720]
    #[arg(long, env = "PORTAL_SESSION_ABSOLUTE_MINUTES", global = true)]
    pub session_absolute_minutes: Option<u64>,
    /// How many requests to the API a token may send in a minute [default: 600]
    #[arg(long, env = "PORTAL_API_REQUESTS_PER_TOKEN", global = true)]
    pub api_requests_per_token: Option<NonZeroU32>,
    /// How many requests to the API an address may send in a minute [default: 1200]
    #[arg(long, env = "PORTAL_API_REQUESTS_PER_ADDRESS", global = true)]
    pub api_requests_per_address: Option<NonZeroU32>,
    /// What to log, such as info or backend=debug [default: info,sea_orm_migration=warn,sqlx=warn]
    #[arg(long, env = "PORTAL_LOG", global = true)]
    pub log: Option<String>,
    /// How log lines look [default: text]
    #[arg(long, env = "PORTAL_LOG_FORMAT", global = true)]
    pub log_format: Option<LogFormat>,
    /// Names of Microsoft licences that include Teams, separated by semicolons; * stands for any text; in place of the
    /// names the program knows. A name with "(no Teams)" never counts
    #[arg(
        long,
        env = "PORTAL_TEAMS_LICENSES",
        global = true,
        value_delimiter = ';',
        value_name = "NAMES"
    )]
    pub teams_licenses: Option<Vec<String>>,
    /// The file with the keys that encrypt carriers' credentials; made at the first start [default: beside a SQLite file,
    /// with the ending .keys; none with PostgreSQL]
    #[arg(long, env = "PORTAL_KEY_FILE", global = true)]
    pub key_file: Option<PathBuf>,
    /// The keys themselves in place of a file: NAME:64-HEXADECIMAL-DIGITS, several separated by commas, the first one
    /// encrypts. Better given by the environment than by the flag, which others on the computer can see
    #[arg(long, env = "PORTAL_KEYS", global = true, hide_env_values = true, value_parser = secret)]
    #[serde(skip)]
    pub keys: Option<Secret>,
    /// The address that carriers send inbound messages to, such as `https://inbound.company.example`; without it no domain
    /// is subscribed or renewed
    #[arg(long, env = "PORTAL_INBOUND_URL", global = true)]
    pub inbound_url: Option<String>,
    /// How often each carrier profile is compared with its carrier when nothing is due, in seconds [default: 3600]
    #[arg(long, env = "PORTAL_RENEWAL_CHECK_SECONDS", global = true)]
    pub renewal_check_seconds: Option<u64>,
    /// Connect to carriers' hosts that have private addresses too
    #[arg(long, env = "PORTAL_PRIVATE_CARRIER_HOSTS", global = true, num_args = 0..=1, default_missing_value = "true")]
    pub private_carrier_hosts: Option<bool>,
    /// Where hosts below the reserved name .example are reached, without TLS: the stand-in of NetSapiens, for trying
    /// things out
    #[arg(long, env = "PORTAL_CARRIER_STAND_IN", global = true)]
    pub carrier_stand_in: Option<SocketAddr>,
}

fn secret(text: &str) -> Result<Secret, std::convert::Infallible> {
    Ok(Secret::from(text))
}

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
}

impl Settings {
    /// Puts together what flags and environment gave, then the file, then the defaults.
    ///
    /// # Errors
    /// [`SettingsError`], a sentence for whoever starts the program.
    pub fn resolve(given: GivenSettings, file: Option<PathBuf>) -> Result<Self, SettingsError> {
        let file = file.map(read_file).transpose()?.unwrap_or_default();
        let defaults = WebSettings::default();
        let minutes = |given: Option<u64>, file: Option<u64>, default: Duration| {
            given
                .or(file)
                .map_or(default, |minutes| Duration::from_secs(minutes.saturating_mul(60)))
        };
        let listen = given
            .listen
            .or(file.listen)
            .unwrap_or(SocketAddr::from(([127, 0, 0, 1], 3000)));
        let web = WebSettings {
            insecure_cookies: given.insecure_cookies.or(file.insecure_cookies).unwrap_or_default(),
            strict_transport: !listen.ip().is_loopback(),
            trusted_proxy_hops: given.trusted_proxy_hops.or(file.trusted_proxy_hops).unwrap_or_default(),
            session_idle: minutes(
                given.session_idle_minutes,
                file.session_idle_minutes,
                defaults.session_idle,
            ),
            session_absolute: minutes(
                given.session_absolute_minutes,
                file.session_absolute_minutes,
                defaults.session_absolute,
            ),
            limits: Limits {
                api_per_token: given
                    .api_requests_per_token
                    .or(file.api_requests_per_token)
                    .unwrap_or(defaults.limits.api_per_token),
                api_per_address: given
                    .api_requests_per_address
                    .or(file.api_requests_per_address)
                    .unwrap_or(defaults.limits.api_per_address),
                ..defaults.limits
            },
        };
        if web.session_idle.is_zero() || web.session_idle > web.session_absolute {
            return Err(SettingsError::SessionLimits);
        }
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

/// Keys given themselves win over a file; a SQLite file has one of its own beside it.
fn key_source(keys: Option<Secret>, file: Option<PathBuf>, database_url: &str) -> Option<KeySource> {
    if let Some(keys) = keys {
        return Some(KeySource::Given(keys));
    }
    let beside = || {
        let path = database_url.strip_prefix("sqlite:")?.split('?').next()?;
        let path = path.strip_prefix("//").unwrap_or(path);
        (!path.is_empty()).then(|| PathBuf::from(path).with_extension("keys"))
    };
    file.or_else(beside).map(KeySource::File)
}

fn inbound_url(given: String) -> Result<String, SettingsError> {
    let address = given.trim().trim_end_matches('/');
    let rest = address
        .strip_prefix("https://")
        .or_else(|| address.strip_prefix("http://"));
    let well_formed = rest.is_some_and(|rest| {
        !rest.is_empty() && !rest.starts_with('/') && !rest.contains(|c: char| c.is_whitespace() || "?#@".contains(c))
    });
    well_formed.then(|| address.to_owned()).ok_or(SettingsError::InboundUrl)
}

fn renewal(check_seconds: Option<u64>) -> Result<RenewalSettings, SettingsError> {
    let defaults = RenewalSettings::default();
    let check = check_seconds.map_or(defaults.check, Duration::from_secs);
    if check < Duration::from_secs(5) {
        return Err(SettingsError::RenewalCheck);
    }
    Ok(RenewalSettings { check, ..defaults })
}

fn read_file(path: PathBuf) -> Result<GivenSettings, SettingsError> {
    config::Config::builder()
        .add_source(config::File::from(path.clone()).format(config::FileFormat::Toml))
        .build()
        .and_then(config::Config::try_deserialize)
        .map_err(|error| SettingsError::File {
            path,
            cause: error.to_string(),
        })
}

#[cfg(test)]
mod tests {
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
    fn a_sqlite_file_has_its_keys_beside_it_and_postgres_needs_a_setting() {
        let beside = key_source(None, None, "sqlite:data/portal.db");
        assert!(
            matches!(beside, Some(KeySource::File(path)) if path.as_path() == std::path::Path::new("data/portal.keys"))
        );
        assert!(key_source(None, None, "postgres://db.example/portal").is_none());
        let given = key_source(
            Some(Secret::from("one:00")),
            Some(PathBuf::from("x")),
            "sqlite:data/portal.db",
        );
        assert!(matches!(given, Some(KeySource::Given(_))));
    }

    #[test]
    fn keys_do_not_stand_in_what_is_printed_of_the_settings() {
        let given = GivenSettings {
            keys: Some(Secret::from("one:0123456789abcdef")),
            ..GivenSettings::default()
        };
        assert!(!format!("{given:?}").contains("0123456789abcdef"));
        let settings = Settings::resolve(given, None).unwrap();
        assert!(!format!("{settings:?}").contains("0123456789abcdef"));
    }

    #[test]
    fn the_address_for_inbound_messages_loses_its_slash_and_must_be_one() {
        let resolve = |address: &str| {
            let given = GivenSettings {
                inbound_url: Some(address.to_owned()),
                ..GivenSettings::default()
            };
            Settings::resolve(given, None).map(|settings| settings.inbound_url)
        };
        let address = resolve("https://inbound.company.example/sms/").unwrap();
        assert_eq!(address.as_deref(), Some("https://inbound.company.example/sms"));
        for wrong in [
            "inbound.company.example",
            "https://",
            "https://a.example/?x=1",
            "https://u@a.example",
        ] {
            assert!(matches!(resolve(wrong), Err(SettingsError::InboundUrl)), "{wrong}");
        }
    }

    #[test]
    fn a_misspelt_setting_is_told() {
        let (_folder, path) = file("listne = \"127.0.0.1:4000\"\n");
        let error = Settings::resolve(GivenSettings::default(), Some(path)).unwrap_err();
        assert!(error.to_string().contains("listne"), "{error}");
    }

    #[test]
    fn a_session_cannot_be_idle_for_longer_than_it_lasts() {
        let given = GivenSettings {
            session_idle_minutes: Some(100),
            session_absolute_minutes: Some(10),
            ..GivenSettings::default()
        };
        assert!(matches!(
            Settings::resolve(given, None),
            Err(SettingsError::SessionLimits)
        ));
    }
}
