//! 中文：集群的笔记本。

use crate::pages::clusters::detail::jobs::rehearsal::Fate;
use crate::text::notebook::Notebook;

pub(super) const NOTEBOOK: Notebook = Notebook {
    title: "笔记本",
    hint: "Python，与 Mars 指南一致：mt 是 mars.tensor，md 是 mars.dataframe，o 是项目，session 负责运行。Ctrl+Enter 运行单元格，Shift+Enter 运行并前进。各单元格共用名字。",
    cell: |place| format!("单元格 {place}"),
    output: |place| format!("单元格 {place} 的输出"),
    result: |place| format!("单元格 {place} 的结果"),
    done: |place| format!("单元格 {place} 已完成。"),
    order: "单元格的运行次序",
    add: "添加单元格",
    add_below: "在下方添加",
    run_all: "全部运行",
    run_to_here: "运行到这里",
    move_up: "上移",
    move_down: "下移",
    remove: "删除",
    forget: "忘记名字",
    nothing_ran: "忘记名字之后还没有运行过单元格",
    guide: "逐步体验指南",
    unkept: "浏览器没有空间保存笔记本，离开前请另存为 .py 或 .ipynb。",
    written: "已写入：",
    rehearsal: "将要写入的内容",
    fate: |fate, table| match fate {
        Fate::Made => format!("{table} 还不存在，将按这些列创建。"),
        Fate::Added => format!("将向 {table} 追加行。"),
        Fate::Emptied => format!("{table} 现有的内容将被覆盖。"),
    },
    column: "列",
    in_frame: "DataFrame 中",
    in_table: "表中",
    stays_null: "DataFrame 中没有：NULL",
    not_there: "表中没有",
    is_made: "将创建",
    type_name: |table| format!("输入 {table} 以确认覆盖"),
    write: "写入",
    leave: "不写入",
};
