//! What a view shows in the document.

use std::borrow::Cow;

use leptos_itself::tachys::{
    reactive_graph::RenderEffectState,
    renderer::types::{self, Node, Placeholder},
    view::Mountable,
};

use super::{attribute::ShownAttribute, foreign::ShownForeign, kept::ShownKept};

/// What an [`Erased`](super::Erased) shows.
pub struct Shown(pub(crate) ShownKind);

/// What a view of each kind shows.
pub(crate) enum ShownKind {
    /// The comment that keeps the place, and what stood there before if it can come back: tables take marks away and put
    /// them back with every key.
    Nothing(Placeholder, Option<Box<ShownKind>>),
    Text(types::Text, Cow<'static, str>),
    Element(ShownElement),
    Group(Vec<ShownKind>),
    List(ShownList),
    Changing(RenderEffectState<ShownKind>),
    Kept(ShownKept),
    Foreign(Box<dyn ShownForeign>),
}

pub(crate) struct ShownElement {
    pub(crate) tag: &'static str,
    pub(crate) element: types::Element,
    pub(crate) attributes: Vec<ShownAttribute>,
    pub(crate) children: Vec<ShownKind>,
}

pub(crate) struct ShownList {
    pub(crate) items: Vec<ShownKind>,
    /// What stood behind them before and can come back.
    pub(crate) spare: Vec<ShownKind>,
    /// Stands behind the last one.
    pub(crate) end: Placeholder,
}

impl ShownKind {
    /// Whether nothing in it goes on by itself, so that it can be put aside and come back.
    pub(crate) fn is_still(&self) -> bool {
        match self {
            Self::Nothing(..) | Self::Text(..) => true,
            Self::Element(shown) => {
                shown.attributes.iter().all(ShownAttribute::is_still) && shown.children.iter().all(Self::is_still)
            }
            Self::Group(kinds) => kinds.iter().all(Self::is_still),
            Self::List(list) => list.items.iter().all(Self::is_still),
            Self::Changing(_) | Self::Kept(_) | Self::Foreign(_) => false,
        }
    }
}

impl Mountable for ShownKind {
    fn unmount(&mut self) {
        match self {
            Self::Nothing(placeholder, _) => placeholder.unmount(),
            Self::Text(node, _) => node.unmount(),
            Self::Element(shown) => shown.element.unmount(),
            Self::Group(kinds) => kinds.iter_mut().for_each(Self::unmount),
            Self::List(list) => {
                list.items.iter_mut().for_each(Self::unmount);
                list.end.unmount();
            }
            Self::Changing(effect) => effect.unmount(),
            Self::Kept(kept) => kept.shown.unmount(),
            Self::Foreign(view) => view.unmount(),
        }
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&Node>) {
        match self {
            Self::Nothing(placeholder, _) => placeholder.mount(parent, marker),
            Self::Text(node, _) => node.mount(parent, marker),
            Self::Element(shown) => shown.element.mount(parent, marker),
            Self::Group(kinds) => kinds.iter_mut().for_each(|kind| kind.mount(parent, marker)),
            Self::List(list) => {
                list.items.iter_mut().for_each(|item| item.mount(parent, marker));
                list.end.mount(parent, marker);
            }
            Self::Changing(effect) => effect.mount(parent, marker),
            Self::Kept(kept) => kept.shown.mount(parent, marker),
            Self::Foreign(view) => view.mount(parent, marker),
        }
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        match self {
            Self::Nothing(placeholder, _) => placeholder.insert_before_this(child),
            Self::Text(node, _) => node.insert_before_this(child),
            Self::Element(shown) => shown.element.insert_before_this(child),
            Self::Group(kinds) => kinds.iter().any(|kind| kind.insert_before_this(child)),
            Self::List(list) => {
                list.items.iter().any(|item| item.insert_before_this(child)) || list.end.insert_before_this(child)
            }
            Self::Changing(effect) => effect.insert_before_this(child),
            Self::Kept(kept) => kept.shown.insert_before_this(child),
            Self::Foreign(view) => view.insert_before_this(child),
        }
    }

    /// Only asked for to add attributes to them.
    fn elements(&self) -> Vec<types::Element> {
        Vec::new()
    }
}

impl Mountable for Shown {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    /// Only asked for to add attributes to them.
    fn elements(&self) -> Vec<types::Element> {
        Vec::new()
    }
}
