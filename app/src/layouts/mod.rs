//! What stays on the screen while pages change: the frame with the top bar, the palette and the shortcuts, the tabs of
//! Services → SMS and those of the provider's console.

pub mod enterprise;
pub mod page_frame;
mod palette;
pub mod provider;
mod shortcuts;
pub mod signed_in;
pub mod sms;
mod top_bar;
