//! Generic building blocks of the interface. They know nothing of routes, of the product's things or of the server; what
//! they say themselves comes from `crate::words::ui`, how they look from `style/ui/` (one file per module here).

#![expect(
    unreachable_pub,
    reason = "the component macro adds a public twin to every component, also in private modules"
)]

mod banner;
mod browser_value;
mod button;
mod checkbox;
mod chip;
mod combobox;
mod copy_button;
mod description_list;
mod dialog;
mod dom;
mod empty_state;
mod field;
mod hold;
mod hydration;
mod icon;
mod indicator;
mod keyed;
mod link_button;
mod logo;
mod menu;
mod pagination;
mod search_field;
mod select_field;
mod skeleton;
pub mod storage;
mod tabs;
mod text_field;
mod theme;
mod toast;
mod tooltip;
mod visually_hidden;

pub use banner::{Banner, ErrorSummary};
pub use browser_value::BrowserValue;
pub use button::{Appearance, Button, ButtonKind, ButtonSize, ButtonWidth, LabelShown, Works};
pub use checkbox::Checkbox;
pub use chip::{Chip, CountBadge, Tone};
pub use combobox::{ComboBadge, ComboMode, ComboOption, Combobox};
pub use copy_button::{CopyButton, write_clipboard};
pub use description_list::{Description, DescriptionList};
pub use dialog::{Dialog, DialogBody, DialogFooter, DialogHandle, DialogKind, DialogSize, use_dialog};
pub use dom::{Listener, focus, holds_focus, place_above, return_focus, set_length};
pub use empty_state::{EmptySize, EmptyState};
pub use field::Required;
pub use hold::{hold_while, provide_hold, use_hold_notice};
pub use hydration::{HydrationMarker, use_hydrated};
pub use icon::{Icon, IconSize};
pub use indicator::{Indicator, IndicatorState};
pub use keyed::keyed;
pub use link_button::LinkButton;
pub use logo::Logo;
pub use menu::{Menu, MenuAlign, MenuButton, MenuLink, MenuList, MenuSection, MenuText};
pub use pagination::Pagination;
pub use search_field::SearchField;
pub use select_field::{SelectField, SelectOption};
pub use skeleton::{Skeleton, SkeletonRows, SkeletonWidth, Spinner};
pub use tabs::{Tab, Tabs};
pub use text_field::{TextField, TextKind};
pub use theme::{Theme, ThemeChoice};
pub use toast::{Toast, ToastRegion, Toasts, provide_toasts, use_toasts};
pub use tooltip::{InfoTip, TipHost, bubble_closers};
pub use visually_hidden::VisuallyHidden;
