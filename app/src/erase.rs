//! Views without their types, for a smaller module.
//!
//! The type of a view holds the types of all views in it, and each such type has its own code for building, hydrating,
//! rebuilding and dropping. A component that gives out an [`Erased`] is compiled once, however it is nested.
//!
//! On the server it is Leptos' own `AnyView`. In the browser it is ours (`browser`), which hydrates what that one writes
//! and does only what our pages do: Leptos' brings for each type a way of hydrating that awaits what is loaded late, and
//! one of finding the elements to which attributes are added from outside. Nothing here does either: the parts of a page
//! are there before it is taken over (`crate::parts`), and a component that needs an attribute takes it by its name.

use std::sync::Arc;

use leptos::{
    children::{ChildrenOptContainer, ToChildren},
    prelude::*,
};

#[cfg(feature = "ssr")]
pub use leptos::prelude::AnyView as Erased;
#[cfg(not(feature = "ssr"))]
pub use leptos::untyped::Erased;

/// A view that is made again only where another key stood in the same place before: where the key is the same, `view` is
/// not even asked. Of the signals that it reads only those in its closures are followed. What it makes belongs to `owner`.
#[cfg(not(feature = "ssr"))]
pub(crate) fn kept(key: (u128, u64), owner: &Owner, view: impl FnOnce() -> Erased + Send + 'static) -> Erased {
    Erased::kept(key, owner.clone(), view)
}

/// On the server each view is made once.
#[cfg(feature = "ssr")]
pub(crate) fn kept(_key: (u128, u64), _owner: &Owner, view: impl FnOnce() -> Erased + Send + 'static) -> Erased {
    view()
}

/// What every view can do: forget its type.
pub(crate) trait Erase {
    /// This view, with its type forgotten.
    fn erase(self) -> Erased;
}

impl<V: IntoView + 'static> Erase for V {
    #[cfg(feature = "ssr")]
    fn erase(self) -> Erased {
        self.into_any()
    }

    #[cfg(not(feature = "ssr"))]
    fn erase(self) -> Erased {
        Erased::new(self)
    }
}

/// The value of an attribute that changes, with the type of its closure forgotten: Leptos compiles three ways of following
/// it for each type.
pub(crate) fn changing<T>(value: impl Fn() -> T + Send + Sync + 'static) -> Arc<dyn Fn() -> T + Send + Sync> {
    Arc::new(value)
}

/// What stands inside a component: like [`Children`], with [`Erase`] at work.
pub struct Content(Box<dyn FnOnce() -> Erased + Send>);

impl Content {
    /// The view.
    pub(crate) fn view(self) -> Erased {
        (self.0)()
    }
}

impl<F, V> ToChildren<F> for Content
where
    F: FnOnce() -> V + Send + 'static,
    V: IntoView + 'static,
{
    fn to_children(content: F) -> Self {
        Self(Box::new(move || content().erase()))
    }
}

impl<V> ToChildren<ChildrenOptContainer<V>> for Content
where
    V: IntoView + 'static,
{
    fn to_children(content: ChildrenOptContainer<V>) -> Self {
        Self(Box::new(move || content.0.erase()))
    }
}

/// What stands inside a component that shows it more than once: like [`ChildrenFn`], with [`Erase`] at work.
#[derive(Clone)]
pub struct ContentFn(Arc<dyn Fn() -> Erased + Send + Sync>);

impl ContentFn {
    /// The view, made anew.
    pub(crate) fn view(&self) -> Erased {
        (self.0)()
    }
}

impl<F, V> ToChildren<F> for ContentFn
where
    F: Fn() -> V + Send + Sync + 'static,
    V: IntoView + 'static,
{
    fn to_children(content: F) -> Self {
        Self(Arc::new(move || content().erase()))
    }
}

impl<V> ToChildren<ChildrenOptContainer<V>> for ContentFn
where
    V: IntoView + Clone + Sync + 'static,
{
    fn to_children(content: ChildrenOptContainer<V>) -> Self {
        Self(Arc::new(move || content.0.clone().erase()))
    }
}
