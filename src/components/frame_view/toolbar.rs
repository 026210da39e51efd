//! The line of tools above the grid: find, filters, columns, copy, profile, chart, the equal query.

use leptos::prelude::*;

use super::find::Find;
use super::sight::{Sight, Tool};
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use crate::ui::menu::{Item, Menu};
use frame::Form;

/// The tools.
#[component]
pub fn Toolbar(
    /// The frame and its arrangement.
    sight: Sight,
    /// Copies the selection, or everything, in a form.
    on_copy: Callback<Form>,
    /// Further buttons of the owner.
    extra: ViewFn,
) -> impl IntoView {
    let t = sentences();
    let copying = RwSignal::new(false);
    let toggle = move |tool: Tool| {
        Callback::new(move |()| {
            let open = sight.tool.with_untracked(|now| now.as_ref() == Some(&tool));
            sight.tool.set((!open).then(|| tool.clone()));
        })
    };
    let filter = Callback::new(move |()| {
        let column = sight
            .cursor
            .get_untracked()
            .and_then(|at| sight.key_at(at.column))
            .or_else(|| sight.key_at(0));
        sight
            .tool
            .set(column.map(|column| Tool::Filter { column, at: None }));
    });
    let columns = move || {
        let (shown, all) = sight
            .layout
            .with(|layout| (layout.shown().len(), layout.all().count()));
        (t.get().grid.columns)(shown, all)
    };
    let forms = move || {
        let text = &t.now().grid;
        let item =
            move |label: &str, form: Form| Item::new(label, move || on_copy.run(form.clone()));
        vec![
            item(text.form_tsv, Form::Tsv),
            item(text.form_header, Form::TsvHeader),
            item(text.form_markdown, Form::Markdown),
            item(text.form_json, Form::Json),
            item(
                text.form_sql,
                Form::SqlValues {
                    table: vec!["t".to_owned()],
                },
            ),
        ]
    };
    let menu = move || {
        copying.get().then(|| {
            let close = Callback::new(move |()| copying.set(false));
            view! { <Menu label=t.now().grid.copy_as items=forms() on_close=close/> }
        })
    };
    let profiled = move |_| sight.profiled.update(|on| *on = !*on);
    view! {
        <div class="frame-tools" role="toolbar" aria-label=move || t.get().grid.tools>
            <Find sight=sight/>
            <Button weight=Weight::Quiet on_press=filter>{move || t.get().grid.filter}</Button>
            <Button weight=Weight::Quiet on_press=toggle(Tool::Columns)>{columns}</Button>
            <div class="frame-menu-place">
                <button
                    type="button"
                    class="button"
                    data-weight="quiet"
                    aria-haspopup="menu"
                    aria-expanded=move || copying.get().to_string()
                    on:click=move |_| copying.set(true)
                >
                    {move || t.get().grid.copy_as}
                </button>
                {menu}
            </div>
            <button
                type="button"
                class="button"
                data-weight="quiet"
                aria-pressed=move || sight.profiled.get().to_string()
                on:click=profiled
            >
                {move || t.get().grid.profile}
            </button>
            <Button weight=Weight::Quiet on_press=toggle(Tool::Chart)>{move || t.get().grid.chart}</Button>
            <Button weight=Weight::Quiet on_press=toggle(Tool::Equal)>{move || t.get().grid.equal}</Button>
            {extra.run()}
        </div>
    }
}
