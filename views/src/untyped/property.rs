//! The values of properties of elements.

use std::borrow::Cow;

use wasm_bindgen::JsValue;

/// The value of a property at one time.
#[derive(Clone, PartialEq)]
pub(crate) enum PropertyValue {
    /// The element keeps what it has.
    Unset,
    Bool(bool),
    Text(Cow<'static, str>),
}

impl PropertyValue {
    pub(crate) fn to_js(&self) -> JsValue {
        match self {
            Self::Unset => JsValue::UNDEFINED,
            Self::Bool(value) => JsValue::from_bool(*value),
            Self::Text(text) => JsValue::from_str(text),
        }
    }
}

/// The value of a property.
pub struct Property(pub(crate) PropertyKind);

pub(crate) enum PropertyKind {
    Fixed(PropertyValue),
    Changing(Box<dyn Fn() -> PropertyValue + Send>),
}

/// What can be the value of a property at one time.
pub(crate) trait IntoPropertyValue {
    fn into_property_value(self) -> PropertyValue;
}

impl IntoPropertyValue for bool {
    fn into_property_value(self) -> PropertyValue {
        PropertyValue::Bool(self)
    }
}

impl IntoPropertyValue for String {
    fn into_property_value(self) -> PropertyValue {
        PropertyValue::Text(Cow::Owned(self))
    }
}

impl IntoPropertyValue for &'static str {
    fn into_property_value(self) -> PropertyValue {
        PropertyValue::Text(Cow::Borrowed(self))
    }
}

impl<T: IntoPropertyValue> IntoPropertyValue for Option<T> {
    fn into_property_value(self) -> PropertyValue {
        self.map_or(PropertyValue::Unset, T::into_property_value)
    }
}

/// What can be the value of a property.
pub trait IntoProperty {
    /// The value.
    fn into_property(self) -> Property;
}

impl IntoProperty for bool {
    fn into_property(self) -> Property {
        Property(PropertyKind::Fixed(self.into_property_value()))
    }
}

impl<F, T> IntoProperty for F
where
    F: Fn() -> T + Send + 'static,
    T: IntoPropertyValue,
{
    fn into_property(self) -> Property {
        Property(PropertyKind::Changing(Box::new(move || self().into_property_value())))
    }
}
