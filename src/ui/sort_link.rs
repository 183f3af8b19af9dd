//! The header of a column that a table can be sorted by.

use leptos::prelude::*;

use super::icon::Icon;

/// A column's header that is a link to the table sorted by it.
#[component]
pub fn SortLink(
    /// The column's name.
    label: &'static str,
    /// The page sorted by it, the other way round where it is sorted by it already.
    href: String,
    /// Whether the column holds numbers.
    numeric: bool,
    /// Where the table is sorted by this column, whether the greatest comes first.
    here: Option<bool>,
    /// What stands before the name.
    #[prop(optional_no_strip)]
    before: Option<AnyView>,
) -> impl IntoView {
    let (aria, icon) = match here {
        None => (None, "arrow-up-down"),
        Some(true) => (Some("descending"), "arrow-down"),
        Some(false) => (Some("ascending"), "arrow-up"),
    };
    // What stands before the name is not part of it.
    let name = before.is_some().then_some(label);
    view! {
        <th role="columnheader" scope="col" class:numeric=numeric aria-sort=aria aria-label=name>
            {before}
            <a class="sort" class:sort--current=here.is_some() href=href data-noscroll="">
                {label}
                <Icon name=icon />
            </a>
        </th>
    }
    .into_any()
}
