//! What can be shown, as views without their types.

#![expect(private_interfaces, reason = "what a view is made of is nobody else's business")]

use std::{borrow::Cow, sync::Arc};

use leptos_itself::{
    either::{Either, EitherOf3, EitherOf4},
    oco::Oco,
    prelude::*,
    tachys::{html::InertElement, reactive_graph::Suspend},
};

use super::{Element, Erased, Kind, foreign};

/// What can forget its type.
pub trait Untyped {
    #[doc(hidden)]
    fn untyped(self) -> Kind;
}

macro_rules! texts {
    ($($type:ty: $text:ident => $cow:expr),* $(,)?) => {
        $(
            impl Untyped for $type {
                fn untyped(self) -> Kind {
                    let $text = self;
                    Kind::Text($cow)
                }
            }
        )*
    };
}

texts!(
    &'static str: text => Cow::Borrowed(text),
    String: text => Cow::Owned(text),
    Cow<'static, str>: text => text,
    Arc<str>: text => Cow::Owned(text.to_string()),
    Oco<'static, str>: text => Cow::Owned(text.to_string()),
    char: text => Cow::Owned(text.to_string()),
    i32: number => Cow::Owned(number.to_string()),
    i64: number => Cow::Owned(number.to_string()),
    u8: number => Cow::Owned(number.to_string()),
    u16: number => Cow::Owned(number.to_string()),
    u32: number => Cow::Owned(number.to_string()),
    u64: number => Cow::Owned(number.to_string()),
    usize: number => Cow::Owned(number.to_string()),
);

macro_rules! untyped {
    ($([$($generics:tt)*] $type:ty: $view:ident => $kind:expr),* $(,)?) => {
        $(
            impl<$($generics)*> Untyped for $type {
                fn untyped(self) -> Kind {
                    let $view = self;
                    $kind
                }
            }
        )*
    };
}

untyped!(
    [] (): _view => Kind::Nothing,
    [] Erased: view => view.0,
    [] Element: view => Kind::Element(view),
    [] InertElement: view => foreign::kind(view),
    [] leptos_itself::svg::InertElement: view => foreign::kind(view),
    [] AnyView: view => foreign::kind(view),
    [V: Untyped] View<V>: view => view.into_inner().untyped(),
    [V: Untyped] Option<V>: view => view.map_or(Kind::Absent, one_of),
    [V: Untyped] Vec<V>: view => Kind::List(view.into_iter().map(V::untyped).collect()),
    [V: Untyped + 'static] Arc<dyn Fn() -> V + Send + Sync>: view => changing(move || view()),
    [V: RenderHtml + 'static] Suspend<V>: view => foreign::kind(view),
    [A: Untyped, B: Untyped] Either<A, B>: view => match view {
        Either::Left(view) => one_of(view),
        Either::Right(view) => one_of(view),
    },
    [A: Untyped, B: Untyped, C: Untyped] EitherOf3<A, B, C>: view => match view {
        EitherOf3::A(view) => one_of(view),
        EitherOf3::B(view) => one_of(view),
        EitherOf3::C(view) => one_of(view),
    },
    [A: Untyped, B: Untyped, C: Untyped, D: Untyped] EitherOf4<A, B, C, D>: view => match view {
        EitherOf4::A(view) => one_of(view),
        EitherOf4::B(view) => one_of(view),
        EitherOf4::C(view) => one_of(view),
        EitherOf4::D(view) => one_of(view),
    },
);

impl<F, V> Untyped for F
where
    F: FnMut() -> V + Send + 'static,
    V: Untyped,
{
    fn untyped(self) -> Kind {
        changing(self)
    }
}

/// What stands where something else might: the server writes it in any case.
fn one_of(view: impl Untyped) -> Kind {
    match view.untyped() {
        Kind::Nothing => Kind::Absent,
        kind => kind,
    }
}

/// A view that changes with the signals that `view` reads.
fn changing<V: Untyped>(mut view: impl FnMut() -> V + Send + 'static) -> Kind {
    Kind::Changing(Box::new(move || view().untyped()))
}

macro_rules! tuples {
    ($(($($part:ident)*))*) => {
        $(
            impl<$($part: Untyped),*> Untyped for ($($part,)*) {
                fn untyped(self) -> Kind {
                    #[expect(non_snake_case, reason = "a name serves for the type and for its value")]
                    let ($($part,)*) = self;
                    Kind::Group(vec![$($part.untyped()),*])
                }
            }
        )*
    };
}

tuples!((A) (A B) (A B C) (A B C D) (A B C D E) (A B C D E F) (A B C D E F G) (A B C D E F G H) (A B C D E F G H I) (A B C D E F G H I J) (A B C D E F G H I J K) (A B C D E F G H I J K L) (A B C D E F G H I J K L M) (A B C D E F G H I J K L M N) (A B C D E F G H I J K L M N O) (A B C D E F G H I J K L M N O P));
