//! The PyODPS call that a spec equals.

use super::{Field, Spec};

impl Spec {
    /// Writes `client = o.create_mars_cluster(5, 4, 16, min_worker_num=3)`: the three sizes of a
    /// worker by position as far as needed, the rest by keyword, defaults left out. A
    /// name is an argument of later PyODPS; `if_exists` always stands beside it, because that client
    /// reuses where this one ignores.
    pub fn as_pyodps_call(&self) -> String {
        let default = Spec::default();
        let sizes = [Field::WorkerNum, Field::WorkerCpu, Field::WorkerMem];
        let differs = |field: &Field| self.get(*field) != default.get(*field);
        let positional = sizes.iter().rposition(differs).map_or(0, |last| last + 1);
        let mut arguments: Vec<String> = sizes
            .iter()
            .take(positional)
            .map(|field| self.get(*field))
            .collect();
        for field in Field::ALL.into_iter().skip(sizes.len()) {
            let with_name = field == Field::IfExists && self.name.is_some();
            if !differs(&field) && !with_name {
                continue;
            }
            if let Some(value) = self.python(field) {
                arguments.push(format!("{}={value}", field.as_str()));
            }
        }
        format!("client = o.create_mars_cluster({})", arguments.join(", "))
    }

    /// The value of a field as a Python literal; none when it is not given.
    fn python(&self, field: Field) -> Option<String> {
        let text = |text: &Option<String>| text.as_deref().map(python_text);
        let list = |items: &[String]| {
            let items: Vec<String> = items.iter().map(|item| python_text(item)).collect();
            format!("[{}]", items.join(", "))
        };
        match field {
            Field::Resources => Some(list(&self.resources)),
            Field::ModulePath => Some(list(&self.module_path)),
            Field::MarsAppImage => text(&self.mars_app_image),
            Field::RunningCluster => text(&self.running_cluster),
            Field::ProxyEndpoint => text(&self.proxy_endpoint),
            Field::Name => text(&self.name),
            Field::IfExists => Some(python_text(self.if_exists.as_str())),
            _ => Some(self.get(field)),
        }
    }
}

/// A text as Python's `repr` writes it, printable characters left as they are.
fn python_text(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') {
        '"'
    } else {
        '\''
    };
    let mut out = String::from(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => {
                let code = u32::from(c);
                out.push_str(&if code < 256 {
                    format!("\\x{code:02x}")
                } else {
                    format!("\\u{code:04x}")
                });
            }
            c => out.push(c),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guide_is_written_as_the_guide_writes_it() {
        assert_eq!(
            Spec::guide().as_pyodps_call(),
            "client = o.create_mars_cluster(5, 4, 16, min_worker_num=3)"
        );
    }

    #[test]
    fn defaults_are_left_out() {
        assert_eq!(
            Spec::default().as_pyodps_call(),
            "client = o.create_mars_cluster()"
        );
        let two = Spec {
            worker_cpu: 2,
            ..Spec::default()
        };
        assert_eq!(two.as_pyodps_call(), "client = o.create_mars_cluster(1, 2)");
    }

    #[test]
    fn every_argument_of_the_recorded_call_is_written() {
        let spec = Spec {
            cache_mem: Some(6),
            disk_num: 2,
            resources: vec!["vec_project.extra.zip".into()],
            module_path: vec!["my.module".into()],
            scheduler_num: 2,
            mars_app_image: Some("registry.test/mars:1".into()),
            priority: Some(3),
            running_cluster: Some("StubCluster".into()),
            name: Some("nightly".into()),
            ..Spec::guide()
        };
        assert_eq!(
            spec.as_pyodps_call(),
            "client = o.create_mars_cluster(5, 4, 16, cache_mem=6, disk_num=2, min_worker_num=3, \
             resources=['vec_project.extra.zip'], module_path=['my.module'], scheduler_num=2, \
             mars_app_image='registry.test/mars:1', priority=3, running_cluster='StubCluster', \
             name='nightly', if_exists='ignore')"
        );
    }
}
