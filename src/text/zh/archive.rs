//! Chinese sentences of kept Logviews.

use crate::text::archive::Archive;

pub(super) const ARCHIVE: Archive = Archive {
    title: "保留的 Logview",
    lead: "实例结束时，它的 Logview 内容会保留在本浏览器中，不含密钥和令牌。服务端不再保存该实例后仍可打开。",
    cap: "保留 Logview 的空间",
    megabytes: |megabytes| format!("{megabytes} MB"),
    none: "还没有保留的 Logview。查看的实例结束时会自动保留。",
    reading: "正在读取保留的内容…",
    sum: |count, size| format!("已保留 {count} 个，共 {size}。空间不足时先删除最早的。"),
    instance: "实例",
    project: "项目",
    kept_on: "保留时间",
    size: "大小",
    remove: "删除",
    remove_one: |id| format!("删除 {id}"),
    remove_all: "全部删除",
    no_storage: "本浏览器在此不能保存文档：可能是无痕窗口，或浏览器设置所致。",
    storage_failed: |why| format!("浏览器存储出错：{why}"),
    save: "保存为文件",
    saving: "正在保存…",
    not_saved: "无法读取 Logview，文件没有保存。",
    kept_note: |at, project| {
        format!("{at} 保留在本浏览器中，项目 {project}；服务端已不再保存该实例。")
    },
    kept_unreachable: |at, project| {
        format!("{at} 保留在本浏览器中，项目 {project}；目前无法访问服务端。")
    },
    file_note: |at, project| format!("来自文件：{at} 保留，项目 {project}。没有访问服务端。"),
    file_title: "文件中的 Logview",
    file_lead: "保存的 Logview 只在本机读取，不会发送到任何地方。",
    drop_label: "打开保存的 Logview",
    choose: "打开保存的 Logview",
    drop: "或将文件拖到此处（.logview.json）",
    foreign: "此文件不是保存的 Logview。请在实例页面用“保存为文件”生成。",
    newer: "此 Logview 由更新版本的控制台保存。",
    damaged: "这是保存的 Logview，但部分内容缺失或被改动，因此无法显示。",
    too_large: "文件过大，不是保存的 Logview，或无法读取。",
};
