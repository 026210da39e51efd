//! The button.

use leptos::prelude::*;

/// How much a button asks for attention.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    /// One of several.
    #[default]
    Plain,
    /// The one thing to do here.
    Primary,
    /// Ends or deletes something.
    Danger,
    /// A word in a line.
    Quiet,
}

impl Weight {
    fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Primary => "primary",
            Self::Danger => "danger",
            Self::Quiet => "quiet",
        }
    }
}

/// A button. While busy or refused it stays focusable and says so, and does nothing.
#[component]
pub fn Button(
    /// What it does; nothing for a submit button.
    #[prop(optional)]
    on_press: Option<Callback<()>>,
    /// How much it asks for attention.
    #[prop(optional)]
    weight: Weight,
    /// Sends the form around it.
    #[prop(optional)]
    submit: bool,
    /// Its work is going on.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Why it cannot be pressed now.
    #[prop(optional, into)]
    refused: Signal<Option<String>>,
    /// Its words.
    children: Children,
) -> impl IntoView {
    let blocked = move || busy.get() || refused.with(Option::is_some);
    let press = move |event: leptos::ev::MouseEvent| {
        if busy.get_untracked() || refused.with_untracked(Option::is_some) {
            event.prevent_default();
        } else if let Some(on_press) = on_press {
            on_press.run(());
        }
    };
    view! {
        <button
            class="button"
            type=if submit { "submit" } else { "button" }
            data-weight=weight.as_str()
            aria-busy=move || busy.get().then_some("true")
            aria-disabled=move || blocked().then_some("true")
            title=move || refused.get()
            on:click=press
        >
            {children()}
        </button>
    }
}
