//! What is wrong with a text: the sentence, and the line with its place marked.

use leptos::prelude::*;
use script::Error;

use crate::text::{Text, sentences};

/// One error.
#[component]
pub fn Wrong(
    /// The error.
    error: Error,
    /// The text that it is in.
    text: String,
) -> impl IntoView {
    let t = sentences();
    let (line, marks) = marked(&text, &error);
    let said = move || say(t.get(), &error);
    view! {
        <div class="wrong">
            <p class="field-error">{said}</p>
            <pre aria-hidden="true">{line}"\n"<span class="wrong-mark">{marks}</span></pre>
        </div>
    }
}

fn say(text: &Text, error: &Error) -> String {
    let words = &text.life.jobs;
    format!(
        "{}: {}",
        (words.at)(error.at.line, error.at.column),
        (words.error)(&error.kind)
    )
}

/// The line of an error and a line of carets under its place.
fn marked(text: &str, error: &Error) -> (String, String) {
    let number = usize::try_from(error.at.line)
        .unwrap_or(1)
        .saturating_sub(1);
    let line = text.lines().nth(number).unwrap_or_default().to_owned();
    let before = usize::try_from(error.at.column)
        .unwrap_or(1)
        .saturating_sub(1);
    let left = line.chars().count().saturating_sub(before).max(1);
    let length = text
        .get(error.at.start..error.at.end)
        .map_or(1, |part| part.chars().count());
    let marks = format!(
        "{}{}",
        " ".repeat(before),
        "^".repeat(length.clamp(1, left))
    );
    (line, marks)
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn the_place_is_marked() {
        let text = "a = mt.ones(3)\nb = mt.oness(3)";
        let lowered = {
            let (ast, errors) = script::parse(text);
            assert_eq!(errors, []);
            let mut count = 0;
            let cell = script::Cell { ast: &ast, seed: 1 };
            script::lower(&[], cell, &script::Project::default(), || {
                count += 1;
                format!("k{count}")
            })
        };
        let error = lowered.expect_err("there is no oness");
        let (line, marks) = marked(text, &error);
        assert_eq!(line, "b = mt.oness(3)");
        assert_eq!(marks.trim_start().len(), marks.trim().len());
        assert!(marks.contains('^'));
        assert!(marks.chars().count() <= line.chars().count());
    }
}
