//! Chinese: sessions, graphs, schedulers and timelines of an engine.

use mars::v04::session::State;

use crate::pages::clusters::detail::worker_timeline::lanes::Work;
use crate::text::engine::Engine;

pub(super) const ENGINE: Engine = Engine {
    tab: "会话",
    lead: "此集群上的全部会话（不论由谁创建）以及其中运行过的图。",
    ended: "集群已结束，其会话和结果也随之结束。",
    absent: "此引擎不提供会话列表、算子进度、调度器信息和时间线：MaxCompute 中的 Mars 集群只在自己的网页上显示这些内容。下面是本浏览器创建的会话，内容来自引擎的 API。",
    absent_none: "本浏览器没有在此创建过会话。",
    none: "没有会话",
    none_next: "第一个作业会创建会话，可从这里或 PyODPS 提交。",
    session: |id| format!("会话 {id}"),
    created: "创建于",
    graphs: |count| format!("{count} 个图"),
    graphs_of: |session| format!("会话 {session} 的图"),
    no_graphs: "其中没有运行过图。",
    graph: "图",
    state: "状态",
    word: |state| {
        match state {
            State::Unscheduled => "等待中",
            State::Preparing => "准备中",
            State::Running => "运行中",
            State::Succeeded => "完成",
            State::Failed => "失败",
            State::Cancelling => "取消中",
            State::Cancelled => "已取消",
            State::Other(_) => "未告知",
        }
        .to_owned()
    },
    asked: "已请求取消",
    started: "开始",
    over: "结束",
    lasted: "用时",
    operands: "已完成算子",
    done_of: |done, all| format!("{done} / {all}"),
    size: |all| format!("共 {all}"),
    made_by: "来源",
    made_in: |cell, text| format!("单元格 {cell}：{text}"),
    made_elsewhere: "不是来自本浏览器",
    actions: "操作",
    open: |graph| format!("图 {graph} 的算子"),
    cancel: "取消",
    cancel_title: "取消这个图？",
    cancel_body: |graph| {
        format!("图 {graph} 将停止，已计算的内容会被丢弃。会话中的其他图不受影响。")
    },
    cancel_confirm: "取消该图",
    keep: "保留",
    delete: "删除会话",
    delete_title: "删除这个会话？",
    delete_body: |session, graphs| {
        format!(
            "会话 {session} 及其 {graphs} 个图将结束，其中的全部结果都会释放；在这里或 PyODPS 中使用它的人会失去这些结果。"
        )
    },
    delete_confirm: "删除该会话",
    deleted: "会话已删除。",
    progress: |graph| format!("图 {graph} 的算子"),
    close: "关闭",
    gone: "引擎已不认识这个图。",
    kind: "种类",
    share: "比例",
    done: "完成",
    runs: "运行中",
    waits: "等待中",
    failed: "失败或取消",
    all: "总数",
    running_nodes: |count| format!("运行中的节点：{count}"),
    running_some: |shown| format!("仅列出前 {shown} 个。"),
    node: "节点",
    worker: "Worker",
    scheduler: "调度器",
    scheduler_at: "地址",
    version: "Mars",
    host: "主机",
    cpu: "使用的核数",
    memory: "使用的内存",
    python: "Python",
    packages: "软件包",
    revision: "版本",
    timelines: "Worker 时间线",
    timelines_lead: "Worker 的每个进程做了什么：计算、传输、磁盘。",
    timeline_of: |worker| format!("{worker} 的时间线"),
    window: "显示范围",
    last: |seconds| match seconds {
        0..=119 => format!("最近 {seconds} 秒"),
        _ => format!("最近 {} 分钟", seconds / 60),
    },
    quiet: "这段时间内没有活动。",
    left_off: |count| format!("另有 {count} 个更早的事件未显示。"),
    work: |work| match work {
        Work::Compute => "计算",
        Work::Transfer => "传输",
        Work::Disk => "磁盘",
        Work::Other => "其他",
    },
    process: "进程",
    times: "次数",
    busy: "忙碌",
    events: |count| format!("最新 {count} 个事件"),
    going_on: "进行中",
};
