//! The sentences of the ledger: under the grid, in the export dialog and in the note of a file.

use leptos::prelude::*;

use crate::api::frames::{self, Frame};
use crate::format;
use crate::frames::{Head, Phase};
use crate::text::Text;

/// How many rows are here of how many; nothing while they come. Subscribes, as all of these do.
pub fn line(text: &Text, frame: Frame) -> Option<String> {
    let phase = frame.progress.with(|progress| progress.phase.clone());
    let rows = frame.progress.with(|progress| progress.rows);
    let exist = head(frame, |head| head.exist);
    match head(frame, |head| Some(head.start)).unwrap_or(0) {
        // Whether rows are left at the source is not known when the service cuts its answer.
        0 => account(
            text,
            &phase,
            rows,
            exist.filter(|_| capped(frame).is_none()),
        ),
        start => part(text, &phase, start, rows, exist),
    }
}

/// Which limit cut the rows.
pub fn reason(text: &Text, frame: Frame, limit: Option<u64>) -> Option<String> {
    let text = &text.tables.frame;
    frame.progress.with(|progress| match progress.phase {
        Phase::Limited => limit.map(|limit| (text.cut_limit)(&format::grouped(limit))),
        Phase::Cancelled => Some(text.cut_user.to_owned()),
        Phase::Full => Some((text.cut_memory)(&format::bytes(frames::budget()))),
        Phase::Failed(_) if progress.rows > 0 => Some(format!(
            "{} {}",
            text.cut_fault,
            (text.from_row)(&format::grouped(progress.rows + 1))
        )),
        Phase::Complete => service(&text.cut_service, frame),
        _ => None,
    })
}

/// That only the preview call gave rows, and why.
pub fn by_preview(text: &Text, frame: Frame) -> Option<String> {
    let preview = head(frame, |head| head.preview.clone())?;
    let text = &text.tables;
    let most = (text.preview)(&format::grouped(preview.most));
    Some(match preview.refused {
        Some(refused) => format!("{} {most}", (text.preview_refused)(&refused)),
        None => most,
    })
}

/// That a value has more columns than are shown.
pub fn columns(text: &Text, frame: Frame) -> Option<String> {
    let (hidden, shown) = head(frame, |head| {
        let hidden = head.value.as_ref()?.hidden_columns;
        let shown = head.columns.iter().filter(|column| !column.index).count() as u64;
        (hidden > 0).then_some((hidden, shown))
    })?;
    let text = &text.tables.frame;
    Some((text.cut_columns)(
        &format::grouped(hidden),
        &format::grouped(shown),
    ))
}

/// Everything that the rows which are here leave out; nothing when they are all there is.
pub fn left_out(text: &Text, frame: Frame, limit: Option<u64>) -> Option<String> {
    let whole = frame
        .progress
        .with(|progress| progress.phase == Phase::Complete)
        && head(frame, |head| Some(head.start)) == Some(0);
    let reasons = [
        reason(text, frame, limit),
        by_preview(text, frame),
        columns(text, frame),
    ];
    let reasons: Vec<String> = reasons.into_iter().flatten().collect();
    let line = line(text, frame).filter(|_| !whole || !reasons.is_empty());
    let said: Vec<String> = line.into_iter().chain(reasons).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// What the source itself leaves out, however it is read.
pub fn left_by_source(text: &Text, frame: Frame) -> Option<String> {
    let said = [
        service(&text.tables.frame.cut_service, frame),
        columns(text, frame),
    ];
    let said: Vec<String> = said.into_iter().flatten().collect();
    (!said.is_empty()).then(|| said.join(" "))
}

fn service(words: &fn(&str) -> String, frame: Frame) -> Option<String> {
    capped(frame).map(|rows| words(&format::grouped(rows)))
}

fn capped(frame: Frame) -> Option<u64> {
    head(frame, |head| head.capped)
}

fn head<T>(frame: Frame, of: impl FnOnce(&Head) -> Option<T>) -> Option<T> {
    frame.head.with(|head| head.as_ref().and_then(of))
}

fn account(text: &Text, phase: &Phase, rows: u64, exist: Option<u64>) -> Option<String> {
    let frame = &text.tables.frame;
    let fetched = format::grouped(rows);
    match phase {
        Phase::Opening | Phase::Reading => None,
        Phase::Complete if rows == 0 => Some(frame.empty.to_owned()),
        Phase::Complete if exist.is_some() => Some((frame.complete)(&fetched)),
        Phase::Failed(_) if rows == 0 => None,
        _ => Some(match exist {
            Some(exist) => (frame.ledger)(&fetched, &format::grouped(exist)),
            None => (frame.ledger_open)(&fetched),
        }),
    }
}

/// As [`account`], for rows that do not begin with the first one.
fn part(text: &Text, phase: &Phase, start: u64, rows: u64, exist: Option<u64>) -> Option<String> {
    if phase.runs() || rows == 0 {
        return (!phase.runs()).then(|| text.tables.frame.empty.to_owned());
    }
    let exist = exist.map(format::grouped);
    let (first, last) = (format::grouped(start + 1), format::grouped(start + rows));
    Some((text.tables.rows_from)(&first, &last, exist.as_deref()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::en::EN;

    #[test]
    fn the_account_names_what_exists() {
        let said = account(&EN, &Phase::Limited, 6, Some(1_000_000));
        assert_eq!(
            said.as_deref(),
            Some("6 of 1\u{2009}000\u{2009}000 rows are here.")
        );
        let said = part(&EN, &Phase::Limited, 500, 100, Some(1_000_000));
        assert_eq!(
            said.as_deref(),
            Some("Rows 501 to 600 of 1\u{2009}000\u{2009}000 are here.")
        );
        assert_eq!(account(&EN, &Phase::Reading, 6, None), None);
        assert_eq!(
            account(&EN, &Phase::Complete, 0, Some(0)).as_deref(),
            Some("There are no rows.")
        );
    }
}
