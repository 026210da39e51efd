//! Two runs side by side: their figures, their flags, and the lines in which their texts differ.

use leptos::prelude::*;
use similar::{ChangeTag, TextDiff};

use super::check::money;
use super::progress::state_word;
use crate::api::sql::kept::Run;
use crate::components::age::Moment;
use crate::format;
use crate::text::sentences;

/// Texts with more lines than this together are not compared line by line.
const MOST_LINES: usize = 20_000;

/// A line of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Line {
    /// `same`, `left` or `right`.
    side: &'static str,
    text: String,
}

/// Two runs.
#[component]
pub fn Compare(
    /// The first one.
    left: Run,
    /// The second one.
    right: Run,
) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().sql;
    let lines = compared(&left.text, &right.text);
    let same = lines
        .as_ref()
        .is_some_and(|lines| lines.iter().all(|line| line.side == "same"));
    let line = |line: Line| {
        let sign = match line.side {
            "left" => "−",
            "right" => "+",
            _ => " ",
        };
        view! { <span class="sql-line" data-side=line.side><span>{sign}</span>{line.text}</span> }
    };
    let difference = match lines {
        None => view! { <p>{move || words().too_long}</p> }.into_any(),
        Some(_) if same => view! { <p>{move || words().same_text}</p> }.into_any(),
        Some(lines) => view! {
            <pre class="sql-diff" tabindex="0" role="group" aria-label=move || words().difference>
                {lines.into_iter().map(line).collect_view()}
            </pre>
        }
        .into_any(),
    };
    let (one, other) = (figures(&left), figures(&right));
    let (at, other_at) = (left.at, right.at);
    let (state, other_state) = (left.state(), right.state());
    view! {
        <section class="section" aria-labelledby="sql-compare">
            <h2 id="sql-compare">{move || words().compared}</h2>
            <div class="table-box">
                <table class="table">
                    <thead>
                        <tr><td></td><th scope="col">"A"</th><th scope="col">"B"</th></tr>
                    </thead>
                    <tbody>
                        <tr><th scope="row">{move || words().began}</th><td><Moment at=Some(at)/></td><td><Moment at=Some(other_at)/></td></tr>
                        <tr>
                            <th scope="row">{move || words().state_name}</th>
                            <td>{move || state_word(t.get(), state)}</td>
                            <td>{move || state_word(t.get(), other_state)}</td>
                        </tr>
                        <tr><th scope="row">{move || words().lasted}</th><td>{one.lasted}</td><td>{other.lasted}</td></tr>
                        <tr><th scope="row">{move || words().rows_name}</th><td>{one.rows}</td><td>{other.rows}</td></tr>
                        <tr><th scope="row">{move || words().read_name}</th><td>{one.read}</td><td>{other.read}</td></tr>
                        <tr><th scope="row">{move || words().cost_name}</th><td>{one.cost}</td><td>{other.cost}</td></tr>
                        <tr><th scope="row">{move || words().flags}</th><td><code>{one.flags}</code></td><td><code>{other.flags}</code></td></tr>
                    </tbody>
                </table>
            </div>
            {difference}
        </section>
    }
}

struct Figures {
    lasted: String,
    rows: String,
    read: String,
    cost: String,
    flags: String,
}

fn figures(run: &Run) -> Figures {
    let rows: Vec<String> = run
        .steps
        .iter()
        .map(|step| step.rows.map_or("–".into(), format::grouped))
        .collect();
    let spent = run.steps.iter().filter_map(|step| step.spent?.input);
    let flags = run
        .flags
        .iter()
        .map(|(key, value)| format!("{key}={value}"));
    Figures {
        lasted: format::brief(run.lasted(run.at)),
        rows: rows.join(", "),
        read: spent
            .reduce(u64::saturating_add)
            .map_or("–".into(), format::bytes),
        cost: cost(run),
        flags: flags.collect::<Vec<_>>().join("\n"),
    }
}

/// What a run was expected to cost; a dash where nothing was estimated.
pub(super) fn cost(run: &Run) -> String {
    let book = query::Book::default();
    let expected = run.steps.iter().filter_map(|step| step.expected.as_ref());
    let one = |(input, complexity): &(u64, String)| {
        (
            *input,
            query::Estimate::read(*input, complexity).micros(&book),
        )
    };
    let sum = expected.map(one).reduce(|(bytes, micros), (more, money)| {
        (bytes.saturating_add(more), micros.saturating_add(money))
    });
    sum.map_or_else(|| "–".to_owned(), |(bytes, micros)| money(micros, bytes))
}

/// The lines of two texts; none when they are too many.
fn compared(left: &str, right: &str) -> Option<Vec<Line>> {
    if left.lines().count() + right.lines().count() > MOST_LINES {
        return None;
    }
    // A line is the same with and without an end of line behind it.
    let (left, right) = (format!("{left}\n"), format!("{right}\n"));
    let difference = TextDiff::from_lines(left.as_str(), right.as_str());
    let line = |change: similar::Change<&str>| Line {
        side: match change.tag() {
            ChangeTag::Equal => "same",
            ChangeTag::Delete => "left",
            ChangeTag::Insert => "right",
        },
        text: change.value().trim_end_matches(['\n', '\r']).to_owned(),
    };
    Some(difference.iter_all_changes().map(line).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::sql::kept::Step;

    #[test]
    fn texts_are_compared_by_lines() {
        let lines = compared("select 1,\n 2\nfrom t", "select 1,\n 3\nfrom t").expect("few lines");
        let said: Vec<_> = lines
            .iter()
            .map(|line| (line.side, line.text.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                ("same", "select 1,"),
                ("left", " 2"),
                ("right", " 3"),
                ("same", "from t")
            ]
        );
        assert_eq!(compared(&"\n".repeat(MOST_LINES), "a\n"), None);
    }

    #[test]
    fn costs_of_statements_are_added() {
        let step = |input| Step {
            expected: Some((input, "1".into())),
            ..Step::default()
        };
        let run = Run {
            steps: vec![step(1 << 30), step(1 << 30), Step::default()],
            ..Run::default()
        };
        assert_eq!(cost(&run), "USD 0.0876");
        assert_eq!(cost(&Run::default()), "–");
    }
}
