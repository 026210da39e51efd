//! Chinese: the engine's own page and its notebook.

use crate::api::framed::Why;
use crate::text::web::Web;

pub(super) const WEB: Web = Web {
    tab: "引擎页面",
    tab_notebook: "Notebook",
    frame: |id| format!("集群 {id} 的引擎页面"),
    lead: "由引擎生成，仅供查看：它不能运行作业，也读不到本控制台的任何内容。",
    reload: "重新加载",
    open: "在新窗口中打开",
    opening: "正在打开引擎页面…",
    link_only: "无法在此显示引擎页面。",
    why: |why| match why {
        Why::OldGateway => "此网关版本过旧，不能安全地嵌入它。其自身的地址也许仍可打开。",
        Why::NoPage => "该地址返回的不是网页。",
        Why::Forbidden => "浏览器与网关之间有设备禁止嵌入。",
    },
    ended: "引擎页面已随集群一起结束。",
    ended_next: "本控制台看到过的内容在其他标签页中。",
    notebook_unsaved: "Notebook 不会保存您的文件。",
    notebook_unsaved_next: "文件在集群上，随集群一起消失。请在集群停止之前通过 File → Download as 下载所需内容。",
    notebook_lead: "在集群上运行的 Jupyter Notebook。首次打开时才启动，需要几秒钟。",
    notebook_why: "它在单独的窗口中打开：它会运行输入的代码并用 Cookie 登录，若嵌入本页，要么无法工作，要么会以本控制台的名义行事。",
    notebook_open: "打开 Notebook",
    notebook_token: "其地址包含集群的密钥：知道该地址的人都能使用此 Notebook，请勿转发。",
    notebook_missing: "如果新窗口提示没有 Notebook，说明创建集群时未启用它（with_notebook）。",
};
