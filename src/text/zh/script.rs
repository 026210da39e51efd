//! 中文：表达式的错误。

use mars::v04::graph::Error as Graph;
use script::{ErrorKind as Kind, Expected, Feature, Instead, Wanted};

/// 一句话说明表达式错在哪里。
pub(super) fn error(kind: &Kind) -> String {
    match kind {
        Kind::UnexpectedCharacter(c) => format!("这里不该出现字符 {c:?}。"),
        Kind::UnclosedText => "文本缺少右引号。".to_owned(),
        Kind::BadEscape(escape) => format!("不认识转义 \\{escape}。"),
        Kind::BadNumber(number) => format!("{number} 不是数字。"),
        Kind::NumberTooLarge(number) => format!("{number} 超出 64 位整数的范围。"),
        Kind::UnclosedBracket { open } => format!("{open} 没有闭合。"),
        Kind::UnmatchedBracket { close } => format!("{close} 没有对应的左括号。"),
        Kind::UnexpectedToken {
            found,
            expected: wanted,
        } => {
            format!("这里应为{}，却是 {found}。", expected(*wanted))
        }
        Kind::UnexpectedIndent => "这一行的缩进不对。".to_owned(),
        Kind::TooDeep { limit } => format!("嵌套超过 {limit} 层。"),
        Kind::TooLong { limit } => format!("长度超过 {limit} 字节。"),
        Kind::TooMany { limit } => format!("值的个数超过 {limit}。"),
        Kind::Unsupported(what) => format!("这里不支持{}。", feature(what)),
        Kind::PositionalAfterKeyword => "按位置的参数出现在按名字的参数之后。".to_owned(),
        Kind::RepeatedArgument(name) => format!("参数 {name} 出现了两次。"),
        Kind::Empty => "没有可运行的内容。".to_owned(),
        Kind::OnlyDefault {
            function,
            argument,
            default,
        } => format!("{function} 的参数 {argument} 只能是 {default}。"),
        Kind::EarlierCell { cell, error: why } => {
            format!("先前运行的第 {} 个单元格: {}", cell + 1, error(why))
        }
        Kind::Unpacked { names, value } => format!("{value}不能分给 {names} 个名字。"),
        Kind::UnknownName { name, nearest } => {
            hinted(format!("名字 {name} 没有定义"), nearest.as_deref())
        }
        Kind::UnknownModule { name, nearest } => {
            hinted(format!("没有模块 {name}"), nearest.as_deref())
        }
        Kind::UnknownFunction {
            owner,
            name,
            nearest,
        } => hinted(format!("{owner} 没有 {name}"), nearest.as_deref()),
        Kind::NoTypes(function) => format!(
            "{function} 需要 dtype，即按顺序给出所有列的类型，如 {{'a': 'int64', 'b': 'object'}}：只有 worker 能读这个文件。"
        ),
        Kind::NotInEngine {
            owner,
            name,
            instead: way,
        } => format!("Mars 0.4.0rc1 没有 {owner}.{name}{}。", instead(*way)),
        Kind::MissingArgument { function, argument } => format!("{function} 缺少参数 {argument}。"),
        Kind::UnexpectedArgument {
            function,
            argument,
            nearest,
        } => hinted(
            format!("{function} 没有参数 {argument}"),
            nearest.as_deref(),
        ),
        Kind::TooManyArguments {
            function,
            most,
            given,
        } => {
            format!("{function} 最多 {most} 个参数，给了 {given} 个。")
        }
        Kind::WrongArgument {
            function,
            argument,
            expected,
            found,
        } => {
            format!(
                "{function} 的参数 {argument} 应为{}，而不是 {found}。",
                wanted(*expected)
            )
        }
        Kind::ShapeMismatch {
            operator,
            left,
            right,
        } => {
            format!("{operator}：形状 {left} 与 {right} 不相容。")
        }
        Kind::AxisOutOfRange { axis, dimensions } => {
            format!("只有 {dimensions} 维，没有轴 {axis}。")
        }
        Kind::UnknownColumn { name, nearest } => {
            hinted(format!("没有列 {name}"), nearest.as_deref())
        }
        Kind::UnknownTable(name) => format!("本项目中没有表 {name}。"),
        Kind::BadName(name) => format!("{name:?} 不能作表名或列名。"),
        Kind::BadPartition(text) => {
            format!("{text:?} 不是分区：请写 key=value，多级以逗号分隔。")
        }
        Kind::ColumnType { column, kind } => {
            format!("列 {column} 的类型 {kind} 不能在表与 DataFrame 之间传送。")
        }
        Kind::BadOperands {
            operator,
            left,
            right,
        } => {
            format!("{operator} 不能用于 {left} 与 {right} 之间。")
        }
        Kind::BadOperand { operator, value } => format!("{operator} 不能用于 {value}。"),
        Kind::Graph(error) => graph(error),
        Kind::NoValue(what) => format!("{what} 没有值（超出 64 位或除以零）。"),
        other => format!("表达式有误：{other}。"),
    }
}

