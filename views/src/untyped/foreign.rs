//! Views of Leptos among ours: control flow, what waits for data, the router.

use std::any::Any;

use leptos_itself::{
    prelude::*,
    tachys::{
        hydration::Cursor,
        renderer::types::{Element, Node},
        view::{Mountable, PositionState},
    },
};

use super::Kind;

/// A view of a type of its own.
pub(crate) trait Foreign: Send {
    fn exists(&self) -> bool;

    fn build(self: Box<Self>) -> Box<dyn ShownForeign>;

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn ShownForeign>;

    /// Makes of `shown` what this view shows. Where that shows a view of another type, this one is given back.
    fn rebuild(self: Box<Self>, shown: &mut (dyn ShownForeign + 'static)) -> Option<Box<dyn Foreign>>;
}

impl<V: RenderHtml + 'static> Foreign for V {
    fn exists(&self) -> bool {
        V::EXISTS
    }

    fn build(self: Box<Self>) -> Box<dyn ShownForeign> {
        Box::new(ShownAs::<V>(Render::build(*self)))
    }

    fn hydrate(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn ShownForeign> {
        Box::new(ShownAs::<V>(RenderHtml::hydrate::<true>(*self, cursor, position)))
    }

    fn rebuild(self: Box<Self>, shown: &mut (dyn ShownForeign + 'static)) -> Option<Box<dyn Foreign>> {
        let shown: &mut dyn Any = shown;
        match shown.downcast_mut::<ShownAs<V>>() {
            Some(shown) => {
                Render::rebuild(*self, &mut shown.0);
                None
            }
            None => Some(self),
        }
    }
}

/// What a view of a type of its own shows.
pub(crate) trait ShownForeign: Any {
    fn unmount(&mut self);

    fn mount(&mut self, parent: &Element, marker: Option<&Node>);

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool;
}

/// What a view of this type shows. Two types may show the same kind of thing and still be no change of each other.
struct ShownAs<V: Render>(V::State);

impl<V: RenderHtml + 'static> ShownForeign for ShownAs<V> {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }
}

/// A view of Leptos as one of ours.
pub(crate) fn kind<V: RenderHtml + 'static>(view: V) -> Kind {
    Kind::Foreign(Box::new(view))
}

/// `value` as what it is, if it is a `T`; otherwise `value` again.
pub(crate) fn cast<V: 'static, T: 'static>(value: V) -> Result<T, V> {
    let mut value = Some(value);
    let found = (&mut value as &mut dyn Any)
        .downcast_mut::<Option<T>>()
        .and_then(Option::take);
    match (found, value) {
        (Some(found), _) => Ok(found),
        (None, Some(value)) => Err(value),
        // `value` was taken only if it was found.
        (None, None) => unreachable!(),
    }
}
