//! How the stand-in behaves. Every switch can be changed while it runs.

use serde::{Deserialize, Serialize};

/// Which version of the API it speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Version {
    /// No routes below domains; deleting needs no body.
    V44,
    /// Deleting needs a body.
    #[default]
    V45,
}

/// How it writes dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DateForm {
    /// `2026-01-31 12:00:00`, in UTC.
    #[default]
    Bare,
    /// `2026-01-31T12:00:00+00:00`.
    Iso,
}

/// A time in which everything is answered with 403.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Storm {
    /// How many requests are still answered so.
    pub requests: u32,
}

/// All switches; the defaults are a server that works.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Switches {
    /// Which version of the API it speaks.
    pub version: Version,
    /// How it writes dates.
    pub dates: DateForm,
    /// After how many milliseconds of its clock a 202 takes effect.
    pub write_delay_ms: i64,
    /// Answers 404 to `/tokens`, as servers do that know only `/oauth2/token/`.
    pub oauth2_only: bool,
    /// How long a token lasts, in seconds of its clock.
    pub token_seconds: i64,
    /// How long a subscription lasts that was created without an expiry, with a key, in days.
    pub default_days: i64,
    /// Ignores `start` and `limit`.
    pub ignores_paging: bool,
    /// How many rows a page of a list has at most, whatever was asked for.
    pub most_in_a_page: usize,
    /// After how many seconds of its clock an expired subscription disappears; nothing for at once.
    pub purge_seconds: i64,
    /// How long every answer takes, in real milliseconds; also those that are waited for while it is changed.
    pub latency_ms: u64,
    /// 403 to everything, for a while.
    pub storm: Option<Storm>,
    /// Of a thousand requests, how many begin such a storm of ten requests.
    pub storms_in_1000: u16,
    /// Of a thousand requests, how many lose their connection, half of them after they took effect.
    pub resets_in_1000: u16,
    /// Of a thousand requests, how many are answered with 500, half of them after they took effect.
    pub errors_in_1000: u16,
    /// Of a thousand answers, how many are cut off in their middle.
    pub truncated_in_1000: u16,
    /// Takes creations of subscriptions on, but loses the connection before it answers; they take effect as late as what
    /// is answered with 202.
    pub loses_creations: bool,
    /// Answers nothing at all any more: every connection is cut.
    pub down: bool,
    /// Sends events of active subscriptions by itself, so often; not at all with 0. Real milliseconds.
    pub pump_ms: u64,
}

impl Default for Switches {
    fn default() -> Self {
        Self {
            version: Version::default(),
            dates: DateForm::default(),
            write_delay_ms: 0,
            oauth2_only: false,
            token_seconds: 3600,
            default_days: 20 * 365,
            ignores_paging: false,
            most_in_a_page: 1_000,
            purge_seconds: 3600,
            latency_ms: 0,
            storm: None,
            storms_in_1000: 0,
            resets_in_1000: 0,
            errors_in_1000: 0,
            truncated_in_1000: 0,
            loses_creations: false,
            down: false,
            pump_ms: 0,
        }
    }
}
