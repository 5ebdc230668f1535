//! What an element has besides its children.

use std::borrow::Cow;

use leptos_itself::{
    prelude::*,
    tachys::{
        html::{element::ElementType, event::EventDescriptor, node_ref::NodeRefContainer},
        renderer::{RemoveEventHandler, Rndr, types},
    },
};
use send_wrapper::SendWrapper;
use wasm_bindgen::JsValue;

use super::{
    property::{Property, PropertyKind, PropertyValue},
    value::{IntoValue, Text, Value},
};

/// Called with each event.
type Handler = Box<dyn FnMut(JsValue)>;

/// Something of an element.
pub(crate) enum Attribute {
    Named {
        name: &'static str,
        value: Value,
    },
    /// One class among others.
    Toggled {
        class: &'static str,
        on: Box<dyn Fn() -> bool + Send>,
    },
    /// What is in the element, as HTML.
    Html(Value),
    Property {
        name: &'static str,
        property: Property,
    },
    Listener {
        event: Cow<'static, str>,
        handler: SendWrapper<Handler>,
    },
    /// Is told of the element.
    Reference(Box<dyn Fn(&types::Element) + Send>),
}

/// What an [`Attribute`] has made of its element.
pub(crate) enum ShownAttribute {
    Named(&'static str, ShownValue),
    Toggled(
        &'static str,
        #[expect(dead_code, reason = "follows until it is dropped")] RenderEffect<bool>,
    ),
    Html(ShownValue),
    Property(&'static str, ShownProperty),
    Listener(
        Cow<'static, str>,
        #[expect(dead_code, reason = "listens until it is dropped")] RemoveEventHandler<types::Element>,
    ),
    Reference,
}

pub(crate) enum ShownValue {
    Fixed(Text),
    Changing(RenderEffect<Text>),
}

pub(crate) enum ShownProperty {
    Fixed,
    Changing(#[expect(dead_code, reason = "follows until it is dropped")] RenderEffect<PropertyValue>),
}

/// What can be the class of an element.
pub trait IntoClass {
    /// The class.
    fn into_class(self) -> Class;
}

/// The class of an element, or one of its classes.
pub struct Class(pub(crate) Attribute);

impl<V: IntoValue> IntoClass for V {
    fn into_class(self) -> Class {
        Class(Attribute::Named {
            name: "class",
            value: self.into_value(),
        })
    }
}

impl<F: Fn() -> bool + Send + 'static> IntoClass for (&'static str, F) {
    fn into_class(self) -> Class {
        let (class, on) = self;
        Class(Attribute::Toggled {
            class,
            on: Box::new(on),
        })
    }
}

impl ShownAttribute {
    /// Whether it does nothing by itself.
    pub(crate) fn is_still(&self) -> bool {
        matches!(
            self,
            Self::Named(_, ShownValue::Fixed(_)) | Self::Html(ShownValue::Fixed(_))
        )
    }
}

impl Attribute {
    pub(crate) fn listener<E: EventDescriptor>(event: &E, mut callback: impl FnMut(E::EventType) + 'static) -> Self
    where
        E::EventType: From<JsValue>,
    {
        const { assert!(!E::CAPTURE, "listeners do not capture here") };
        let owner = Owner::current().unwrap_or_default();
        Self::Listener {
            event: event.name(),
            handler: SendWrapper::new(Box::new(move |event| owner.with(|| callback(event.into())))),
        }
    }

    pub(crate) fn reference<E: ElementType>(container: impl NodeRefContainer<E>) -> Self {
        Self::Reference(Box::new(move |element| container.clone().load(element)))
    }

    /// Gives it to a new element.
    pub(crate) fn build(self, element: &types::Element) -> ShownAttribute {
        self.show(element, Start::Empty)
    }

    /// Takes over what the server gave to the element.
    pub(crate) fn hydrate(self, element: &types::Element) -> ShownAttribute {
        self.show(element, Start::Written)
    }

    /// Whether `shown` is what an attribute like this one has made.
    pub(crate) fn fits(&self, shown: &ShownAttribute) -> bool {
        match (self, shown) {
            (Self::Named { name, value }, ShownAttribute::Named(old, shown)) => name == old && value.fits(shown),
            (Self::Toggled { class, .. }, ShownAttribute::Toggled(old, _)) => class == old,
            (Self::Html(value), ShownAttribute::Html(shown)) => value.fits(shown),
            (Self::Property { name, property }, ShownAttribute::Property(old, shown)) => {
                name == old && property.fits(shown)
            }
            (Self::Listener { event, .. }, ShownAttribute::Listener(old, _)) => event == old,
            (Self::Reference(_), ShownAttribute::Reference) => true,
            _ => false,
        }
    }

    /// Makes of `shown`, which fits, what this one says.
    pub(crate) fn rebuild(self, element: &types::Element, shown: &mut ShownAttribute) {
        match (self, shown) {
            // Nearly all of those that rows of tables have, which are rebuilt with every key.
            (
                Self::Named {
                    name,
                    value: Value::Fixed(text),
                },
                ShownAttribute::Named(_, ShownValue::Fixed(before)),
            ) => {
                if text != *before {
                    set_attribute(element, name, &text);
                    *before = text;
                }
            }
            (attribute, shown) => {
                let before = match shown {
                    ShownAttribute::Named(_, value) | ShownAttribute::Html(value) => value.take(),
                    ShownAttribute::Toggled(..)
                    | ShownAttribute::Property(..)
                    | ShownAttribute::Listener(..)
                    | ShownAttribute::Reference => None,
                };
                *shown = attribute.show(element, Start::Before(before));
            }
        }
    }

    fn show(self, element: &types::Element, start: Start) -> ShownAttribute {
        match self {
            Self::Named { name, value } => {
                let element = element.clone();
                let apply = move |text: &Text| set_attribute(&element, name, text);
                ShownAttribute::Named(name, value.show(apply, start))
            }
            Self::Html(value) => {
                let element = element.clone();
                let apply = move |text: &Text| Rndr::set_inner_html(&element, text.as_deref().unwrap_or_default());
                ShownAttribute::Html(value.show(apply, start))
            }
            Self::Toggled { class, on } => ShownAttribute::Toggled(class, toggle(element.clone(), class, on, start)),
            Self::Property { name, property } => ShownAttribute::Property(name, property.show(element, name, start)),
            Self::Listener { event, handler } => {
                let remove = Rndr::add_event_listener(element, &event, handler.take());
                ShownAttribute::Listener(event, remove)
            }
            Self::Reference(load) => {
                load(element);
                ShownAttribute::Reference
            }
        }
    }
}

/// What an element has of an attribute when it is shown.
enum Start {
    /// Nothing: the element is new.
    Empty,
    /// What the attribute says: the server wrote it.
    Written,
    /// What an earlier attribute said.
    Before(Option<Text>),
}

impl Value {
    fn fits(&self, shown: &ShownValue) -> bool {
        matches!(
            (self, shown),
            (Self::Fixed(_), ShownValue::Fixed(_)) | (Self::Changing(_), ShownValue::Changing(_))
        )
    }

    fn show(self, apply: impl Fn(&Text) + 'static, start: Start) -> ShownValue {
        let written = matches!(start, Start::Written);
        let before = match start {
            Start::Before(before) => before,
            Start::Empty | Start::Written => None,
        };
        let mut update: Box<dyn FnMut(Option<Text>, Text) -> Text> = Box::new(move |before, text| {
            let changed = match before {
                Some(before) => before != text,
                None => !written && text.is_some(),
            };
            if changed {
                apply(&text);
            }
            text
        });
        match self {
            Self::Fixed(text) => ShownValue::Fixed(update(before, text)),
            Self::Changing(text) => ShownValue::Changing(RenderEffect::new_with_value(
                move |before| update(before, text()),
                before,
            )),
        }
    }
}

impl ShownValue {
    /// The text that the element has now.
    fn take(&mut self) -> Option<Text> {
        match self {
            Self::Fixed(text) => Some(text.take()),
            Self::Changing(effect) => effect.take_value(),
        }
    }
}

impl Property {
    fn fits(&self, shown: &ShownProperty) -> bool {
        matches!(
            (&self.0, shown),
            (PropertyKind::Fixed(_), ShownProperty::Fixed) | (PropertyKind::Changing(_), ShownProperty::Changing(_))
        )
    }

    /// Sets the property, also where the server wrote the element: HTML has no properties.
    fn show(self, element: &types::Element, name: &'static str, start: Start) -> ShownProperty {
        let again = matches!(start, Start::Before(_));
        match self.0 {
            PropertyKind::Fixed(value) => {
                set_property(element, name, &value, again);
                ShownProperty::Fixed
            }
            PropertyKind::Changing(value) => {
                let element = element.clone();
                ShownProperty::Changing(RenderEffect::new(move |before: Option<PropertyValue>| {
                    let value = value();
                    set_property(&element, name, &value, again || before.is_some());
                    value
                }))
            }
        }
    }
}

fn set_attribute(element: &types::Element, name: &str, text: &Text) {
    match text {
        Some(text) => Rndr::set_attribute(element, name, text),
        None => Rndr::remove_attribute(element, name),
    }
}

/// A property that is unset from the start is left to the element.
fn set_property(element: &types::Element, name: &str, value: &PropertyValue, again: bool) {
    if again || *value != PropertyValue::Unset {
        Rndr::set_property_or_value(element, name, &value.to_js());
    }
}

fn toggle(
    element: types::Element,
    class: &'static str,
    on: Box<dyn Fn() -> bool + Send>,
    start: Start,
) -> RenderEffect<bool> {
    let written = matches!(start, Start::Written);
    RenderEffect::new(move |before: Option<bool>| {
        let on = on();
        let classes = Rndr::class_list(&element);
        match before {
            Some(before) if before == on => {}
            None if written => {}
            _ if on => Rndr::add_class(&classes, class),
            _ => Rndr::remove_class(&classes, class),
        }
        on
    })
}
