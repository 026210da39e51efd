//! English: clusters.

use cluster::{Field, PasteErrorKind, Rule};

use crate::text::clusters::{Clusters, Create, List};

pub(super) const CLUSTERS: Clusters = Clusters {
    title: "Clusters",
    new: "New cluster",
    create: CREATE,
    list: LIST,
};

const LIST: List = List {
    attach: "Attach by instance id",
    attach_word: "Attach",
    cluster: "Cluster",
    state: "Instance",
    size: "Asked for",
    owner: "Owner",
    started: "Started",
    lasted: "Age",
    cost: "Cost, about",
    none: "No Mars cluster of this account in the last three days.",
    none_next: "Create one, or attach to one by its instance id.",
    runs: "Running",
    suspended: "Suspended",
    ended: "Ended",
    size_of: |num, cpu, mem| format!("{num} × {cpu} cores, {mem} GB"),
    size_unknown: "–",
    unknown_size_hint: "Created elsewhere: only the browser that created a cluster knows what was asked for",
};

const CREATE: Create = Create {
    title: "New cluster",
    lead: "Starts a Mars cluster inside MaxCompute, as create_mars_cluster does.",
    size: "Size",
    advanced: "More parameters",
    advanced_lead: "Everything here may stay empty: PyODPS's defaults apply.",
    label,
    hint,
    unit,
    rule,
    ratio: |paid, used| {
        format!("Each worker is charged as {paid} CU and can use {used}: one core goes with 4 GB.")
    },
    repair: |cpu, mem| format!("Make it {cpu} cores, {mem} GB"),
    many_workers: |limit| {
        format!(
            "Over {limit} workers the image service is known to struggle; start may take long or fail."
        )
    },
    submit: "Create cluster",
    submitting: "Submitting…",
    submit_refused: "Correct the marked fields first",
    no_connection: "There is no connection yet",
    paste: "Paste a PyODPS call",
    paste_hint: "A line such as o.create_mars_cluster(5, 4, 16, min_worker_num=3) fills in the form.",
    paste_apply: "Fill in",
    paste_error,
    paste_attach: |id| format!("This call attaches to instance {id} and creates nothing."),
    paste_attach_go: "Open that cluster",
    pasted: "The form was filled in from the call.",
    price: "Price",
    per_hour: "per hour",
    per_day: "per day",
    to_cap: |hours| format!("if nobody stops it ({hours} h)"),
    about: |currency, amount| format!("about {currency} {amount}"),
    cu: |total, workers, overhead| {
        format!("{total} CU: {workers} for the workers, {overhead} for the scheduler")
    },
    book: |date| {
        format!("Pay-as-you-go list price, read {date}. Nothing extra under a subscription quota.")
    },
    guide_overhead: |cu| format!("The guide counts {cu} CU for scheduler and web."),
    local_price: "Nothing is billed on a local MaxCompute. On the real one it would be:",
    local_scaled: "The local engine scales processes to this machine and says so on the cluster.",
    price_unknown: "The price follows once the fields are right.",
    equal: "The same, elsewhere",
    python: "PyODPS",
    link: "Link to this form",
    curl: "curl",
    curl_hint: "The two requests of this form, sent through this gateway, which holds the key. CONSOLE is the address of this page.",
    twin_title: "A cluster of this name runs already",
    twin_body: |id| {
        format!(
            "Instance {id} was started with the same name and has not ended. Two clusters cost twice."
        )
    },
    twin_reuse: "Open the running one",
    twin_another: "Create another",
    resumed: "A submission was under way when this page was left. It is being taken up again.",
};

