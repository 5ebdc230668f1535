//! The page of the provider's contact details.

/// Above the form.
pub const CONTACT_LEAD: &str = "Your enterprises see these details where they are told to ask you.";
/// Field.
pub const FIELD_PROVIDER_NAME: &str = "Provider name";
/// Field.
pub const FIELD_PHONE: &str = "Phone number";
/// Notice.
pub const CONTACT_SAVED: &str = "Contact details saved.";
