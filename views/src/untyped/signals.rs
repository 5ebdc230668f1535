//! What is shown of a signal: the same as of a closure that reads it.

#![expect(private_interfaces, reason = "what a view is made of is nobody else's business")]

use leptos_itself::prelude::{Get, Memo, ReadSignal, RwSignal, Signal};

use super::{IntoProperty, IntoValue, Kind, Property, Untyped, Value, property::IntoPropertyValue, value::IntoText};

/// Implements a trait for signals of what `$bound` says, as it is implemented for closures.
macro_rules! like_closures {
    ($trait:ident of $bound:ident: $method:ident -> $made:ty) => {
        like_closures!(@Memo ReadSignal RwSignal Signal; $trait of $bound: $method -> $made);
    };
    (@$($signal:ident)*; $trait:ident of $bound:ident: $method:ident -> $made:ty) => {
        $(
            impl<T: $bound + Clone + Send + Sync + 'static> $trait for $signal<T> {
                fn $method(self) -> $made {
                    (move || self.get()).$method()
                }
            }
        )*
    };
}

like_closures!(IntoValue of IntoText: into_value -> Value);
like_closures!(IntoProperty of IntoPropertyValue: into_property -> Property);
like_closures!(Untyped of Untyped: untyped -> Kind);
