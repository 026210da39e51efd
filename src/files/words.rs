//! What a file is and what it is not, in lines: for the note, the sheet and the reader.

use file::{Format, Options, Summary};

use super::Job;
use crate::format;
use crate::text::files::Files;

/// The lines of a note.
pub fn lines(text: &Files, job: &Job, summary: &Summary) -> Vec<String> {
    let ledger = &summary.ledger;
    let exist = ledger.exist.map(format::grouped);
    let mut lines = vec![
        (text.note_source)(&ledger.source),
        (text.note_rows)(&format::grouped(summary.rows), exist.as_deref()),
    ];
    lines.extend(ledger.cut.as_deref().map(text.note_cut));
    lines.extend(encoding(text, job.format, &job.options));
    lines.push((text.note_zone)(job.zone.as_deref().unwrap_or("UTC")));
    lines.extend(changes(text, summary));
    lines
}

/// What was changed on the way into the file.
pub fn changes(text: &Files, summary: &Summary) -> Vec<String> {
    let one = |note: &file::Note| {
        let count = format::grouped(note.count);
        (text.change)(note.change, &count, &note.columns.join(", "))
    };
    summary.notes.iter().map(one).collect()
}

/// How a text file is written.
pub fn encoding(text: &Files, format: Format, options: &Options) -> Option<String> {
    let null = match options.null.is_empty() {
        true => text.null_empty.to_owned(),
        false => (text.null_word)(&options.null),
    };
    match format {
        Format::Csv | Format::Tsv if options.bom => Some(format!("UTF-8 (BOM). {null}")),
        Format::Csv | Format::Tsv => Some(format!("UTF-8. {null}")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use file::{Change, Ledger, Note};

    #[test]
    fn a_note_says_what_the_file_is() {
        let job = Job {
            source: None,
            name: "t".into(),
            format: Format::Csv,
            options: Options {
                bom: true,
                null: "\\N".into(),
                ..Options::default()
            },
            zone: None,
            chinese: false,
            ledger: Ledger::default(),
        };
        let summary = Summary {
            rows: 2,
            notes: vec![Note {
                change: Change::NumbersAsText,
                count: 3,
                columns: Vec::new(),
            }],
            ledger: Ledger {
                source: "p.t".into(),
                exist: Some(5),
                cut: Some("limit 2".into()),
                ..Ledger::default()
            },
        };
        let english = lines(crate::text::files::of(false), &job, &summary).join("\n");
        for part in ["p.t", "2 of 5", "limit 2", "BOM", "\\N", "UTC", "3 numbers"] {
            assert!(english.contains(part), "{part}: {english}");
        }
        let chinese = lines(crate::text::files::of(true), &job, &summary);
        assert_eq!(chinese.len(), 6);
    }
}
