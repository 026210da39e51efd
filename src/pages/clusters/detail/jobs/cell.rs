//! One cell: its text, what is wrong with it, its run.

use leptos::prelude::*;

use super::book::{Book, Cell};
use super::errors::Wrong;
use super::notebook::run_these;
use super::rehearsal::Rehearsal;
use super::run::start;
use super::run_view::RunView;
use super::text_field::TextField;
use crate::components::problem_notice::ProblemNotice;
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use crate::ui::icon::{Glyph, Icon};

/// One cell.
#[component]
pub fn CellView(
    /// The notebook.
    book: Book,
    /// The cell.
    cell: Cell,
    /// Whether the cluster can run it.
    usable: Memo<bool>,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let words = move || &t.get().notebook;
    let place = Memo::new(move |_| {
        let find = |cells: &Vec<Cell>| cells.iter().position(|other| other.key == cell.key);
        book.cells.with(find).unwrap_or_default() + 1
    });
    let run = Callback::new(move |()| {
        if usable.get_untracked() && !cell.busy.get_untracked() {
            start(book, cell, profile);
        }
    });
    let refused = Signal::derive(move || {
        (!usable.get()).then(|| t.get().life.jobs.refused_not_usable.to_owned())
    });
    let number = move || cell.run.with(|run| run.as_ref().map(|run| run.number));
    let order = move || match (cell.busy.get(), number()) {
        (true, _) => "[*]".to_owned(),
        (false, Some(number)) => format!("[{number}]"),
        (false, None) => "[ ]".to_owned(),
    };
    let errors = format!("{}-errors", cell.field());
    view! {
        <li class="cell" aria-label=move || (words().cell)(place.get())>
            <div class="cell-side">
                <span class="cell-order mono quiet" title=move || words().order>{order}</span>
            </div>
            <div class="cell-main">
                <TextField book cell place run errors=errors.clone()/>
                <div id=errors role="status">
                    {move || {
                        let text = cell.text.get_untracked();
                        cell.errors.get().into_iter()
                            .map(|error| view! { <Wrong error text=text.clone()/> })
                            .collect_view()
                    }}
                </div>
                {move || cell.problem.get().map(|problem| view! { <ProblemNotice problem/> })}
                <div class="row cell-tools">
                    <Button on_press=run weight=Weight::Primary busy=cell.busy refused>
                        <Icon glyph=Glyph::Run/>
                        {move || if cell.busy.get() { t.get().life.jobs.running } else { t.get().life.jobs.run }}
                    </Button>
                    <More book cell place/>
                </div>
                <Rehearsal book cell/>
                {move || cell.run.get().map(|run| view! { <RunView book cell run place/> })}
            </div>
        </li>
    }
}

/// What else can be done with a cell.
#[component]
fn More(book: Book, cell: Cell, place: Memo<usize>) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let words = move || &t.get().notebook;
    let to_here = Callback::new(move |()| {
        let at = book.place(cell.key).unwrap_or_default();
        let keys = book.cells.with_untracked(|cells| {
            let keys = cells.iter().take(at + 1).map(|cell| cell.key);
            keys.collect::<Vec<_>>()
        });
        run_these(book, profile, &keys);
    });
    let below = Callback::new(move |()| {
        book.add(Some(cell.key), "");
    });
    let up = Callback::new(move |()| book.shift(cell.key, false));
    let down = Callback::new(move |()| book.shift(cell.key, true));
    let remove = Callback::new(move |()| book.remove(cell.key));
    let first = move || place.get() == 1;
    let last = move || book.cells.with(Vec::len) == place.get();
    view! {
        <span class="cell-more">
            <Show when=move || !first()>
                <Button weight=Weight::Quiet on_press=to_here>{move || words().run_to_here}</Button>
            </Show>
            <Button weight=Weight::Quiet on_press=below>{move || words().add_below}</Button>
            <Show when=move || !first()>
                <Button weight=Weight::Quiet on_press=up>{move || words().move_up}</Button>
            </Show>
            <Show when=move || !last()>
                <Button weight=Weight::Quiet on_press=down>{move || words().move_down}</Button>
            </Show>
            <Button weight=Weight::Quiet on_press=remove>{move || words().remove}</Button>
        </span>
    }
}
