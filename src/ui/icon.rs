//! Icons from the sprite `/icons.svg`.

use std::collections::HashMap;
use std::sync::LazyLock;

use leptos::attr::aria_hidden;
use leptos::prelude::*;

use super::attr::view_box;

/// What each symbol of the sprite draws, by its name.
static DRAWINGS: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| drawings(include_str!("../../public/icons.svg")));

/// Draws an icon of the sprite; what it means must be said beside it or on the control around it.
#[component]
pub fn Icon(
    /// The symbol's name in the sprite.
    name: &'static str,
) -> impl IntoView {
    view! { <svg class="icon" {..view_box("0 0 24 24")} {..aria_hidden("true")} inner_html=drawing(name)></svg> }
}

/// Returns what is in an icon. The server writes the drawing itself, which costs a phone a fraction of a reference to the
/// sprite: each is a tree of its own to style and to lay out, and once more when the sprite is there. The browser refers
/// to it: the drawings would be downloaded with the program.
fn drawing(name: &str) -> String {
    if cfg!(target_family = "wasm") {
        return format!("<use href=\"/icons.svg#{name}\"/>");
    }
    DRAWINGS.get(name).copied().unwrap_or_default().to_owned()
}

fn drawings(sprite: &'static str) -> HashMap<&'static str, &'static str> {
    let symbol = |symbol: &'static str| {
        let (name, rest) = symbol.split_once('"')?;
        let (drawing, _) = rest.split_once('>')?.1.split_once("</symbol>")?;
        Some((name, drawing))
    };
    sprite.split("<symbol id=\"").skip(1).filter_map(symbol).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_symbol_of_the_sprite_is_drawn() {
        let symbols = include_str!("../../public/icons.svg").matches("<symbol ").count();
        assert_eq!(DRAWINGS.len(), symbols);
        for (name, drawing) in DRAWINGS.iter() {
            assert!(drawing.starts_with('<') && drawing.ends_with("/>"), "{name}: {drawing}");
            assert!(!drawing.contains("symbol"), "{name}: {drawing}");
        }
    }

    #[test]
    fn an_icon_is_its_drawing_where_the_server_writes_it() {
        let html = view! { <Icon name="chevron-down" /> }.to_html();
        assert!(html.contains(r#"viewBox="0 0 24 24""#), "{html}");
        assert!(html.contains(r#"<path d="m6 9.5 6 6 6-6"/></svg>"#), "{html}");
    }
}
