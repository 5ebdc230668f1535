//! What a person keeps for themselves.

mod create;
pub mod tokens;
