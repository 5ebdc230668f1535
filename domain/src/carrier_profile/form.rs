//! What the provider types in for a carrier profile, and what it sees of one afterwards: of secrets only that they are set.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{CarrierHost, CarrierKind};
use crate::{
    domain_subscription::DomainName,
    error::{Error, FieldError},
    ids::CarrierProfileId,
    phone::PhoneNumber,
};

/// Most characters of a profile's name.
pub const PROFILE_NAME_CHARS: usize = 64;
/// Most bytes of one credential.
const SECRET_BYTES: usize = 4096;

/// A credential that a carrier asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CredentialField {
    /// Its name in requests, such as `api_key`.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// When it is needed.
    pub hint: String,
}

/// What to fill in for one kind of carrier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarrierForm {
    /// The carrier.
    pub carrier: CarrierKind,
    /// Its credentials in their order; none where the portal cannot talk to the carrier yet.
    pub fields: Vec<CredentialField>,
}

/// A secret on its way from the person who typed it to the one place that encrypts it. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecretText(String);

impl SecretText {
    /// What was typed.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// A credential to set or replace.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewSecret {
    /// The field's name.
    pub field: String,
    /// Its value.
    pub value: SecretText,
}

/// A profile as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarrierProfileInput {
    /// The profile's name.
    pub name: String,
    /// The carrier; cannot be changed later.
    pub carrier: CarrierKind,
    /// The carrier's host; empty for none.
    pub host: String,
    /// Credentials that are set or replaced; what is not named stays as it is.
    #[serde(default)]
    pub secrets: Vec<NewSecret>,
}

/// A profile whose fields have been checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CarrierProfileDraft {
    /// The profile's name, trimmed.
    pub name: String,
    /// The carrier.
    pub carrier: CarrierKind,
    /// The carrier's host.
    pub host: Option<CarrierHost>,
}

impl CarrierProfileInput {
    /// Checks what can be checked without asking anybody.
    ///
    /// # Errors
    /// [`Error::Invalid`] with every broken rule.
    pub fn check(&self) -> Result<CarrierProfileDraft, Error> {
        let mut fields = Vec::new();
        let name = self.name.trim();
        if name.is_empty() {
            fields.push(FieldError::new("name", "Enter a name."));
        } else if name.chars().count() > PROFILE_NAME_CHARS || name.chars().any(char::is_control) {
            let message = format!("Use at most {PROFILE_NAME_CHARS} characters, and no line breaks.");
            fields.push(FieldError::new("name", message));
        }
        let host = self.host.trim();
        let host = match (host.is_empty(), CarrierHost::parse(host)) {
            (true, _) if self.carrier.is_netsapiens_type() => {
                fields.push(FieldError::new("host", "Enter the host of the carrier's API."));
                None
            }
            (true, _) => None,
            (false, Ok(host)) => Some(host),
            (false, Err(error)) => {
                fields.push(FieldError::new("host", error.to_string()));
                None
            }
        };
        for secret in &self.secrets {
            let text = secret.value.expose();
            if text.is_empty() || text.len() > SECRET_BYTES || text.chars().any(char::is_control) {
                let message = "Enter one line of text, as the carrier gave it to you.";
                fields.push(FieldError::new(secret.field.clone(), message));
            }
        }
        if !fields.is_empty() {
            return Err(Error::Invalid { fields });
        }
        Ok(CarrierProfileDraft {
            name: name.to_owned(),
            carrier: self.carrier,
            host,
        })
    }
}

/// A credential that is set; its value is shown to nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetCredential {
    /// The field's name.
    pub field: String,
    /// When it was set or replaced last.
    #[serde(with = "crate::moment")]
    pub set_at: DateTime<Utc>,
}

/// What trying the credentials came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileCheck {
    /// When.
    #[serde(with = "crate::moment")]
    pub at: DateTime<Utc>,
    /// Whether they worked.
    pub passed: bool,
    /// What they may see, or why they did not work: a sentence.
    pub message: String,
}

