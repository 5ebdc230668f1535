//! Leptos, with views that have no types in the browser.
//!
//! To Leptos the type of a view holds the types of all that is in it, and each such type has its own code for building,
//! taking over, changing and dropping: a quarter of all code that the browser would load. Here every element is of one type
//! ([`untyped`]), whatever it holds, so that all of that is compiled once.
//!
//! Pages are written as ever. The macro `view!` names what it needs by the name `leptos`; `app` gives this crate that
//! name, and everything else here is Leptos itself. On the server nothing at all is different: the HTML is written by
//! Leptos, and what is here takes over what Leptos writes.

#![cfg_attr(
    feature = "ssr",
    expect(unused_crate_dependencies, reason = "the server uses Leptos as it is")
)]

pub use leptos_itself::*;

#[cfg(not(feature = "ssr"))]
pub mod untyped;

#[cfg(not(feature = "ssr"))]
mod in_the_browser;
#[cfg(not(feature = "ssr"))]
pub use in_the_browser::{component, html, prelude, svg, tachys};
