//! 中文：错误。

use crate::api::{Cause, Doing};
use crate::text::problems::Problems;

pub(super) const PROBLEMS: Problems = Problems { what, why, next };

fn what(doing: Doing) -> &'static str {
    match doing {
        Doing::OpenPage => "无法打开控制台的这个页面",
        Doing::ReadConnection => "无法读取连接信息",
        Doing::ListClusters => "无法列出集群",
        Doing::CreateCluster => "集群没有创建成功",
        Doing::WatchCluster => "无法读取集群状态",
        Doing::StopCluster => "无法停止集群",
        Doing::ReadWorkers => "无法读取 Worker",
        Doing::ReadEngine => "无法询问引擎",
        Doing::DeleteSession => "会话未能删除",
        Doing::RunJob => "作业没有得到结果",
        Doing::CancelJob => "无法取消作业",
        Doing::RunSql => "查询没有得出结果",
        Doing::EstimateSql => "无法估算费用",
        Doing::CancelSql => "无法取消查询",
        Doing::ReadResult => "无法读取结果",
        Doing::ListTables => "无法列出表",
        Doing::CreateTable => "没有建成表",
        Doing::Upload => "没有上传",
        Doing::ReadTable => "无法读取表",
        Doing::ListInstances => "无法列出实例",
        Doing::ReadInstance => "无法读取实例",
        Doing::KeepLease => "租约没有更改",
        Doing::MakeLogview => "没有生成 Logview 地址",
    }
}

fn why(cause: &Cause) -> &'static str {
    match cause {
        Cause::WrongKey => "MaxCompute 不接受该连接的访问密钥。",
        Cause::WrongProject => "该连接的项目不存在。",
        Cause::NoPermission => "该连接的账号没有相应权限。",
        Cause::GatewayGone => "提供本页面的网关没有应答。",
        Cause::UpstreamUnreachable => "网关有应答，但连不上它背后的 MaxCompute。",
        Cause::ForbiddenOrigin => "网关不接受来自本页面地址的请求。",
        Cause::MarsNotReady => "集群在运行，但 Web 服务还没有注册。",
        Cause::EngineFailed => "引擎在可用之前就结束了。",
        Cause::WorkerLost => "有 Worker 在集群启动过程中死亡，集群因此结束。",
        Cause::Quota => "项目配额已用完，或请求过于频繁。",
        Cause::NoSuchTable => "项目中没有这个名字的表。",
        Cause::NoSuchPartition => "表中没有这个分区。",
        Cause::NoSuchInstance => "项目中没有这个 ID 的实例。",
        Cause::Ended => "实例已经结束。",
        Cause::NotMars => "实例存在，但不是 Mars 集群。",
        Cause::Truncated => "数据流提前中断；中断前已校验的数据仍然保留。",
        Cause::NotSubmitted => "请求在到达之前中断：没有产生实例，也没有任何东西在运行。",
        Cause::ChunkMissing => {
            "它的程序无法下载：网关没有应答，或者打开本标签页之后控制台已经更新。"
        }
        Cause::DecoderEnded => "页面中负责解码数据的部分意外结束，其中的数据已丢失。",
        Cause::Corrupt => "校验和不一致：数据在途中被改动。未通过校验的内容不会显示。",
        Cause::Unreadable => "应答不符合协议。",
        Cause::JobLost => "引擎已经不认识这个作业。",
        Cause::JobFailed => "引擎报告作业失败。",
        Cause::SqlSyntax => "MaxCompute 无法把这段文本解析为 SQL。",
        Cause::SqlMeaning => "语句与它引用的表不相符。",
        Cause::FullScan => "语句会读取表的全部分区，项目不允许这样做。",
        Cause::SqlFailed => "查询在运行中失败。",
        Cause::Refused => "服务拒绝了当前的请求。",
        Cause::Unknown => "服务返回了控制台不认识的错误。",
    }
}

fn next(cause: &Cause) -> &'static str {
    match cause {
        Cause::WrongKey => "请检查网关配置中的 AccessKey ID 和密钥，然后重试。",
        Cause::WrongProject => "请在连接页检查项目名。",
        Cause::NoPermission => "请向项目所有者申请权限，或换一个连接。",
        Cause::GatewayGone => "请确认网关在运行(`cargo xtask run`)后重试。集群不受影响。",
        Cause::UpstreamUnreachable => "请在连接页检查 Endpoint。集群不受影响。",
        Cause::ForbiddenOrigin => "请用网关配置允许的地址打开控制台。",
        Cause::MarsNotReady => "请稍候：页面会自动重新询问。",
        Cause::EngineFailed => "请查看下面引擎的原文和实例的 Logview，然后重新创建集群。",
        Cause::WorkerLost => "请重新创建集群。若再次出现，请增加每个 Worker 的内存。",
        Cause::Quota => "请停止不再需要的集群、减少 Worker 数，或稍后再试。",
        Cause::NoSuchTable => "请从列表中选择；表名写作 `table` 或 `project.table`。",
        Cause::NoSuchPartition => "请从列表中选择分区。",
        Cause::NoSuchInstance => {
            "请检查 ID，它形如 20261122093015123gabc12；它也可能属于另一个项目。"
        }
        Cause::Ended => "没有需要停止的了。需要时请新建集群。",
        Cause::NotMars => "请在实例页打开它。",
        Cause::Truncated => "请重新读取以获得其余部分。",
        Cause::NotSubmitted => "请重新创建；表单内容保持不变。",
        Cause::ChunkMissing => "请重试。若仍然如此，请刷新标签页，不会丢失任何内容。",
        Cause::DecoderEnded => "请重新读取：该部分会重新启动。若再次出现，请减少行数或列数。",
        Cause::Corrupt => "请重新读取。若再次出现，请检查是否有代理改动了内容。",
        Cause::Unreadable => "请重试；若仍然如此，请附上下面的原文反馈。",
        Cause::JobLost => "请重新运行。会话结束后引擎不再保留其作业。",
        Cause::JobFailed => "请按引擎的最后一行修改表达式后重新运行。",
        Cause::SqlSyntax => "请改正标出的位置后重新运行。",
        Cause::SqlMeaning => "请检查标出位置的名称和类型后重新运行。",
        Cause::FullScan => "请按分区列过滤该表，或在设置中加入 odps.sql.allow.fullscan=true。",
        Cause::SqlFailed => "请阅读下面服务的原文；实例的 Logview 有更多内容。",
        Cause::Refused => "请阅读下面服务的原文并修改请求。",
        Cause::Unknown => "请阅读下面服务的原文后重试。",
    }
}
