//! The notebook: cells that share their names, each with its run and its results.

use leptos::prelude::*;

use super::super::super::life::Life;
use super::book::{Book, Stand};
use super::cell::CellView;
use super::run::start;
use super::shared::{Arrived, Sharing};
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use crate::ui::icon::{Glyph, Icon};

/// What a new user may start from; the guide's first.
pub(super) const EXAMPLES: [&str; 5] = [
    "mt.random.rand(100, 100)",
    "o.to_mars_dataframe('test_mars').iloc[:6]",
    "mt.ones((3, 4)) + 1",
    "mt.arange(10).sum()",
    "a = mt.random.rand(1000, 4)\na.mean(axis=0)",
];

/// The steps of the guide, in order.
const GUIDE: [&str; 7] = [
    "import mars.tensor as mt\nimport mars.dataframe as md\nprint(client.endpoint)",
    "t = mt.random.rand(100, 100)\nsession.run(t)",
    "session.run(t + 1, wait=False)",
    "df = o.to_mars_dataframe('test_mars')\ndf.iloc[:6]",
    "df.groupby('col1').agg({'col2': 'sum'})",
    "o.persist_mars_dataframe(df + 1, 'test_mars_result')",
    "o.get_table('test_mars').to_df().head(3)",
];

/// The notebook of a cluster.
#[component]
pub fn Notebook(
    /// The instance.
    id: String,
    /// The cluster.
    life: RwSignal<Life>,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().notebook;
    let book = Book::open(&id, EXAMPLES[0]);
    let usable = Memo::new(move |_| life.with(Life::is_usable));
    follow_queue(book);
    let add = Callback::new(move |()| {
        book.add(None, "");
    });
    view! {
        <section class="notebook" aria-label=move || words().title>
            <Tools book usable/>
            <Arrived book/>
            {move || book.unkept.get().then(|| view! { <p class="sql-warning" role="status">{move || words().unkept}</p> })}
            <p class="quiet" id="cell-hint">{move || words().hint}</p>
            <ol class="cells">
                <For each=move || book.cells.get() key=|cell| cell.key let:cell>
                    <CellView book cell usable/>
                </For>
            </ol>
            <div class="row">
                <Button on_press=add><Icon glyph=Glyph::Plus/>{move || words().add}</Button>
                <Examples book/>
            </div>
        </section>
    }
}

/// The row above the cells.
#[component]
fn Tools(book: Book, usable: Memo<bool>) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let words = move || &t.get().notebook;
    let running = move || !book.queue.with(Vec::is_empty);
    let refused = Signal::derive(move || {
        (!usable.get()).then(|| t.get().life.jobs.refused_not_usable.to_owned())
    });
    let all = Callback::new(move |()| {
        let keys: Vec<u32> = book
            .cells
            .with_untracked(|cells| cells.iter().map(|cell| cell.key).collect());
        run_these(book, profile, &keys);
    });
    let forget = Callback::new(move |()| book.forget());
    let nothing = Signal::derive(move || {
        book.ran
            .with(Vec::is_empty)
            .then(|| words().nothing_ran.to_owned())
    });
    view! {
        <div class="row notebook-tools">
            <h2>{move || words().title}</h2>
            <Button on_press=all weight=Weight::Plain busy=Signal::derive(running) refused>
                <Icon glyph=Glyph::Run/>{move || words().run_all}
            </Button>
            <Button on_press=forget refused=nothing>{move || words().forget}</Button>
            <Sharing book/>
        </div>
    }
}

/// Runs cells one after the other; each waits for the one before.
pub(super) fn run_these(book: Book, profile: Profile, keys: &[u32]) {
    let Some((first, rest)) = keys.split_first() else {
        return;
    };
    for cell in book.cells.get_untracked() {
        if keys.contains(&cell.key) {
            cell.errors.set(Vec::new());
            cell.problem.set(None);
            cell.stand.set(Stand::Done);
        }
    }
    book.queue.set(rest.to_vec());
    begin(book, profile, *first);
}

fn begin(book: Book, profile: Profile, key: u32) {
    let cells = book.cells.get_untracked();
    match cells.into_iter().find(|cell| cell.key == key) {
        Some(cell) => start(book, cell, profile),
        None => book.queue.set(Vec::new()),
    }
}

/// Starts the next cell of the queue when no cell is under way; a failure empties the queue.
fn follow_queue(book: Book) {
    let profile = Profile::expect();
    let state = Memo::new(move |_| {
        let cells = book.cells.get();
        let busy = cells.iter().any(|cell| {
            cell.busy.get()
                || cell.rehearsed.with(Option::is_some)
                || (cell.run.with(Option::is_some) && cell.stand.get() == Stand::Open)
        });
        let bad = cells.iter().any(|cell| {
            cell.errors.with(|errors| !errors.is_empty())
                || cell.problem.with(Option::is_some)
                || cell.stand.get() == Stand::Failed
        });
        (busy, bad)
    });
    Effect::new(move |_| {
        let (busy, bad) = state.get();
        let Some(next) = book.queue.with(|queue| queue.first().copied()) else {
            return;
        };
        if bad {
            book.queue.set(Vec::new());
        } else if !busy {
            book.queue.update(|queue| {
                queue.remove(0);
            });
            begin(book, profile, next);
        }
    });
}

#[component]
fn Examples(book: Book) -> impl IntoView {
    let t = sentences();
    let guide = move |_| {
        for text in GUIDE {
            book.offer(text, &EXAMPLES);
        }
    };
    view! {
        <div class="examples" role="group" aria-label=move || t.get().life.jobs.examples>
            <span class="quiet">{move || t.get().life.jobs.examples}</span>
            <button type="button" class="example" on:click=guide>{move || t.get().notebook.guide}</button>
            {EXAMPLES.map(|example| view! {
                <button type="button" class="example" on:click=move |_| book.offer(example, &EXAMPLES)>
                    {example.lines().last()}
                </button>
            })}
        </div>
    }
}