/// One profile with everything that the provider may know of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CarrierProfileDetails {
    /// The profile's id.
    pub id: CarrierProfileId,
    /// Counts up with each change.
    pub version: i64,
    /// The carrier.
    pub carrier: CarrierKind,
    /// The profile's name.
    pub name: String,
    /// The carrier's host.
    pub host: Option<String>,
    /// The credentials that are set.
    pub credentials: Vec<SetCredential>,
    /// What the last try of the credentials came to.
    pub check: Option<ProfileCheck>,
    /// The first of the numbers that send through it, ascending.
    pub numbers: Vec<PhoneNumber>,
    /// How many of them there are.
    pub number_count: u32,
    /// Its domains.
    pub domains: Vec<DomainName>,
}

impl CarrierProfileDetails {
    /// Whether numbers or domains use it, so that it cannot be deleted.
    #[must_use]
    pub fn is_used(&self) -> bool {
        self.number_count > 0 || !self.domains.is_empty()
    }

    /// When a credential was set, if it is.
    #[must_use]
    pub fn set_at(&self, field: &str) -> Option<DateTime<Utc>> {
        self.credentials
            .iter()
            .find(|set| set.field == field)
            .map(|set| set.set_at)
    }

    /// What the audit log holds of it.
    #[must_use]
    pub fn record(&self) -> ProfileRecord {
        ProfileRecord {
            name: self.name.clone(),
            carrier: self.carrier,
            host: self.host.clone(),
            credentials: self.credentials.clone(),
            check: self.check.clone(),
        }
    }
}

/// A profile as the audit log keeps it; of credentials only when they were set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProfileRecord {
    /// The profile's name.
    pub name: String,
    /// The carrier.
    pub carrier: CarrierKind,
    /// The carrier's host.
    pub host: Option<String>,
    /// The credentials that are set.
    pub credentials: Vec<SetCredential>,
    /// What the last try of the credentials came to.
    pub check: Option<ProfileCheck>,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn input(name: &str, carrier: CarrierKind, host: &str) -> CarrierProfileInput {
        CarrierProfileInput {
            name: name.to_owned(),
            carrier,
            host: host.to_owned(),
            secrets: Vec::new(),
        }
    }

    #[test]
    fn what_is_typed_is_trimmed() {
        let draft = input(" Main ", CarrierKind::NetSapiens, " API.carrier.example ")
            .check()
            .unwrap();
        assert_eq!(draft.name, "Main");
        assert_eq!(draft.host.unwrap().as_str(), "api.carrier.example");
    }

    #[rstest]
    #[case(input(" ", CarrierKind::NetSapiens, "api.carrier.example"), &["name"])]
    #[case(input(&"x".repeat(65), CarrierKind::NetSapiens, ""), &["name", "host"])]
    #[case(input("Main", CarrierKind::NetSapiens, "https://api.carrier.example"), &["host"])]
    #[case(input("Main", CarrierKind::Twilio, "127.0.0.1"), &["host"])]
    fn each_broken_rule_is_told(#[case] input: CarrierProfileInput, #[case] expected: &[&str]) {
        let error = input.check().unwrap_err();
        let fields: Vec<&str> = error.field_errors().iter().map(|error| error.field.as_str()).collect();
        assert_eq!(fields, expected);
    }

    #[test]
    fn carriers_without_domains_need_no_host() {
        assert_eq!(input("Main", CarrierKind::Twilio, "").check().unwrap().host, None);
    }

    #[rstest]
    #[case("")]
    #[case("two\nlines")]
    fn a_secret_is_one_line(#[case] value: &str) {
        let mut input = input("Main", CarrierKind::NetSapiens, "api.carrier.example");
        input.secrets = vec![NewSecret {
            field: "api_key".to_owned(),
            value: SecretText::new(value),
        }];
        assert_eq!(input.check().unwrap_err().field_errors()[0].field, "api_key");
    }

    #[test]
    fn a_secret_is_not_printed() {
        let secret = NewSecret {
            field: "api_key".to_owned(),
            value: SecretText::new("s3cret"),
        };
        assert!(!format!("{secret:?}").contains("s3cret"));
    }
}
