//! What the palette offers: a page, a group, a user or a number, and where it leads.

use domain::{enterprise::EnterpriseContext, finder::Found};
use icondata_core::Icon as IconData;
use icondata_lu as lu;

use crate::{paths, words};

/// What an entry is; entries are shown by kind, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Page,
    Group,
    User,
    Number,
}

impl Kind {
    pub(super) const ALL: [Self; 4] = [Self::Page, Self::Group, Self::User, Self::Number];

    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Page => words::palette::PAGES,
            Self::Group => words::palette::GROUPS,
            Self::User => words::palette::USERS,
            Self::Number => words::palette::NUMBERS,
        }
    }

    pub(super) fn icon(self) -> IconData {
        match self {
            Self::Page => lu::LuPanelTop,
            Self::Group => lu::LuUsersRound,
            Self::User => lu::LuUserRound,
            Self::Number => lu::LuPhone,
        }
    }
}

/// How an entry is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Opening {
    /// Within the loaded page.
    Within,
    /// The whole page anew, so that nothing of one enterprise stays in memory when another one is open.
    Anew,
}

/// One line of the palette.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) kind: Kind,
    pub(super) label: String,
    /// What tells it from others, perhaps nothing.
    pub(super) detail: String,
    /// Where it leads; no two entries lead to the same.
    pub(super) href: String,
    pub(super) opening: Opening,
}

/// What the server found, in the order of [`Kind::ALL`]. Groups and numbers have no page to lead to while SMS is off.
pub(super) fn of_found(found: Found, enterprise: &EnterpriseContext) -> Vec<Entry> {
    let slug = &enterprise.slug;
    let sms = enterprise.switches.sms;
    let entry = |kind, label, detail, href| Entry {
        kind,
        label,
        detail,
        href,
        opening: Opening::Within,
    };
    let groups = found.groups.into_iter().filter(|_| sms).map(|group| {
        let detail = words::palette::found_by(&group.by);
        entry(Kind::Group, group.name, detail, paths::group(slug, group.id))
    });
    let users = found.users.into_iter().map(|user| {
        let href = paths::user(slug, user.id);
        entry(Kind::User, user.display_name, user.user_principal_name, href)
    });
    let numbers = found.numbers.into_iter().filter(|_| sms).map(|number| {
        let detail = number.assignee.as_ref().map(|assignee| assignee.name().to_owned());
        let detail = detail.unwrap_or_else(|| words::numbers::UNASSIGNED.to_owned());
        entry(
            Kind::Number,
            number.e164.display(),
            detail,
            paths::number(slug, number.id),
        )
    });
    groups.chain(users).chain(numbers).collect()
}

#[cfg(test)]
mod tests {
    use domain::{
        access::Role,
        enterprise::{ConnectorApp, EnterpriseSlug, EnterpriseSwitches, ProviderContact},
        finder::{FoundBy, FoundGroup},
        ids::{EnterpriseId, PhoneNumberId, ProviderId, SmsGroupId, TeamsUserId},
        number::PhoneNumberRef,
        phone::PhoneNumber,
        teams_user::{LicenseState, TeamsUserRef},
    };
    use uuid::Uuid;

    use super::*;

    fn clinic(sms: bool) -> EnterpriseContext {
        EnterpriseContext {
            id: EnterpriseId(Uuid::nil()),
            slug: EnterpriseSlug::parse("alder-clinics").unwrap(),
            name: "Alder Clinics".to_owned(),
            role: Role::EnterpriseViewer,
            switches: EnterpriseSwitches {
                sms,
                group_texting: false,
                secure_sms: false,
                manages_own_numbers: false,
                connector_app: ConnectorApp::Unified,
            },
            uses_netsapiens: false,
            provider: ProviderContact {
                id: ProviderId(Uuid::nil()),
                name: "Northwind Voice".to_owned(),
                email: None,
                phone: None,
            },
        }
    }

    /// One of each kind.
    fn found() -> Found {
        Found {
            groups: vec![FoundGroup {
                id: SmsGroupId(Uuid::nil()),
                name: "Front Desk".to_owned(),
                by: FoundBy::Member("Ada Brandt".to_owned()),
            }],
            users: vec![TeamsUserRef {
                id: TeamsUserId(Uuid::nil()),
                display_name: "Ada Brandt".to_owned(),
                user_principal_name: "ada@company.example".to_owned(),
                license: LicenseState::Licensed,
                enabled: true,
            }],
            numbers: vec![PhoneNumberRef {
                id: PhoneNumberId(Uuid::nil()),
                e164: PhoneNumber::parse("+12065550100").unwrap(),
                assignee: None,
            }],
        }
    }

    #[test]
    fn what_was_found_says_what_it_is_and_leads_to_its_dialog() {
        let entries = of_found(found(), &clinic(true));
        let shown: Vec<(&str, &str)> = entries
            .iter()
            .map(|entry| (entry.label.as_str(), entry.detail.as_str()))
            .collect();
        let expected = [
            ("Front Desk", "Member: Ada Brandt"),
            ("Ada Brandt", "ada@company.example"),
            ("+1 206 555 0100", "Unassigned"),
        ];
        assert_eq!(shown, expected);
        let id = Uuid::nil();
        let hrefs: Vec<&str> = entries.iter().map(|entry| entry.href.as_str()).collect();
        let expected = [
            format!("/e/alder-clinics/services/sms/groups?dialog=update&id={id}"),
            format!("/e/alder-clinics/users?dialog=user&id={id}"),
            format!("/e/alder-clinics/numbers?dialog=assign&id={id}"),
        ];
        assert_eq!(hrefs, expected);
    }

    #[test]
    fn without_sms_only_people_have_a_page_to_lead_to() {
        let kinds: Vec<Kind> = of_found(found(), &clinic(false))
            .iter()
            .map(|entry| entry.kind)
            .collect();
        assert_eq!(kinds, [Kind::User]);
    }
}
