//! The grid in a real document: how much of it is drawn, the keyboard, and that nothing goes blank.

use console::api::sleep;
use console::ui::grid::Grid;
use console::ui::grid::keys::{Act, Cursor};
use console::ui::grid::model::{Cell, Column, Patch, View, Words};
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Document, HtmlElement, KeyboardEvent, KeyboardEventInit};

const ROWS: u64 = 1_000_000;
const COLUMNS: usize = 40;

/// A mounted grid over numbers that are made when they are asked for.
struct World {
    place: HtmlElement,
    cursor: RwSignal<Option<Cursor>>,
    acts: RwSignal<Vec<Act>>,
    /// Whether views are answered.
    answers: RwSignal<bool>,
    /// How many columns are pinned.
    pinned: RwSignal<usize>,
}

fn document() -> Document {
    web_sys::window()
        .and_then(|window| window.document())
        .expect("a page")
}

fn cells(view: View) -> Patch {
    let texts = (view.rows.0..view.rows.1).flat_map(|row| {
        let columns = (0..view.pinned).chain(view.columns.0..view.columns.1);
        columns.map(move |column| format!("{row}/{column}"))
    });
    let cells = texts.map(|text| Cell { text, kind: "text" }).collect();
    Patch {
        rows: view.rows,
        pinned: view.pinned,
        columns: view.columns,
        cells,
    }
}

async fn open() -> World {
    let document = document();
    let style = document.create_element("style").expect("an element");
    style.set_text_content(Some(&format!(
        ":root {{ --row: 28px; }} body {{ font: 13px sans-serif; }} {}",
        include_str!("../../style/ui/grid.css")
    )));
    let place: HtmlElement = document
        .create_element("div")
        .expect("an element")
        .unchecked_into();
    place
        .set_attribute("style", "width: 800px; --grid-tallest: 400px")
        .expect("a name");
    let body = document.body().expect("a body");
    body.append_child(&style).expect("a node");
    body.append_child(&place).expect("a node");

    let cursor = RwSignal::new(None);
    let acts = RwSignal::new(Vec::new());
    let answers = RwSignal::new(true);
    let pinned = RwSignal::new(0);
    let mounted = mount_to(place.clone(), move || {
        let patch = RwSignal::new(Patch::default());
        let columns: Vec<Column> = (0..COLUMNS)
            .map(|at| Column {
                key: u32::try_from(at).expect("few"),
                name: format!("c{at}"),
                badge: "string".into(),
                ..Column::default()
            })
            .collect();
        let words = Words {
            label: "Numbers".into(),
            row: "Row".into(),
            ..Words::default()
        };
        let on_view = Callback::new(move |view: View| {
            if answers.get_untracked() {
                patch.set(cells(view));
            }
        });
        let on_act = Callback::new(move |act: Act| acts.update(|acts| acts.push(act)));
        view! {
            <Grid
                words=Signal::stored(words)
                columns=Signal::stored(columns)
                pinned=pinned
                rows=Signal::stored(ROWS)
                patch=patch
                cursor=cursor
                on_view=on_view
                on_act=on_act
            />
        }
    });
    mounted.forget();
    sleep(100).await;
    World {
        place,
        cursor,
        acts,
        answers,
        pinned,
    }
}

impl World {
    fn grid(&self) -> HtmlElement {
        let found = self
            .place
            .query_selector("[role=grid]")
            .expect("a selector");
        found.expect("a grid").unchecked_into()
    }

    fn count(&self, selector: &str) -> u32 {
        self.place
            .query_selector_all(selector)
            .expect("a selector")
            .length()
    }

    fn texts(&self) -> Vec<String> {
        let found = self
            .place
            .query_selector_all("[role=gridcell]")
            .expect("a selector");
        (0..found.length())
            .filter_map(|at| found.item(at)?.text_content())
            .collect()
    }

    async fn press(&self, key: &str, control: bool, shift: bool) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_ctrl_key(control);
        init.set_shift_key(shift);
        init.set_bubbles(true);
        let event =
            KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).expect("an event");
        self.grid().dispatch_event(&event).expect("a target");
        sleep(50).await;
    }
}

