//! The case of each server function, in a file for each area.

mod console;
mod overview;
mod people;
mod session;
mod sms;

use std::sync::LazyLock;

/// Whose business a server function is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Reach {
    /// Anybody's, signed in or not.
    Everybody,
    /// Whoever is signed in.
    SignedIn,
    /// Whoever is an admin anywhere.
    MakesTokens,
    /// Whoever is signed in; here nobody has the token that is named.
    OwnsNone,
    /// Reads in one enterprise.
    Reads,
    /// Reads in one enterprise, and is asked with more than fits into an address, so by a POST.
    ReadsMany,
    /// Changes something in one enterprise.
    Changes,
    /// In one enterprise, but only its provider's.
    OfProvider,
    /// Of a provider and all its enterprises.
    Provider,
}

/// A server function with arguments that succeed for an admin of `alder-clinics`; `{group}`, `{deleted}` (a group that
/// was just deleted), `{domain}` (one that has expired), `{entry}` (of the audit log), `{number}` (a free one),
/// `{profile}` (a carrier profile that nothing uses), `{carrier}` (one with a domain and a credential), `{task}` (one
/// that has failed), `{user}`, `{upload}` (a checked file with a number), `{run}` (of that check), `{leaver}` (a person
/// without anything), `{offboarded}` (one who was just offboarded), `{member}` (who can sign in), `{token}` (of that
/// member), `{invitation}`, `{request}` (an open one) and `{destination}` (of alerts) stand for ids, `{settings}` for
/// those of an enterprise, `{n}` for the place of who asks.
#[derive(Clone, Copy)]
pub(crate) struct Case<'a> {
    pub(crate) path: &'static str,
    pub(crate) reach: Reach,
    pub(super) arguments: &'a str,
}

const fn case(path: &'static str, reach: Reach, arguments: &'static str) -> Case<'static> {
    Case { path, reach, arguments }
}

pub(super) const INPUT: &str =
    r#""input":{"name":"Lobby","owner_id":"{user}","member_ids":["{user}"],"number_ids":[]}"#;

pub(super) const SETTINGS: &str = r#"{"name":"New","switches":{"sms":true,"group_texting":false,"secure_sms":false,
    "manages_own_numbers":true,"connector_app":"legacy"},"number_cooling_off_days":""}"#;

/// One for each server function, in the order of their paths.
pub(crate) static CASES: LazyLock<Vec<Case<'static>>> = LazyLock::new(|| {
    let areas = [
        console::CASES,
        overview::CASES,
        people::CASES,
        session::CASES,
        sms::CASES,
    ];
    let mut cases: Vec<Case<'static>> = areas.into_iter().flatten().copied().collect();
    cases.sort_by_key(|case| case.path);
    cases
});
