//! The menu of a column: sort, filter, pin, hide, move, width, profile.

use leptos::prelude::*;

use super::sight::{Panel, Sight, Tool};
use crate::components::copy;
use crate::text::sentences;
use crate::ui::menu::{Item, Menu};

/// The open menu, if one is.
#[component]
pub fn ColumnMenu(
    /// The frame and its arrangement.
    sight: Sight,
    /// Gives the focus back to the grid.
    on_close: Callback<()>,
) -> impl IntoView {
    let t = sentences();
    move || {
        let (column, x) = sight.menu.get()?;
        let place = sight
            .seen
            .with_untracked(|seen| seen.columns.iter().position(|one| *one == column))?;
        let close = Callback::new(move |()| {
            sight.menu.set(None);
            on_close.run(());
        });
        let label = (t.now().grid.column_menu)(&sight.column_name(column));
        let items = items(sight, t, column, place);
        Some(view! { <Menu label=label items=items x=x on_close=close/> })
    }
}

fn items(sight: Sight, t: crate::text::Sentences, column: u32, place: usize) -> Vec<Item> {
    let text = &t.now().grid;
    let key = sight.keys.with_untracked(|keys| {
        keys.iter()
            .find(|key| key.column == column as usize)
            .copied()
    });
    let sorted = key.map(|key| key.descending);
    let (last, pinned) = sight
        .seen
        .with_untracked(|seen| (seen.columns.len() - 1, seen.pinned));
    let hidden = sight.layout.with_untracked(super::layout::Layout::hidden);
    let only = (last == 0).then(|| text.only_column.to_owned());
    let layout = sight.layout;
    let mut items = vec![
        Item::new(text.sort_up, move || sight.sort_by(column, Some(false)))
            .checked(sorted == Some(false)),
        Item::new(text.sort_down, move || sight.sort_by(column, Some(true)))
            .checked(sorted == Some(true)),
        Item::new(text.sort_add, move || sight.sort(column, true)),
        Item::new(text.filter, move || {
            sight.tool.set(Some(Tool::Filter { column, at: None }));
        })
        .apart(),
        Item::new(text.column_profile, move || {
            sight.panel.set(Some(Panel::Column(column)));
        }),
        Item::new(text.pin_here, move || {
            layout.update(|all| all.pin(place + 1))
        })
        .apart(),
    ];
    if pinned > 0 {
        items.push(Item::new(text.unpin, move || {
            layout.update(|all| all.pin(0))
        }));
    }
    items.extend([
        Item::new(text.move_left, move || {
            layout.update(|all| all.place(place, place.saturating_sub(1)));
        }),
        Item::new(text.move_right, move || {
            layout.update(|all| all.place(place, (place + 1).min(last)));
        }),
        Item::new(text.fit, move || {
            layout.update(|all| all.resize(column, None))
        }),
        Item::new(text.hide, move || {
            layout.update(|all| all.show(column, false))
        })
        .refused(only)
        .apart(),
    ]);
    if hidden > 0 {
        items.push(Item::new((text.show_hidden)(hidden), move || {
            layout.update(super::layout::Layout::show_all);
        }));
    }
    items.push(Item::new(text.copy_name, move || {
        let name = sight.column_name(column);
        crate::api::spawn(async move {
            // Nothing is lost when the browser refuses: the name stands in the heading.
            let _ = copy::write(&name).await;
        });
    }));
    items
}