#[wasm_bindgen_test]
async fn a_million_rows_are_few_elements() {
    let world = open().await;
    let drawn = world.count("[role=gridcell]");
    assert!(drawn > 50 && drawn < 1_000, "{drawn}");
    let grid = world.grid();
    assert_eq!(
        grid.get_attribute("aria-rowcount").as_deref(),
        Some("1000001")
    );
    assert_eq!(grid.get_attribute("aria-colcount").as_deref(), Some("41"));
    assert_eq!(world.texts().first().map(String::as_str), Some("0/0"));
    assert!(
        grid.scroll_height() < 20_000_000,
        "browsers cut longer elements off"
    );
}

#[wasm_bindgen_test]
async fn the_keyboard_reaches_every_corner() {
    let world = open().await;
    world.grid().focus().expect("focusable");
    sleep(50).await;
    assert_eq!(world.cursor.get_untracked(), Some(Cursor::on(0, 0)));
    world.press("End", true, false).await;
    assert_eq!(
        world.cursor.get_untracked(),
        Some(Cursor::on(ROWS - 1, COLUMNS - 1))
    );
    let last = format!("{}/{}", ROWS - 1, COLUMNS - 1);
    assert!(world.texts().contains(&last), "{:?}", world.texts().last());
    // What has the focus is named, and it is in the document.
    let active = world
        .grid()
        .get_attribute("aria-activedescendant")
        .expect("an active cell");
    assert_eq!(world.count(&format!("[id='{active}']")), 1);
    assert_eq!(world.count("[aria-selected=true]"), 1);
    world.press("ArrowUp", false, true).await;
    assert_eq!(world.count("[aria-selected=true]"), 2);
    world.press("c", true, false).await;
    world.press("C", true, true).await;
    let copied = [Act::Copy { header: false }, Act::Copy { header: true }];
    assert_eq!(world.acts.get_untracked(), copied);
    world.press("Home", true, false).await;
    assert!(world.texts().contains(&"0/0".to_owned()));
}

#[wasm_bindgen_test]
async fn nothing_goes_blank_while_cells_are_on_their_way() {
    let world = open().await;
    let before = world.count("[role=gridcell]");
    world.answers.set(false);
    world.grid().set_scroll_top(5_000_000);
    sleep(100).await;
    let texts = world.texts();
    assert!(texts.len() as u32 >= before, "{} of {before}", texts.len());
    assert!(texts.iter().all(|text| !text.is_empty()));
    // The row numbers belong to the cells that are shown.
    let number = world
        .place
        .query_selector("[role=rowheader]")
        .expect("a selector");
    let number = number
        .and_then(|number| number.text_content())
        .unwrap_or_default();
    let row: u64 = number.replace('\u{2009}', "").parse().expect("a number");
    assert_eq!(texts[0], format!("{}/0", row - 1));
}

#[wasm_bindgen_test]
async fn the_wheel_moves_by_its_own_length() {
    let world = open().await;
    let init = web_sys::WheelEventInit::new();
    init.set_delta_y(280.0);
    init.set_bubbles(true);
    init.set_cancelable(true);
    let event = web_sys::WheelEvent::new_with_event_init_dict("wheel", &init).expect("an event");
    world.grid().dispatch_event(&event).expect("a target");
    sleep(100).await;
    assert_eq!(world.texts().first().map(String::as_str), Some("10/0"));
}

#[wasm_bindgen_test]
async fn pinned_columns_stay_while_the_others_move() {
    let world = open().await;
    world.pinned.set(2);
    sleep(100).await;
    world.grid().set_scroll_left(1_500);
    sleep(100).await;
    let text = |selector: &str| {
        let found = world.place.query_selector(selector).expect("a selector");
        found
            .and_then(|cell| cell.text_content())
            .unwrap_or_default()
    };
    assert_eq!(text(".grid-row .grid-pinned > .grid-cell"), "0/0");
    let moved = text(".grid-row .grid-moving > .grid-cell");
    let column: usize = moved
        .strip_prefix("0/")
        .expect(&moved)
        .parse()
        .expect("a number");
    assert!(column > 5, "{moved}");
    assert_eq!(
        text(".grid-head .grid-moving .grid-name"),
        format!("c{column}")
    );
}
