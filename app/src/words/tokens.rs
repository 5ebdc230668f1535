//! API tokens.

use domain::{access::Role, api_token::ApiTokenRow};

/// Heading, and entry of the account menu.
pub const TITLE: &str = "API tokens";
/// Sentence under it.
pub const LEAD: &str = "Scripts and connectors sign in with a token, in your name. None can do more than you can.";
/// The link to the help page.
pub const HELP: &str = "Help with the API";
/// The link to the description of the API.
pub const DOCS: &str = "Description of the API";
/// The list.
pub const LIST: &str = "Your API tokens";
/// While the list is loaded.
pub const LOADING: &str = "Loading your tokens";
/// In place of the list.
pub const NONE_TITLE: &str = "No tokens yet";
/// Why one would make one.
pub const NONE_TEXT: &str = "A token lets a script read or change what you can, without your password.";

/// Button and dialog.
pub const CREATE: &str = "Create token";
/// Field.
pub const FIELD_NAME: &str = "Name";
/// Hint of the field.
pub const HINT_NAME: &str = "What the token is for. It stands in the audit log with everything that is done with it.";
/// Field.
pub const FIELD_ENTERPRISE: &str = "Enterprise";
/// Choice of the field.
pub const ALL_ENTERPRISES: &str = "All that I reach";
/// Field.
pub const FIELD_ROLE: &str = "Permissions";
/// Hint of the field.
pub const HINT_ROLE: &str = "If your own role becomes smaller later, the token's does too.";
/// Field.
pub const FIELD_DAYS: &str = "Ends after";

/// In place of the dialog's form, once the token is made.
pub const MADE: &str = "Copy the token now. It is not shown again.";
/// Above the token.
pub const SECRET: &str = "Token";
/// Button.
pub const COPY: &str = "Copy token";
/// Notice.
pub const COPIED: &str = "The token is in your clipboard.";
/// Button.
pub const DONE: &str = "Done";

/// Button and dialog.
pub const REVOKE: &str = "Revoke";
/// What it does.
pub const REVOKE_TEXT: &str = "Whatever uses this token is refused from then on. This cannot be taken back.";

/// Chip of a token that has ended.
pub const EXPIRED: &str = "Expired";
/// Before a moment.
pub const EXPIRES: &str = "Ends";
/// Before a moment that is over.
pub const ENDED: &str = "Ended";
/// Before a moment.
pub const CREATED: &str = "Created";
/// Before a moment.
pub const LAST_USED: &str = "Last used";
/// In place of a moment.
pub const NEVER_USED: &str = "Never used";

/// What a token may at most.
#[must_use]
pub fn role(role: Role) -> &'static str {
    match role {
        Role::ProviderAdmin => "Everything a provider admin may",
        Role::EnterpriseAdmin => "Everything an enterprise admin may",
        Role::EnterpriseViewer => "Only read",
    }
}

/// A number of days to choose.
#[must_use]
pub fn days(days: u32) -> String {
    format!("{days} days")
}

/// Which enterprise a token reaches.
#[must_use]
pub fn reaches(row: &ApiTokenRow) -> String {
    row.enterprise
        .as_ref()
        .map_or_else(|| "All your enterprises".to_owned(), |only| only.name.clone())
}

/// How a token is known again.
#[must_use]
pub fn hint(row: &ApiTokenRow) -> String {
    format!("mp_…{}", row.hint)
}

/// After the moment of its last use.
#[must_use]
pub fn from(address: &str) -> String {
    format!("from {address}")
}

/// Notice.
#[must_use]
pub fn revoked(name: &str) -> String {
    format!("Token {name} is revoked.")
}

/// Question.
#[must_use]
pub fn revoke_title(name: &str) -> String {
    format!("Revoke token {name}?")
}
