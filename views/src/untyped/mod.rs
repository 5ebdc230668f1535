//! Views without their types.
//!
//! A page makes an [`Erased`] of every view ([`Untyped`]). It is shown in one of two ways, as Leptos' are: made anew
//! (`build`), or taken over from what the server wrote (`hydrate`, in the order in which the server wrote it). What is
//! shown then ([`shown::Shown`]) is changed to what a later view says.

mod attribute;
mod conversions;
mod element;
mod foreign;
pub mod html;
mod kept;
mod property;
mod render;
mod shown;
mod signals;
pub mod svg;
mod value;

use std::borrow::Cow;

use foreign::Foreign;
use kept::Kept;
use leptos_itself::prelude::{Owner, RenderHtml};

pub use attribute::{Class, IntoClass};
pub use conversions::Untyped;
pub use element::Element;
pub use kept::Key;
pub use property::{IntoProperty, Property};
pub use value::{IntoValue, Value};

/// A view, whatever it shows.
pub struct Erased(pub(crate) Kind);

/// What a view shows.
pub(crate) enum Kind {
    /// What is nothing and is not written either where it would be all of an element: `()`.
    Nothing,
    /// What is nothing at present: `None`.
    Absent,
    Text(Cow<'static, str>),
    Element(Element),
    /// Always as many: a tuple.
    Group(Vec<Kind>),
    /// As many as there are.
    List(Vec<Kind>),
    /// What changes with the signals that it reads.
    Changing(Box<dyn FnMut() -> Kind + Send>),
    /// What stays while its key does.
    Kept(Kept),
    /// A view of Leptos.
    Foreign(Box<dyn Foreign>),
}

impl Kind {
    /// Whether the server writes this where it is all of an element.
    pub(crate) fn exists(&self) -> bool {
        match self {
            Self::Nothing => false,
            Self::Group(kinds) => kinds.iter().any(Self::exists),
            Self::Foreign(view) => view.exists(),
            Self::Absent | Self::Text(_) | Self::Element(_) | Self::List(_) | Self::Changing(_) | Self::Kept(_) => true,
        }
    }
}

impl Erased {
    /// `view`, with its type forgotten, as Leptos' `AnyView` does on the server: what is nothing in the document is
    /// followed by a comment, so that something else can take its place.
    pub fn new(view: impl Untyped) -> Self {
        let kind = view.untyped();
        Self(if kind.exists() {
            kind
        } else {
            Kind::Group(vec![kind, Kind::Absent])
        })
    }

    /// What `view` says, asked only where another key stood in the same place before. What the view makes belongs to
    /// `owner`. The signals that it reads are not followed, but for those that closures in it read.
    pub fn kept(key: Key, owner: Owner, view: impl FnOnce() -> Self + Send + 'static) -> Self {
        Self(Kind::Kept(Kept {
            key,
            owner,
            view: Box::new(move || view().0),
        }))
    }

    /// What a component shows: one of ours, or one of Leptos'.
    pub(crate) fn of_component<V: RenderHtml + 'static>(view: V) -> Self {
        match foreign::cast::<V, Self>(view) {
            Ok(erased) => erased,
            Err(view) => Self(foreign::kind(view)),
        }
    }
}

/// What can be shown.
pub trait IntoView: leptos_itself::IntoView + Untyped {}

impl<V: leptos_itself::IntoView + Untyped> IntoView for V {}
