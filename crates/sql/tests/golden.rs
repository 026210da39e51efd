//! Scripts and what they answer, in `tests/golden/*.txt`. A script begins with `> ` and goes on in lines
//! that begin with `>> `; below it is the answer. `UPDATE_GOLDEN=1` writes the answers anew.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow::util::display::{ArrayFormatter, FormatOptions};
use futures::StreamExt;
use sql::{CancellationToken, Options, Outcome, Progress, Session};

use crate::catalog::Memory;

/// The answer as text: the columns, then the rows.
pub(crate) async fn answer(session: &Session, script: &str) -> String {
    let outcome = session
        .run(script, &Progress::new(), CancellationToken::new())
        .await;
    let mut rows = match outcome {
        Err(error) => return format!("{error}\n"),
        Ok(Outcome::Text(text)) if text.is_empty() => return "(nothing)\n".to_owned(),
        Ok(Outcome::Text(text)) => return text.trim_end().to_owned() + "\n",
        Ok(Outcome::Rows(rows)) => rows,
    };
    let mut text = String::new();
    let heads: Vec<String> = rows
        .columns
        .iter()
        .map(|column| format!("{}:{}", column.name, column.kind))
        .collect();
    let _ = writeln!(text, "{}", heads.join(" | "));
    let options = FormatOptions::new()
        .with_null("\\N")
        .with_display_error(false);
    while let Some(batch) = rows.batches.next().await {
        let batch = match batch {
            Ok(batch) => batch,
            Err(error) => return format!("{error}\n"),
        };
        assert_eq!(batch.schema(), rows.schema);
        let cells: Vec<ArrayFormatter<'_>> = batch
            .columns()
            .iter()
            .map(|column| ArrayFormatter::try_new(column.as_ref(), &options).unwrap())
            .collect();
        for row in 0..batch.num_rows() {
            let cells: Vec<String> = cells
                .iter()
                .map(|cell| cell.value(row).to_string())
                .collect();
            let _ = writeln!(text, "{}", cells.join(" | "));
        }
    }
    text
}

/// Scripts and answers of a file; lines that begin with `#` go with the script below them.
fn read(text: &str) -> Vec<(String, String, String)> {
    let mut blocks: Vec<(String, String, String)> = Vec::new();
    let mut notes = String::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        if line.starts_with('#') {
            notes.push_str(line);
            notes.push('\n');
        } else if let Some(more) = line.strip_prefix(">> ") {
            let (_, script, _) = blocks.last_mut().unwrap();
            script.push('\n');
            script.push_str(more);
        } else if let Some(script) = line.strip_prefix("> ") {
            blocks.push((std::mem::take(&mut notes), script.to_owned(), String::new()));
        } else {
            let (_, _, answer) = blocks.last_mut().unwrap();
            answer.push_str(line);
            answer.push('\n');
        }
    }
    blocks
}

async fn check(path: &Path) {
    let text = std::fs::read_to_string(path).unwrap();
    let session = Session::new(Arc::new(Memory::new()), Options::default());
    let update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut written = String::new();
    let mut wrong = String::new();
    for (notes, script, expected) in read(&text) {
        let found: String = answer(&session, &script)
            .await
            .lines()
            .filter(|line| !line.is_empty())
            .map(|line| format!("{line}\n"))
            .collect();
        if found != expected {
            let _ = writeln!(wrong, "> {script}\nexpected:\n{expected}found:\n{found}");
        }
        written.push_str(&notes);
        let _ = writeln!(written, "> {}", script.replace('\n', "\n>> "));
        written.push_str(&found);
        written.push('\n');
    }
    if update {
        std::fs::write(path, written.trim_end().to_owned() + "\n").unwrap();
    } else {
        assert!(wrong.is_empty(), "{}:\n{wrong}", path.display());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_is_as_written() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    assert!(!files.is_empty());
    for path in files {
        check(&path).await;
    }
}
