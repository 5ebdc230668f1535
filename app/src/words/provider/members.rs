//! The page of who can sign in to an enterprise, and its dialogs.

use domain::{access::Role, membership::MemberState};

use crate::{paths::MemberDeed, words::home};

/// Caption.
pub const MEMBERS: &str = "Accounts";
/// One of them.
pub const MEMBER_ONE: &str = "account";
/// Many.
pub const MEMBER_MANY: &str = "accounts";
/// Nothing yet.
pub const NO_MEMBERS: &str = "Nobody can sign in yet";
/// What to do about it.
pub const NO_MEMBERS_TEXT: &str = "Invite the first admin of this enterprise.";
/// Link back.
pub const ALL_ENTERPRISES: &str = "All enterprises";
/// Link to the enterprise's own pages.
pub const OPEN_PAGES: &str = "Open its pages";
/// Button.
pub const INVITE: &str = "Invite";
/// What follows from inviting.
pub const HINT_INVITE: &str = "No e-mail is sent. You get a link to pass on.";
/// Button that makes the link.
pub const MAKE_LINK: &str = "Make link";
/// Column.
pub const PERSON: &str = "Person";
/// Stands for the name of somebody who is invited.
pub const NO_NAME: &str = "Not told yet";
/// Column and field.
pub const ROLE: &str = "Role";
/// Column.
pub const LAST_SIGNED_IN: &str = "Last Sign-In";
/// Nobody has signed in yet.
pub const NEVER: &str = "Never";
/// Row button and dialog.
pub const CHANGE_ROLE: &str = "Change role";
/// Row button, dialog and the list in it.
pub const TOKENS: &str = "API tokens";
/// In place of the list.
pub const NO_TOKENS: &str = "No tokens";
/// Why there is none.
pub const NO_TOKENS_TEXT: &str = "This account has no token that you may revoke here.";
/// While the list is loaded.
pub const LOADING_TOKENS: &str = "Loading the tokens";
/// Row button.
pub const RESET_PASSWORD: &str = "Reset password";
/// Row button.
pub const DISABLE: &str = "Disable";
/// Row button.
pub const ENABLE: &str = "Enable";
/// Row button.
pub const REMOVE: &str = "Remove";
/// Row button.
pub const NEW_LINK: &str = "New link";
/// Row button.
pub const WITHDRAW: &str = "Withdraw";
/// Why it cannot be pressed.
pub const OWN_ACCOUNT: &str = "This is your own account. Somebody else has to do this.";
/// Why it cannot be pressed.
pub const SHARED: &str =
    "This account also has a role beyond your enterprises. You can change or remove its role here.";
/// Dialog.
pub const LINK_TITLE: &str = "One-time link";
/// What to do with it.
pub const LINK_ONCE: &str = "This link is shown only now. Copy it and pass it on by a way that only this person reads. It \
     works once.";
/// Whom it is for.
pub const LINK_FOR: &str = "For";
/// Until when it works.
pub const LINK_UNTIL: &str = "Works until";
/// The link.
pub const LINK: &str = "Link";
/// Copy button.
pub const COPY_LINK: &str = "Copy link";

/// Heading of the page of who can sign in.
#[must_use]
pub fn members_of(enterprise: &str) -> String {
    format!("Who can sign in to {enterprise}")
}

/// Dialog.
#[must_use]
pub fn invite_to(enterprise: &str) -> String {
    format!("Invite to {enterprise}")
}

/// A role to choose, with what it may do.
#[must_use]
pub fn role_choice(role: Role) -> &'static str {
    match role {
        Role::EnterpriseAdmin => "Admin: changes what is the enterprise's own",
        Role::EnterpriseViewer => "Viewer: reads everything, changes nothing",
        Role::ProviderAdmin => "Provider admin",
    }
}

/// Whether somebody can sign in.
#[must_use]
pub fn member_state(state: MemberState) -> &'static str {
    match state {
        MemberState::Active => "Active",
        MemberState::PasswordReset => "Password reset",
        MemberState::Disabled => "Disabled",
        MemberState::Invited => "Invited",
        MemberState::InvitationExpired => "Invitation expired",
    }
}

/// Notice.
#[must_use]
pub fn role_changed(name: &str, role: Role) -> String {
    format!("{name} is now {}.", home::role(role).to_lowercase())
}

/// What the confirming button says.
#[must_use]
pub fn deed(deed: MemberDeed) -> &'static str {
    match deed {
        MemberDeed::Remove => REMOVE,
        MemberDeed::Disable => DISABLE,
        MemberDeed::Enable => ENABLE,
        MemberDeed::Reset => RESET_PASSWORD,
        MemberDeed::Renew => NEW_LINK,
        MemberDeed::Withdraw => WITHDRAW,
    }
}

/// The question before a deed.
#[must_use]
pub fn question(deed: MemberDeed, name: &str) -> String {
    match deed {
        MemberDeed::Remove => format!("Remove {name}?"),
        MemberDeed::Disable => format!("Disable {name}?"),
        MemberDeed::Enable => format!("Enable {name}?"),
        MemberDeed::Reset => format!("Reset the password of {name}?"),
        MemberDeed::Renew => format!("Make a new link for {name}?"),
        MemberDeed::Withdraw => format!("Withdraw the invitation of {name}?"),
    }
}

/// What a deed does.
#[must_use]
pub fn what_follows(deed: MemberDeed) -> &'static str {
    match deed {
        MemberDeed::Remove => {
            "They lose their role at this enterprise at once. Their account stays, with the roles it has elsewhere."
        }
        MemberDeed::Disable => {
            "They are signed out everywhere and cannot sign in, to none of your enterprises, until you enable the account."
        }
        MemberDeed::Enable => "They can sign in again with their password.",
        MemberDeed::Reset => {
            "Their password stops working and they are signed out everywhere. You get a link for them to set a new one."
        }
        MemberDeed::Renew => "The link they have stops working. You get a new one to pass on.",
        MemberDeed::Withdraw => "The link they have stops working.",
    }
}

/// Heading of the dialog.
#[must_use]
pub fn tokens_of(name: &str) -> String {
    format!("API tokens of {name}")
}

/// Notice after a deed.
#[must_use]
pub fn done(deed: MemberDeed, name: &str) -> String {
    match deed {
        MemberDeed::Remove => format!("{name} removed."),
        MemberDeed::Disable => format!("{name} disabled."),
        MemberDeed::Enable => format!("{name} enabled."),
        MemberDeed::Reset => format!("Password of {name} reset."),
        MemberDeed::Renew => format!("New link for {name} made."),
        MemberDeed::Withdraw => format!("Invitation of {name} withdrawn."),
    }
}
