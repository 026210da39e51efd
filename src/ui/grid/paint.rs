//! Puts cells into the document without a reactive node for each: rows of elements are kept and
//! written again with what they show next, so that scrolling costs only the texts that change.

use std::collections::VecDeque;

use wasm_bindgen::JsValue;
use web_sys::{Document, Element};

use super::keys::Cursor;
use super::model::{Cell, Column, Patch, Shown};

/// What is to be seen.
pub(super) struct Scene<'a> {
    /// The part that is drawn.
    pub(super) shown: Shown,
    /// How many rows come before the first one.
    pub(super) first: u64,
    /// The cells.
    pub(super) patch: &'a Patch,
    /// The columns of the whole grid.
    pub(super) columns: &'a [Column],
    /// The focused cell and the selection.
    pub(super) cursor: Option<Cursor>,
}

/// The rows that are in the document.
pub(super) struct Painter {
    body: Element,
    document: Document,
    /// The grid's own name, before the id of the active cell.
    id: String,
    rows: VecDeque<Row>,
}

struct Row {
    element: Element,
    number: Element,
    pinned: Strip,
    moving: Strip,
    /// Which row it shows, and the number that it bears.
    row: Option<(u64, u64)>,
}

/// Cells side by side in one element.
struct Strip {
    element: Element,
    cells: Vec<Drawn>,
}

/// A cell's element and what was written into it.
struct Drawn {
    element: Element,
    cell: Cell,
    column: Option<usize>,
    numeric: bool,
    label: bool,
    selected: bool,
    active: bool,
}

impl Painter {
    /// Draws into `body`.
    pub(super) fn new(body: Element, id: String) -> Option<Self> {
        Some(Self {
            document: body.owner_document()?,
            body,
            id,
            rows: VecDeque::new(),
        })
    }

    /// Shows a scene. Fails only where the browser refuses to make an element.
    pub(super) fn paint(&mut self, scene: &Scene<'_>) -> Result<(), JsValue> {
        let (start, end) = scene.shown.rows;
        let count = usize::try_from(end - start).unwrap_or(0);
        self.turn(start, count)?;
        while self.rows.len() > count {
            if let Some(row) = self.rows.pop_back() {
                row.element.remove();
            }
        }
        while self.rows.len() < count {
            let row = Row::new(&self.document)?;
            self.body.append_child(&row.element)?;
            self.rows.push_back(row);
        }
        for (number, row) in (start..end).zip(&mut self.rows) {
            row.show(number, scene, &self.document, &self.id)?;
        }
        Ok(())
    }

    /// Rows that leave at one end are put to the other one, so that those between stay as they are.
    fn turn(&mut self, start: u64, count: usize) -> Result<(), JsValue> {
        let Some(first) = self
            .rows
            .front()
            .and_then(|row| row.row)
            .map(|bears| bears.0)
        else {
            return Ok(());
        };
        let most = self.rows.len().min(count) as u64;
        if start > first && start - first < most {
            for _ in 0..start - first {
                if let Some(row) = self.rows.pop_front() {
                    self.body.append_child(&row.element)?;
                    self.rows.push_back(row);
                }
            }
        } else if start < first && first - start < most {
            for _ in 0..first - start {
                if let Some(row) = self.rows.pop_back() {
                    self.body
                        .insert_before(&row.element, self.body.first_child().as_ref())?;
                    self.rows.push_front(row);
                }
            }
        }
        Ok(())
    }
}

impl Row {
    fn new(document: &Document) -> Result<Self, JsValue> {
        let element = made(document, "grid-row", "row")?;
        let number = made(document, "grid-number", "rowheader")?;
        number.set_attribute("aria-colindex", "1")?;
        let pinned = Strip::new(document, "grid-cells grid-pinned")?;
        let moving = Strip::new(document, "grid-cells grid-moving")?;
        for child in [&number, &pinned.element, &moving.element] {
            element.append_child(child)?;
        }
        Ok(Self {
            element,
            number,
            pinned,
            moving,
            row: None,
        })
    }

