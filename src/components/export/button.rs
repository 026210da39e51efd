//! The button that opens the export dialog for a frame.

use leptos::prelude::*;

use super::{ExportDialog, ExportSource, LedgerFacts, Seen, Whole};
use crate::api::frames::Frame;
use crate::components::frame_view::ledger::said;
use crate::format;
use crate::frames::{ResultSource, Source, TableSource};
use crate::state::prefs::{Prefs, Zone};
use crate::text::{Sentences, sentences};
use crate::ui::button::{Button, Weight};

/// Opens the export dialog for a frame.
#[component]
pub fn ExportButton(
    /// The frame in the worker.
    frame: Frame,
    /// How many rows of it are seen.
    #[prop(into)]
    rows: Signal<u64>,
    /// Where they are from.
    source: Source,
    /// The limit of rows that was asked for.
    limit: Signal<Option<u64>>,
) -> impl IntoView {
    let (t, prefs) = (sentences(), Prefs::expect());
    let open = RwSignal::new(false);
    let name = named(&source);
    let port = Callback::new(move |()| frame.export());
    let of = StoredValue::new(source);
    let all = Signal::derive(move || ExportSource {
        whole: whole(of.get_value(), frame),
        view: Some(Seen { port, rows }),
    });
    let zone = move || match prefs.zone.get() {
        Zone::Utc => None,
        Zone::Browser => format::browser_zone(),
    };
    let facts = Signal::derive(move || facts(frame, t, limit.get(), zone()));
    let press = Callback::new(move |()| open.set(true));
    view! {
        <Button weight=Weight::Quiet on_press=press>{move || t.get().files.export}</Button>
        <ExportDialog open=open source=all name=Signal::stored(name) facts=facts/>
    }
}

/// `project.schema.table dt=20260101`, or the job's names.
fn named(source: &Source) -> String {
    match source {
        Source::Table(table) | Source::Preview(table) => {
            let parts = [
                Some(&table.project),
                table.schema.as_ref(),
                Some(&table.table),
            ];
            let parts: Vec<&str> = parts.into_iter().flatten().map(String::as_str).collect();
            match &table.partition {
                Some(partition) => format!("{} {partition}", parts.join(".")),
                None => parts.join("."),
            }
        }
        Source::Result(ResultSource {
            instance, tileable, ..
        }) => format!("{instance} {tileable}"),
        Source::Instance(instance) => instance.instance.clone(),
        Source::Memory(_) => "rows".to_owned(),
    }
}

/// Every row and column of the source; none where only the first rows can be read.
fn whole(source: Source, frame: Frame) -> Option<Whole> {
    let head = frame.head.get()?;
    let source = match source {
        // The memory was given away to the worker that reads it.
        Source::Preview(_) | Source::Memory(_) => return None,
        _ if head.preview.is_some() => return None,
        Source::Table(table) => Source::Table(TableSource {
            columns: Vec::new(),
            start: 0,
            ..table
        }),
        result @ (Source::Result(_) | Source::Instance(_)) => result,
    };
    Some(Whole {
        source,
        rows: head.exist,
        bytes: None,
    })
}

fn facts(frame: Frame, t: Sentences, limit: Option<u64>, zone: Option<String>) -> LedgerFacts {
    LedgerFacts {
        fetched: frame.progress.with(|progress| progress.rows),
        exist: frame.head.with(|head| head.as_ref()?.exist),
        cut: said::left_out(t.get(), frame, limit),
        whole_cut: said::left_by_source(t.get(), frame),
        zone,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_its_source() {
        let table = TableSource {
            project: "p".into(),
            table: "sales".into(),
            partition: Some("dt=20260101".into()),
            columns: Vec::new(),
            schema: None,
            start: 0,
        };
        assert_eq!(named(&Source::Table(table)), "p.sales dt=20260101");
    }
}
