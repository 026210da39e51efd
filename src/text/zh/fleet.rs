//! Chinese: the fleet.

use crate::pages::clusters::fleet::wanted::Key;
use crate::text::fleet::Fleet;

pub(super) const FLEET: Fleet = Fleet {
    lead: "项目中的全部 Mars 集群:在做什么、花费多少、何时自行结束。",
    bar: "筛选集群",
    owners: "谁的集群",
    mine: "我的",
    everybody: "所有人",
    states: "状态",
    all: "全部",
    running: "运行中",
    forgotten: "疑似遗忘",
    ended: "已结束",
    search: "名称、ID 或所有者",
    ended_since: "结束于",
    days: |days| format!("{days} 天内"),
    none_match: "没有符合条件的集群。",
    none_match_next: "去掉部分文字或状态条件,或查看所有人的集群。",
    cut: "项目中运行的实例超出此处读取的数量,较早的未列出。",
    sum: |running, unknown, price, forgotten| {
        let mut said = format!("{running} 个集群运行中");
        if let Some(price) = price {
            said += &format!(",每小时约 {price}");
        }
        if unknown > 0 {
            said += &format!("(另有 {unknown} 个规格未知,未计入)");
        }
        match forgotten {
            0 => said + "。",
            forgotten => said + &format!(";{forgotten} 个疑似遗忘。"),
        }
    },
    column: |key| match key {
        Key::Name => "集群",
        Key::State => "状态",
        Key::Workers => "Worker",
        Key::Owner => "所有者",
        Key::Age => "时长",
        Key::Burn => "每小时约",
        Key::Spent => "已花费约",
        Key::End => "自行结束",
    },
    mark_all: "选中全部运行中的集群",
    mark: |name| format!("选中 {name}"),
    marked: |count| format!("已选中 {count} 个"),
    stop_marked: |count| format!("停止 {count} 个…"),
    portion: |shown, all| format!("显示 {shown} / {all}"),
    more: "显示更多",
    stop: "停止…",
    stop_one: |name| format!("停止 {name}"),
    idle_for: |time| format!("空闲 {time}"),
    idle_hint: "以本页所见为准:引擎不提供空闲起始时间。",
    silent: "引擎无应答",
    workers: |have, asked| match (have, asked) {
        (Some(have), Some(asked)) => format!("{have} / {asked}"),
        (Some(have), None) => have.to_string(),
        (None, Some(asked)) => asked.to_string(),
        (None, None) => "–".to_owned(),
    },
    each: |cpu, mem| format!("× {cpu} 核 {mem} GB"),
    ends_cap: |left| format!("{left}后"),
    ends_cap_hint: "平台最迟在启动三天后结束集群。",
    ends_idle: |left| format!("若空闲,{left}后"),
    ends_idle_hint: "三小时没有作业后引擎会被释放,但 MaxCompute 不作保证;启动三天后必定结束。",
    never_used: "从未使用",
    idle_long: |time| format!("已空闲 {time}"),
    owner_gone: "所有者已离开项目",
    stop_title: |count| match count {
        1 => "停止此集群?".to_owned(),
        count => format!("停止 {count} 个集群?"),
    },
    effects: |count, busy, saved| {
        let mut effects = vec![format!(
            "将停止 {count} 个集群。仅存在于集群中的结果会丢失,表不受影响。"
        )];
        effects.push(match busy {
            0 => "当前都没有在计算。".to_owned(),
            busy => format!("其中 {busy} 个正在计算,其作业会中断。"),
        });
        if let Some(saved) = saved {
            effects.push(format!("按自行结束的时间计算,约节省 {saved}。"));
        }
        effects
    },
    stop_confirm: "停止",
    unclear: "状态未知",
    unclear_too: |count| format!("同时停止状态未知的 {count} 个"),
    none_clear: "当前状态未知:勾选后才能停止",
    computes: "正在计算",
    idles: "空闲",
    waiting: |seconds| format!("已请求,{seconds} 秒后仍在运行"),
    stopped: "已停止:服务返回 Terminated。",
};
