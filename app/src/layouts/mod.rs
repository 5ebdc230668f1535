//! What stays on the screen while pages change: the frame with the top bar, and the tabs of Services → SMS.

pub mod enterprise;
pub mod page_frame;
mod palette;
pub mod provider;
mod shortcuts;
pub mod signed_in;
pub mod sms;
mod top_bar;
