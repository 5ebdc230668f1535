//! The values of attributes.

use std::{borrow::Cow, sync::Arc};

/// The text of an attribute, or none where the element does not have it.
pub(crate) type Text = Option<Cow<'static, str>>;

/// The value of an attribute.
pub enum Value {
    /// It stays.
    Fixed(Option<Cow<'static, str>>),
    /// It changes with the signals that it reads.
    Changing(Box<dyn Fn() -> Option<Cow<'static, str>> + Send>),
}

/// What can be the value of an attribute at one time.
pub trait IntoText {
    /// Its text; nothing where the element does not have the attribute.
    fn into_text(self) -> Option<Cow<'static, str>>;
}

impl IntoText for &'static str {
    fn into_text(self) -> Text {
        Some(Cow::Borrowed(self))
    }
}

impl IntoText for String {
    fn into_text(self) -> Text {
        Some(Cow::Owned(self))
    }
}

impl IntoText for Cow<'static, str> {
    fn into_text(self) -> Text {
        Some(self)
    }
}

impl IntoText for bool {
    fn into_text(self) -> Text {
        self.then_some(Cow::Borrowed(""))
    }
}

impl<T: IntoText> IntoText for Option<T> {
    fn into_text(self) -> Text {
        self.and_then(T::into_text)
    }
}

/// What can be the value of an attribute.
pub trait IntoValue {
    /// The value.
    fn into_value(self) -> Value;
}

macro_rules! fixed {
    ($($type:ty),*) => {
        $(
            impl IntoValue for $type {
                fn into_value(self) -> Value {
                    Value::Fixed(self.into_text())
                }
            }
        )*
    };
}

macro_rules! numbers {
    ($($number:ty),*) => {
        $(
            impl IntoText for $number {
                fn into_text(self) -> Text {
                    Some(Cow::Owned(self.to_string()))
                }
            }
        )*

        fixed!($($number),*);
    };
}

fixed!(&'static str, String, Cow<'static, str>, bool);
numbers!(i32, i64, u8, u16, u32, u64, usize);

impl<T: IntoText> IntoValue for Option<T> {
    fn into_value(self) -> Value {
        Value::Fixed(self.into_text())
    }
}

impl<F, T> IntoValue for F
where
    F: Fn() -> T + Send + 'static,
    T: IntoText,
{
    fn into_value(self) -> Value {
        Value::Changing(Box::new(move || self().into_text()))
    }
}

impl<T: IntoText + 'static> IntoValue for Arc<dyn Fn() -> T + Send + Sync> {
    fn into_value(self) -> Value {
        Value::Changing(Box::new(move || self().into_text()))
    }
}
