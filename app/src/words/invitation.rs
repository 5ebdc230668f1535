//! The page of a one-time link.

use domain::{
    account::PASSWORD_MIN_CHARS,
    invitation::{InvitationDetails, InvitationKind},
};

/// Title of the page.
pub const TITLE: &str = "Your link";
/// Heading and button.
pub const JOIN: &str = "Join";
/// Heading and button.
pub const RESET: &str = "Set a new password";
/// Field.
pub const NAME: &str = "Your name";
/// Field.
pub const NEW_PASSWORD: &str = "New password";
/// The rule for passwords.
pub const PASSWORD_RULE: &str = "At least 15 characters. A few words in a row are easy to remember.";
/// What is wrong with a name.
pub const NAME_RULE: &str = "Enter your name in one line, at most 100 characters.";
/// What is wrong with the password of an account that is there.
pub const WRONG_PASSWORD: &str = "This is not the password of your account.";
/// The person has the role already.
pub const TAKEN: &str = "You can sign in to this enterprise already. Go to the sign-in page.";
/// Heading in place of the form.
pub const NO_LINK: &str = "This link does not work";
/// Why a link stopped working meanwhile.
pub const NO_LINK_TEXT: &str = "This link does not work any more. Ask your provider for a new one.";

// The sentence about passwords names the number that the rule has.
const _: () = assert!(PASSWORD_MIN_CHARS == 15);

/// What a link is for.
#[must_use]
pub fn lead(details: &InvitationDetails) -> String {
    let InvitationDetails { email, enterprise, .. } = details;
    let role = super::home::role(details.role).to_lowercase();
    match (details.kind, details.has_account) {
        (InvitationKind::PasswordReset, _) => format!("For the account {email}. You sign in with it from now on."),
        (InvitationKind::Invitation, false) => {
            format!("You are invited to {enterprise} as {role}. You sign in as {email} from now on.")
        }
        (InvitationKind::Invitation, true) => {
            format!("You are invited to {enterprise} as {role}. Confirm it with the password of your account {email}.")
        }
    }
}
