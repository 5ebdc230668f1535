//! The first rows of the file as they are read, beside the choices of how that is done.

use leptos::prelude::*;

use crate::{
    erase::{Erase, Erased},
    words,
};

/// The rows below the names of their columns, in a region that scrolls by itself.
#[component]
pub(super) fn Sample(header: Vec<String>, rows: Vec<Vec<String>>) -> Erased {
    let named = header.iter().enumerate();
    let named = named.map(|(place, name)| view! { <th scope="col">{words::imports::column(place, name)}</th> });
    let rows = rows.into_iter().map(|cells| {
        let cells = cells.into_iter().map(|cell| view! { <td>{cell}</td> });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    view! {
        <div class="import__sample" role="region" aria-labelledby="import-sample" tabindex="0">
            <table>
                <caption id="import-sample">{words::imports::SAMPLE}</caption>
                <thead>
                    <tr>{named.collect_view()}</tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
    .erase()
}
