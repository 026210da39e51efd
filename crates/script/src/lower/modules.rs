//! The modules that a script may import, and what stands in them.

use mars::v04::graph::{Binary, Dtype, Reduction, Unary};

use super::value::Value;

/// A module that can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Module {
    /// `mars`
    Mars,
    /// `mars.tensor`, usually `mt`
    Tensor,
    /// `mars.tensor.random`
    Random,
    /// `mars.dataframe`, usually `md`
    Frame,
    /// `numpy`: its types and constants only
    Numpy,
    /// `o`: the project, as PyODPS calls it
    Odps,
}

/// What `import` takes.
pub(super) const IMPORTABLE: &[&str] = &[
    "mars",
    "mars.tensor",
    "mars.tensor.random",
    "mars.dataframe",
    "numpy",
];

/// A function of a module.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Function {
    /// One of the functions named in [`TENSOR`], [`RANDOM`] or [`FRAME`].
    Named(Module, &'static str),
    /// A function of one operand.
    Unary(Unary),
    /// An operator under its function name.
    Binary(&'static str, Binary),
    /// A reduction.
    Reduction(Reduction),
}

/// The functions of `mars.tensor` beside the unary ones, the operators and the reductions.
pub(super) const TENSOR: &[&str] = &[
    "arange",
    "around",
    "array",
    "clip",
    "cumsum",
    "dot",
    "eye",
    "full",
    "identity",
    "linspace",
    "matmul",
    "ones",
    "ones_like",
    "ravel",
    "reshape",
    "round",
    "scalar",
    "tensor",
    "tensordot",
    "transpose",
    "where",
    "zeros",
    "zeros_like",
];

/// The functions of `mars.tensor.random`.
pub(super) const RANDOM: &[&str] = &[
    "rand",
    "randint",
    "randn",
    "random",
    "random_sample",
    "seed",
    "standard_normal",
];

/// The methods of `o`.
pub(super) const ODPS: &[&str] = &["to_mars_dataframe", "persist_mars_dataframe"];

/// The classes of `mars.dataframe`.
pub(super) const FRAME: &[&str] = &["DataFrame", "Series"];

/// The operators under their names in `mars.tensor`.
const OPERATORS: &[(&str, Binary)] = &[
    ("add", Binary::Add),
    ("subtract", Binary::Subtract),
    ("multiply", Binary::Multiply),
    ("divide", Binary::TrueDiv),
    ("true_divide", Binary::TrueDiv),
    ("floor_divide", Binary::FloorDiv),
    ("power", Binary::Power),
    ("mod", Binary::Mod),
    ("remainder", Binary::Mod),
    ("equal", Binary::Equal),
    ("not_equal", Binary::NotEqual),
    ("less", Binary::Less),
    ("less_equal", Binary::LessEqual),
    ("greater", Binary::Greater),
    ("greater_equal", Binary::GreaterEqual),
    ("bitwise_and", Binary::And),
    ("bitwise_or", Binary::Or),
    ("bitwise_xor", Binary::Xor),
    ("maximum", Binary::Maximum),
    ("minimum", Binary::Minimum),
];

/// Names that are only here so that a slip near one of them is recognised.
const UNARY_NAMES: &[&str] = &[
    "negative",
    "abs",
    "absolute",
    "rint",
    "sign",
    "exp",
    "log",
    "log2",
    "log10",
    "expm1",
    "log1p",
    "sqrt",
    "square",
    "sin",
    "cos",
    "tan",
    "arctan",
    "tanh",
    "invert",
    "logical_not",
    "isfinite",
    "isinf",
    "isnan",
    "floor",
    "ceil",
];

/// The reductions, for the same purpose; methods of tensors have the same names.
pub(super) const REDUCTION_NAMES: &[&str] = &[
    "sum", "prod", "min", "max", "mean", "var", "std", "argmin", "argmax", "all", "any",
];

/// The types of numpy that can be named.
const TYPES: &[&str] = &[
    "bool_", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16",
    "float32", "float64",
];

impl Module {
    /// The name that a script has without an import.
    pub(super) fn usual_name(self) -> &'static str {
        match self {
            Module::Mars => "mars",
            Module::Tensor => "mt",
            Module::Random => "mt.random",
            Module::Frame => "md",
            Module::Numpy => "np",
            Module::Odps => "o",
        }
    }

    /// The full name.
    pub(super) fn path(self) -> &'static str {
        match self {
            Module::Mars => "mars",
            Module::Tensor => "mars.tensor",
            Module::Random => "mars.tensor.random",
            Module::Frame => "mars.dataframe",
            Module::Numpy => "numpy",
            Module::Odps => "odps.ODPS",
        }
    }

    /// What the module has under this name.
    pub(super) fn get(self, name: &str) -> Option<Value> {
        match (self, name) {
            (Module::Mars, "tensor") => Some(Value::Module(Module::Tensor)),
            (Module::Mars, "dataframe") => Some(Value::Module(Module::Frame)),
            (Module::Tensor, "random") => Some(Value::Module(Module::Random)),
            (Module::Tensor | Module::Numpy, "pi") => Some(Value::from(std::f64::consts::PI)),
            (Module::Tensor | Module::Numpy, "e") => Some(Value::from(std::f64::consts::E)),
            (Module::Tensor | Module::Numpy, name) if TYPES.contains(&name) => {
                Dtype::parse(name).ok().map(Value::Dtype)
            }
            (Module::Tensor, name) => tensor_function(name).map(Value::Function),
            (Module::Random, name) => named(self, RANDOM, name),
            (Module::Frame, name) => named(self, FRAME, name),
            (Module::Odps, name) => named(self, ODPS, name),
            (Module::Mars | Module::Numpy, _) => None,
        }
    }

    /// Every name that the module has.
    pub(super) fn names(self) -> Vec<&'static str> {
        match self {
            Module::Mars => vec!["tensor", "dataframe"],
            Module::Random => RANDOM.to_vec(),
            Module::Frame => FRAME.to_vec(),
            Module::Odps => ODPS.to_vec(),
            Module::Numpy => [TYPES, &["pi", "e"]].concat(),
            Module::Tensor => {
                let operators = OPERATORS.iter().map(|(name, _)| *name);
                let mut names = [TENSOR, UNARY_NAMES, REDUCTION_NAMES, TYPES].concat();
                names.extend(operators.chain(["random", "pi", "e"]));
                names
            }
        }
    }
}

