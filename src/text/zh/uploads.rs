//! Files into tables, in Chinese.

use file::import::{Bad, Encoding, Form, Why};

use crate::text::uploads::Uploads;

pub(in crate::text) const UPLOADS: Uploads = Uploads {
    upload: "上传…",
    title: "上传文件",
    lead: "把 CSV、TSV、JSON lines、Parquet 或 Arrow 文件写入表。全部到齐之前，表中看不到任何新数据。",
    file: "文件",
    choose: "选择文件",
    other: "换一个文件",
    drop: "或拖到这里",
    drop_hint: "文件在本机读取，只发送到目标表。",
    looking: "正在查看文件…",
    looked: |rows, whole, size| match whole {
        true => format!("已查看全部 {rows} 行，{size}。"),
        false => format!("类型按前 {rows} 行推断，{size}。"),
    },
    rows_in_all: |rows| format!("共 {rows} 行。"),
    not_read: |why| format!("文件无法读取：{why}。"),
    form: "格式",
    form_name: |form| match form {
        Form::Delimited => "CSV 或 TSV",
        Form::JsonLines => "JSON lines",
        Form::Parquet => "Parquet",
        Form::ArrowFile => "Arrow 文件",
        Form::ArrowStream => "Arrow 流",
    },
    delimiter: "字段分隔符",
    quotes: "引号",
    quotes_on: |on| {
        if on {
            "包围字段"
        } else {
            "当作普通字符"
        }
    },
    header: "首行",
    header_on: |on| if on { "列名" } else { "数据" },
    encoding: "编码",
    encoding_name: |encoding| match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Gb18030 => "GB18030 (GBK)",
    },
    null: "表示空值的词",
    null_hint: "留空：没有内容的字段为 NULL，\"\" 为空文本。",
    zone: |zone| format!("不带时区的时间按 {zone} 理解。二进制列接受十六进制数字。"),
    target: "目标",
    into: |new| if new { "新表" } else { "已有的表" },
    table: "表",
    table_hint: "表名，或 模式名.表名",
    table_bad: "以字母开头，只含字母、数字和下划线，最多 128 个。",
    table_read: "正在读取表…",
    columns: "列",
    in_table: "表中的列",
    in_file: "文件中的列",
    kind: "类型",
    kind_of: |name| format!("{name} 的类型"),
    name_of: |name| format!("{name} 的列名"),
    from: |column| format!("{column} 的来源"),
    first_values: "前几个值",
    nulls: "NULL",
    nothing: "无：NULL",
    state: "匹配",
    fits: "类型相同",
    checked: "类型不同：逐值检查",
    missing: "文件中没有：NULL",
    extra: |columns| format!("表中没有这些列，将被略去：{columns}。"),
    keys: "分区列",
    keys_hint: "列名之间用逗号分隔，类型均为 string。留空表示不分区。",
    keys_bad: "有分区列的名称不对，或与文件中的列重名。",
    partition: "分区",
    known: "已有的分区",
    new_partition: "其他，按下面填写",
    statement: "建表语句",
    mode: "已有的行",
    overwrites: |overwrite| {
        if overwrite {
            "替换"
        } else {
            "保留并追加"
        }
    },
    confirm: |table| format!("已有的行将全部清除。请输入 {table} 以确认。"),
    misfits: "不匹配的单元格",
    policy: |choice| match choice {
        0 => "停止上传",
        1 => "改为 NULL",
        _ => "略去该行",
    },
    most: "最多略去的行数",
    start: "上传",
    stop: "停止",
    no_file: "请先选择文件。",
    no_table: "请填写已有的表，或选择新表。",
    no_columns: "文件中没有列写入该表。",
    no_partition: "每个分区列都要有值，且不含 / , ' \" 和换行。",
    no_confirm: |table| format!("请输入 {table} 以替换其中的行。"),
    bad_columns: |names| format!("这些列的名称或类型不可用：{names}。"),
    no_connection: "尚不清楚连接情况。",
    is_view: "视图不能写入。",
    creating: "正在建表…",
    created: |table| format!("新表 {table} 已建好，其中没有数据。"),
    running: "正在上传",
    committing: "正在把行写入表…",
    progress: |rows, of, size, rate| match of {
        Some(of) => format!("{rows} / {of} 行，已发送 {size}，{rate}/秒"),
        None => format!("{rows} 行，已发送 {size}，{rate}/秒"),
    },
    again: |times| format!("重发了 {times} 次请求。"),
    done: |rows| format!("写入了 {rows} 行。"),
    left_out: |rows| format!("略去了 {rows} 行。"),
    made_null: |cells| format!("{cells} 个单元格改为 NULL。"),
    show: |table| format!("查看 {table}"),
    cancelled: "已停止，表保持原样。",
    failed: |why| format!("没有上传：{why}。表保持原样。"),
    unchanged: "表保持原样。",
    blocks: "服务端没有收齐已发送的数据",
    commit: "没有收到最后的答复：这些行可能已写入，也可能没有。再次上传之前请先查看该表。",
    too_many: |most| format!("将被略去的行超过 {most} 行"),
    unclosed: |row| format!("第 {row} 行的引号没有结束"),
    damaged: |why| format!("文件已损坏，或其形式无法在此读取：{why}"),
    empty: "文件中没有行，也没有列",
    bad: |bad: &Bad| {
        let (row, text) = (bad.row, &bad.text);
        match bad.why {
            Why::Type => format!("第 {row} 行 {}：“{text}”不是 {}", bad.column, bad.kind),
            Why::Letters => format!("第 {row} 行 {}：“{text}”含其他编码的字符", bad.column),
            Why::Count { found, wanted } => {
                format!("第 {row} 行有 {found} 个字段，应为 {wanted} 个：“{text}”")
            }
            Why::Json => format!("第 {row} 行不是 JSON 对象：“{text}”"),
            Why::Key => format!("第 {row} 行有名称“{text}”，前面的行没有"),
        }
    },
    bad_list: "不匹配的内容",
};
