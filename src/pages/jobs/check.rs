//! What is said before a run: the cost in words and money, tables that are read whole, and the
//! question above the threshold.

use leptos::prelude::*;
use query::Book;

use super::sheet::{Check, Sheet};
use crate::api::sql::estimate::FullScan;
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::text::{Text, sentences};
use crate::ui::button::{Button, Weight};
use crate::ui::dialog::Dialog;

/// The last estimate.
#[component]
pub fn Checked(
    /// The page's state.
    sheet: Sheet,
) -> impl IntoView {
    let t = sentences();
    let body = move || {
        let check = sheet.check.get()?;
        let problem = check.problem.clone();
        Some(view! {
            <Sentences check/>
            {problem.map(|problem| view! { <ProblemNotice problem/> })}
        })
    };
    let busy = move || sheet.checking.get().then(|| t.get().sql.checking);
    view! {
        <div class="sql-check" role="status">
            <span class="quiet">{busy}</span>
            {body}
        </div>
    }
}

/// The question before a run that reads more than the reader wants to be silent about.
#[component]
pub fn AskFirst(
    /// The page's state.
    sheet: Sheet,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().sql;
    let open = Signal::derive(move || sheet.asked.with(Option::is_some));
    let close = Callback::new(move |()| sheet.asked.set(None));
    let run = Callback::new(move |()| {
        if let Some((run, _)) = sheet.asked.get_untracked() {
            sheet.send(run);
        }
    });
    let limit = move || {
        let threshold = sheet.habits.with(|habits| habits.threshold);
        threshold.map(|bytes| (words().above)(&format::bytes(bytes)))
    };
    let check = move || {
        sheet
            .asked
            .get()
            .map(|(_, check)| view! { <Sentences check/> })
    };
    view! {
        <Dialog open on_close=close title=Signal::derive(move || words().ask_title.to_owned())>
            <div class="sql-check">{check}</div>
            <p>{limit}</p>
            <div class="dialog-actions">
                <button type="button" class="button" autofocus on:click=move |_| close.run(())>
                    {move || t.get().shell.cancel}
                </button>
                <Button weight=Weight::Danger on_press=run>{move || words().run_anyway}</Button>
            </div>
        </Dialog>
    }
}

/// The figures of a check, as sentences.
#[component]
fn Sentences(
    /// What was found out.
    check: Check,
) -> impl IntoView {
    let t = sentences();
    let (sum, complexity) = (check.sum, check.complexity.clone());
    let cost = move || sum.map(|sum| cost_sentence(t.get(), sum, complexity.as_deref()));
    let book = sum.map(|_| {
        view! {
            <p class="quiet">
                {move || (t.get().sql.book)(Book::default().date)}" "
                <a href=Book::default().source target="_blank" rel="noopener noreferrer">{move || t.get().sql.book_link}</a>
            </p>
        }
    });
    let scans = check.scans.into_iter().map(|scan| {
        view! { <p class="sql-warning">{move || scan_sentence(t.get(), &scan)}</p> }
    });
    view! {
        <p class="sql-cost">{cost}</p>
        {scans.collect_view()}
        {book}
    }
}

/// `Reads about 1.5 GiB at complexity 1: about USD 0.0657.`
pub(super) fn cost_sentence(
    t: &Text,
    (bytes, micros): (u64, u64),
    complexity: Option<&str>,
) -> String {
    let money = money(micros, bytes);
    let complexity = complexity.map(|text| query::Estimate::read(0, text).complexity());
    (t.sql.cost)(&format::bytes(bytes), complexity.as_deref(), &money)
}

/// An amount; one that is too small to be written is not nought.
pub(super) fn money(micros: u64, bytes: u64) -> String {
    let currency = Book::default().currency;
    match (micros, bytes) {
        (0, 1..) => format!("< {currency} 0.000001"),
        _ => format!("{currency} {}", query::amount(micros)),
    }
}

/// `Full scan: …`
pub(super) fn scan_sentence(t: &Text, scan: &FullScan) -> String {
    let partitions = format::grouped(scan.partitions as u64);
    let partitions = if scan.cut {
        format!("{partitions}+")
    } else {
        partitions
    };
    let size = scan.size.map(format::bytes);
    (t.sql.full_scan)(
        &scan.table,
        &scan.keys.join(", "),
        &partitions,
        size.as_deref(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::en::EN;

    #[test]
    fn a_cost_is_said_in_words_and_money() {
        let said = cost_sentence(&EN, (1 << 30, 65_700), Some("1.50"));
        assert_eq!(
            said,
            "Reads about 1.0 GiB at complexity 1.5: about USD 0.0657."
        );
        let least = cost_sentence(&EN, (5, 0), None);
        assert_eq!(least, "Reads about 5 B: less than USD 0.000001.");
        assert_eq!(money(0, 0), "USD 0.00");
        assert_eq!(money(0, 5), "< USD 0.000001");
    }

    #[test]
    fn a_full_scan_names_its_table() {
        let scan = FullScan {
            table: "sales".into(),
            keys: vec!["dt".into()],
            partitions: 3,
            size: Some(2048),
            ..FullScan::default()
        };
        assert_eq!(
            scan_sentence(&EN, &scan),
            "Full scan: no filter on dt of table sales (3 partitions, 2.0 KiB)."
        );
    }
}
