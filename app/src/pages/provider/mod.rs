//! The provider's console: its enterprises, who can sign in to them, requests, where alerts are sent, and its own contact
//! details.

pub mod alerts;
pub mod contact;
pub mod enterprises;
mod form;
pub mod members;
pub mod requests;
