//! The sign-in page.

/// Heading.
pub const TITLE: &str = "Sign in";
/// Sentence under it.
pub const LEAD: &str = "Set up text messaging for your Microsoft Teams users.";
/// Field.
pub const EMAIL: &str = "E-mail address";
/// Field.
pub const PASSWORD: &str = "Password";
/// Button.
pub const SIGN_IN: &str = "Sign in";
/// Below the form.
pub const HELP: &str = "Forgot your password, or need an account? Ask your provider.";
/// In place of the form's errors.
pub const REFUSED: &str = "The e-mail address or the password is wrong.";
