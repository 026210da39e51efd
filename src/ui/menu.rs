//! A menu of actions: ARIA menu with arrow keys; Escape, a choice, or the focus going elsewhere
//! closes it.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// One entry.
#[derive(Clone)]
pub struct Item {
    /// What it says.
    pub label: String,
    /// What it does.
    pub press: Callback<()>,
    /// Whether it is on, for entries that are.
    pub checked: Option<bool>,
    /// Why it cannot be chosen now.
    pub refused: Option<String>,
    /// Whether a line stands before it.
    pub apart: bool,
}

impl Item {
    /// An entry that does something.
    pub fn new(label: impl Into<String>, press: impl Fn() + Send + Sync + 'static) -> Self {
        Self {
            label: label.into(),
            press: Callback::new(move |()| press()),
            checked: None,
            refused: None,
            apart: false,
        }
    }

    /// The same with a line before it.
    #[must_use]
    pub fn apart(self) -> Self {
        Self {
            apart: true,
            ..self
        }
    }

    /// The same, on or off.
    #[must_use]
    pub fn checked(self, checked: bool) -> Self {
        Self {
            checked: Some(checked),
            ..self
        }
    }

    /// The same, not to be chosen for a reason.
    #[must_use]
    pub fn refused(self, why: Option<String>) -> Self {
        Self {
            refused: why,
            ..self
        }
    }
}

/// An open menu. It takes the focus, and gives it to nobody: its owner does that in `on_close`.
#[component]
pub fn Menu(
    /// Its name.
    #[prop(into)]
    label: String,
    /// What can be chosen.
    items: Vec<Item>,
    /// How far from the left of what it stands in, in pixels.
    #[prop(default = 0.0)]
    x: f64,
    /// Called when it closes, whether something was chosen or not.
    on_close: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        if let Some(menu) = node.get() {
            step(&menu, 0, None);
        }
    });
    let keyed = move |event: ev::KeyboardEvent| {
        let Some(menu) = node.get_untracked() else {
            return;
        };
        let at = focused(&menu);
        match event.key().as_str() {
            "ArrowDown" => step(&menu, at.map_or(0, |at| at + 1), None),
            "ArrowUp" => step(&menu, at.map_or(-1, |at| at - 1), None),
            "Home" => step(&menu, 0, None),
            "End" => step(&menu, -1, None),
            "Escape" | "Tab" => on_close.run(()),
            key if key.chars().count() == 1 && key != " " => {
                step(&menu, at.map_or(0, |at| at + 1), Some(key));
            }
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let left = move |event: ev::FocusEvent| {
        let to = event
            .related_target()
            .and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        // The focus also goes when the menu is taken away: then nothing is left to close.
        if let Some(Some(menu)) = node.try_get_untracked()
            && !menu.contains(to.as_ref())
        {
            on_close.run(());
        }
    };
    let entry = move |item: Item| {
        let Item {
            label,
            press,
            checked,
            refused,
            apart,
        } = item;
        let blocked = refused.is_some();
        let chosen = move |_| {
            if !blocked {
                on_close.run(());
                press.run(());
            }
        };
        view! {
            <button
                type="button"
                class="menu-item"
                role=if checked.is_some() { "menuitemcheckbox" } else { "menuitem" }
                tabindex="-1"
                aria-checked=checked.map(|checked| checked.to_string())
                aria-disabled=blocked.then_some("true")
                data-apart=apart.then_some("true")
                title=refused
                on:click=chosen
            >
                {label}
            </button>
        }
    };
    view! {
        <div
            class="menu"
            role="menu"
            aria-label=label
            node_ref=node
            style:--menu-x=format!("{x}px")
            on:keydown=keyed
            on:focusout=left
        >
            {items.into_iter().map(entry).collect_view()}
        </div>
    }
}

fn entries(menu: &Element) -> Vec<HtmlElement> {
    let list = menu.children();
    (0..list.length())
        .filter_map(|at| list.item(at)?.dyn_into().ok())
        .collect()
}

/// Which entry has the focus.
fn focused(menu: &Element) -> Option<i64> {
    let active = menu.owner_document()?.active_element()?;
    let place = entries(menu).iter().position(|entry| **entry == active)?;
    i64::try_from(place).ok()
}

/// Puts the focus on entry `to`, counted round; on the next one that begins with `letter`.
fn step(menu: &Element, to: i64, letter: Option<&str>) {
    let entries = entries(menu);
    let count = i64::try_from(entries.len()).unwrap_or(0);
    let begins = |entry: &HtmlElement| {
        letter.is_none_or(|letter| {
            let text = entry.text_content().unwrap_or_default().to_lowercase();
            text.starts_with(&letter.to_lowercase())
        })
    };
    let found = (0..count)
        .map(|more| (to + more).rem_euclid(count))
        .filter_map(|at| entries.get(usize::try_from(at).ok()?))
        .find(|entry| begins(entry));
    if let Some(entry) = found {
        // Refused only for an element that is not on the page.
        let _ = entry.focus();
    }
}
