//! Subscribing a domain: what was filled in, and what it has to be.

use serde::{Deserialize, Serialize};

use super::DomainName;
use crate::{
    error::{Error, FieldError},
    ids::CarrierProfileId,
};

/// Most characters of a domain's name (RFC 1035).
pub const DOMAIN_CHARS: usize = 253;

/// A domain to be subscribed, as it was filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DomainInput {
    /// The domain, as typed.
    pub domain: String,
    /// The profile of the carrier that hosts it.
    pub carrier_profile_id: Option<CarrierProfileId>,
}

/// A domain to be subscribed that follows the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DomainDraft {
    /// The domain.
    pub domain: DomainName,
    /// The profile of the carrier that hosts it.
    pub carrier_profile_id: CarrierProfileId,
}

impl DomainInput {
    /// Checks every rule that needs no database.
    ///
    /// # Errors
    /// [`Error::Invalid`] names every broken rule.
    pub fn check(&self) -> Result<DomainDraft, Error> {
        let mut fields = Vec::new();
        let domain = DomainName::parse(&self.domain)
            .map_err(|error| fields.push(FieldError::new("domain", format!("This {error}."))))
            .ok();
        if self.carrier_profile_id.is_none() {
            let message = "Choose the carrier profile that the domain is with.";
            fields.push(FieldError::new("carrier_profile_id", message));
        }
        match (domain, self.carrier_profile_id) {
            (Some(domain), Some(carrier_profile_id)) => Ok(DomainDraft {
                domain,
                carrier_profile_id,
            }),
            _ => Err(Error::Invalid { fields }),
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use uuid::Uuid;

    use super::*;

    #[rstest]
    #[case(" Voice.Example ", true, &[])]
    #[case("voice example", true, &["domain"])]
    #[case("voice.example", false, &["carrier_profile_id"])]
    #[case("", false, &["domain", "carrier_profile_id"])]
    fn a_domain_needs_a_name_and_a_profile(#[case] domain: &str, #[case] has_profile: bool, #[case] wrong: &[&str]) {
        let profile = CarrierProfileId(Uuid::from_u128(1));
        let input = DomainInput {
            domain: domain.to_owned(),
            carrier_profile_id: has_profile.then_some(profile),
        };
        match input.check() {
            Ok(draft) => {
                assert!(wrong.is_empty());
                assert_eq!(
                    (draft.domain.as_str(), draft.carrier_profile_id),
                    ("voice.example", profile)
                );
            }
            Err(error) => {
                let fields: Vec<&str> = error.field_errors().iter().map(|error| error.field.as_str()).collect();
                assert_eq!(fields, wrong);
            }
        }
    }
}
