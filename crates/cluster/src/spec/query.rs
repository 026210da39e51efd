//! The form as a link: `/clusters/new?worker_num=5&…` with PyODPS's names.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::{Field, FieldProblem, Rule, Spec};

/// What stays readable in a link.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b',')
    .remove(b':')
    .remove(b'/');

impl Spec {
    /// The fields that differ from PyODPS's defaults, as a query without the question mark. The
    /// three sizes of a worker are always there: they are what a link is about.
    pub fn to_query(&self) -> String {
        let default = Spec::default();
        let always = [Field::WorkerNum, Field::WorkerCpu, Field::WorkerMem];
        let pairs = Field::ALL
            .into_iter()
            .filter(|field| always.contains(field) || self.get(*field) != default.get(*field))
            .map(|field| {
                format!(
                    "{}={}",
                    field.as_str(),
                    utf8_percent_encode(&self.get(field), PLAIN)
                )
            });
        pairs.collect::<Vec<_>>().join("&")
    }

    /// Reads a query; keys that are no field are left to others. A value that cannot be read keeps
    /// its default and is reported with the text that stood there, so that the form can show both.
    pub fn from_query(query: &str) -> (Self, Vec<(FieldProblem, String)>) {
        let mut spec = Spec::default();
        let mut problems = Vec::new();
        for pair in query.trim_start_matches('?').split('&') {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            let Some(field) = Field::named(&decoded(key)) else {
                continue;
            };
            let value = decoded(value);
            if let Err(rule) = spec.set(field, &value) {
                problems.push((FieldProblem { field, rule }, value));
            }
        }
        // An empty number in a link is no mistake: the default stands.
        problems.retain(|(problem, _)| problem.rule != Rule::Missing);
        (spec, problems)
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(&text.replace('+', " "))
        .decode_utf8_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_makes_the_link_of_the_product_page() {
        assert_eq!(
            Spec::guide().to_query(),
            "worker_num=5&worker_cpu=4&worker_mem=16&min_worker_num=3"
        );
    }

    #[test]
    fn a_link_and_its_spec_are_the_same() {
        let spec = Spec {
            cache_mem: Some(6),
            disk_num: 2,
            resources: vec!["p.a.zip".into(), "p.b+c.zip".into()],
            module_path: vec!["my.module".into()],
            scheduler_num: 2,
            mars_app_image: Some("registry.test/mars:1".into()),
            priority: Some(0),
            running_cluster: Some("一号&x=1".into()),
            proxy_endpoint: Some("localhost:8080".into()),
            name: Some("nightly run".into()),
            ..Spec::guide()
        };
        assert_eq!(Spec::from_query(&spec.to_query()), (spec, vec![]));
    }

    #[test]
    fn what_cannot_be_read_is_told_and_other_keys_are_left_alone() {
        let (spec, problems) =
            Spec::from_query("?embed=1&worker_num=many&worker_mem=-2&worker_cpu=");
        assert_eq!(spec, Spec::default());
        let told: Vec<_> = problems
            .iter()
            .map(|(p, text)| (p.field, p.rule.clone(), text.as_str()))
            .collect();
        let wanted = [
            (Field::WorkerNum, Rule::NotWhole, "many"),
            (Field::WorkerMem, Rule::AtLeast(0), "-2"),
        ];
        assert_eq!(told, wanted);
    }
}
