//! `/clusters/new`: the form of `create_mars_cluster`, with price and equal calls beside it.

use cluster::{Field, Hint, Rule, Spec};
use leptos::prelude::*;

use crate::components::page::Page;
use crate::components::price_rail::PriceRail;
use crate::route::Here;
use crate::state::profile::Profile;
use crate::text::sentences;
use crate::ui::button::{Button, Weight};
use crate::ui::field::{self, Kind};

pub mod again;
pub mod choose;
pub mod equal;
pub mod exists;
pub mod form;
pub mod paste;
pub mod presets;
pub mod restart;
pub mod submit;
pub mod submitting;

use again::Again;
use choose::Choose;
use equal::Equal;
use form::ClusterForm;
use paste::Paste;
use submit::Submission;
use submitting::Submit;

/// The fields that decide size and price.
const SIZE: [Field; 4] = [
    Field::WorkerNum,
    Field::WorkerCpu,
    Field::WorkerMem,
    Field::MinWorkerNum,
];

/// The fields that most people leave alone.
const FOLDED: [Field; 9] = [
    Field::CacheMem,
    Field::DiskNum,
    Field::SchedulerNum,
    Field::Priority,
    Field::ModulePath,
    Field::Resources,
    Field::MarsAppImage,
    Field::RunningCluster,
    Field::ProxyEndpoint,
];

/// The create form.
#[component]
pub fn NewCluster() -> impl IntoView {
    let (t, here) = (sentences(), Here::expect());
    let form = ClusterForm::new(&here.query.get_untracked());
    let read = Memo::new(move |_| form.read());
    let spec = Signal::derive(move || read.get().ok());
    let submission = Submission::take_up();
    let connected = Profile::expect();
    let refused = move || match (spec.with(Option::is_none), connected.get().is_none()) {
        (true, _) => Some(t.get().clusters.create.submit_refused.to_owned()),
        (_, true) => Some(t.get().clusters.create.no_connection.to_owned()),
        _ => None,
    };
    let press = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Ok(spec) = read.get_untracked() {
            submission.start(spec);
        }
    };
    view! {
        <Page
            title=Signal::derive(move || t.get().clusters.create.title.to_owned())
            lead=move || t.get().clusters.create.lead
        >
            <div class="create">
                <div class="create-main">
                <Again form spec/>
                <form class="create-form" on:submit=press novalidate>
                    <fieldset class="create-size">
                        <legend>{move || t.get().clusters.create.size}</legend>
                        {SIZE.map(|field| view! { <One form read field/> })}
                    </fieldset>
                    <Hints form spec/>
                    <One form read field=Field::Name/>
                    <Choose form broken=Signal::derive(move || broken(read, Field::IfExists))/>
                    <Folded form read/>
                    <Submit submission/>
                    <div class="row">
                        <Button
                            submit=true
                            weight=Weight::Primary
                            busy=submission.busy()
                            refused=Signal::derive(refused)
                        >
                            {move || submission.word(t.get())}
                        </Button>
                    </div>
                </form>
                </div>
                <aside class="create-rail">
                    <PriceRail spec/>
                    <Show when=move || spec.with(Option::is_some)><Equal spec/></Show>
                    <Paste form/>
                </aside>
            </div>
        </Page>
    }
}

type Read = Memo<Result<Spec, Vec<cluster::FieldProblem>>>;

/// One field of the form.
#[component]
fn One(form: ClusterForm, read: Read, field: Field) -> impl IntoView {
    let t = sentences();
    let words = move || &t.get().clusters.create;
    let broken = move || broken(read, field);
    view! {
        <field::Field
            name=field.as_str()
            label=Signal::derive(move || (words().label)(field).to_owned())
            value=form.text(field)
            kind=kind(field)
            unit=Signal::derive(move || (words().unit)(field))
            hint=Signal::derive(move || (words().hint)(field).to_owned())
            error=Signal::derive(move || broken().map(|rule: Rule| (words().rule)(&rule)))
        />
    }
}

/// The rule that a field breaks; subscribes.
fn broken(read: Read, field: Field) -> Option<Rule> {
    read.with(|read| {
        let problems = read.as_ref().err()?;
        let problem = problems.iter().find(|problem| problem.field == field)?;
        Some(problem.rule.clone())
    })
}

fn kind(field: Field) -> Kind {
    match field {
        Field::WorkerNum
        | Field::WorkerCpu
        | Field::WorkerMem
        | Field::CacheMem
        | Field::DiskNum
        | Field::MinWorkerNum
        | Field::SchedulerNum
        | Field::Priority => Kind::Whole,
        _ => Kind::Text,
    }
}

#[component]
fn Folded(form: ClusterForm, read: Read) -> impl IntoView {
    let t = sentences();
    // A link or a pasted call that fills a folded field opens the fold; so does a broken rule.
    // Once open it stays so: emptying a field closes nothing under the hand that types.
    let filled = Memo::new(move |before: Option<&bool>| {
        let some = FOLDED
            .iter()
            .any(|field| form.text(*field).with(|text| !text.is_empty()));
        some || before.copied().unwrap_or(false)
    });
    view! {
        <details class="create-folded" open=move || filled.get()>
            <summary>{move || t.get().clusters.create.advanced}</summary>
            <p class="quiet">{move || t.get().clusters.create.advanced_lead}</p>
            <div class="create-more">{FOLDED.map(|field| view! { <One form read field/> })}</div>
        </details>
    }
}

/// What is allowed but probably not meant, with the repairs.
#[component]
fn Hints(form: ClusterForm, #[prop(into)] spec: Signal<Option<Spec>>) -> impl IntoView {
    let t = sentences();
    let hints = move || spec.get().map(|spec| spec.hints()).unwrap_or_default();
    let one = move |hint: Hint| {
        let words = &t.get().clusters.create;
        match hint {
            Hint::Ratio {
                paid,
                used,
                repairs,
            } => {
                let [first, second] = repairs;
                let second = Some(second).filter(|second| *second != first);
                let repair = [Some(first), second]
                    .into_iter()
                    .flatten()
                    .map(|repair| {
                        let press = move |()| {
                            form.text(Field::WorkerCpu)
                                .set(repair.worker_cpu.to_string());
                            form.text(Field::WorkerMem)
                                .set(repair.worker_mem.to_string());
                        };
                        let word = (words.repair)(repair.worker_cpu, repair.worker_mem);
                        view! { <Button on_press=Callback::new(press)>{word}</Button> }
                    })
                    .collect_view();
                let said = (words.ratio)(&paid.to_string(), &used.to_string());
                view! { <div class="hint"><p>{said}</p><div class="row">{repair}</div></div> }
                    .into_any()
            }
            Hint::ManyWorkers { limit } => {
                view! { <div class="hint"><p>{(words.many_workers)(limit)}</p></div> }.into_any()
            }
            _ => ().into_any(),
        }
    };
    view! { <div class="create-hints" aria-live="polite">{move || hints().into_iter().map(one).collect_view()}</div> }
}
