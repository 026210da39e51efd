//! 中文：集群的运行记录。

use cluster::diagnosis::{Next, What};
use cluster::flight::{EndWord, SideWord, StageWord};

use crate::format::{bytes, elapsed};
use crate::text::flight::Flight;

pub(super) const FLIGHT: Flight = Flight {
    tab: "运行记录",
    lead: "本浏览器在观察该集群期间读到的内容；其间未观察的时段一无所知。",
    none: "本浏览器没有该集群的记录。",
    none_next: "打开集群页面期间会自动记录；也可以在这里打开别处导出的文件。",
    stands_out: "值得注意",
    nothing: "记录中没有值得注意之处。",
    finding: |what| match what {
        What::WorkerLost { left } => {
            format!("丢失一个 Worker：它已不在列表中。当时剩余 {left} 个。")
        }
        What::WorkerStale { silent } => {
            format!(
                "一个 Worker 不再上报：最近的报告已有 {} 没有变化。",
                elapsed(*silent)
            )
        }
        What::Unbalanced { busy, idle, least } => format!(
            "负载不均：该 Worker 的槽位使用率为 {} %，而 {idle} 为 {} %。",
            busy / 10,
            least / 10
        ),
        What::MemoryPressure { used, total } => {
            format!(
                "内存几乎用尽：已用 {}，共 {}。",
                bytes(*used),
                bytes(*total)
            )
        }
        What::Spill { grown } => {
            format!("运算期间溢写磁盘占用增加了 {}。", bytes(*grown))
        }
        What::Stuck { operands, length } => format!(
            "运算停滞：{operands} 个算子在 {} 内没有任何变化。",
            elapsed(*length)
        ),
        What::NeverUsed { length } => format!(
            "无人使用：已可用 {}，没有见到任何会话、算子或计算图。",
            elapsed(*length)
        ),
        What::HiddenRetries { times, operand } => {
            format!("引擎悄悄重做了算子：共 {times} 次，最近一次是 {operand}。")
        }
        What::Unreachable { spells, longest } => format!(
            "引擎的 Web 服务没有应答：{spells} 次，最长 {}。",
            elapsed(*longest)
        ),
        _ => "有值得注意之处，但此版本没有相应的说明。".to_owned(),
    },
    next: |next| match next {
        Next::ReadLogview => {
            "请在 Logview 页签查看该 Worker 的日志；只存在于其上的结果会重新计算。"
        }
        Next::WaitForTimeout => {
            "请等待一分钟：引擎会自行放弃沉默的 Worker。若作业失败，请重新运行。"
        }
        Next::SmallerChunks => "请使用更小的分块，或重新平衡数据，使每个 Worker 都分到一部分。",
        Next::MoreMemory => "请使用更小的分块，或在创建集群时为每个 Worker 申请更多内存。",
        Next::CancelGraph => "请取消该作业并重新运行；若再次停滞，请停止集群。",
        Next::StopCluster => {
            "若无人需要，请停止它：引擎自带的空闲停止要等到第一个会话之后才开始计时。"
        }
        Next::CheckConnection => "请检查本机网络和网关；集群本身可能一切正常。",
    },
    on_worker: |worker| format!("位于 {worker}"),
    until_now: "至今",
    moment: "时刻",
    moment_hint: "方向键按秒移动，Page Up 和 Page Down 移动更多。",
    to_last: "回到最后一次读取",
    export: "导出为文件",
    open: "打开记录文件",
    opened: |instance| format!("显示的是文件中的内容：{instance} 的运行记录。"),
    close: "关闭文件",
    unreadable: |why| format!("无法作为运行记录打开该文件：{why}"),
    unkept: |why| format!("本浏览器没有保存运行记录，关闭页面后即消失：{why}"),
    charts: "随时间变化",
    state: "状态",
    stage: |stage| match stage {
        StageWord::Accepted => "已受理",
        StageWord::Suspended => "已挂起",
        StageWord::Starting => "引擎启动中",
        StageWord::WebReachable => "Web 服务可达",
        StageWord::Workers => "Worker 加入中",
        StageWord::Usable => "可用",
        StageWord::Full => "Worker 到齐",
        StageWord::Ended(EndWord::Failed) => "已结束：失败",
        StageWord::Ended(EndWord::Cancelled) => "已结束：被停止",
        StageWord::Ended(EndWord::Finished) => "已结束：完成",
        StageWord::Ended(_) => "已结束",
    },
    side: |side| match side {
        SideWord::NotAnswering => "尚无应答",
        SideWord::Unreachable => "无法访问",
        SideWord::Degraded => "缺少 Worker",
        SideWord::Unknown => "连续多轮未知",
    },
    busy: "计算中",
    idle: "空闲",
    nothing_read: "尚未读到任何内容",
    workers: "Worker 数",
    cpu: "已用核数",
    memory: "已用内存",
    disk: "已用溢写磁盘",
    slots: "已用槽位",
    operands: "算子",
    network: "网络 收 / 发",
    reported: "上报",
    status: "状态",
    present: "在列",
    stale: |age| format!("已沉默 {age}"),
    lost: |time| format!("丢失于 {time}"),
    first_seen: |time| format!("首次出现于 {time}"),
    used_slots: |used, all| format!("{used} / {all}"),
    operands_of: |running, all| format!("{all} 个中 {running} 个运行"),
    traffic: |receive, send| format!("{receive}/s / {send}/s"),
    of_worker: |what, worker| format!("{worker} 的{what}"),
    range: |what, low, high| format!("{what}：{low} 至 {high}"),
    no_figures: |what| format!("{what}：没有数据"),
    graphs: "计算图",
    no_graphs: "当时还没有读到计算图。“作业”页签查询状态时会记录计算图。",
    graph: "计算图",
    since: "自",
    sessions: |count| match count {
        0 => "没有会话在 Worker 上有算子。".to_owned(),
        count => format!("{count} 个会话在 Worker 上有算子。"),
    },
};
