//! The document and the top bar.

/// The product.
pub const PRODUCT: &str = "Messaging Portal";
/// First link of every page, for keyboards.
pub const SKIP_TO_CONTENT: &str = "Skip to content";
/// The top bar's navigation.
pub const MAIN_NAVIGATION: &str = "Main";
/// Entry of the top bar.
pub const DASHBOARD: &str = "Dashboard";
/// Link to the Users page.
pub const USERS: &str = "Users";
/// Menu of services.
pub const SERVICES: &str = "Services";
/// Entry of the Services menu.
pub const SMS: &str = "SMS";
/// Entry of the top bar.
pub const NUMBERS: &str = "Numbers";
/// Link to the help pages.
pub const HELP: &str = "Help";
/// Heading of the enterprise switcher.
pub const ENTERPRISES: &str = "Enterprises";
/// Heading of the theme choice.
pub const THEME: &str = "Theme";
/// Ends the session in this browser.
pub const SIGN_OUT: &str = "Sign out";
/// Ends all sessions of the account.
pub const SIGN_OUT_EVERYWHERE: &str = "Sign out everywhere";
/// The browser's part did not arrive.
pub const LOAD_FAILED: &str = "Part of this page did not load. You can read it, but dialogs will not open.";
/// The server is of another build than the page.
pub const OUTDATED: &str =
    "The portal has been updated. Reload this page: until then it shows no changes and saves none.";
/// Loads the page again.
pub const RELOAD: &str = "Reload the page";
/// The code of a page or dialog did not arrive.
pub const PART_NOT_LOADED: &str = "This did not load";
/// What to do about it.
pub const PART_NOT_LOADED_TEXT: &str =
    "Make sure that you are connected, then try again. If that does not help, reload the page.";
/// Tries once more.
pub const TRY_AGAIN: &str = "Try again";
/// While the page's surroundings are on their way.
pub const LOADING: &str = "Loading";
/// In what somebody is in the middle of, while the page around it is to be shown with other settings.
pub const SETTINGS_CHANGED: &str = "Settings of this enterprise have changed. The page shows them once you have finished \
     here; what you entered stays until then.";
/// In what somebody is in the middle of, when the enterprise is not there for them any more.
pub const CANNOT_BE_OPENED: &str = "This enterprise cannot be opened now, so nothing can be saved. Copy what you still \
     need before you leave this.";
/// Why a control cannot be used yet.
pub const STILL_LOADING: &str = "The page is still loading.";
