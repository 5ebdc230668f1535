//! The provider's console: its enterprises, who can sign in to them, requests, and its own contact details.

pub mod contact;
pub mod enterprises;
mod form;
pub mod members;
pub mod requests;
