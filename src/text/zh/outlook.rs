//! Chinese: what comes for a cluster.

use cluster::forecast::Forecast;

use crate::format;
use crate::text::outlook::Outlook;

pub(super) const OUTLOOK: Outlook = Outlook {
    title: "若现在离开",
    no_forecast: "无法预计何时可用:此浏览器尚未见过本项目的启动过程。",
    ready_in: |left, forecast| format!("约 {left} 后可用{}。", seen(forecast)),
    ready_late: |took, forecast| format!("已启动 {took},比往常久{}。", seen(forecast)),
    leave: "关闭本页后集群继续运行。",
    idle: |at| format!("若没有作业,空闲三小时后(约 {at})MaxCompute 可能释放它,但不作保证。"),
    cap: |at| format!("最迟于 {at} 结束,即启动三天后。"),
    worst: |all, left| format!("若无人停止,届时总共约花费 {all},其中从现在起 {left}。"),
    worst_local: "它运行在本机,不产生费用。",
};

fn seen(forecast: &Forecast) -> String {
    let (least, most) = (
        format::elapsed(forecast.least),
        format::elapsed(forecast.most),
    );
    let of = if forecast.alike {
        "同规格"
    } else {
        "各种规格"
    };
    match forecast.starts {
        1 => format!("(此浏览器见过 1 次{of}启动:{most})"),
        starts => format!("(此浏览器见过 {starts} 次{of}启动:{least} 至 {most})"),
    }
}
