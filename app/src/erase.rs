//! Views without their types, for a smaller module.
//!
//! The type of a view holds the types of all views in it, and each such type has its own code for building, hydrating,
//! rebuilding and dropping. A component that gives out an [`AnyView`] is compiled once, however it is nested.
//!
//! [`IntoAny::into_any`] alone would also compile a way of hydrating that awaits what is loaded late. Nothing here
//! waits so: the parts of a page are there before it is taken over (`crate::parts`). It was a fifth of the module;
//! [`Erase::erase`] leaves it out.

use std::sync::Arc;

use leptos::{
    children::{ChildrenOptContainer, ToChildren},
    prelude::*,
    tachys::{
        html::attribute::{Attribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        ssr::StreamBuilder,
        view::{
            Position, PositionState,
            add_attr::AddAnyAttr,
            any_view::{AnyView, IntoAny},
        },
    },
};

/// What every view can do: forget its type.
pub(crate) trait Erase {
    /// This view, with its type forgotten.
    fn erase(self) -> AnyView;
}

impl<V: IntoView + 'static> Erase for V {
    fn erase(self) -> AnyView {
        HydratedAtOnce(self).into_any()
    }
}

/// A view that hydrates without awaiting anything, whatever is in it.
struct HydratedAtOnce<V>(V);

impl<V: Render> Render for HydratedAtOnce<V> {
    type State = V::State;

    fn build(self) -> Self::State {
        self.0.build()
    }

    fn rebuild(self, state: &mut Self::State) {
        self.0.rebuild(state);
    }
}

impl<V: RenderHtml> RenderHtml for HydratedAtOnce<V> {
    type AsyncOutput = V::AsyncOutput;
    type Owned = HydratedAtOnce<V::Owned>;

    const MIN_LENGTH: usize = V::MIN_LENGTH;
    const EXISTS: bool = V::EXISTS;

    fn dry_resolve(&mut self) {
        self.0.dry_resolve();
    }

    async fn resolve(self) -> Self::AsyncOutput {
        self.0.resolve().await
    }

    fn html_len(&self) -> usize {
        self.0.html_len()
    }

    fn to_html_with_buf(
        self,
        buf: &mut String,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.0
            .to_html_with_buf(buf, position, escape, mark_branches, extra_attrs);
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        buf: &mut StreamBuilder,
        position: &mut Position,
        escape: bool,
        mark_branches: bool,
        extra_attrs: Vec<AnyAttribute>,
    ) {
        self.0
            .to_html_async_with_buf::<OUT_OF_ORDER>(buf, position, escape, mark_branches, extra_attrs);
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        self.0.hydrate::<FROM_SERVER>(cursor, position)
    }

    fn into_owned(self) -> Self::Owned {
        HydratedAtOnce(self.0.into_owned())
    }
}

impl<V: AddAnyAttr> AddAnyAttr for HydratedAtOnce<V> {
    type Output<SomeNewAttr: Attribute> = HydratedAtOnce<V::Output<SomeNewAttr>>;

    fn add_any_attr<NewAttr: Attribute>(self, attr: NewAttr) -> Self::Output<NewAttr>
    where
        Self::Output<NewAttr>: RenderHtml,
    {
        HydratedAtOnce(self.0.add_any_attr(attr))
    }
}

/// What stands inside a component: like [`Children`], with [`Erase`] at work.
pub struct Content(Box<dyn FnOnce() -> AnyView + Send>);

impl Content {
    /// The view.
    pub(crate) fn view(self) -> AnyView {
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
pub struct ContentFn(Arc<dyn Fn() -> AnyView + Send + Sync>);

impl ContentFn {
    /// The view, made anew.
    pub(crate) fn view(&self) -> AnyView {
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
