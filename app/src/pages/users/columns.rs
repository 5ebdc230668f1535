//! The columns of the Users table. Several cells hold more than one link, so they are drawn here and not by the table;
//! the table listens for presses on links with `data-dialog` all the same.

use domain::{
    enterprise::{EnterpriseContext, EnterpriseSlug},
    phone::PhoneNumber,
    teams_user::{LicenseState, SmsService, TABLE, TeamsUserRow, UserGroup},
};
use icondata_lu as lu;
use leptos::{either::Either, prelude::*};

use crate::{
    components::data_table::{Column, Copied},
    erase::{Erase, Erased},
    paths::{self, UserDialog},
    ui::{Chip, Tone},
    words,
};

pub(super) fn columns(enterprise: &EnterpriseContext, ready: Signal<bool>) -> Vec<Column<TeamsUserRow>> {
    let [name, numbers, license, service, sign_in] = TABLE.columns();
    let links = Links {
        slug: StoredValue::new(enterprise.slug.clone()),
        sms: enterprise.switches.sms,
        ready,
    };
    vec![
        Column::new(name, words::users::NAME, move |row: &TeamsUserRow| links.name(row)).copied(|row| {
            Some(Copied {
                label: words::table::copy(words::users::SIGN_IN_NAME, &row.display_name),
                value: row.user_principal_name.clone(),
            })
        }),
        Column::new(numbers, words::users::NUMBERS, move |row: &TeamsUserRow| {
            links.numbers(row)
        })
        .copied(|row| {
            let all = e164_list(row);
            (!all.is_empty()).then(|| Copied {
                label: words::table::copy(words::users::NUMBERS, &row.display_name),
                value: all,
            })
        }),
        Column::new(license, words::users::LICENSES, |row: &TeamsUserRow| {
            license_chip(row.license)
        }),
        Column::new(service, words::users::SERVICES, move |row: &TeamsUserRow| {
            links.service(row)
        }),
        Column::new(sign_in, words::users::SIGN_IN, |row: &TeamsUserRow| {
            sign_in_mark(row.enabled)
        }),
    ]
}

/// Whether the person has Teams, in a word, an icon and a colour.
pub(super) fn license_chip(license: LicenseState) -> Erased {
    let tone = match license {
        LicenseState::Licensed => Tone::Success,
        LicenseState::Unlicensed => Tone::Danger,
        LicenseState::Unknown => Tone::Neutral,
    };
    view! { <Chip tone label=words::users::license(license)/> }.erase()
}

/// Whether the person can sign in to Microsoft; marked when not.
pub(super) fn sign_in_mark(enabled: bool) -> Erased {
    let label = words::users::sign_in(enabled);
    if enabled {
        view! { <span class="text-muted">{label}</span> }.erase()
    } else {
        view! { <Chip tone=Tone::Warning label/> }.erase()
    }
}

/// Where the links in the cells lead.
#[derive(Clone, Copy)]
struct Links {
    slug: StoredValue<EnterpriseSlug>,
    sms: bool,
    ready: Signal<bool>,
}

impl Links {
    fn name(self, row: &TeamsUserRow) -> Erased {
        let link = self.dialog("link", UserDialog::User(row.id), row.display_name.clone());
        view! {
            <span class="person">
                <span class="person__name">{link}</span>
                <span class="person__detail">{row.user_principal_name.clone()}</span>
            </span>
        }
        .erase()
    }

    fn numbers(self, row: &TeamsUserRow) -> Erased {
        let own = row.numbers.iter().map(|number| (*number, None));
        let of_groups = row
            .groups
            .iter()
            .flat_map(|group| group.numbers.iter().map(move |number| (*number, Some(group))));
        let all: Vec<(PhoneNumber, Option<&UserGroup>)> = own.chain(of_groups).collect();
        if all.is_empty() {
            return view! { <span class="text-muted">{words::users::NO_NUMBERS}</span> }.erase();
        }
        let shown = all
            .into_iter()
            .map(|(number, group)| match group {
                None => self.own_number(row, number),
                Some(group) => self.group_number(group, number),
            })
            .collect_view();
        view! { <ul class="value-list">{shown}</ul> }.erase()
    }

    /// A number of the person alone; it opens the assignment.
    fn own_number(self, row: &TeamsUserRow, number: PhoneNumber) -> Erased {
        let text = number.display();
        let content = if self.sms {
            Either::Left(self.dialog("link number-link", UserDialog::Numbers(row.id), text))
        } else {
            Either::Right(text)
        };
        view! { <li>{content}</li> }.erase()
    }

    /// A number of a group; it opens the group, and says whether the person owns that or else which it is.
    fn group_number(self, group: &UserGroup, number: PhoneNumber) -> Erased {
        let text = number.display();
        let content = if self.sms {
            let href = self.slug.with_value(|slug| paths::group(slug, group.id));
            Either::Left(self.link("link number-link", href, false, text))
        } else {
            Either::Right(text)
        };
        let mark = if group.part.owns() {
            words::users::GROUP_OWNER.to_owned()
        } else {
            group.name.clone()
        };
        view! {
            <li>
                {content} " " <span class="text-muted">{mark}</span>
            </li>
        }
        .erase()
    }

    /// The chip that opens the assignment; for who cannot be given a number it only says why.
    fn service(self, row: &TeamsUserRow) -> Erased {
        let service = row.service();
        let label = words::users::service(service);
        let chip = match service {
            SmsService::Assigned => view! { <Chip tone=Tone::Success label/> }.erase(),
            SmsService::Free => view! { <Chip tone=Tone::Neutral label icon=lu::LuCircleHelp/> }.erase(),
            SmsService::Unlicensed => view! { <Chip tone=Tone::Neutral label/> }.erase(),
        };
        if service == SmsService::Unlicensed || !self.sms {
            return chip;
        }
        let about = format!(", {}", words::users::numbers_of(&row.display_name));
        let content = view! {
            {chip}
            <span class="visually-hidden">{about}</span>
        };
        self.dialog("chip-link", UserDialog::Numbers(row.id), content)
    }

    /// A link that opens a dialog over the table; the table itself listens for it.
    fn dialog(self, class: &'static str, dialog: UserDialog, content: impl IntoView + 'static) -> Erased {
        let parameters = dialog.parameters();
        let href = self
            .slug
            .with_value(|slug| paths::with_query(&paths::users(slug), &[&parameters]));
        self.link(class, href, true, content)
    }

    /// A link that leads to a dialog; without an address until the page can show one.
    fn link(self, class: &'static str, href: String, opens_dialog: bool, content: impl IntoView + 'static) -> Erased {
        let ready = self.ready.get();
        let waiting = !ready;
        view! {
            <a
                class=class
                href=ready.then_some(href)
                data-dialog=opens_dialog.then_some("")
                role=waiting.then_some("link")
                aria-disabled=waiting.then_some("true")
                aria-description=waiting.then_some(words::shell::STILL_LOADING)
            >
                {content}
            </a>
        }
        .erase()
    }
}

/// All numbers of a row as E.164, separated by a comma and a space.
fn e164_list(row: &TeamsUserRow) -> String {
    let of_groups = row.groups.iter().flat_map(|group| &group.numbers);
    let all: Vec<String> = row.numbers.iter().chain(of_groups).map(ToString::to_string).collect();
    all.join(", ")
}
