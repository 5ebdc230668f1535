//! The General tab.

use domain::enterprise::ConnectorApp;

/// Setting.
pub const GROUP_TEXTING: &str = "Group Texting";
/// What it is.
pub const ABOUT_GROUP_TEXTING: &str = "One message goes to several people at once, and everyone sees every reply, like a \
     group chat over SMS. Not every carrier offers it. It is not the same as an SMS group.";
/// Setting.
pub const SECURE_SMS: &str = "Secure SMS";
/// What it is.
pub const ABOUT_SECURE_SMS: &str = "Messages are encrypted, so that only sender and recipient can read them. Made for \
     organizations with confidential content, such as clinics, law firms and banks.";
/// Setting.
pub const CONNECTOR_APP: &str = "Connector app";
/// What it is.
pub const ABOUT_CONNECTOR_APP: &str = "The app that shows text messages inside Microsoft Teams.";
/// Heading of the advice.
pub const LEGACY_TITLE: &str = "Plan the move to the unified app";
/// The advice.
pub const LEGACY_TEXT: &str = "With the legacy app, changes to groups and number assignments take effect only after a \
     manual sync. With the unified app they take effect at once. Your provider plans the move with you.";

/// Name of the information button of a setting.
#[must_use]
pub fn about(setting: &str) -> String {
    format!("About {setting}")
}

/// The app's name.
#[must_use]
pub fn connector_app(app: ConnectorApp) -> &'static str {
    match app {
        ConnectorApp::Legacy => "Legacy",
        ConnectorApp::Unified => "Unified",
    }
}

/// Who changes these settings.
#[must_use]
pub fn who_changes(provider: &str) -> String {
    format!("These settings are kept by your provider, {provider}. To change one, get in touch:")
}
