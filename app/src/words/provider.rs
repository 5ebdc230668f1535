//! The provider's console, and what its admins read on the pages of an enterprise.

use domain::{
    access::Role,
    enterprise::{EnterpriseContext, EnterpriseRecord, EnterpriseSlug, SwitchConsequence},
    membership::MemberState,
    resubscription_request::{RequestRow, RequestState},
};

use crate::paths::MemberDeed;

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
/// Button and dialog.
pub const ADD_ENTERPRISE: &str = "Add Enterprise";
/// One of them.
pub const ENTERPRISE_ONE: &str = "enterprise";
/// Many.
pub const ENTERPRISE_MANY: &str = "enterprises";
/// Nothing yet.
pub const NO_ENTERPRISES: &str = "No enterprises yet";
/// What to do about it.
pub const NO_ENTERPRISES_TEXT: &str = "Add the first one, then invite its admins.";
/// Column and field.
pub const NAME: &str = "Name";
/// Column with the ways to an enterprise's pages.
pub const PAGES: &str = "Pages";
/// Link to an enterprise's own pages.
pub const OPEN: &str = "Open";
/// Link to who can sign in.
pub const ACCOUNTS: &str = "Accounts";
/// Column.
pub const ENTERPRISE: &str = "Enterprise";
/// Column.
pub const STATE: &str = "State";
/// State.
pub const ACTIVE: &str = "Active";
/// State.
pub const SUSPENDED: &str = "Suspended";
/// Column and switch.
pub const SMS: &str = "SMS";
/// Column.
pub const EXPIRED: &str = "Expired Domains";
/// Column.
pub const EXPIRING: &str = "Expiring Domains";
/// Column.
pub const USERS: &str = "Users";
/// Column.
pub const NUMBERS: &str = "Numbers";
/// Column.
pub const GROUPS: &str = "Groups";
/// Row button.
pub const UPDATE: &str = "Update";
/// Dialog.
pub const UPDATE_TITLE: &str = "Update Enterprise";
/// Row button and deed.
pub const SUSPEND: &str = "Suspend";
/// Row button and deed.
pub const RESUME: &str = "Resume";
/// Heading of the switches.
pub const SWITCHES: &str = "Switched on";
/// Switch.
pub const OWN_NUMBERS: &str = "Manages its own numbers";
/// Field.
pub const FIELD_SLUG: &str = "Address";
/// What an address is.
pub const HINT_SLUG: &str =
    "The last part of the address of its pages: small letters, digits and hyphens. It never changes.";
/// Field.
pub const FIELD_DAYS: &str = "Number cooling-off days";
/// What they are.
pub const HINT_DAYS: &str = "For how many days a released number is kept back before it is given away again. Empty for not \
     at all.";
/// Somebody else saved a newer version.
pub const OUTDATED: &str = "Somebody else has changed this in the meantime. Load it again to see how it is now; what you have \
     changed here is dropped.";
/// Loads it again.
pub const RELOAD: &str = "Load again";

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
/// Field and column.
pub const FIELD_EMAIL: &str = "E-mail address";
/// What follows from inviting.
pub const HINT_INVITE: &str = "The portal sends no e-mail. You get a link to pass on.";
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

/// One of them.
pub const REQUEST_ONE: &str = "request";
/// Many.
pub const REQUEST_MANY: &str = "requests";
/// Nothing yet.
pub const NO_REQUESTS: &str = "No requests yet";
/// When there will be one.
pub const NO_REQUESTS_TEXT: &str = "An enterprise whose domain has expired can ask you here to subscribe it again.";
/// Column.
pub const REQUESTED: &str = "Requested";
/// Column.
pub const REQUESTED_BY: &str = "Requested By";
/// The system filed it.
pub const SYSTEM: &str = "The system";
/// Column.
pub const ANSWERED: &str = "Answered";
/// There is no answer.
pub const NOT_YET: &str = "Not yet";
/// Column, field and row button.
pub const ANSWER: &str = "Answer";
/// Dialog.
pub const ANSWER_TITLE: &str = "Answer request";
/// Field.
pub const FIELD_TEXT: &str = "What you say about it";
/// When it has to be filled.
pub const HINT_TEXT: &str = "The enterprise reads it. If you decline, say why.";
/// Button.
pub const SEND_ANSWER: &str = "Send answer";
/// Somebody else was first.
pub const ANSWERED_ALREADY: &str = "This request has been answered already.";

