//! The vendor's Logview address: made on a press, shown with its life time, kept nowhere.

use leptos::prelude::*;
use wire::Millis;

use crate::api::{self, Problem, logview};
use crate::components::age::offset;
use crate::components::code::Code;
use crate::components::problem_notice::ProblemNotice;
use crate::format;
use crate::state::clock::now;
use crate::state::prefs::Prefs;
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use crate::ui::icon::{Glyph, Icon};

/// Life times on offer, in hours; PyODPS asks for the longest.
const HOURS: [u32; 3] = [24, 168, 720];

/// Makes and shows the address.
#[component]
pub fn LogviewAddress(
    /// The instance.
    id: String,
) -> impl IntoView {
    let (t, profile) = (sentences(), Profile::expect());
    let words = move || &t.get().instances;
    let hours = RwSignal::new(HOURS[0]);
    let busy = RwSignal::new(false);
    let made: RwSignal<Option<Result<(String, Millis), Problem>>> = RwSignal::new(None);
    let make = move |()| {
        let (id, hours) = (id.clone(), hours.get_untracked());
        busy.set(true);
        api::spawn(async move {
            let outcome = match profile.now() {
                Some(connection) => logview::mint(&connection, &id, hours).await,
                None => Err(api::no_connection()),
            };
            let lives = now() + u64::from(hours) * 3_600_000;
            made.set(Some(outcome.map(|minted| {
                (
                    minted.address.expose().to_owned(),
                    minted.expires_at.unwrap_or(lives),
                )
            })));
            busy.set(false);
        });
    };
    let choose = move |event| {
        if let Ok(chosen) = event_target_value(&event).parse() {
            hours.set(chosen);
        }
    };
    let shown = move || {
        made.get().map(|outcome| match outcome {
            Ok((address, until)) => {
                let clear = Callback::new(move |()| made.set(None));
                view! { <Made address until clear/> }.into_any()
            }
            Err(problem) => view! { <ProblemNotice problem/> }.into_any(),
        })
    };
    view! {
        <section class="section logview-address">
            <h2>{move || words().logview}</h2>
            <p class="quiet">{move || words().logview_lead}</p>
            <div class="row">
                <label class="row">
                    <span>{move || words().lives}</span>
                    <span class="field-box">
                        <select on:change=choose>
                            {HOURS.map(|choice| view! {
                                <option value=choice.to_string() selected=move || hours.get() == choice>
                                    {move || (words().hours)(choice)}
                                </option>
                            })}
                        </select>
                    </span>
                </label>
                <Button on_press=Callback::new(make) busy>
                    {move || if busy.get() { words().making } else { words().make }}
                </Button>
            </div>
            <div aria-live="polite">{shown}</div>
        </section>
    }
}

#[component]
fn Made(address: String, until: Millis, clear: Callback<()>) -> impl IntoView {
    let t = sentences();
    let zone = Prefs::expect().zone;
    let words = move || &t.get().instances;
    let exact = move || format::moment(until, offset(zone.get(), until));
    let href = address.clone();
    view! {
        <div class="section">
            <Code text=address what=Signal::derive(move || words().address.to_owned())/>
            <p>{move || (words().until)(&exact())}</p>
            <p class="quiet">{move || words().address_warning}</p>
            <div class="row">
                <a class="button" href=href target="_blank" rel="noopener noreferrer">
                    <Icon glyph=Glyph::External/>
                    {move || words().open_address}
                </a>
                <Button on_press=clear weight=Weight::Quiet>{move || words().forget}</Button>
            </div>
        </div>
    }
}
