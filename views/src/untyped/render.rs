//! How views become what is shown.

use leptos_itself::{
    logging,
    prelude::*,
    tachys::{
        html::attribute::{Attribute as LeptosAttribute, any_attribute::AnyAttribute},
        hydration::Cursor,
        renderer::{CastFrom, Rndr, types},
        view::{Mountable, Position, PositionState, add_attr::AddAnyAttr},
    },
};

use super::{
    Element, Erased, Kind,
    shown::{Shown, ShownElement, ShownKind, ShownList},
};

impl Kind {
    pub(crate) fn build(self) -> ShownKind {
        match self {
            Self::Nothing | Self::Absent => ShownKind::Nothing(Rndr::create_placeholder(), None),
            Self::Text(text) => ShownKind::Text(Rndr::create_text_node(&text), text),
            Self::Element(element) => ShownKind::Element(element.build()),
            Self::Group(kinds) => ShownKind::Group(build_all(kinds)),
            Self::List(kinds) => ShownKind::List(ShownList {
                items: build_all(kinds),
                spare: Vec::new(),
                end: Rndr::create_placeholder(),
            }),
            Self::Changing(view) => follow(view, Self::build),
            Self::Kept(kept) => ShownKind::Kept(kept.build()),
            Self::Foreign(view) => ShownKind::Foreign(view.build()),
        }
    }

    pub(crate) fn hydrate(self, cursor: &Cursor, position: &PositionState) -> ShownKind {
        match self {
            Self::Nothing | Self::Absent => ShownKind::Nothing(cursor.next_placeholder(position), None),
            Self::Text(text) => ShownKind::Text(hydrate_text(cursor, position), text),
            Self::Element(element) => ShownKind::Element(element.hydrate(cursor, position)),
            Self::Group(kinds) => ShownKind::Group(hydrate_all(kinds, cursor, position)),
            Self::List(kinds) => ShownKind::List(ShownList {
                items: hydrate_all(kinds, cursor, position),
                spare: Vec::new(),
                end: cursor.next_placeholder(position),
            }),
            Self::Changing(view) => {
                let (cursor, position) = (cursor.clone(), position.clone());
                follow(view, move |kind| kind.hydrate(&cursor, &position))
            }
            Self::Kept(kept) => ShownKind::Kept(kept.hydrate(cursor, position)),
            Self::Foreign(view) => ShownKind::Foreign(view.hydrate(cursor, position)),
        }
    }

    /// Makes of `shown` what this view shows.
    pub(crate) fn rebuild(self, shown: &mut ShownKind) {
        match (self, shown) {
            (Self::Nothing | Self::Absent, ShownKind::Nothing(..)) => {}
            (Self::Absent, shown) if shown.is_still() => put_aside(shown),
            (Self::Text(text), ShownKind::Text(node, before)) => {
                if text != *before {
                    Rndr::set_text(node, &text);
                    *before = text;
                }
            }
            (Self::Element(element), ShownKind::Element(before)) if element.fits(before) => element.rebuild(before),
            (Self::Group(kinds), ShownKind::Group(before)) if kinds.len() == before.len() => {
                rebuild_all(kinds, before);
            }
            (Self::List(kinds), ShownKind::List(before)) => rebuild_list(kinds, before),
            (Self::Kept(kept), ShownKind::Kept(before)) => kept.rebuild(before),
            (Self::Foreign(view), shown) => view.rebuild_or_replace(shown),
            (kind, shown @ ShownKind::Nothing(_, Some(_))) => bring_back(kind, shown),
            (kind, shown) => replace(shown, kind.build()),
        }
    }
}

/// Takes what is shown out of the document, from where it can come back.
fn put_aside(shown: &mut ShownKind) {
    let nothing = ShownKind::Nothing(Rndr::create_placeholder(), None);
    let before = exchange(shown, nothing);
    if let ShownKind::Nothing(_, aside) = shown {
        *aside = Some(Box::new(before));
    }
}

/// Puts what stood here before back into the document and makes of it what `kind` shows.
fn bring_back(kind: Kind, shown: &mut ShownKind) {
    if let ShownKind::Nothing(_, aside) = shown
        && let Some(before) = aside.take()
    {
        exchange(shown, *before);
    }
    kind.rebuild(shown);
}

/// Puts `new` in the place of what is shown, and gives that out.
fn exchange(shown: &mut ShownKind, mut new: ShownKind) -> ShownKind {
    shown.insert_before_this(&mut new);
    shown.unmount();
    std::mem::replace(shown, new)
}

/// Puts `new` in the place of what is shown.
fn replace(shown: &mut ShownKind, new: ShownKind) {
    drop(exchange(shown, new));
}

impl dyn super::foreign::Foreign {
    fn rebuild_or_replace(self: Box<Self>, shown: &mut ShownKind) {
        let refused = match shown {
            ShownKind::Foreign(before) => self.rebuild(before.as_mut()),
            _ => Some(self),
        };
        if let Some(view) = refused {
            replace(shown, ShownKind::Foreign(view.build()));
        }
    }
}

/// Shows what `view` says, as `first` does it, and changes it with the signals that `view` reads.
fn follow(mut view: Box<dyn FnMut() -> Kind + Send>, first: impl Fn(Kind) -> ShownKind + 'static) -> ShownKind {
    let effect = RenderEffect::new(move |before: Option<ShownKind>| {
        let kind = view();
        match before {
            Some(mut shown) => {
                kind.rebuild(&mut shown);
                shown
            }
            None => first(kind),
        }
    });
    ShownKind::Changing(effect.into())
}

