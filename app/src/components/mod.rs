//! What several pages share and what knows this product: the table, page headings, dates, errors.

pub mod add_button;
pub mod confirm_dialog;
pub mod cooling_off;
pub mod data_table;
pub mod date_time;
pub mod difference;
pub mod error_page;
pub mod form;
pub mod history;
pub mod page_header;
pub mod page_title;
pub mod pending_changes;
pub mod permission;
pub mod secret_once;
pub mod thing_news;
pub mod token_list;
pub mod unbroken;
