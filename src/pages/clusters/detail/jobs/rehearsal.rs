//! What a cell would write, before it does: which tables are made or emptied, and how the columns of
//! the frame meet those of the table.

use leptos::prelude::*;
use odps::tables::Table;
use script::Write;

use super::book::{Book, Cell};
use super::run::{Ready, agreed};
use crate::api::{self, Problem};
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use crate::ui::field::Field;

/// A cell that waits for agreement.
#[derive(Clone, Debug)]
pub struct Rehearsed {
    /// The cell, ready to be sent.
    pub ready: Ready,
    /// Its writes.
    pub plans: Vec<Plan>,
}

/// What one write would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The table.
    pub table: String,
    /// The partition.
    pub partition: Option<String>,
    /// What happens to the table.
    pub fate: Fate,
    /// The columns of both, those of the frame first.
    pub columns: Vec<Meeting>,
}

/// What happens to a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is made.
    Made,
    /// Rows are added.
    Added,
    /// What is in it, or in the partition, goes.
    Emptied,
}

/// How a column of the frame meets the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// Its name.
    pub name: String,
    /// Its type in the frame; none if only the table has it.
    pub frame: Option<String>,
    /// Its type in the table; none if only the frame has it.
    pub table: Option<String>,
    /// Whether both fit.
    pub fits: bool,
}

/// Looks at the tables that a cell writes.
pub async fn rehearse(ready: Ready) -> Result<Rehearsed, Problem> {
    let mut plans = Vec::new();
    for write in &ready.lowered.writes {
        let table = api::tables::find(&ready.target, &write.table).await?;
        plans.push(plan(write, table.as_ref()));
    }
    Ok(Rehearsed { ready, plans })
}

fn plan(write: &Write, table: Option<&Table>) -> Plan {
    let there = table.map(|table| table.schema.columns.as_slice());
    let find = |name: &str| {
        let columns = there.unwrap_or_default().iter();
        let mut same = columns.filter(|column| column.name.eq_ignore_ascii_case(name));
        same.next().map(|column| column.kind.to_string())
    };
    let mut columns: Vec<Meeting> = write
        .columns
        .iter()
        .map(|column| {
            let kind = column.kind.to_ascii_lowercase();
            let table = find(&column.name);
            Meeting {
                name: column.name.clone(),
                frame: Some(format!("{} → {kind}", column.dtype)),
                fits: there.is_none() || table.as_deref() == Some(kind.as_str()),
                table,
            }
        })
        .collect();
    let has = |name: &str| {
        let mut columns = write.columns.iter();
        columns.any(|column| column.name.eq_ignore_ascii_case(name))
    };
    let missing = there.unwrap_or_default().iter();
    columns.extend(
        missing
            .filter(|column| !has(&column.name))
            .map(|column| Meeting {
                name: column.name.clone(),
                frame: None,
                table: Some(column.kind.to_string()),
                fits: false,
            }),
    );
    Plan {
        table: write.table.clone(),
        partition: write.partition.clone(),
        fate: match (table, write.overwrite) {
            (None, _) => Fate::Made,
            (Some(_), false) => Fate::Added,
            (Some(_), true) => Fate::Emptied,
        },
        columns,
    }
}

/// Says what a cell would write, and asks; what is emptied has to be named.
#[component]
pub fn Rehearsal(
    /// The notebook.
    book: Book,
    /// The cell.
    cell: Cell,
) -> impl IntoView {
    move || {
        let rehearsed = cell.rehearsed.get()?;
        Some(view! { <Asked book cell rehearsed/> })
    }
}

