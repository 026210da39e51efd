//! The editor's element: the program is loaded when it is first shown; until then, and where it
//! cannot be loaded, the text is in a plain field, so that nothing is lost and everything runs.

use std::time::Duration;

use leptos::html;
use leptos::prelude::*;

use super::sheet::Sheet;
use crate::api::editor::{Editor, Held, Mark, Program, catalogue};
use crate::api::sql::estimate::{self, FullScan};
use crate::api::sql::kept::Run;
use crate::api::{self, Cause, Doing, Problem};
use crate::components::problem_notice::ProblemNotice;
use crate::state::prefs::{Choice, Prefs};
use crate::state::profile::Profile;
use crate::text::{Text, sentences};

/// After so long without a key the text is looked at.
const REST: Duration = Duration::from_millis(700);
/// More statements than this are not looked at while one types.
const MOST: usize = 20;

/// The editor.
#[component]
pub fn Pane(
    /// The page's state.
    sheet: Sheet,
) -> impl IntoView {
    let (t, prefs, profile) = (sentences(), Prefs::expect(), Profile::expect());
    let host = NodeRef::<html::Div>::new();
    let opened = RwSignal::new(None::<Result<(), Problem>>);
    let open = move || {
        let Some(host) = host.get_untracked() else {
            return;
        };
        opened.set(None);
        api::spawn(async move {
            let held = move || held(sheet, profile);
            let outcome = match Editor::open(Program::Sql, &host, held).await {
                // The page was left meanwhile.
                Ok(None) => return,
                Ok(Some(editor)) => {
                    sheet.editor.set_value(Some(editor));
                    Ok(())
                }
                Err(words) => {
                    Err(Problem::new(Doing::OpenPage, Cause::ChunkMissing).with_detail(words))
                }
            };
            opened.try_set(Some(outcome));
        });
    };
    Effect::new(move |_| {
        if host.get().is_some() {
            open();
        }
    });
    let close = sheet.editor;
    on_cleanup(move || {
        if let Some(editor) = close.try_update_value(Option::take).flatten() {
            editor.close();
        }
    });
    let ready = Memo::new(move |_| opened.with(|opened| matches!(opened, Some(Ok(())))));
    Effect::new(move |_| {
        let language = prefs.language.get();
        if ready.get() {
            let label = language.text().sql.text;
            with(sheet, |editor| {
                editor.name(label, "sql-hint", language.as_str())
            });
        }
    });
    mark_places(sheet, ready);
    let again = Callback::new(move |()| open());
    let plain = move |event| sheet.typed(event_target_value(&event));
    let instead = move || {
        match opened.get() {
        Some(Ok(())) => ().into_any(),
        other => view! {
            {other.and_then(Result::err).map(|problem| view! { <ProblemNotice problem retry=again/> })}
            <textarea
                class="sql-plain"
                rows="8"
                aria-label=move || t.get().sql.text
                spellcheck="false"
                prop:value=move || sheet.tab().text
                on:input=plain
            ></textarea>
        }
        .into_any(),
    }
    };
    view! {
        <div class="editor" node_ref=host data-ready=move || ready.get().to_string()></div>
        {instead}
    }
}

/// What the editor begins with; nothing once the page is left.
fn held(sheet: Sheet, profile: Profile) -> Option<Held> {
    if sheet.tabs.is_disposed() {
        return None;
    }
    Some(Held {
        text: sheet.tab_now().text,
        changed: Box::new(move |text| sheet.typed(text)),
        run: Box::new(move || sheet.start(false)),
        next: Box::new(|| ()),
        ask: Box::new(move |question| {
            let target = profile.now().map(|connection| connection.target());
            Box::pin(async move { catalogue::answer(target, &question).await })
        }),
    })
}

