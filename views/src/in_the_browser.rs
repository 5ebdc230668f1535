//! What the macro `view!` finds under the names of Leptos.

/// The functions behind components.
pub mod component {
    pub use leptos_itself::component::*;
    use leptos_itself::prelude::RenderHtml;

    use crate::untyped::Erased;

    /// What the component `constructor` shows.
    pub fn component_view<P, V: RenderHtml + 'static>(
        constructor: impl ComponentConstructor<P, V>,
        props: P,
    ) -> Erased {
        Erased::of_component(constructor.construct(props))
    }
}

/// Everything that a page needs.
pub mod prelude {
    pub use leptos_itself::prelude::*;

    pub use super::component::component_view;
    pub use crate::untyped::IntoView;
}

/// Elements, and what they are made of.
pub mod tachys {
    pub use leptos_itself::tachys::*;

    pub use crate::untyped::svg;

    /// HTML.
    pub mod html {
        pub use leptos_itself::tachys::html::*;

        pub use crate::untyped::html as element;
    }
}

pub use crate::untyped::{html, svg};
