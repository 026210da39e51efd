//! Icons, drawn in place: no request, no flash, the colour of the text. 16 px grid, 1.5 px lines.

use leptos::prelude::*;

/// What an icon means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named by its meaning")]
pub enum Glyph {
    Overview,
    Cluster,
    Table,
    Instance,
    Sql,
    Connection,
    Settings,
    Theme,
    Close,
    Copy,
    External,
    Refresh,
    Plus,
    Stop,
    Run,
    Link,
    Good,
    Busy,
    Waiting,
    Warning,
    Failed,
    Ended,
    Hint,
    Chevron,
}

impl Glyph {
    fn path(self) -> &'static str {
        match self {
            Self::Overview => "M2.5 9.5a5.5 5.5 0 0 1 11 0M8 9.5l2.6-3.1M2.5 12.5h11",
            Self::Cluster => {
                "M8 1.8l5.4 3.1v6.2L8 14.2l-5.4-3.1V4.9zM8 8l5.4-3.1M8 8v6.2M8 8L2.6 4.9"
            }
            Self::Table => "M2 3h12v10H2zM2 6.5h12M2 9.8h12M6.2 6.5V13",
            Self::Instance => "M3 2.5h7l3 3v8H3zM10 2.5v3h3M5.5 8.5h5M5.5 11h3.5",
            Self::Sql => "M2.5 3.5l4 4.5-4 4.5M8 12.5h5.5",
            Self::Connection => "M5 2v3.5M11 2v3.5M3.5 5.5h9V8a4.5 4.5 0 0 1-9 0zM8 12.5V15",
            Self::Settings => "M2 4.5h7M12 4.5h2M2 11.5h2M7 11.5h7M10.5 3v3M5.5 10v3",
            Self::Theme => "M8 2.2a5.8 5.8 0 1 0 0 11.6zM8 2.2a5.8 5.8 0 0 1 0 11.6",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Copy => "M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3",
            Self::External => "M9 2.5h4.5V7M13.5 2.5L7.5 8.5M6.5 3.5h-4v10h10v-4",
            Self::Refresh => "M13 8a5 5 0 1 1-1.6-3.7M13.2 2.2v2.9h-2.9",
            Self::Plus => "M8 3v10M3 8h10",
            Self::Stop => "M4 4h8v8H4z",
            Self::Run => "M5 3.2v9.6L12.6 8z",
            Self::Link => {
                "M6.8 9.2l2.4-2.4M7.5 4.6l1.2-1.2a2.8 2.8 0 0 1 4 4l-1.3 1.2M8.5 11.4l-1.2 1.2a2.8 2.8 0 0 1-4-4l1.3-1.2"
            }
            Self::Good => "M8 2.2a5.8 5.8 0 1 0 .01 0M5.3 8.2l1.9 1.9 3.6-4",
            Self::Busy => "M8 2.2a5.8 5.8 0 1 1-5.8 5.8",
            Self::Waiting => "M8 2.2a5.8 5.8 0 1 0 .01 0M8 4.9V8l2.2 1.4",
            Self::Warning => "M8 2.2l6.2 11.1H1.8zM8 6.6v3.1M8 11.4v.2",
            Self::Failed => "M5.5 2.2h5l3.3 3.3v5l-3.3 3.3h-5L2.2 10.5v-5zM8 5v3.6M8 10.6v.3",
            Self::Ended => "M8 2.2a5.8 5.8 0 1 0 .01 0M5.9 5.9h4.2v4.2H5.9z",
            Self::Hint => "M8 2.2a5.8 5.8 0 1 0 .01 0M8 7.4v3.4M8 5.2v.2",
            Self::Chevron => "M6 3.5L10.5 8 6 12.5",
        }
    }
}

/// An icon; it is never the only bearer of a meaning, so it has no name of its own.
#[component]
pub fn Icon(
    /// What it means.
    #[prop(into)]
    glyph: Signal<Glyph>,
) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <path d=move || glyph.get().path()/>
        </svg>
    }
}
