//! 中文：集群。

use cluster::{Field, PasteErrorKind, Rule};

use crate::text::clusters::{Clusters, Create, List};

pub(super) const CLUSTERS: Clusters = Clusters {
    title: "集群",
    new: "新建集群",
    create: CREATE,
    list: LIST,
};

const LIST: List = List {
    attach: "按实例 ID 接回",
    attach_word: "接回",
    cluster: "集群",
    state: "实例状态",
    size: "申请规格",
    owner: "所有者",
    started: "开始",
    lasted: "时长",
    cost: "费用（约）",
    none: "本账号最近三天没有 Mars 集群。",
    none_next: "可以新建一个，或按实例 ID 接回。",
    runs: "运行中",
    suspended: "已挂起",
    ended: "已结束",
    size_of: |num, cpu, mem| format!("{num} × {cpu} 核 {mem} GB"),
    size_unknown: "–",
    unknown_size_hint: "在别处创建：只有创建集群的浏览器知道申请了什么规格",
};

const CREATE: Create = Create {
    title: "新建集群",
    lead: "在 MaxCompute 中启动 Mars 集群，等同于 create_mars_cluster。",
    size: "规格",
    advanced: "更多参数",
    advanced_lead: "这里都可以留空，按 PyODPS 的默认值处理。",
    label,
    hint,
    unit,
    rule,
    ratio: |paid, used| format!("每个 Worker 按 {paid} CU 计费，实际可用 {used} CU：1 核配 4 GB。"),
    repair: |cpu, mem| format!("改为 {cpu} 核 {mem} GB"),
    many_workers: |limit| {
        format!("超过 {limit} 个 Worker 时镜像服务压力较大，启动可能很慢或失败。")
    },
    submit: "创建集群",
    submitting: "提交中…",
    submit_refused: "请先修改标出的字段",
    no_connection: "还没有连接",
    paste: "粘贴 PyODPS 调用",
    paste_hint: "例如 o.create_mars_cluster(5, 4, 16, min_worker_num=3)，会自动填好表单。",
    paste_apply: "填入",
    paste_error,
    paste_attach: |id| format!("这个调用是接回实例 {id}，不会新建集群。"),
    paste_attach_go: "打开该集群",
    pasted: "已按该调用填好表单。",
    price: "价格",
    per_hour: "每小时",
    per_day: "每天",
    to_cap: |hours| format!("若无人停止（{hours} 小时）"),
    about: |currency, amount| format!("约 {currency} {amount}"),
    cu: |total, workers, overhead| format!("共 {total} CU：Worker {workers}，调度器 {overhead}"),
    book: |date| format!("按量付费目录价，读取于 {date}。包年包月配额内不另收费。"),
    guide_overhead: |cu| format!("按指南，调度器与 Web 为 {cu} CU。"),
    local_price: "本机 MaxCompute 不收费。在真实环境中价格为：",
    local_scaled: "本机引擎会按这台机器缩减进程规模，并在集群页说明。",
    price_unknown: "字段填对后显示价格。",
    equal: "其他等价形式",
    python: "PyODPS",
    link: "此表单的链接",
    curl: "curl",
    curl_hint: "此表单的两个请求，经由持有密钥的网关发送。CONSOLE 为本页面的地址。",
    twin_title: "同名集群已在运行",
    twin_body: |id| format!("实例 {id} 以同样的名字启动且尚未结束。两个集群费用加倍。"),
    twin_reuse: "打开运行中的集群",
    twin_another: "再建一个",
    resumed: "离开页面时有一次提交尚未完成，正在继续。",
};

