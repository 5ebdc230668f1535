//! The start page, and the way to it by signing in.

/// The start page; leads to the signed-in person's enterprise.
#[must_use]
pub fn home() -> String {
    "/".to_owned()
}

/// The sign-in page.
#[must_use]
pub fn sign_in() -> String {
    "/sign-in".to_owned()
}

/// The sign-in page, which leads back to `next` afterwards.
#[must_use]
pub fn sign_in_and_return(next: &str) -> String {
    if next == "/" {
        return sign_in();
    }
    let escaped: String = next
        .bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'/' | b'-' | b'_' | b'.' | b'~' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect();
    format!("{}?next={escaped}", sign_in())
}

/// Where to go after signing in: `next` if it is an address inside the portal, else the start page.
///
/// Refuses everything a browser could read as another host: `//host`, `/\host`, control characters that browsers drop.
#[must_use]
pub fn after_sign_in(next: Option<&str>) -> String {
    next.filter(|next| is_inside(next)).map_or_else(home, str::to_owned)
}

fn is_inside(next: &str) -> bool {
    next.starts_with('/')
        && !next.starts_with("//")
        && !next.starts_with("/sign-in")
        && !next.starts_with("/rpc")
        && next.len() <= 2_000
        && !next.chars().any(|c| c == '\\' || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_only_to_addresses_of_the_portal() {
        let inside = "/e/alder-clinics/services/sms/groups?search=a%20b";
        assert_eq!(after_sign_in(Some(inside)), inside);
        for outside in [
            "https://evil.example",
            "//evil.example",
            "/\\evil.example",
            "/\t/evil.example",
            "javascript:alert(1)",
            "",
            "/sign-in?next=/",
        ] {
            assert_eq!(after_sign_in(Some(outside)), "/", "{outside:?}");
        }
    }
}