/// 可以代替的做法。
fn instead(way: Instead) -> &'static str {
    match way {
        Instead::Choose => "；请选出要保留的列：df[['a', 'b']]",
        Instead::NewColumn => "；请新建一列 df['new'] = df['old']，再选列：df[['new']]",
        Instead::TensorType => "；请用 md.Series(s.to_tensor().astype('float64'))",
        Instead::Tensor => "；请用 to_tensor()",
        Instead::TensorTurned => "；请用 to_tensor().T",
        Instead::Unique => "；请用 value_counts()，或 mt.unique(s.to_tensor())",
        Instead::First => "；请用 groupby(['a', 'b']).agg('first') 或 agg('size')",
        Instead::Reset => "；请用 reset_index()，再选列",
        Instead::Head => "；请用 sort_values(…).head(n)",
        Instead::Named => "；请给出函数名：agg(['sum', 'mean'])、groupby('k').transform('sum')",
        _ => "",
    }
}

/// 计算图拒绝了这一步；原因里的细节仍是引擎的英文。
fn graph(error: &Graph) -> String {
    match error {
        Graph::Shapes {
            operator,
            left,
            right,
        } => format!("{operator}：形状 {left} 与 {right} 不相容。"),
        Graph::Axis { axis, ndim } => format!("只有 {ndim} 维，没有轴 {axis}。"),
        Graph::Kind { operator, kind } => format!("{operator} 不能用于 {kind}。"),
        Graph::Elements { operator, dtype } => {
            format!("{operator} 不能用于类型为 {} 的元素。", dtype.name())
        }
        Graph::Dtype { name } => format!("没有类型 {name:?}。"),
        Graph::NoColumn { label } => format!("没有列 {label}。"),
        Graph::Argument {
            operator,
            argument,
            reason,
        } => format!("{operator} 的参数 {argument} 不对：{reason}。"),
        Graph::UnknownShape { operator } => format!("{operator} 需要运行前就知道的形状。"),
        other => format!("无法构造计算图：{other}。"),
    }
}

fn hinted(said: String, nearest: Option<&str>) -> String {
    match nearest {
        Some(nearest) => format!("{said}，是否想写 {nearest}?"),
        None => format!("{said}。"),
    }
}

fn expected(what: Expected) -> &'static str {
    match what {
        Expected::Value => "一个值",
        Expected::Name => "一个名字",
        Expected::EndOfLine => "行尾",
        Expected::CommaOrClose => "逗号或右括号",
        Expected::Colon => "冒号",
        Expected::Import => "import",
    }
}

fn wanted(what: Wanted) -> &'static str {
    match what {
        Wanted::Integer => "整数",
        Wanted::Endpoint => "client.endpoint（本笔记本所在的集群）",
        Wanted::Count => "非负整数",
        Wanted::Number => "数字",
        Wanted::Flag => " True 或 False",
        Wanted::Types => "列名到 ODPS 类型的字典",
        Wanted::Text => "文本",
        Wanted::Shape => "长度或长度的元组",
        Wanted::Axes => "轴或轴的元组",
        Wanted::DType => "数值类型",
        Wanted::Tensor => "张量",
        Wanted::Operand => "张量或数字",
        Wanted::Values => "同一形状的数字列表",
        Wanted::Frame => "数据框",
        Wanted::Columns => "列或列的列表",
        Wanted::Aggregation => "聚合函数名，或按列给出的字典",
        Wanted::Label => "标签、标签的列表或切片，或布尔掩码",
        Wanted::Dict => "普通值的字典",
        Wanted::FirstLine => "'infer'、0 或 None",
        Wanted::End => "'first' 或 'last'",
        Wanted::AnyAll => "'any' 或 'all'",
        Wanted::Direction => "'ffill' 或 'bfill'",
    }
}

fn feature(what: &Feature) -> String {
    match what {
        Feature::Statement(word) => format!("语句 {word}"),
        Feature::Lambda => " lambda".to_owned(),
        Feature::Conditional => " if … else 表达式".to_owned(),
        Feature::Comprehension => "推导式".to_owned(),
        Feature::BooleanWord(word) => format!(" {word}，逐元素请用 &、|、~"),
        Feature::ChainedComparison => "连续比较".to_owned(),
        Feature::Membership(word) => format!(" {word}"),
        Feature::Unpacking => "用 * 展开参数".to_owned(),
        Feature::AssignmentTarget => "给名字和列以外的目标赋值".to_owned(),
        Feature::TextPrefix(prefix) => format!("文本前缀 {prefix}"),
        Feature::Complex => "复数".to_owned(),
        Feature::Mark(mark) => format!("符号 {mark}"),
        Feature::Set => "集合".to_owned(),
        _ => "这种写法".to_owned(),
    }
}
