//! What this browser keeps so that nothing is lost: ids of clusters that were asked for here, jobs
//! that were submitted here, and the intent of a submission that is under way. No secret, no result.

use cluster::Spec;
use serde_json::{Value, json};
use wire::Millis;

/// How many clusters, and how many jobs of one cluster, are kept.
const MOST: usize = 50;

/// A cluster that was asked for in this browser.
#[derive(Clone, Debug, PartialEq)]
pub struct KeptCluster {
    /// The instance.
    pub id: String,
    /// What was asked for; unknown for a cluster that was attached.
    pub spec: Option<Spec>,
    /// When it was asked for.
    pub at: Millis,
}

/// A job that was submitted in this browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptJob {
    /// The Mars session that it runs in.
    pub session: String,
    /// The key of its graph.
    pub graph: String,
    /// The key of the wanted result.
    pub target: String,
    /// The expression.
    pub text: String,
    /// When it was submitted.
    pub at: Millis,
}

/// The clusters of a project, newest first.
pub fn clusters(project: &str) -> Vec<KeptCluster> {
    read(&clusters_key(project), cluster_from)
}

/// Keeps a cluster, in front.
pub fn keep_cluster(project: &str, kept: &KeptCluster) {
    let mut list = clusters(project);
    let known = list
        .iter()
        .find(|other| other.id == kept.id)
        .and_then(|other| other.spec.clone());
    list.retain(|other| other.id != kept.id);
    list.insert(
        0,
        KeptCluster {
            spec: kept.spec.clone().or(known),
            ..kept.clone()
        },
    );
    write(&clusters_key(project), &list, cluster_to);
}

/// Forgets a cluster; nothing happens to the cluster itself.
pub fn forget_cluster(project: &str, id: &str) {
    let mut list = clusters(project);
    list.retain(|other| other.id != id);
    write(&clusters_key(project), &list, cluster_to);
}

/// The jobs of a cluster, newest first.
pub fn jobs(instance: &str) -> Vec<KeptJob> {
    read(&jobs_key(instance), job_from)
}

/// Keeps a job, in front.
pub fn keep_job(instance: &str, kept: &KeptJob) {
    let mut list = jobs(instance);
    list.retain(|other| (&other.session, &other.graph) != (&kept.session, &kept.graph));
    list.insert(0, kept.clone());
    write(&jobs_key(instance), &list, job_to);
}

/// The text of a submission that is under way in this tab.
pub fn intent(key: &str) -> Option<String> {
    session()?.get_item(key).ok().flatten()
}

/// Keeps or clears the text of a submission that is under way in this tab.
pub fn set_intent(key: &str, text: Option<&str>) {
    let Some(storage) = session() else { return };
    // Storage may be full or forbidden; the submission then is not taken up after a reload.
    let _ = match text {
        Some(text) => storage.set_item(key, text),
        None => storage.remove_item(key),
    };
}

/// A text that this browser keeps.
pub fn text(key: &str) -> Option<String> {
    local()?.get_item(key).ok().flatten()
}

/// Keeps a text; false when the browser has no room for it or forbids it.
pub fn set_text(key: &str, text: &str) -> bool {
    local().is_some_and(|storage| storage.set_item(key, text).is_ok())
}

fn clusters_key(project: &str) -> String {
    format!("mars-console.clusters.{project}")
}

fn jobs_key(instance: &str) -> String {
    format!("mars-console.jobs.{instance}")
}

fn cluster_to(kept: &KeptCluster) -> Value {
    json!({ "id": kept.id, "spec": kept.spec, "at": kept.at })
}

fn cluster_from(value: &Value) -> Option<KeptCluster> {
    Some(KeptCluster {
        id: value.get("id")?.as_str()?.to_owned(),
        spec: value
            .get("spec")
            .and_then(|spec| serde_json::from_value(spec.clone()).ok()),
        at: value.get("at")?.as_u64()?,
    })
}

fn job_to(kept: &KeptJob) -> Value {
    let KeptJob {
        session,
        graph,
        target,
        text,
        at,
    } = kept;
    json!({ "session": session, "graph": graph, "target": target, "text": text, "at": at })
}

fn job_from(value: &Value) -> Option<KeptJob> {
    let text = |key: &str| Some(value.get(key)?.as_str()?.to_owned());
    Some(KeptJob {
        session: text("session")?,
        graph: text("graph")?,
        target: text("target")?,
        text: text("text")?,
        at: value.get("at")?.as_u64()?,
    })
}

/// What another version wrote and cannot be read is skipped.
fn parse<T>(text: &str, one: fn(&Value) -> Option<T>) -> Vec<T> {
    let list: Vec<Value> = serde_json::from_str(text).unwrap_or_default();
    list.iter().filter_map(one).take(MOST).collect()
}

fn read<T>(key: &str, one: fn(&Value) -> Option<T>) -> Vec<T> {
    let text = local().and_then(|storage| storage.get_item(key).ok().flatten());
    text.map(|text| parse(&text, one)).unwrap_or_default()
}

fn write<T>(key: &str, list: &[T], one: fn(&T) -> Value) {
    let list: Vec<Value> = list.iter().take(MOST).map(one).collect();
    if let Some(storage) = local() {
        // Storage may be full or forbidden; the list then lasts for this visit only.
        let _ = storage.set_item(key, &Value::from(list).to_string());
    }
}

fn local() -> Option<web_sys::Storage> {
    web_sys::window()?.local_storage().ok().flatten()
}

fn session() -> Option<web_sys::Storage> {
    web_sys::window()?.session_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use cluster::Spec;

    use super::{KeptCluster, KeptJob, cluster_from, cluster_to, job_from, job_to, parse};

    #[test]
    fn what_is_kept_reads_back() {
        let kept = KeptCluster {
            id: "20261122g1".into(),
            spec: Some(Spec::guide()),
            at: 5,
        };
        assert_eq!(cluster_from(&cluster_to(&kept)), Some(kept));
        let job = KeptJob {
            session: "s".into(),
            graph: "g".into(),
            target: "t".into(),
            text: "mt.ones(3)".into(),
            at: 7,
        };
        assert_eq!(job_from(&job_to(&job)), Some(job));
    }

    #[test]
    fn noise_is_skipped() {
        assert_eq!(parse("nonsense", cluster_from), []);
        let list = parse(
            r#"[{"id":1},{"id":"x","at":1,"spec":{"old":true}}]"#,
            cluster_from,
        );
        assert_eq!(
            list,
            [KeptCluster {
                id: "x".into(),
                spec: None,
                at: 1
            }]
        );
    }
}
