//! One carrier profile on the wire. Credentials go in and never come out.

use std::fmt;

use chrono::{DateTime, Utc};
use domain::{
    carrier_profile::{self as profiles, CarrierKind, CarrierProfileDetails, NewSecret, SecretText},
    error::Error,
};
use serde::{Deserialize, Deserializer, Serialize, de};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::common::{all, texts};

/// A credential that is set; nobody is told its value.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct SetCredential {
    /// Its name, such as `api_key`.
    pub name: String,
    /// When it was set or replaced last.
    pub set_at: DateTime<Utc>,
}

impl From<profiles::SetCredential> for SetCredential {
    fn from(set: profiles::SetCredential) -> Self {
        Self {
            name: set.field,
            set_at: set.set_at,
        }
    }
}

/// What trying the credentials came to.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ConnectionTest {
    /// When.
    pub at: DateTime<Utc>,
    /// Whether they worked.
    pub passed: bool,
    /// What they may see, or why they did not work: a sentence.
    pub message: String,
}

impl From<profiles::ProfileCheck> for ConnectionTest {
    fn from(check: profiles::ProfileCheck) -> Self {
        Self {
            at: check.at,
            passed: check.passed,
            message: check.message,
        }
    }
}

/// A carrier profile with everything that anybody may know of it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CarrierProfileDetail {
    /// The profile's id.
    pub id: Uuid,
    /// Counts up with each change.
    pub version: i64,
    /// The carrier, such as `netsapiens`.
    pub carrier: String,
    /// The profile's name.
    pub name: String,
    /// The carrier's host.
    pub host: Option<String>,
    /// The credentials that are set.
    pub credentials: Vec<SetCredential>,
    /// The last connection test with these credentials; null before the first.
    pub connection_test: Option<ConnectionTest>,
    /// The first of the numbers that send through it, ascending.
    pub numbers: Vec<String>,
    /// How many of them there are.
    pub number_count: u32,
    /// Its domains.
    pub domains: Vec<String>,
}

impl From<CarrierProfileDetails> for CarrierProfileDetail {
    fn from(details: CarrierProfileDetails) -> Self {
        let domains = details.domains.iter().map(|domain| domain.as_str().to_owned());
        Self {
            id: details.id.0,
            version: details.version,
            carrier: details.carrier.as_str().to_owned(),
            domains: domains.collect(),
            name: details.name,
            host: details.host,
            credentials: all(details.credentials),
            connection_test: details.check.map(ConnectionTest::from),
            numbers: texts(&details.numbers),
            number_count: details.number_count,
        }
    }
}

/// What a carrier profile is to be.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CarrierProfileInput {
    /// 1 to 64 characters, unique in the enterprise without regard to case.
    pub name: String,
    /// The carrier, as the list of carriers names it. A profile keeps its carrier.
    pub carrier: String,
    /// The host of the carrier's API, a bare name; carriers of the NetSapiens type need one.
    #[serde(default)]
    pub host: Option<String>,
    /// Credentials to set or replace, by their names. What is not named stays as it is; for another host all have to be
    /// sent again. They can be written and never be read.
    #[serde(default)]
    #[schema(value_type = std::collections::HashMap<String, String>)]
    pub credentials: Credentials,
}

/// Credentials on their way in. What is wrong with them is told without them.
#[derive(Clone, Default)]
pub struct Credentials(Vec<NewSecret>);

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secrets]")
    }
}

impl<'de> Deserialize<'de> for Credentials {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // The messages of serde repeat what they did not expect, so whatever came is taken first.
        let given = serde_json::Value::deserialize(deserializer)?;
        let wrong = || <D::Error as de::Error>::custom("credentials must be an object whose values are texts");
        let serde_json::Value::Object(given) = given else {
            return Err(wrong());
        };
        let secrets = given.into_iter().map(|(field, value)| match value {
            serde_json::Value::String(text) => Ok(NewSecret {
                field,
                value: SecretText::new(text),
            }),
            _ => Err(wrong()),
        });
        secrets.collect::<Result<_, _>>().map(Self)
    }
}

impl TryFrom<CarrierProfileInput> for profiles::CarrierProfileInput {
    type Error = Error;

    fn try_from(input: CarrierProfileInput) -> Result<Self, Error> {
        let unknown = || {
            Error::invalid(
                "carrier",
                "There is no such carrier. The list of carriers tells which there are.",
            )
        };
        Ok(Self {
            carrier: CarrierKind::parse(&input.carrier).ok_or_else(unknown)?,
            name: input.name,
            host: input.host.unwrap_or_default(),
            secrets: input.credentials.0,
        })
    }
}

/// A credential that a carrier asks for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct CredentialField {
    /// Its name in requests.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// When it is needed.
    pub hint: String,
}

impl From<profiles::CredentialField> for CredentialField {
    fn from(field: profiles::CredentialField) -> Self {
        Self {
            name: field.name,
            label: field.label,
            hint: field.hint,
        }
    }
}

/// A carrier, and what it asks for.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Carrier {
    /// Its word in requests.
    pub carrier: String,
    /// What people call it.
    pub label: String,
    /// Its credentials; none where the portal cannot talk to it yet.
    pub credentials: Vec<CredentialField>,
}

impl From<profiles::CarrierForm> for Carrier {
    fn from(form: profiles::CarrierForm) -> Self {
        Self {
            carrier: form.carrier.as_str().to_owned(),
            label: form.carrier.label().to_owned(),
            credentials: all(form.fields),
        }
    }
}

/// The carriers that a profile can be of.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Carriers {
    /// All of them.
    pub rows: Vec<Carrier>,
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(r#"{"name":"Main","carrier":"twilio","credentials":{"api_key":4711}}"#)]
    #[case(r#"{"name":"Main","carrier":"twilio","credentials":"4711"}"#)]
    #[case(r#"{"name":"Main","carrier":"twilio","credentials":["4711"]}"#)]
    fn what_is_wrong_with_a_credential_is_told_without_it(#[case] body: &str) {
        let error = serde_json::from_str::<CarrierProfileInput>(body)
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("credentials must be") && !error.contains("4711"),
            "{error}"
        );
    }

    #[test]
    fn a_credential_is_not_printed() {
        let body = r#"{"name":"Main","carrier":"twilio","credentials":{"api_key":"s3cret"}}"#;
        let input: CarrierProfileInput = serde_json::from_str(body).unwrap();
        assert!(!format!("{input:?}").contains("s3cret"));
        let input = profiles::CarrierProfileInput::try_from(input).unwrap();
        assert_eq!(
            (input.secrets[0].field.as_str(), input.secrets[0].value.expose()),
            ("api_key", "s3cret")
        );
    }
}