fn label(field: Field) -> &'static str {
    match field {
        Field::WorkerNum => "Worker 数",
        Field::WorkerCpu => "每个 Worker 核数",
        Field::WorkerMem => "每个 Worker 内存",
        Field::CacheMem => "每个 Worker 缓存",
        Field::DiskNum => "每个 Worker 磁盘数",
        Field::MinWorkerNum => "可用下限",
        Field::Resources => "资源",
        Field::ModulePath => "模块",
        Field::SchedulerNum => "调度器数",
        Field::MarsAppImage => "容器镜像",
        Field::Priority => "优先级",
        Field::RunningCluster => "计算集群",
        Field::ProxyEndpoint => "代理地址",
        Field::Name => "名称",
        Field::IfExists => "若同名集群已在运行",
    }
}

fn hint(field: Field) -> &'static str {
    match field {
        Field::WorkerNum => "worker_num",
        Field::WorkerCpu => "worker_cpu",
        Field::WorkerMem => "worker_mem",
        Field::MinWorkerNum => "min_worker_num；留空表示全部",
        Field::CacheMem => "cache_mem；留空为内存的 48 %",
        Field::DiskNum => "disk_num",
        Field::SchedulerNum => "scheduler_num",
        Field::Resources => "resources，用逗号分隔；会取代引擎自带的包",
        Field::ModulePath => "module_path，用逗号分隔；每个进程都会加载",
        Field::MarsAppImage => "mars_app_image",
        Field::Priority => "priority，0（最先）到 9；留空为 9",
        Field::RunningCluster => "running_cluster",
        Field::ProxyEndpoint => "proxy_endpoint，主机名，不带协议",
        Field::Name => "自己认得的名字；引擎不需要",
        Field::IfExists => "if_exists",
    }
}

fn unit(field: Field) -> Option<&'static str> {
    match field {
        Field::WorkerMem | Field::CacheMem => Some("GB"),
        Field::MinWorkerNum => Some("个"),
        _ => None,
    }
}

fn rule(rule: &Rule) -> String {
    match rule {
        Rule::Missing => "需要填写".to_owned(),
        Rule::NotWhole => "必须是整数".to_owned(),
        Rule::AtLeast(least) => format!("至少为 {least}"),
        Rule::AtMost(most) => format!("至多为 {most}"),
        Rule::MustExceedOneGb => "必须大于 1 GB，否则 Worker 无法启动".to_owned(),
        Rule::MoreThanWorkers { worker_num } => {
            format!("只申请了 {worker_num} 个 Worker，会一直等下去")
        }
        Rule::CacheNotBelowMemory { worker_mem } => {
            format!("必须小于 Worker 的 {worker_mem} GB 内存")
        }
        Rule::BadCharacter(character) => format!("这里不能使用字符 {character:?}"),
        Rule::NotAChoice => super::create::CREATE.not_a_choice.to_owned(),
        Rule::NotAHost => "只能是主机名和端口，不带协议和路径".to_owned(),
        Rule::TooLong { limit } => format!("至多 {limit} 个字符"),
        _ => "这里不能使用这个值".to_owned(),
    }
}

fn paste_error(line: u32, column: u32, kind: &PasteErrorKind) -> String {
    let what = match kind {
        PasteErrorKind::NoCall => return "这段文本里没有 create_mars_cluster(…)。".to_owned(),
        PasteErrorKind::CutOff => "调用不完整".to_owned(),
        PasteErrorKind::ExpectedComma => "缺少逗号或右括号".to_owned(),
        PasteErrorKind::ExpectedValue => "这里应为数字、文本或列表；变量与算式不会求值".to_owned(),
        PasteErrorKind::UnclosedText => "文本缺少右引号".to_owned(),
        PasteErrorKind::TooMany { most } => format!("按位置最多 {most} 个参数"),
        PasteErrorKind::PositionalAfterKeyword => "按位置的参数出现在按名字的参数之后".to_owned(),
        PasteErrorKind::Repeated(name) => format!("{name} 出现了两次"),
        PasteErrorKind::BadValue {
            field,
            rule: broken,
        } => {
            format!("{}：{}", field.as_str(), rule(broken))
        }
        _ => "无法读取这个调用".to_owned(),
    };
    format!("第 {line} 行第 {column} 列：{what}。")
}
