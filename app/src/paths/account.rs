//! The pages about the signed-in person, and the description of the API.

/// The API tokens of the signed-in person.
#[must_use]
pub fn api_tokens() -> String {
    "/account/tokens".to_owned()
}

/// The description of the API; no page of the router's.
#[must_use]
pub fn api_docs() -> String {
    "/api/docs/".to_owned()
}