/// Marks what is wrong: the place of an error, and tables that are read whole.
fn mark_places(sheet: Sheet, ready: Memo<bool>) {
    let (t, profile) = (sentences(), Profile::expect());
    let scans = RwSignal::new((String::new(), Vec::<FullScan>::new()));
    let text = Memo::new(move |_| sheet.tab().text);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |_| {
        let text = text.get();
        let Some(connection) = profile.get() else {
            return;
        };
        let look = move || {
            api::spawn(async move {
                let found = scans_of(&connection.target(), &text).await;
                scans.try_set((text, found));
            });
        };
        let next = set_timeout_with_handle(look, REST).ok();
        let before = waiting.try_update_value(|waiting| std::mem::replace(waiting, next));
        if let Some(before) = before.flatten() {
            before.clear();
        }
    });
    Effect::new(move |_| {
        if !ready.get() {
            return;
        }
        let text = text.get();
        let mut marks: Vec<Mark> = sheet
            .run()
            .and_then(|run| error_mark(&run, &text))
            .into_iter()
            .collect();
        scans.with(|(of, scans)| {
            if *of == text {
                marks.extend(scans.iter().map(|scan| scan_mark(t.get(), scan, &text)));
            }
        });
        with(sheet, |editor| editor.mark(&marks));
    });
}

fn with(sheet: Sheet, act: impl FnOnce(&Editor)) {
    sheet.editor.with_value(|editor| {
        if let Some(editor) = editor {
            act(editor);
        }
    });
}

/// The tables of a text that are read whole, with their places in the text.
async fn scans_of(target: &wire::Target, text: &str) -> Vec<FullScan> {
    let mut found = Vec::new();
    for piece in query::split(text).into_iter().take(MOST) {
        for scan in estimate::full_scans(target, piece.text(text)).await {
            let (start, end) = (piece.start + scan.start, piece.start + scan.end);
            found.push(FullScan { start, end, ..scan });
        }
    }
    found
}

fn scan_mark(t: &Text, scan: &FullScan, text: &str) -> Mark {
    Mark {
        from: query::utf16_of_byte(text, scan.start),
        to: query::utf16_of_byte(text, scan.end),
        severity: "warning",
        message: super::check::scan_sentence(t, scan),
    }
}

/// The word at the place of an error, as long as the text is the one that ran.
pub(super) fn error_mark(run: &Run, text: &str) -> Option<Mark> {
    let step = run.steps.iter().find(|step| step.error.is_some())?;
    let error = query::ErrorText::read(step.error.as_deref()?);
    if run.text != text {
        return None;
    }
    let start = step.start + error.place?.byte(&step.text);
    let rest = text.get(start..)?;
    let word = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
    let length = word
        .unwrap_or(rest.len())
        .max(rest.chars().next().map_or(0, char::len_utf8));
    let from = query::utf16_of_byte(text, start);
    let to = query::utf16_of_byte(text, start + length);
    Some(Mark {
        // Behind the last character there is nothing to mark but itself.
        from: if from == to {
            from.saturating_sub(1)
        } else {
            from
        },
        to,
        severity: "error",
        message: error.sentence,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::sql::kept::Step;

    fn run(text: &str, start: usize, error: &str) -> Run {
        let step = Step {
            text: text[start..].trim_end_matches(';').to_owned(),
            start,
            error: Some(error.to_owned()),
            ..Step::default()
        };
        Run {
            text: text.to_owned(),
            steps: vec![step],
            ..Run::default()
        }
    }

    #[test]
    fn the_place_of_an_error_is_marked_in_the_whole_text() {
        let text = "-- 注释\nselect 1;\nselect 城市,\n  amont from t;";
        let start = text.find("select 城").unwrap();
        let run = run(
            text,
            start,
            "ODPS-0130071:[2,3] Semantic analysis exception - no amont",
        );
        let mark = error_mark(&run, text).expect("a place");
        let marked: String =
            String::from_utf16(&text.encode_utf16().collect::<Vec<_>>()[mark.from..mark.to])
                .unwrap();
        assert_eq!(marked, "amont");
        assert_eq!(mark.message, "Semantic analysis exception - no amont");
        assert_eq!(error_mark(&run, "select 2"), None);
    }

    #[test]
    fn an_error_at_the_end_marks_something() {
        let mark = error_mark(
            &run("select", 0, "ODPS-0130161:[1,7] Parse exception - x"),
            "select",
        );
        assert_eq!(mark.map(|mark| (mark.from, mark.to)), Some((5, 6)));
    }
}
