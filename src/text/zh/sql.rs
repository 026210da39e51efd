//! Chinese: SQL.

use crate::api::sql::kept::State;
use crate::text::sql::{Flag, Sql};

pub(super) const SQL: Sql = Sql {
    title: "SQL",
    lead: "查询作为实例在 MaxCompute 中运行：可以关闭页面，之后凭地址回来。",
    text: "SQL 文本",
    hint: "Ctrl+Enter（⌘ Enter）运行所选内容或光标处的语句，Ctrl+空格补全。Tab 键缩进；按 Esc 后再按 Tab 离开编辑器。",
    tabs: "查询",
    tab: |number| format!("查询 {number}"),
    new_tab: "新建查询",
    close_tab: |name| format!("关闭 {name}"),
    run: "运行",
    run_all: "全部运行",
    estimate: "估算费用",
    format: "格式化",
    no_format: "无法格式化：文本不是完整的 SQL。内容没有改变。",
    nothing: "没有可以运行的语句。",
    still_running: "此查询仍在运行。请取消它，或新建查询。",
    unkept: "浏览器已没有存储空间：现在输入的内容刷新后会丢失。请从历史中删除一些记录。",
    checking: "正在询问 MaxCompute 将读取多少数据…",
    cost: |bytes, complexity, money| match complexity {
        Some(complexity) => format!("约读取 {bytes}，复杂度 {complexity}：{}。", about(money)),
        None => format!("约读取 {bytes}：{}。", about(money)),
    },
    book: |date| format!("按 {date} 的按量付费价格；包年包月不按扫描量计费。"),
    book_link: "价格页面",
    full_scan: |table, keys, partitions, size| match size {
        Some(size) => {
            format!("全表扫描：表 {table} 没有对 {keys} 的过滤（{partitions} 个分区，{size}）。")
        }
        None => format!("全表扫描：表 {table} 没有对 {keys} 的过滤（{partitions} 个分区）。"),
    },
    ask_title: "要运行这个查询吗？",
    above: |threshold| format!("超过了您设定的询问界限 {threshold}。"),
    run_anyway: "运行",
    settings: |flags| format!("设置（{flags}）"),
    flags: "参数",
    flag_name: "参数",
    flag_value: "值",
    flag_add: "添加参数",
    flag_remove: |name| format!("移除 {name}"),
    flag_wrong: |fits| format!("可用的值：{fits}。"),
    flag_free: "控制台不认识此参数，将原样发送。",
    flag: |flag| match flag {
        Flag::Types => "MaxCompute 2.0 数据类型：TINYINT、INT、TIMESTAMP、DECIMAL(p,s) 等。",
        Flag::Decimal => "使用 MaxCompute 2.0 带精度和标度的 DECIMAL。",
        Flag::Hive => "函数和类型转换按 Hive 的行为。",
        Flag::FullScan => "允许不过滤分区地读取分区表。",
        Flag::Cartesian => "允许没有条件的连接。",
        Flag::Priority => "排队优先级：0 最先，通常为 9。",
        Flag::Split => "每个 mapper 读取的 MB 数；越小 mapper 越多。",
        Flag::Reducers => "reducer 数量；不设时由 MaxCompute 决定。",
        Flag::Submit => "文本作为一个脚本提交：要么全部完成，要么全部不做。",
        Flag::Schema => "三段式名称表示 项目.schema.表。",
        Flag::Zone => "DATETIME 和时间函数的时区，例如 Asia/Shanghai。",
        Flag::Quota => "运行使用的配额。",
    },
    script: "多条语句合并为一个实例提交（脚本模式）",
    threshold: "读取超过此量前询问（GiB）",
    threshold_hint: |bytes, money| {
        format!("{bytes}，复杂度为 1 时约 {money}。留空则运行前不估算。")
    },
    threshold_none: "运行前不做估算。",
    threshold_wrong: "请输入数字，例如 100 或 0.5。",
    run_label: "运行情况",
    statements: "本次运行的语句",
    left: |count| format!("还有 {count} 条语句没有提交。"),
    go_on: "继续",
    state: |state| match state {
        State::Unsent => "未提交",
        State::Waiting => "等待中",
        State::Running => "运行中",
        State::Stopping => "已请求取消",
        State::Done => "完成",
        State::Failed => "失败",
        State::Cancelled => "已取消",
    },
    elapsed: "提交以来的时间",
    cancel: "取消",
    cancelling: "已请求取消",
    queued: |priority| match priority {
        Some(priority) => format!("已接受，正在排队，优先级 {priority}。"),
        None => "已接受，正在排队。".to_owned(),
    },
    stages: "阶段",
    stage: |input, output, done, workers| {
        format!("输入 {input} 行，输出 {output} 行；{workers} 个 worker 中 {done} 个完成")
    },
    spent: |cpu, bytes| {
        let cpu = cpu.map(|cpu| format!("{cpu} 核·秒"));
        let bytes = bytes.map(|bytes| format!("读取 {bytes}"));
        let said: Vec<String> = [cpu, bytes].into_iter().flatten().collect();
        format!("到结束时共消耗：{}。", said.join("，"))
    },
    spent_unknown: "消耗未知：MaxCompute 没有给出此实例的消耗。",
    cancelled: "已取消。",
    cancelled_next: "查询已取消，没有结果。需要时请重新运行。",
    expected: |cost| format!("运行前估算：{cost}"),
    logview: "Logview",
    result: "结果",
    result_of: |instance| format!("结果 {instance}"),
    rows: |rows| format!("{rows} 行"),
    done: |verb| format!("{verb} 已完成。该语句不产生行。"),
    place: |line, column| format!("语句的第 {line} 行第 {column} 列。"),
    show_place: "显示位置",
    text_changed: "运行之后文本已修改。",
    instance: "实例",
    history: "SQL 历史",
    history_lead: "在此浏览器中开始或打开过的运行。在这里删除不影响其实例。",
    new_query: "新建查询",
    search: "搜索文本、参数和 ID",
    found: |shown, all| match shown == all {
        true => format!("{all} 次运行"),
        false => format!("{all} 次运行中的 {shown} 次"),
    },
    no_runs: "还没有运行记录。",
    query: "查询",
    state_name: "状态",
    began: "开始",
    lasted: "用时",
    rows_name: "行数",
    read_name: "读取",
    cost_name: "估算费用",
    actions: "操作",
    again: "打开以重新运行",
    forget: "删除",
    forget_named: |name| format!("从历史中删除 {name}"),
    compare: "比较",
    compare_left: |name| format!("把 {name} 作为 A 比较"),
    compare_right: |name| format!("把 {name} 作为 B 比较"),
    compared: "A 与 B",
    difference: "不同的行",
    same_text: "两段文本相同。",
    too_long: "文本太长，无法逐行比较。",
};

/// An amount is an estimate; `< USD 0.000001` is a bound.
fn about(money: &str) -> String {
    match money.strip_prefix("< ") {
        Some(bound) => format!("不到 {bound}"),
        None => format!("约 {money}"),
    }
}
