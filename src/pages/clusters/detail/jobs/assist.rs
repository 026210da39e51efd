//! What is known of a cell's text while one writes it: marks, hints, completion, words.

use std::time::Duration;

use leptos::prelude::*;
use script::{Ast, ErrorKind, ItemKind, Looked, Project};
use serde_json::{Value, json};

use super::book::{Book, Cell};
use super::submit::{project, unknown_table};
use crate::api;
use crate::api::editor::{Answer, LineHint, Mark, catalogue};
use crate::state::prefs::{Language, Prefs};
use crate::state::profile::Profile;
use crate::text::Text;

/// After so long without a key the text is looked at.
const REST: Duration = Duration::from_millis(300);

/// What is known of one cell.
#[derive(Clone, Copy)]
pub struct Assist {
    book: Book,
    cell: Cell,
    profile: Profile,
    prefs: Prefs,
    /// The text that was looked at, and what was found.
    looked: RwSignal<(String, Looked)>,
}

impl Assist {
    /// Looks at a cell from now on.
    pub fn of(book: Book, cell: Cell) -> Self {
        let assist = Self {
            book,
            cell,
            profile: Profile::expect(),
            prefs: Prefs::expect(),
            looked: RwSignal::default(),
        };
        let waiting = StoredValue::new(None::<TimeoutHandle>);
        let clear = move || {
            if let Some(before) = waiting.try_update_value(Option::take).flatten() {
                before.clear();
            }
        };
        Effect::new(move |_| {
            // Names come from what ran and from the cells above.
            for above in book.cells.get() {
                above.text.track();
                if above.key == cell.key {
                    break;
                }
            }
            book.ran.track();
            book.known.track();
            clear();
            let next = set_timeout_with_handle(move || assist.look(), REST).ok();
            waiting.set_value(next);
        });
        on_cleanup(clear);
        assist
    }

    fn look(self) {
        let Some(text) = self.cell.text.try_get_untracked() else {
            return;
        };
        let project = self.project();
        let before = self.before();
        let looked = script::look(&cells(&before), &text, &project);
        if let Some(name) = self.unread(&looked) {
            api::spawn(self.read_table(name));
        }
        self.looked.set((text, looked));
    }

    /// A table that the text names and that nobody asked for yet.
    fn unread(self, looked: &Looked) -> Option<String> {
        let asked = |name: &str| self.book.missing.with_value(|asked| asked.contains(name));
        let tables = looked.errors.iter();
        let mut tables = tables.filter_map(|error| unknown_table(&error.kind));
        tables.find(|name| !asked(name)).map(str::to_owned)
    }

    /// Reads the columns of a table that the text names; the text is looked at again with them.
    async fn read_table(self, name: String) {
        let Some(connection) = self.profile.now() else {
            return;
        };
        let book = self.book;
        book.missing.update_value(|missing| {
            missing.insert(name.clone());
        });
        let found = api::tables::find(&connection.target(), &name).await;
        if let Ok(Some(table)) = found {
            let columns = table.schema.columns.into_iter();
            let columns = columns.map(|column| (column.name, column.kind.to_string()));
            let columns = columns.collect();
            book.known.try_update(|known| known.insert(name, columns));
        }
    }

    fn project(self) -> Project {
        let target = self.profile.now().map(|connection| connection.target());
        let name = target.map(|target| target.project).unwrap_or_default();
        Project {
            tables: self.book.known.get_untracked(),
            ..project(name, &self.book.instance())
        }
    }

