//! The settings as they can be given: by flags, by the environment, by a file.

use std::{net::SocketAddr, num::NonZeroU32, path::PathBuf};

use backend::crypto::Secret;
use clap::{Args, ValueEnum};
use serde::{Deserialize, Deserializer};

use super::SettingsError;

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
    /// Connect to hosts of carriers and webhooks that have private addresses too
    #[arg(long, env = "PORTAL_PRIVATE_CARRIER_HOSTS", global = true, num_args = 0..=1, default_missing_value = "true")]
    pub private_carrier_hosts: Option<bool>,
    /// Where hosts below the reserved name .example are reached, without TLS: the stand-in of NetSapiens, for trying
    /// things out
    #[arg(long, env = "PORTAL_CARRIER_STAND_IN", global = true)]
    pub carrier_stand_in: Option<SocketAddr>,
    /// The server that sends e-mail about alerts: smtps://USER:PASSWORD@HOST, or smtp://USER:PASSWORD@HOST?tls=required.
    /// Better given by the environment or the file than by the flag, which others on the computer can see
    #[arg(long, env = "PORTAL_MAIL_SERVER", global = true, hide_env_values = true, value_parser = secret)]
    #[serde(deserialize_with = "secret_in_file")]
    pub mail_server: Option<Secret>,
    /// Who that e-mail is from: an address, perhaps with a name before it, as in "Messaging Portal <portal@company.example>"
    #[arg(long, env = "PORTAL_MAIL_FROM", global = true)]
    pub mail_from: Option<String>,
    /// A file with certificates (PEM) of authorities that may vouch for the mail server, beside those that Mozilla trusts
    #[arg(long, env = "PORTAL_MAIL_CA_FILE", global = true)]
    pub mail_ca_file: Option<PathBuf>,
}

fn secret(text: &str) -> Result<Secret, std::convert::Infallible> {
    Ok(Secret::from(text))
}

fn secret_in_file<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Secret>, D::Error> {
    Ok(Option::<String>::deserialize(value)?.map(Secret::from))
}

pub(super) fn read_file(path: PathBuf) -> Result<GivenSettings, SettingsError> {
    config::Config::builder()
        .add_source(config::File::from(path.clone()).format(config::FileFormat::Toml))
        .build()
        .and_then(config::Config::try_deserialize)
        .map_err(|error| SettingsError::File {
            path,
            cause: error.to_string(),
        })
}
