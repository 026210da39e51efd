//! 中文：表与数据网格。

use crate::text::tables::{Frame, Tables};

pub(super) const TABLES: Tables = Tables {
    title: "表",
    lead: |project| format!("项目 {project}"),
    search: "搜索表",
    search_hint: "表名或所有者的一部分",
    count: |shown, all| match shown == all {
        true => format!("{all} 张表"),
        false => format!("{all} 张表中的 {shown} 张"),
    },
    none: |project| format!("项目 {project} 中没有您可见的表。"),
    none_found: |filter| format!("没有与“{filter}”匹配的表。"),
    clear_search: "清除搜索",
    refresh: "重新读取",
    loading: "正在读取表列表…",
    reading: "正在读取表…",
    drawn: |shown, all| format!("此处列出 {all} 张中的 {shown} 张；请用搜索查找其余的表。"),
    name: "名称",
    kind: "类别",
    rows: "行数",
    size: "大小",
    owner: "所有者",
    comment: "注释",
    changed: "数据更新",
    created: "创建时间",
    read: "最近读取",
    lifecycle: "生命周期",
    for_ever: "永久保留，直到删除",
    days: |days| format!("{days} 天"),
    managed: "表",
    view: "视图",
    materialized: "物化视图",
    external: "外部表",
    partitioned: "分区表",
    size_note: "存储中的压缩大小；在内存中会更大。",
    data: "数据",
    columns: "列",
    columns_of: |count| format!("{count} 列"),
    facts: "信息",
    definition: "定义",
    position: "序号",
    column_type: "类型",
    nullable: "可为 NULL",
    yes: "是",
    no: "否",
    partition_key: "分区键",
    partition: "分区",
    partitions_of: |count| format!("{count} 个分区"),
    no_partition: "该表有分区键，但还没有分区，因此没有可读的数据。",
    view_rows: "视图自身不存数据，请用 SQL 读取：",
    python: "等价的 PyODPS 代码",
    frame: Frame {
        label: |name| format!("{name} 的数据"),
        row: "行",
        opening: "正在打开…",
        reading: |rows, of| match of {
            Some(of) => format!("正在读取：{of} 行中的 {rows} 行"),
            None => format!("正在读取：{rows} 行"),
        },
        rate: |size, per_second| format!("{size}，每秒 {per_second}"),
        stop: "停止读取",
        slow: |elapsed| format!("等待首批数据已 {elapsed}"),
        complete: |rows| format!("全部 {rows} 行已读取。"),
        empty: "没有数据行。",
        ledger: |fetched, exist| format!("已读取 {exist} 行中的 {fetched} 行。"),
        ledger_open: |fetched| format!("已读取 {fetched} 行；总行数未知。"),
        cut_limit: |limit| format!("其余的行被 {limit} 行的限制略去。"),
        cut_user: "读取已停止。",
        cut_memory: |budget| {
            format!(
                "其余部分放不下：此处最多保存 {budget} 的数据行。请选择较少的列或某个分区，或先用 SQL 过滤。"
            )
        },
        needs_memory: |rows, size, budget, fit| {
            format!(
                "全部 {rows} 行约需 {size} 内存；此处最多保存 {budget}，约 {fit} 行。请选择较少的列或某个分区，或先用 SQL 过滤。"
            )
        },
        busy: |wait, attempt, of| {
            format!("MaxCompute 繁忙；{wait} 秒后重试（第 {attempt} 次等待，共 {of} 次）。")
        },
        changed: "读取期间表已改变：已从第一行起重新读取。",
        restarted: "保存数据行的程序意外结束并已重新启动；数据行已重新读取。",
        cut_columns: |hidden, shown| {
            format!("另有 {hidden} 列未显示；最多显示 {shown} 列。请对结果切片后查看。")
        },
        cut_fault: "读取中断；这些行已通过校验。",
        fetch_up_to: |rows| format!("{rows} 行"),
        fetch_all: "全部",
        fetch_rest: "读取其余部分",
        more: "读取更多：",
        shape: "形状",
        dtype: "类型",
        scalar: "单个值",
        value: |row, column| format!("第 {row} 行，{column}"),
        value_cut: |shown, all| format!("共 {all} 个字符，此处为前 {shown} 个；复制时为全部"),
        value_null: "没有值",
        value_empty: "空文本",
        choose: "选择一个单元格可查看完整的值；Ctrl+C 复制所选内容。",
        copied_cells: |rows, columns| format!("已复制 {rows} 行 × {columns} 列，以制表符分隔"),
        copied_part: |rows, of| format!("已复制 {of} 行中的前 {rows} 行：一次最多复制 64 MiB"),
        copy_failed: "浏览器不允许复制。",
        from_row: |row| format!("重试将从第 {row} 行继续。"),
        keys: "方向键移动，Shift 扩展选择，Ctrl+C 复制，Ctrl+Shift+C 连同列名复制，Ctrl+A 全选。",
    },
};