#[component]
fn Asked(book: Book, cell: Cell, rehearsed: Rehearsed) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().notebook;
    let typed = RwSignal::new(String::new());
    let plans = rehearsed.plans.clone();
    let emptied = plans.iter().find(|plan| plan.fate == Fate::Emptied);
    let named = StoredValue::new(emptied.map(|plan| plan.table.clone()));
    let asks = emptied.is_some();
    let refused = Signal::derive(move || {
        let named = named.get_value()?;
        (typed.get().trim() != named).then(|| (words().type_name)(&named))
    });
    let rehearsed = StoredValue::new(rehearsed);
    let go = Callback::new(move |()| agreed(book, cell, rehearsed.get_value()));
    let leave = Callback::new(move |()| cell.rehearsed.set(None));
    let label = Signal::derive(move || {
        let name = named.get_value().unwrap_or_default();
        (words().type_name)(&name)
    });
    view! {
        <section class="rehearsal" aria-label=move || words().rehearsal>
            <h3>{move || words().rehearsal}</h3>
            {plans.into_iter().map(|plan| view! { <Planned plan/> }).collect_view()}
            {asks.then(|| view! { <Field name="overwrite-name" label value=typed/> })}
            <div class="row">
                <Button on_press=go weight=if asks { Weight::Danger } else { Weight::Primary } refused>
                    {move || words().write}
                </Button>
                <Button on_press=leave>{move || words().leave}</Button>
            </div>
        </section>
    }
}

#[component]
fn Planned(plan: Plan) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().notebook;
    let Plan {
        table,
        partition,
        fate,
        columns,
    } = plan;
    let name = match partition {
        Some(partition) => format!("{table} ({partition})"),
        None => table,
    };
    let said = move || (words().fate)(fate, &name);
    let made = fate == Fate::Made;
    view! {
        <p data-fate=(fate == Fate::Emptied).then_some("emptied")>{said}</p>
        <div class="table-box">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{move || words().column}</th>
                        <th scope="col">{move || words().in_frame}</th>
                        <th scope="col">{move || words().in_table}</th>
                    </tr>
                </thead>
                <tbody>
                    {columns.into_iter().map(|column| {
                        let Meeting { name, frame, table, fits } = column;
                        let lacks = frame.is_none();
                        let alone = table.is_none() && !made;
                        view! {
                            <tr data-fits=fits.then_some("yes")>
                                <th scope="row" class="mono">{name}</th>
                                <td class="mono">{frame}{move || lacks.then(|| words().stays_null)}</td>
                                <td class="mono">
                                    {table}
                                    {move || alone.then(|| words().not_there)}
                                    {move || made.then(|| words().is_made)}
                                </td>
                            </tr>
                        }
                    }).collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use odps::tables::Table;
    use script::{Span, Write, WriteColumn};

    use super::{Fate, plan};

    fn write(overwrite: bool) -> Write {
        let column = |name: &str, kind: &str| WriteColumn {
            name: name.to_owned(),
            dtype: "int64".to_owned(),
            kind: kind.to_owned(),
            asked: false,
        };
        Write {
            target: "k".to_owned(),
            at: Span::default(),
            frame: Span::default(),
            table: "t".to_owned(),
            partition: None,
            overwrite,
            columns: vec![column("a", "BIGINT"), column("b", "BIGINT")],
            statements: Vec::new(),
        }
    }

    #[test]
    fn a_new_table_takes_every_column() {
        let plan = plan(&write(true), None);
        assert_eq!(plan.fate, Fate::Made);
        assert!(plan.columns.iter().all(|column| column.fits));
    }

    #[test]
    fn columns_of_only_one_side_do_not_fit() {
        let mut table = Table::default();
        table.schema.columns = vec![
            odps::types::Column::new("a", odps::types::Type::Bigint),
            odps::types::Column::new("c", odps::types::Type::String),
        ];
        let made = plan(&write(true), Some(&table));
        assert_eq!(made.fate, Fate::Emptied);
        let fits: Vec<(&str, bool)> = made
            .columns
            .iter()
            .map(|column| (column.name.as_str(), column.fits))
            .collect();
        assert_eq!(fits, [("a", true), ("b", false), ("c", false)]);
        assert_eq!(plan(&write(false), Some(&table)).fate, Fate::Added);
    }
}
