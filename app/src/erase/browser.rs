//! A view without its type, in the browser. It agrees with `AnyView`, which the server renders: what is nothing in the
//! document is followed by a comment, so that something else can take its place.

use std::any::Any;

use leptos::{
    prelude::*,
    tachys::{
        html::attribute::{Attribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        renderer::{
            Rndr,
            types::{Element, Node, Placeholder},
        },
        view::{Mountable, Position, PositionState, add_attr::AddAnyAttr},
    },
};

/// A view without its type.
pub struct Erased {
    view: Box<dyn Kept>,
    /// Whether it is anything in the document.
    exists: bool,
}

impl Erased {
    /// `view`, with its type forgotten.
    pub(super) fn new<V: RenderHtml + 'static>(view: V) -> Self {
        Self {
            view: Box::new(view),
            exists: V::EXISTS,
        }
    }
}

/// What is compiled for each type of view.
trait Kept: Send {
    fn show(self: Box<Self>) -> Box<dyn Shown>;

    fn take_over(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn Shown>;

    /// Makes of `shown` what this view shows. Where that shows a view of another type, this one is given back.
    fn change(self: Box<Self>, shown: &mut (dyn Shown + 'static)) -> Option<Box<dyn Kept>>;
}

impl<V: RenderHtml + 'static> Kept for V {
    fn show(self: Box<Self>) -> Box<dyn Shown> {
        Box::new(ShownAs::<V>(Render::build(*self)))
    }

    fn take_over(self: Box<Self>, cursor: &Cursor, position: &PositionState) -> Box<dyn Shown> {
        Box::new(ShownAs::<V>(RenderHtml::hydrate::<true>(*self, cursor, position)))
    }

    fn change(self: Box<Self>, shown: &mut (dyn Shown + 'static)) -> Option<Box<dyn Kept>> {
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

/// What is compiled for each type of view that is shown.
trait Shown: Any {
    fn unmount(&mut self);

    fn mount(&mut self, parent: &Element, marker: Option<&Node>);

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool;
}

/// What a view of this type shows. Two types may show the same kind of thing and still be no change of each other.
struct ShownAs<V: Render>(V::State);

impl<V: RenderHtml + 'static> Shown for ShownAs<V> {
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

/// What an [`Erased`] shows.
pub struct ErasedState {
    shown: Box<dyn Shown>,
    /// Stands where the view would, if it is nothing in the document.
    placeholder: Option<Placeholder>,
}

impl Mountable for ErasedState {
    fn unmount(&mut self) {
        self.shown.unmount();
        if let Some(placeholder) = &mut self.placeholder {
            placeholder.unmount();
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.shown.mount(parent, marker);
        if let Some(placeholder) = &mut self.placeholder {
            placeholder.mount(parent, marker);
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.shown.insert_before_this(child)
            || self
                .placeholder
                .as_ref()
                .is_some_and(|placeholder| placeholder.insert_before_this(child))
    }

    /// Only asked for to add attributes to them.
    fn elements(&self) -> Vec<Element> {
        Vec::new()
    }
}

impl Render for Erased {
    type State = ErasedState;

    fn build(self) -> Self::State {
        ErasedState {
            shown: self.view.show(),
            placeholder: (!self.exists).then(Rndr::create_placeholder),
        }
    }

    fn rebuild(self, state: &mut Self::State) {
        let Self { view, exists } = self;
        if let Some(view) = view.change(state.shown.as_mut()) {
            let mut new = Self { view, exists }.build();
            state.insert_before_this(&mut new);
            state.unmount();
            *state = new;
        }
    }
}

impl RenderHtml for Erased {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    /// Nothing: only the server writes HTML.
    fn to_html_with_buf(
        self,
        _buf: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Self::State {
        // Nothing here is a template, so what is taken over is always the server's.
        ErasedState {
            shown: self.view.take_over(cursor, position),
            placeholder: (!self.exists).then(|| cursor.next_placeholder(position)),
        }
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl AddAnyAttr for Erased {
    type Output<SomeNewAttr: Attribute> = Self;

    /// Adds nothing: our components take what they need by name.
    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self::Output<NewAttr>
    where
        Self::Output<NewAttr>: RenderHtml,
    {
        self
    }
}