fn build_all(kinds: Vec<Kind>) -> Vec<ShownKind> {
    kinds.into_iter().map(Kind::build).collect()
}

fn hydrate_all(kinds: Vec<Kind>, cursor: &Cursor, position: &PositionState) -> Vec<ShownKind> {
    kinds.into_iter().map(|kind| kind.hydrate(cursor, position)).collect()
}

fn rebuild_all(kinds: Vec<Kind>, shown: &mut [ShownKind]) {
    for (kind, shown) in kinds.into_iter().zip(shown) {
        kind.rebuild(shown);
    }
}

/// Changes what is there, adds what is new before the end, and takes away what is too much.
fn rebuild_list(mut kinds: Vec<Kind>, shown: &mut ShownList) {
    for mut gone in shown.items.drain(kinds.len().min(shown.items.len())..).rev() {
        gone.unmount();
        if gone.is_still() {
            shown.spare.push(gone);
        }
    }
    let added = kinds.split_off(shown.items.len());
    rebuild_all(kinds, &mut shown.items);
    for kind in added {
        let (mut item, kind) = match shown.spare.pop() {
            Some(item) => (item, Some(kind)),
            None => (kind.build(), None),
        };
        shown.end.insert_before_this(&mut item);
        if let Some(kind) = kind {
            kind.rebuild(&mut item);
        }
        shown.items.push(item);
    }
}

impl Element {
    fn build(self) -> ShownElement {
        let parts = *self.0;
        let element = Rndr::create_element(parts.tag, parts.namespace);
        let attributes = parts
            .attributes
            .into_iter()
            .map(|attribute| attribute.build(&element))
            .collect();
        let mut children = build_all(parts.children);
        for child in &mut children {
            child.mount(&element, None);
        }
        ShownElement {
            tag: parts.tag,
            element,
            attributes,
            children,
        }
    }

    fn hydrate(self, cursor: &Cursor, position: &PositionState) -> ShownElement {
        let parts = *self.0;
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        let element = types::Element::cast_from(cursor.current()).unwrap_or_else(|| astray(parts.tag, cursor));
        let attributes = parts
            .attributes
            .into_iter()
            .map(|attribute| attribute.hydrate(&element))
            .collect();
        let children = if parts.children.iter().any(Kind::exists) {
            position.set(Position::FirstChild);
            hydrate_all(parts.children, cursor, position)
        } else {
            Vec::new()
        };
        cursor.set(element.clone().into());
        position.set(Position::NextChild);
        ShownElement {
            tag: parts.tag,
            element,
            attributes,
            children,
        }
    }

    /// Whether this element can be made of the one that is shown.
    fn fits(&self, shown: &ShownElement) -> bool {
        let parts = &self.0;
        parts.tag == shown.tag
            && parts.children.len() == shown.children.len()
            && parts.attributes.len() == shown.attributes.len()
            && parts
                .attributes
                .iter()
                .zip(&shown.attributes)
                .all(|(attribute, shown)| attribute.fits(shown))
    }

    fn rebuild(self, shown: &mut ShownElement) {
        let parts = *self.0;
        for (attribute, before) in parts.attributes.into_iter().zip(&mut shown.attributes) {
            attribute.rebuild(&shown.element, before);
        }
        rebuild_all(parts.children, &mut shown.children);
    }
}

/// The text in which the server wrote a text: a comment stands between two of them.
fn hydrate_text(cursor: &Cursor, position: &PositionState) -> types::Text {
    match position.get() {
        Position::FirstChild => cursor.child(),
        Position::NextChildAfterText => {
            cursor.sibling();
            cursor.sibling();
        }
        _ => cursor.sibling(),
    }
    position.set(Position::NextChildAfterText);
    types::Text::cast_from(cursor.current()).unwrap_or_else(|| astray("text", cursor))
}

/// Ends the taking over: the server wrote something else than this view says.
fn astray(expected: &str, cursor: &Cursor) -> ! {
    logging::error!(
        "<{expected}> is expected where the server wrote {}.",
        cursor.current().node_name()
    );
    unreachable!()
}

macro_rules! renders {
    ($view:ident, $into_kind:expr) => {
        impl Render for $view {
            type State = Shown;

            fn build(self) -> Shown {
                Shown($into_kind(self).build())
            }

            fn rebuild(self, state: &mut Shown) {
                $into_kind(self).rebuild(&mut state.0);
            }
        }

        impl RenderHtml for $view {
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

            fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Shown {
                // Nothing here is a template, so what is taken over is always the server's.
                Shown($into_kind(self).hydrate(cursor, position))
            }

            fn into_owned(self) -> Self {
                self
            }
        }

        impl AddAnyAttr for $view {
            type Output<SomeNewAttr: LeptosAttribute> = Self;

            /// Adds nothing: our components take what they need by name.
            fn add_any_attr<NewAttr: LeptosAttribute>(self, _attr: NewAttr) -> Self::Output<NewAttr>
            where
                Self::Output<NewAttr>: RenderHtml,
            {
                self
            }
        }
    };
}

renders!(Erased, |view: Erased| view.0);
renders!(Element, Kind::Element);