fn label(field: Field) -> &'static str {
    match field {
        Field::WorkerNum => "Workers",
        Field::WorkerCpu => "Cores per worker",
        Field::WorkerMem => "Memory per worker",
        Field::CacheMem => "Cache per worker",
        Field::DiskNum => "Disks per worker",
        Field::MinWorkerNum => "Usable from",
        Field::Resources => "Resources",
        Field::ModulePath => "Modules",
        Field::SchedulerNum => "Schedulers",
        Field::MarsAppImage => "Container image",
        Field::Priority => "Priority",
        Field::RunningCluster => "Compute cluster",
        Field::ProxyEndpoint => "Proxy endpoint",
        Field::Name => "Name",
        Field::IfExists => "If one of this name runs already",
    }
}

fn hint(field: Field) -> &'static str {
    match field {
        Field::WorkerNum => "worker_num",
        Field::WorkerCpu => "worker_cpu",
        Field::WorkerMem => "worker_mem",
        Field::MinWorkerNum => "min_worker_num; empty: all of them",
        Field::CacheMem => "cache_mem; empty: 48 % of the memory",
        Field::DiskNum => "disk_num",
        Field::SchedulerNum => "scheduler_num",
        Field::Resources => "resources, separated by commas; replace the engine's own packages",
        Field::ModulePath => "module_path, separated by commas; loaded by every process",
        Field::MarsAppImage => "mars_app_image",
        Field::Priority => "priority, 0 (first) to 9; empty: 9",
        Field::RunningCluster => "running_cluster",
        Field::ProxyEndpoint => "proxy_endpoint, host without scheme",
        Field::Name => "Your own word for it; the engine does not need one",
        Field::IfExists => "if_exists",
    }
}

fn unit(field: Field) -> Option<&'static str> {
    match field {
        Field::WorkerMem | Field::CacheMem => Some("GB"),
        Field::MinWorkerNum => Some("workers"),
        _ => None,
    }
}

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Missing => "Needs a value".to_owned(),
        Rule::NotWhole => "Must be a whole number".to_owned(),
        Rule::AtLeast(least) => format!("Must be at least {least}"),
        Rule::AtMost(most) => format!("Must be at most {most}"),
        Rule::MustExceedOneGb => {
            "Must be more than 1 GB: a worker does not start on less".to_owned()
        }
        Rule::MoreThanWorkers { worker_num } => {
            format!("Only {worker_num} workers are asked for: it would wait for ever")
        }
        Rule::CacheNotBelowMemory { worker_mem } => {
            format!("Must be below the worker's {worker_mem} GB")
        }
        Rule::BadCharacter(character) => format!("The character {character:?} cannot be used here"),
        Rule::NotAHost => "Only a host and a port, without scheme and path".to_owned(),
        Rule::TooLong { limit } => format!("At most {limit} characters"),
        Rule::NotAChoice => super::create::CREATE.not_a_choice.to_owned(),
        _ => "Cannot be used here".to_owned(),
    }
}

fn paste_error(line: u32, column: u32, kind: &PasteErrorKind) -> String {
    let what = match kind {
        PasteErrorKind::NoCall => {
            return "There is no create_mars_cluster(…) in this text.".to_owned();
        }
        PasteErrorKind::CutOff => "the call is cut off".to_owned(),
        PasteErrorKind::ExpectedComma => "a comma or the closing bracket is missing".to_owned(),
        PasteErrorKind::ExpectedValue => {
            "a number, a text or a list is expected; names and sums are not evaluated".to_owned()
        }
        PasteErrorKind::UnclosedText => "a text has no closing quote".to_owned(),
        PasteErrorKind::TooMany { most } => {
            format!("the call takes at most {most} values by position")
        }
        PasteErrorKind::PositionalAfterKeyword => {
            "a value by position stands after one by name".to_owned()
        }
        PasteErrorKind::Repeated(name) => format!("{name} is given twice"),
        PasteErrorKind::BadValue {
            field,
            rule: broken,
        } => {
            format!("{}: {}", field.as_str(), rule(broken))
        }
        _ => "the call cannot be read".to_owned(),
    };
    format!("Line {line}, column {column}: {what}.")
}
