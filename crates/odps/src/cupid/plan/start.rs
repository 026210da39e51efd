//! The plan that starts a cluster, as `create_mars_cluster` of PyODPS 0.9.0.1 makes it: the same
//! items in the same order, optional ones left out.

use bytes::Bytes;

use super::{COMMAND, JobConfItem, MAJOR_VERSION, item, start};
use crate::Error;

/// The module that every worker loads.
const EXTENSION: &str = "odps.mars_extension";
/// What the start command begins with.
const SCRIPT: &str = "/srv/start_server.sh";
/// The archives that the cluster unpacks unless others are asked for.
const RESOURCES: &str = "public.mars-0.4.0b2.zip,public.pyodps-0.8.5.zip";

/// How large a cluster shall be: what the start command says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartRequest {
    /// Number of workers.
    pub worker_num: u32,
    /// Cores per worker.
    pub worker_cpu: u32,
    /// Memory per worker in GB.
    pub worker_mem: u32,
    /// Cache per worker as text with its unit, such as `7.68G`.
    pub cache: String,
    /// Disks per worker.
    pub disk_num: u32,
    /// Python modules that every process loads.
    pub modules: Vec<String>,
    /// Number of schedulers.
    pub scheduler_num: u32,
}

impl StartRequest {
    /// A cluster of so many workers with the defaults of PyODPS for everything else.
    pub fn new(worker_num: u32, worker_cpu: u32, worker_mem: u32) -> Self {
        Self {
            worker_num,
            worker_cpu,
            worker_mem,
            // Python's text of the product: the shortest one that reads back as the same number.
            cache: format!("{:?}G", f64::from(worker_mem) * 0.48),
            disk_num: 1,
            modules: vec![EXTENSION.to_owned()],
            scheduler_num: 1,
        }
    }

    /// Another cache size, in GB as the user typed it.
    pub fn with_cache_mem(mut self, gigabytes: &str) -> Self {
        self.cache = format!("{gigabytes}G");
        self
    }

    /// More modules, in front of the one that is always there.
    pub fn with_modules<T: Into<String>>(mut self, modules: impl IntoIterator<Item = T>) -> Self {
        self.modules = modules.into_iter().map(Into::into).collect();
        self.modules.push(EXTENSION.to_owned());
        self
    }

    /// The cache in bytes, if the text is a number of GB.
    pub fn cache_bytes(&self) -> Option<u64> {
        let gigabytes: f64 = self.cache.strip_suffix('G')?.trim().parse().ok()?;
        let bytes = gigabytes * 1024.0 * 1024.0 * 1024.0;
        (bytes >= 0.0 && bytes < 2f64.powi(63)).then_some(bytes as u64)
    }

    /// `/srv/start_server.sh 5 4 16 7.68G 1 odps.mars_extension 1`
    pub fn command(&self) -> String {
        format!(
            "{SCRIPT} {} {} {} {} {} {} {}",
            self.worker_num,
            self.worker_cpu,
            self.worker_mem,
            self.cache,
            self.disk_num,
            self.modules.join(","),
            self.scheduler_num
        )
    }

    /// Reads the start command.
    pub fn parse(command: &str) -> Result<Self, Error> {
        let bad = || Error::malformed("start command", format!("{command:?} is none of {SCRIPT}"));
        let words: Vec<&str> = command.split_ascii_whitespace().collect();
        let [
            SCRIPT,
            worker_num,
            worker_cpu,
            worker_mem,
            cache,
            disk_num,
            modules,
            scheduler_num,
        ] = *words.as_slice()
        else {
            return Err(bad());
        };
        let number = |word: &str| word.parse::<u32>().map_err(|_| bad());
        Ok(Self {
            worker_num: number(worker_num)?,
            worker_cpu: number(worker_cpu)?,
            worker_mem: number(worker_mem)?,
            cache: cache.to_owned(),
            disk_num: number(disk_num)?,
            modules: modules
                .split(',')
                .filter(|module| !module.is_empty())
                .map(str::to_owned)
                .collect(),
            scheduler_num: number(scheduler_num)?,
        })
    }

    pub(super) fn read(items: &[JobConfItem]) -> Result<Self, Error> {
        let command = items.iter().find(|item| item.key == COMMAND);
        Self::parse(
            &command
                .ok_or_else(|| Error::malformed("plan", format!("no {COMMAND}")))?
                .value,
        )
    }
}