/// Above the form.
pub const CONTACT_LEAD: &str = "Your enterprises see these details where they are told to ask you.";
/// Field.
pub const FIELD_PROVIDER_NAME: &str = "Provider name";
/// Field.
pub const FIELD_PHONE: &str = "Phone number";
/// Notice.
pub const CONTACT_SAVED: &str = "Contact details saved.";

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

/// Whose pages a link opens, for those who hear it by itself.
#[must_use]
pub fn pages_of(name: &str) -> String {
    format!(" the pages of {name}")
}

/// Whose accounts a link leads to, for those who hear it by itself.
#[must_use]
pub fn accounts_of(name: &str) -> String {
    format!(" of {name}")
}

/// The address of an enterprise, which cannot be changed.
#[must_use]
pub fn address(slug: &EnterpriseSlug) -> String {
    format!("Address: {slug}. It never changes, so that links stay good.")
}

/// Notice.
#[must_use]
pub fn added(name: &str) -> String {
    format!("{name} added.")
}

/// Notice.
#[must_use]
pub fn updated(name: &str) -> String {
    format!("{name} updated.")
}

/// What changing a switch means.
#[must_use]
pub fn consequence(consequence: SwitchConsequence) -> &'static str {
    match consequence {
        SwitchConsequence::SmsOff => {
            "With SMS off, the enterprise's pages for numbers and SMS close at once. Nothing that was set up is lost."
        }
        SwitchConsequence::ToLegacy => {
            "With the legacy app, changes to groups and assignments wait for a sync from now on."
        }
        SwitchConsequence::ToUnified => {
            "With the unified app, every change that waits for a sync becomes live when you save, and later ones at once."
        }
        SwitchConsequence::NumbersToProvider => {
            "The enterprise can no longer add, change or delete numbers, and its Carriers tab closes."
        }
    }
}

/// The question before an enterprise is suspended or resumed.
#[must_use]
pub fn suspend_title(record: &EnterpriseRecord) -> String {
    let deed = if record.suspended { RESUME } else { SUSPEND };
    format!("{deed} {}?", record.name)
}

/// What suspending or resuming does.
#[must_use]
pub fn what_suspending_does(record: &EnterpriseRecord) -> &'static str {
    if record.suspended {
        "Its people can reach its pages again, with everything as they left it."
    } else {
        "Its people can no longer reach its pages, from this moment on. Messages go on as they are configured, nothing is \
         deleted, and you still reach everything."
    }
}

/// Notice.
#[must_use]
pub fn suspended_or_resumed(record: &EnterpriseRecord) -> String {
    let done = if record.suspended { "suspended" } else { "resumed" };
    format!("{} {done}.", record.name)
}

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
    format!("{name} is now {}.", super::home::role(role).to_lowercase())
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

/// What became of a request.
#[must_use]
pub fn request_state(state: RequestState) -> &'static str {
    match state {
        RequestState::Open => "Open",
        RequestState::Done => "Done",
        RequestState::Declined => "Declined",
    }
}

/// Which request a row button is about, for those who hear it by itself.
#[must_use]
pub fn request_of(domain: &str) -> String {
    format!("request for {domain}")
}

/// What a request asks for.
#[must_use]
pub fn what_was_asked(request: &RequestRow) -> String {
    format!(
        "{} asks to subscribe {} again, which receives no messages until then.",
        request.enterprise_name, request.domain
    )
}

/// Notice.
#[must_use]
pub fn answered(domain: &str) -> String {
    format!("Request for {domain} answered.")
}
