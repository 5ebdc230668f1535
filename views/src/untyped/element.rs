//! An element, made by the macro `view!`.

use leptos_itself::tachys::html::{element::ElementType, event::EventDescriptor, node_ref::NodeRefContainer};
use wasm_bindgen::JsValue;

use super::{
    Kind, Untyped,
    attribute::{Attribute, IntoClass},
    property::IntoProperty,
    value::{IntoValue, Value},
};

/// The name by which documents know what belongs to SVG.
const SVG: &str = "http://www.w3.org/2000/svg";

/// An element with all that it has and holds. Boxed, since pages hand it on from one method to the next.
pub struct Element(pub(crate) Box<Parts>);

/// What an [`Element`] has and holds.
pub(crate) struct Parts {
    pub(crate) tag: &'static str,
    pub(crate) namespace: Option<&'static str>,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) children: Vec<Kind>,
}

impl Element {
    /// An empty element of HTML.
    #[inline(never)]
    pub(crate) fn new(tag: &'static str) -> Self {
        Self(Box::new(Parts {
            tag,
            namespace: None,
            attributes: Vec::new(),
            children: Vec::new(),
        }))
    }

    /// An empty element of SVG.
    pub(crate) fn svg(tag: &'static str) -> Self {
        let mut element = Self::new(tag);
        element.0.namespace = Some(SVG);
        element
    }

    /// With what is in it.
    #[must_use]
    pub fn child(self, child: impl Untyped) -> Self {
        self.holding(child.untyped())
    }

    /// With a class.
    #[must_use]
    pub fn class(self, class: impl IntoClass) -> Self {
        self.with(class.into_class().0)
    }

    /// With an attribute that has no method of its own.
    #[must_use]
    pub fn attr(self, name: &'static str, value: impl IntoValue) -> Self {
        self.named(name, value.into_value())
    }

    /// With a property of the element in the document.
    #[must_use]
    pub fn prop(self, name: &'static str, value: impl IntoProperty) -> Self {
        let property = value.into_property();
        self.with(Attribute::Property { name, property })
    }

    /// With HTML as its content.
    #[must_use]
    pub fn inner_html(self, html: impl IntoValue) -> Self {
        self.with(Attribute::Html(html.into_value()))
    }

    /// With somebody who is told of an event.
    #[must_use]
    pub fn on<E>(self, event: E, callback: impl FnMut(E::EventType) + 'static) -> Self
    where
        E: EventDescriptor,
        E::EventType: From<JsValue> + 'static,
    {
        self.with(Attribute::listener(&event, callback))
    }

    /// With somebody who is told of the element.
    #[must_use]
    pub fn node_ref<E: ElementType>(self, container: impl NodeRefContainer<E>) -> Self {
        self.with(Attribute::reference(container))
    }

    #[inline(never)]
    fn holding(mut self, kind: Kind) -> Self {
        match kind {
            Kind::Group(kinds) => self.0.children.extend(kinds),
            kind => self.0.children.push(kind),
        }
        self
    }

    #[inline(never)]
    fn named(self, name: &'static str, value: Value) -> Self {
        self.with(Attribute::Named { name, value })
    }

    #[inline(never)]
    fn with(mut self, attribute: Attribute) -> Self {
        self.0.attributes.push(attribute);
        self
    }
}

macro_rules! attributes {
    ($($method:ident $name:literal),* $(,)?) => {
        impl Element {
            $(
                #[doc = concat!("With the attribute `", $name, "`.")]
                #[must_use]
                pub fn $method(self, value: impl IntoValue) -> Self {
                    self.attr($name, value)
                }
            )*
        }
    };
}

attributes!(
    accept "accept",
    action "action",
    aria_activedescendant "aria-activedescendant",
    aria_atomic "aria-atomic",
    aria_autocomplete "aria-autocomplete",
    aria_busy "aria-busy",
    aria_colspan "aria-colspan",
    aria_controls "aria-controls",
    aria_current "aria-current",
    aria_describedby "aria-describedby",
    aria_description "aria-description",
    aria_disabled "aria-disabled",
    aria_expanded "aria-expanded",
    aria_haspopup "aria-haspopup",
    aria_hidden "aria-hidden",
    aria_invalid "aria-invalid",
    aria_keyshortcuts "aria-keyshortcuts",
    aria_label "aria-label",
    aria_labelledby "aria-labelledby",
    aria_live "aria-live",
    aria_modal "aria-modal",
    aria_multiselectable "aria-multiselectable",
    aria_pressed "aria-pressed",
    aria_relevant "aria-relevant",
    aria_required "aria-required",
    aria_rowcount "aria-rowcount",
    aria_selected "aria-selected",
    aria_sort "aria-sort",
    aria_valuemax "aria-valuemax",
    aria_valuemin "aria-valuemin",
    aria_valuenow "aria-valuenow",
    aria_valuetext "aria-valuetext",
    autocapitalize "autocapitalize",
    autocomplete "autocomplete",
    autofocus "autofocus",
    checked "checked",
    colspan "colspan",
    datetime "datetime",
    disabled "disabled",
    download "download",
    enctype "enctype",
    enterkeyhint "enterkeyhint",
    r#for "for",
    form "form",
    formaction "formaction",
    height "height",
    hidden "hidden",
    href "href",
    id "id",
    inert "inert",
    inputmode "inputmode",
    lang "lang",
    list "list",
    max "max",
    maxlength "maxlength",
    method "method",
    min "min",
    minlength "minlength",
    multiple "multiple",
    name "name",
    novalidate "novalidate",
    open "open",
    pattern "pattern",
    placeholder "placeholder",
    popover "popover",
    popovertarget "popovertarget",
    popovertargetaction "popovertargetaction",
    readonly "readonly",
    rel "rel",
    required "required",
    role "role",
    rows "rows",
    rowspan "rowspan",
    scope "scope",
    selected "selected",
    size "size",
    span "span",
    spellcheck "spellcheck",
    src "src",
    step "step",
    tabindex "tabindex",
    target "target",
    title "title",
    r#type "type",
    value "value",
    width "width",
);
