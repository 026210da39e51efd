//! 中文：集群的租约。

use cluster::lease::{Decision, Due, Keeping, Rule, Waiting, What};

use crate::text::lease::Lease;

pub(super) const LEASE: Lease = Lease {
    title: "自动停止",
    looking: "正在询问网关是否执行租约…",
    by_gateway: "由网关执行：关闭所有页面、网关重启之后仍然有效。",
    by_tab: "此网关不执行租约。租约由本标签页执行，仅在本标签页打开此集群页面期间有效；关闭后不会停止任何集群。",
    none: "没有租约：如果现在离开，本控制台不会停止此集群。",
    rule: |rule| match rule {
        Rule::Idle { minutes } => format!("空闲 {minutes} 分钟后停止。"),
        Rule::At { .. } => "到设定时间停止，无论当时是否在计算。".to_owned(),
        Rule::LastTab { grace_minutes } => {
            format!("最后一个显示它的标签页关闭 {grace_minutes} 分钟后停止，正在计算时除外。")
        }
        _ => "按本页面不认识的规则停止。".to_owned(),
    },
    decision: |decision| match decision {
        None => "尚未检查。",
        Some(Decision::Keep { why, .. }) => match why {
            Keeping::Busy => "正在计算：保留。",
            Keeping::TabOpen => "有标签页正在显示它：保留。",
            Keeping::KeptAlive => "已推迟。若无变化，结束于：",
            _ => "若无变化，结束于：",
        },
        Some(Decision::Stop { .. }) => "已到期：再读取一次后停止。",
        Some(Decision::Wait { why }) => match why {
            Waiting::StateUnknown => "保留：近期未读到其状态。",
            Waiting::TabsUnheard => "保留：无法得知哪些标签页打开着。",
            _ => "保留：近期未读到它是否在计算。",
        },
        Some(Decision::Over) => "已结束。",
    },
    left: |left| format!("还有 {left}，时间"),
    put_off: "保留 1 小时",
    put_off_note: "将此租约推迟一小时。引擎自身的空闲停止和三天上限不受影响。",
    drop: "取消租约",
    choose: "何时停止",
    idle: "空闲若干分钟后",
    at: "到指定时间",
    last_tab: "最后一个标签页关闭后",
    no_last_tab: "“最后一个标签页关闭后停止”需要网关的租约功能：已关闭的标签页无法停止任何集群。",
    minutes: "分钟",
    time: "时间",
    set: "设置租约",
    change: "更改租约",
    wrong: "租约至少一分钟，至多一周，且时间须在将来。",
    history: "操作记录",
    entry: |entry| {
        let what = match entry.what {
            What::Made => "设置租约",
            What::Changed => "更改租约",
            What::Dropped => "取消租约",
            What::Decided => "到期，再次确认中",
            What::Held => "未确认，暂不停止",
            What::Asked => "已请求结束",
            What::Stopped => "已停止：读到 Terminated",
            What::NotStopped => "停止未成功，将重试",
            What::Ended => "集群因其他原因结束",
            What::Gone => "没有此实例",
            _ => "本页面不认识的操作",
        };
        let why = match entry.why {
            Some(Due::Idle) => "（空闲）",
            Some(Due::Time) => "（到时）",
            Some(Due::NoTab) => "（无标签页）",
            _ => "",
        };
        let detail = entry.detail.as_deref().map(|words| format!("：{words}"));
        format!("{what}{why}，{}{}", entry.by, detail.unwrap_or_default())
    },
};
