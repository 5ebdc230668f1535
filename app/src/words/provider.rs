//! The provider's console, a file for each page, and what its admins read on the pages of an enterprise. Here is what
//! several pages share.

mod alerts;
mod contact;
mod enterprises;
mod members;
mod requests;

use domain::enterprise::EnterpriseContext;

pub use self::{alerts::*, contact::*, enterprises::*, members::*, requests::*};

/// Heading and menu entry.
pub const TITLE: &str = "Provider console";
/// Name of the tabs.
pub const TABS: &str = "Provider pages";
/// Link to the help page.
pub const HELP: &str = "Help with the provider console";
/// Tab and caption.
pub const ENTERPRISES: &str = "Enterprises";
/// Tab and caption.
pub const REQUESTS: &str = "Re-subscription requests";
/// Tab.
pub const CONTACT: &str = "Contact details";
/// Column.
pub const STATE: &str = "State";
/// Field and column.
pub const FIELD_EMAIL: &str = "E-mail address";
/// Somebody else saved a newer version.
pub const OUTDATED: &str = "Somebody else has changed this in the meantime. Load it again to see how it is now; what you have \
     changed here is dropped.";
/// Loads it again.
pub const RELOAD: &str = "Load again";
/// Link in the note on an enterprise's pages.
pub const BACK: &str = "Back to the provider console";

/// Sentence under the heading.
#[must_use]
pub fn lead(provider: &str) -> String {
    format!("The enterprises of {provider}, who can sign in to them, and what they ask for.")
}

/// The note on the pages of an enterprise.
#[must_use]
pub fn working_in(enterprise: &EnterpriseContext) -> String {
    let (name, provider) = (&enterprise.name, &enterprise.provider.name);
    let suspended = if enterprise.suspended {
        " It is suspended: its own people cannot reach these pages."
    } else {
        ""
    };
    format!("You are working in {name} for {provider}. What you change is written down under your account.{suspended}")
}