    fn show(
        &mut self,
        row: u64,
        scene: &Scene<'_>,
        document: &Document,
        id: &str,
    ) -> Result<(), JsValue> {
        let bears = (row, scene.first.saturating_add(row + 1));
        if self.row != Some(bears) {
            self.row = Some(bears);
            self.number.set_text_content(Some(&grouped(bears.1)));
            self.element
                .set_attribute("aria-rowindex", &(row + 2).to_string())?;
        }
        let shown = scene.shown;
        self.pinned.fit(shown.pinned, document)?;
        for (column, drawn) in self.pinned.cells.iter_mut().enumerate() {
            drawn.show(row, column, scene, id)?;
        }
        let (start, end) = shown.columns;
        self.moving.fit(end.saturating_sub(start), document)?;
        for (column, drawn) in (start..end).zip(&mut self.moving.cells) {
            drawn.show(row, column, scene, id)?;
        }
        Ok(())
    }
}

impl Strip {
    fn new(document: &Document, class: &str) -> Result<Self, JsValue> {
        Ok(Self {
            element: made(document, class, "presentation")?,
            cells: Vec::new(),
        })
    }

    fn fit(&mut self, count: usize, document: &Document) -> Result<(), JsValue> {
        while self.cells.len() > count {
            if let Some(cell) = self.cells.pop() {
                cell.element.remove();
            }
        }
        while self.cells.len() < count {
            let element = made(document, "grid-cell", "gridcell")?;
            element.set_attribute("aria-selected", "false")?;
            self.element.append_child(&element)?;
            self.cells.push(Drawn {
                element,
                cell: Cell::default(),
                column: None,
                numeric: false,
                label: false,
                selected: false,
                active: false,
            });
        }
        Ok(())
    }
}

impl Drawn {
    fn show(
        &mut self,
        row: u64,
        column: usize,
        scene: &Scene<'_>,
        id: &str,
    ) -> Result<(), JsValue> {
        static ABSENT: Cell = Cell {
            text: String::new(),
            kind: "",
        };
        let cell = scene.patch.cell(row, column).unwrap_or(&ABSENT);
        if self.cell.text != cell.text {
            self.element.set_text_content(Some(&cell.text));
        }
        if self.cell.kind != cell.kind {
            self.element.set_attribute("data-kind", cell.kind)?;
        }
        if &self.cell != cell {
            self.cell.clone_from(cell);
        }
        if self.column != Some(column) {
            self.column = Some(column);
            self.element
                .set_attribute("aria-colindex", &(column + 2).to_string())?;
        }
        let facts = scene.columns.get(column);
        let numeric = facts.is_some_and(|facts| facts.numeric);
        let label = facts.is_some_and(|facts| facts.label);
        mark(&self.element, "data-numeric", &mut self.numeric, numeric)?;
        mark(&self.element, "data-label", &mut self.label, label)?;
        let selected = scene.cursor.is_some_and(|at| at.holds(row, column));
        if self.selected != selected {
            self.selected = selected;
            let word = if selected { "true" } else { "false" };
            self.element.set_attribute("aria-selected", word)?;
        }
        let active = scene
            .cursor
            .is_some_and(|at| (at.row, at.column) == (row, column));
        if self.active != active || active {
            mark(&self.element, "data-active", &mut self.active, active)?;
            match active {
                true => self.element.set_id(&active_id(id, row, column)),
                false => self.element.remove_attribute("id")?,
            }
        }
        Ok(())
    }
}

/// The id of the active cell: only that one needs it, for `aria-activedescendant`.
pub(super) fn active_id(id: &str, row: u64, column: usize) -> String {
    format!("{id}-{row}-{column}")
}

fn mark(element: &Element, name: &str, was: &mut bool, is: bool) -> Result<(), JsValue> {
    if *was != is {
        *was = is;
        match is {
            true => element.set_attribute(name, "true")?,
            false => element.remove_attribute(name)?,
        }
    }
    Ok(())
}

fn made(document: &Document, class: &str, role: &str) -> Result<Element, JsValue> {
    let element = document.create_element("div")?;
    element.set_class_name(class);
    element.set_attribute("role", role)?;
    Ok(element)
}

/// A size for a style.
pub(super) fn px(size: f64) -> String {
    format!("{size}px")
}

/// A row number with spaces between groups of three digits.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('\u{2009}');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn row_numbers_are_grouped() {
        assert_eq!(grouped(1), "1");
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(1_234_567), "1\u{2009}234\u{2009}567");
    }
}
