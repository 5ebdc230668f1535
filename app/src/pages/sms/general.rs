//! The General tab: what the provider has switched for this enterprise, read-only.

use domain::enterprise::{ConnectorApp, ProviderContact, SmsTab};
use leptos::prelude::*;

use super::TabIntroduction;
use crate::{
    context::use_enterprise,
    erase::{Erase, Erased},
    paths::HelpTopic,
    ui::{Banner, Chip, Indicator, IndicatorState, InfoTip, Tone},
    words,
};

/// Group Texting, Secure SMS, the connector app, and who changes them.
#[component]
pub fn GeneralTab() -> Erased {
    let enterprise = use_enterprise();
    let switches = enterprise.switches;
    let provider = enterprise.provider.clone();
    let app = switches.connector_app;
    view! {
        <TabIntroduction enterprise tab=SmsTab::General help=HelpTopic::SmsGeneral/>
        <div class="page__section">
            <dl class="settings-list">
                <Setting
                    id="about-group-texting"
                    term=words::general::GROUP_TEXTING
                    about=words::general::ABOUT_GROUP_TEXTING
                    on=switches.group_texting
                />
                <Setting
                    id="about-secure-sms"
                    term=words::general::SECURE_SMS
                    about=words::general::ABOUT_SECURE_SMS
                    on=switches.secure_sms
                />
                <div class="settings-list__item">
                    <dt class="settings-list__term">
                        {words::general::CONNECTOR_APP}
                        <InfoTip
                            id="about-connector-app"
                            label=words::general::about(words::general::CONNECTOR_APP)
                            text=words::general::ABOUT_CONNECTOR_APP
                        />
                    </dt>
                    <dd class="settings-list__value">
                        <Chip tone=Tone::Neutral label=words::general::connector_app(app)/>
                    </dd>
                </div>
            </dl>
            {(app == ConnectorApp::Legacy)
                .then(|| {
                    view! {
                        <Banner
                            tone=Tone::Info
                            title=words::general::LEGACY_TITLE.to_owned()
                            text=words::general::LEGACY_TEXT/>
                    }
                })}
            <WhoChangesThis provider/>
        </div>
    }
    .erase()
}

#[component]
fn Setting(id: &'static str, term: &'static str, about: &'static str, on: bool) -> Erased {
    let state = if on { IndicatorState::On } else { IndicatorState::Off };
    view! {
        <div class="settings-list__item">
            <dt class="settings-list__term">
                {term} <InfoTip id label=words::general::about(term) text=about/>
            </dt>
            <dd class="settings-list__value">
                <Indicator state/>
            </dd>
        </div>
    }
    .erase()
}

#[component]
fn WhoChangesThis(provider: ProviderContact) -> Erased {
    let email = provider.email.map(|email| {
        view! {
            " "
            <a class="link" href=format!("mailto:{email}")>
                {email.clone()}
            </a>
        }
    });
    let phone = provider.phone.map(|phone| {
        let number: String = phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        view! {
            " "
            <a class="link" href=format!("tel:{number}")>
                {phone.clone()}
            </a>
        }
    });
    view! {
        <p class="settings-note">
            {words::general::who_changes(&provider.name)} {email} {phone}
        </p>
    }
    .erase()
}
