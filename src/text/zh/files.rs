//! Writing files, in Chinese.

use file::{Change, Format, LineEnd, Quoting};

use crate::text::files::Files;

pub(in crate::text) const FILES: Files = Files {
    export: "导出…",
    title: |name| format!("导出 {name}"),
    rows: "行",
    rows_view: |rows| format!("当前所见的行（{rows}）"),
    rows_view_hint: "按当前的排序、筛选和列。",
    rows_whole: |rows, size| {
        let facts: Vec<String> = (rows.map(|rows| format!("{rows} 行")).into_iter())
            .chain(size.map(str::to_owned))
            .collect();
        match facts.is_empty() {
            true => "全部".to_owned(),
            false => format!("全部（{}）", facts.join("，")),
        }
    },
    rows_whole_hint: "从来源重新读取，包含所有列，按存储顺序。",
    format: "格式",
    format_name: |format| match format {
        Format::Csv => "CSV",
        Format::Tsv => "TSV",
        Format::JsonLines => "JSON lines",
        Format::Xlsx => "Excel (XLSX)",
        Format::Parquet => "Parquet",
        Format::Arrow => "Arrow",
        Format::Markdown => "Markdown",
    },
    format_hint: |format| match format {
        Format::Csv => "精确的文本，任何工具都能读取。",
        Format::Tsv => "与 CSV 相同，字段之间为制表符。",
        Format::JsonLines => "每行一个对象，数字逐位写出。",
        Format::Xlsx => "超过 15 位的数字和比毫秒更细的时间写为文本，否则 Excel 会改动它们。",
        Format::Parquet => "每个值保持自己的类型，已压缩，最适合程序读取。",
        Format::Arrow => "每个值保持自己的类型，读取最快。",
        Format::Markdown => "用于文档和消息的表格。",
    },
    options: "选项",
    bom: "字节序标记 (BOM)",
    bom_hint: "Excel 需要它才能正确读取中文。",
    null: "空值写作",
    null_hint: "留空时，空文本写作 \"\"。",
    null_bad: "这个词需要引号。请选用不含引号、换行和分隔符的词。",
    delimiter: "字段分隔符",
    delimiter_name: |delimiter| match delimiter {
        ',' => "逗号",
        ';' => "分号",
        '|' => "竖线",
        _ => "制表符",
    },
    quoting: "引号",
    quoting_name: |quoting| match quoting {
        Quoting::Minimal => "必要时",
        Quoting::All => "总是",
    },
    line_end: "换行",
    line_end_name: |end| match end {
        LineEnd::Lf => "LF",
        LineEnd::CrLf => "CRLF",
    },
    exact_strings: "长数字写为字符串",
    exact_strings_hint: "适用于把所有 JSON 数字当作浮点数的程序，例如 JavaScript。",
    beside: "另写一个说明文件",
    beside_hint: "一个小文本文件，说明文件包含什么、改动了什么。",
    name: "文件名",
    to_disk: "浏览器会询问保存位置，行到达后直接写入磁盘。",
    in_parts: "此浏览器不能边读边写磁盘，大文件会分成几部分。",
    save: "导出",
    cancel: "取消",
    stop: "停止",
    running: "正在写文件",
    progress: |rows, of, size| match of {
        Some(of) => format!("{rows} / {of} 行，{size}"),
        None => format!("{rows} 行，{size}"),
    },
    done: |name, rows, size| format!("{name}：{rows} 行，{size}。"),
    parts: |files| format!("共 {files} 个文件。"),
    stopped: "已停止，未写完的文件已放弃。",
    failed: "文件没有写成",
    gone: "这些行已不在内存中。请重新读取后再导出。",
    null_empty: "空值写作无内容，空文本写作 \"\"。",
    null_word: |word| format!("空值写作 {word}。"),
    note_source: |source| format!("来源：{source}"),
    note_rows: |rows, exist| match exist {
        Some(exist) => format!("此文件的行数：{rows}，共 {exist}"),
        None => format!("此文件的行数：{rows}"),
    },
    note_cut: |cut| format!("缺少的部分：{cut}"),
    note_zone: |zone| format!("写为文本的时间使用时区 {zone}"),
    change: |change, count, columns| match change {
        Change::NumbersAsText => format!("{count} 个数字的位数超过该格式的精度，已写为文本。"),
        Change::NotFiniteAsText => format!("{count} 个 NaN 或无穷值已写为文本。"),
        Change::TimesAsText => format!("{count} 个该格式无法精确保存的时间已写为文本。"),
        Change::NestedAsText if columns.is_empty() => format!("{count} 个嵌套值已写为文本。"),
        Change::NestedAsText => format!("嵌套值已写为 JSON 文本：{columns}。"),
        Change::BytesAsHex => format!("二进制已写为十六进制：{columns}。"),
        Change::TypeAsText => format!("该格式没有对应类型，这些列已写为文本：{columns}。"),
        Change::Renamed => format!("重复的列名已加编号：{columns}。"),
        Change::Formulas => {
            format!("{count} 个文本以公式符号开头，电子表格打开此文件时可能会执行它们。")
        }
        Change::Cut => format!("{count} 个文本已在 32 767 个字符处截断，这是单元格的上限。"),
        Change::Sheets => format!("行分布在 {count} 个工作表上，每个最多 1 048 576 行。"),
    },
};