/// Everything that goes into the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartPlan {
    /// The control plane as the cluster shall reach it.
    pub endpoint: String,
    /// The project.
    pub project: String,
    /// The domain of the proxy, such as `open.maxcompute.aliyun.com`.
    pub proxy_endpoint: String,
    /// How large.
    pub request: StartRequest,
    /// Archives instead of the default ones (0.9 replaces, it does not add).
    pub resources: Option<Vec<String>>,
    /// The container image.
    pub image: Option<String>,
    /// The cluster of machines to run on.
    pub running_cluster: Option<String>,
    /// The running type of the engine.
    pub engine_type: Option<String>,
    /// The protocol between client and cluster manager.
    pub major_task_version: String,
    /// Further settings; of these only keys that begin with `odps` or `cupid` are sent.
    pub settings: Vec<(String, String)>,
}

impl StartPlan {
    /// A plan with every option as it comes.
    pub fn new(endpoint: &str, project: &str, proxy_endpoint: &str, request: StartRequest) -> Self {
        Self {
            endpoint: endpoint.to_owned(),
            project: project.to_owned(),
            proxy_endpoint: proxy_endpoint.to_owned(),
            request,
            resources: None,
            image: None,
            running_cluster: None,
            engine_type: None,
            major_task_version: "cupid_v2".to_owned(),
            settings: Vec::new(),
        }
    }

    /// The plan, without the two credential items.
    pub fn to_bytes(&self) -> Bytes {
        let resources = self
            .resources
            .as_ref()
            .map_or_else(|| RESOURCES.to_owned(), |names| names.join(","));
        let mut items = vec![
            item(MAJOR_VERSION, &self.major_task_version),
            item("odps.end.point", &self.endpoint),
            item("odps.project.name", &self.project),
            item("odps.moye.am.cores", "400"),
            item("odps.cupid.proxy.end.point", &self.proxy_endpoint),
            item("odps.cupid.kube.master.mode", "cupid"),
            item("odps.cupid.master.type", "kubernetes"),
        ];
        let optional =
            |key: &str, value: &Option<String>| value.as_ref().map(|value| item(key, value));
        items.extend(optional(
            "odps.cupid.engine.running.type",
            &self.engine_type,
        ));
        items.extend([
            item("odps.cupid.job.capability.duration.hours", "25920"),
            item("odps.cupid.channel.init.timeout.seconds", "120"),
            item("odps.moye.runtime.type", "mars"),
            item("odps.cupid.resources", resources),
            item(COMMAND, self.request.command()),
        ]);
        items.extend(optional("odps.cupid.kube.appmaster.image", &self.image));
        items.extend(optional(
            "odps.moye.job.runningcluster",
            &self.running_cluster,
        ));
        for (key, value) in &self.settings {
            if !(key.starts_with("odps") || key.starts_with("cupid")) {
                continue;
            }
            match items.iter_mut().find(|item| item.key == *key) {
                Some(known) => known.value.clone_from(value),
                None => items.push(item(key, value)),
            }
        }
        start(items, self.engine_type.as_deref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cupid::plan::Plan;

    #[test]
    fn cache_sizes_as_python_writes_them() {
        for (mem, cache) in [
            (16, "7.68G"),
            (1, "0.48G"),
            (4, "1.92G"),
            (100, "48.0G"),
            (0, "0.0G"),
            (7, "3.36G"),
        ] {
            assert_eq!(StartRequest::new(1, 1, mem).cache, cache);
        }
        assert_eq!(StartRequest::new(1, 1, 100).cache_bytes(), Some(48 << 30));
        assert_eq!(
            StartRequest::new(1, 1, 1).with_cache_mem("x").cache_bytes(),
            None
        );
    }

    #[test]
    fn the_command_comes_back() {
        let request = StartRequest::new(5, 4, 16)
            .with_modules(["my.module"])
            .with_cache_mem("6");
        assert_eq!(
            request.command(),
            "/srv/start_server.sh 5 4 16 6G 1 my.module,odps.mars_extension 1"
        );
        assert_eq!(StartRequest::parse(&request.command()), Ok(request));
        for text in [
            "",
            "/srv/start_server.sh 5",
            "/bin/sh 5 4 16 7G 1 m 1",
            "/srv/start_server.sh -1 4 16 7G 1 m 1",
        ] {
            assert!(StartRequest::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn settings_replace_and_add() {
        let mut plan = StartPlan::new("e", "p", "x", StartRequest::new(1, 1, 4));
        let pairs = [
            ("odps.moye.am.cores", "800"),
            ("cupid.extra", "1"),
            ("other", "2"),
        ];
        plan.settings = pairs
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into();
        let bytes = plan.to_bytes();
        let text = String::from_utf8_lossy(&bytes);
        assert!(text.contains("800") && text.contains("cupid.extra") && !text.contains("other"));
        assert_eq!(Plan::read(&bytes), Ok(Plan::Start(plan.request)));
    }
}