impl Function {
    /// The function as a script writes it.
    pub(super) fn shown(self) -> String {
        match self {
            Function::Named(module, name) => format!("{}.{name}", module.usual_name()),
            Function::Unary(operator) => format!("mt.{}", operator.name()),
            Function::Binary(name, _) => format!("mt.{name}"),
            Function::Reduction(reduction) => format!("mt.{}", reduction.name()),
        }
    }
}

fn tensor_function(name: &str) -> Option<Function> {
    if let Some(name) = TENSOR.iter().find(|known| **known == name) {
        return Some(Function::Named(Module::Tensor, name));
    }
    if let Some((name, operator)) = OPERATORS.iter().find(|(known, _)| *known == name) {
        return Some(Function::Binary(name, *operator));
    }
    // `amax` and `amin` are numpy's other names.
    let name = match name {
        "amax" => "max",
        "amin" => "min",
        name => name,
    };
    let reduction = Reduction::from_name(name).map(Function::Reduction);
    reduction.or_else(|| Unary::from_name(name).map(Function::Unary))
}

fn named(module: Module, among: &'static [&'static str], name: &str) -> Option<Value> {
    let name = among.iter().find(|known| **known == name)?;
    Some(Value::Function(Function::Named(module, name)))
}

/// The module or part of a module that an import names.
pub(super) fn imported(path: &str) -> Option<Value> {
    match path {
        "mars" => Some(Value::Module(Module::Mars)),
        "mars.tensor" => Some(Value::Module(Module::Tensor)),
        "mars.tensor.random" => Some(Value::Module(Module::Random)),
        "mars.dataframe" => Some(Value::Module(Module::Frame)),
        "numpy" => Some(Value::Module(Module::Numpy)),
        other => {
            // `from mars.dataframe import DataFrame`
            let (module, name) = other.rsplit_once('.')?;
            match imported(module)? {
                Value::Module(module) => module.get(name),
                _ => None,
            }
        }
    }
}

/// Python's own names.
pub(super) fn builtin(name: &str) -> Option<Value> {
    match name {
        "int" => Some(Value::Dtype(Dtype::I64)),
        "float" => Some(Value::Dtype(Dtype::F64)),
        "bool" => Some(Value::Dtype(Dtype::Bool)),
        "object" | "str" => Some(Value::Dtype(Dtype::Object)),
        "abs" => Some(Value::Function(Function::Unary(Unary::Absolute))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_name_is_there() {
        for module in [
            Module::Mars,
            Module::Tensor,
            Module::Random,
            Module::Frame,
            Module::Numpy,
            Module::Odps,
        ] {
            for name in module.names() {
                assert!(
                    module.get(name).is_some(),
                    "{} has no {name}",
                    module.path()
                );
            }
            assert!(module.get("nothing").is_none());
        }
        for path in IMPORTABLE {
            assert!(matches!(imported(path), Some(Value::Module(m)) if m.path() == *path));
        }
    }
}
