//! One-time links, which are secrets.

/// The first part of the address of a one-time link.
const INVITATION: &str = "/invitation/";

/// A one-time link, for whoever is to use it.
#[must_use]
pub fn invitation(token: &str) -> String {
    format!("{INVITATION}{token}")
}

/// Whether `path` is that of a one-time link, which needs no session and is a secret.
#[must_use]
pub fn is_invitation(path: &str) -> bool {
    path.starts_with(INVITATION)
}

/// `path` as it may be written into a log: without the secret of a one-time link.
#[must_use]
pub fn without_secrets(path: &str) -> &str {
    if is_invitation(path) { INVITATION } else { path }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_of_a_link_is_in_no_log() {
        assert_eq!(invitation("secret"), "/invitation/secret");
        assert_eq!(without_secrets(&invitation("secret")), "/invitation/");
        assert_eq!(without_secrets("/provider"), "/provider");
    }
}
