//! Carrier profiles, as an enterprise sees them: never a secret. Changing them is in `edit`, trying them out in `check`.

mod access;
mod check;
mod edit;

use domain::{carrier_profile::CarrierProfileRow, ids::CarrierProfileId};

pub(crate) use self::access::access_of;
pub use self::{
    check::check,
    edit::{create, delete, forms, get, update},
};
use super::table::table_services;

table_services!("Carriers", CarrierProfileRow, CarrierProfileRow, CarrierProfileId);