    /// What ran, and behind it the cells above this one that did not run as they stand.
    fn before(self) -> Vec<Ast> {
        let ran = self.book.ran.get_untracked();
        let mut texts: Vec<String> = ran.into_iter().map(|ran| ran.text).collect();
        for above in self.book.cells.get_untracked() {
            if above.key == self.cell.key {
                break;
            }
            let text = above.text.get_untracked();
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts.iter().map(|text| script::parse(text).0).collect()
    }

    /// What is wrong, as places of the text.
    pub fn marks(self, t: &Text) -> Vec<Mark> {
        self.looked.with(|(text, looked)| {
            let errors = looked.errors.iter();
            let said = errors.filter(|error| error.kind != ErrorKind::Empty);
            said.map(|error| {
                let from = query::utf16_of_byte(text, error.at.start);
                let to = query::utf16_of_byte(text, error.at.end);
                Mark {
                    from: if from == to {
                        from.saturating_sub(1)
                    } else {
                        from
                    },
                    to,
                    severity: "error",
                    message: (t.life.jobs.error)(&error.kind),
                }
            })
            .collect()
        })
    }

    /// What the statements give.
    pub fn hints(self) -> Vec<LineHint> {
        self.looked.with(|(text, looked)| {
            let hints = looked.hints.iter();
            hints
                .map(|hint| LineHint {
                    at: query::utf16_of_byte(text, hint.at.end),
                    said: hint.said.clone(),
                })
                .collect()
        })
    }

    /// What the editor asks: `complete <place>` and `hover <place>`.
    pub fn answer(self, question: String) -> Answer {
        Box::pin(async move {
            let (what, at) = question.split_once(' ').unwrap_or_default();
            let (Ok(at), Some(text)) = (at.parse(), self.cell.text.try_get_untracked()) else {
                return Value::Null;
            };
            match what {
                "complete" => self.complete(&text, at).await,
                _ => self.word(&text, at),
            }
        })
    }

    async fn complete(self, text: &str, at: usize) -> Value {
        let before = self.before();
        // Columns are offered of tables that were named a moment ago.
        while let Some(name) = self.unread(&script::look(&cells(&before), text, &self.project())) {
            self.read_table(name).await;
            if self.book.known.is_disposed() {
                return Value::Null;
            }
        }
        let project = self.project();
        let byte = query::byte_of_utf16(text, at);
        let Some(found) = script::complete(&cells(&before), text, byte, &project) else {
            return Value::Null;
        };
        let help = help(self.prefs.language.get_untracked());
        let mut options: Vec<Value> = found
            .items
            .iter()
            .map(|item| {
                let info = item.help[help];
                json!({"label": item.label, "type": kind(item.kind), "detail": item.detail, "info": info})
            })
            .collect();
        if found.tables
            && let Some(connection) = self.profile.now()
        {
            let names = catalogue::answer(Some(connection.target()), "tables").await;
            let names = names.as_array().into_iter().flatten();
            options.extend(
                names.map(|name| json!({"label": name, "type": "class", "detail": "", "info": ""})),
            );
        }
        json!({"from": query::utf16_of_byte(text, found.from), "options": options})
    }

    fn word(self, text: &str, at: usize) -> Value {
        let help = help(self.prefs.language.get_untracked());
        self.looked.with_untracked(|(of, looked)| {
            let fact = looked.at(query::byte_of_utf16(text, at));
            let Some(fact) = fact.filter(|_| of == text) else {
                return Value::Null;
            };
            let (usage, said) = match fact.operator {
                Some((operator, owner)) => (operator.usage(owner), operator.help[help]),
                None => (String::new(), ""),
            };
            json!({
                "from": query::utf16_of_byte(text, fact.at.start),
                "to": query::utf16_of_byte(text, fact.at.end),
                "usage": usage,
                "help": said,
                "value": fact.value,
                "parts": fact.parts,
            })
        })
    }
}

/// The place of a language in the help of an operator.
fn help(language: Language) -> usize {
    match language {
        Language::En => 0,
        Language::Zh => 1,
    }
}

fn cells(before: &[Ast]) -> Vec<script::Cell<'_>> {
    let cells = before.iter();
    cells.map(|ast| script::Cell { ast, seed: 0 }).collect()
}

/// The word that the editor has for it.
fn kind(kind: ItemKind) -> &'static str {
    match kind {
        ItemKind::Function => "function",
        ItemKind::Name => "variable",
        ItemKind::Module => "namespace",
        ItemKind::Type => "type",
        ItemKind::Property => "property",
        ItemKind::Column => "column",
        ItemKind::Argument => "argument",
        ItemKind::Keyword => "keyword",
    }
}
