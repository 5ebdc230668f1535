//! Services → SMS: the four tabs.

pub mod carriers;
pub mod domains;
pub mod general;
pub mod groups;

use domain::{
    domain_subscription::SubscriptionState,
    enterprise::{EnterpriseContext, SmsTab},
};
use leptos::prelude::*;

use crate::{
    components::page_title::PageTitle,
    erase::{Erase, Erased},
    paths::{self, HelpTopic},
    ui::Tone,
    words,
};

/// The title of a tab's page and the link to its help.
#[component]
fn TabIntroduction(enterprise: EnterpriseContext, tab: SmsTab, help: HelpTopic) -> Erased {
    view! {
        <PageTitle title=format!("{} · {}", words::sms::page_title(tab), enterprise.name)/>
        <p class="text-muted">
            {words::sms::lead(tab)} " "
            <a class="link" href=paths::help(help)>
                {words::sms::help_link(tab)}
            </a>
        </p>
    }
    .erase()
}

/// What the state of a subscription means.
fn tone_of(state: SubscriptionState) -> Tone {
    match state {
        SubscriptionState::Active => Tone::Success,
        SubscriptionState::Expiring => Tone::Warning,
        SubscriptionState::Expired | SubscriptionState::Missing => Tone::Danger,
    }
}
