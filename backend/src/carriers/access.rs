//! What an adapter is given of a carrier profile.

use domain::{carrier_profile::CarrierHost, ids::CarrierProfileId};
use secrecy::ExposeSecret;

use super::CarrierError;
use crate::crypto::Secret;

/// A profile with its credentials, for one piece of work. Never printed or kept longer than that.
#[derive(Clone, Debug)]
pub struct Access {
    /// The profile.
    pub profile: CarrierProfileId,
    /// The carrier's host, as the profile names it.
    pub host: Option<String>,
    /// Another number whenever a credential has changed.
    pub stamp: i64,
    /// The credentials by their fields' names.
    pub credentials: Vec<(String, Secret)>,
}

impl Access {
    /// A credential, if it is set.
    #[must_use]
    pub fn credential(&self, field: &str) -> Option<&str> {
        let found = self.credentials.iter().find(|(name, _)| name == field);
        found.map(|(_, secret)| secret.expose_secret())
    }

    /// The carrier's host.
    ///
    /// # Errors
    /// [`CarrierError::NoHost`] when there is none, or it is not a bare name.
    pub fn host(&self) -> Result<CarrierHost, CarrierError> {
        let host = self.host.as_deref().ok_or(CarrierError::NoHost)?;
        CarrierHost::parse(host).map_err(|_| CarrierError::NoHost)
    }

    /// Whether a text holds one of the credentials, as a carrier might echo one.
    #[must_use]
    pub fn is_in(&self, text: &str) -> bool {
        let mut secrets = self.credentials.iter().map(|(_, secret)| secret.expose_secret());
        secrets.any(|secret| text.contains(secret))
    }
}
