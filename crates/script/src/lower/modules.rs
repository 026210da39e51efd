//! The modules that a script may import, and what stands in them.

use mars::v04::graph::Dtype;

use super::value::Value;
use crate::operators::Owner;

/// A module that can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Module {
    /// `mars`
    Mars,
    /// `mars.tensor`, usually `mt`
    Tensor,
    /// `mars.tensor.random`
    Random,
    /// `mars.tensor.linalg`
    Linalg,
    /// `mars.dataframe`, usually `md`
    Frame,
    /// `numpy`: its types and constants only
    Numpy,
    /// `o`: the project, as PyODPS calls it
    Odps,
    /// `client`: the cluster, as `o.create_mars_cluster` gives it
    Client,
    /// `client.session`
    Session,
}

/// What `import` takes.
pub(super) const IMPORTABLE: &[&str] = &[
    "mars",
    "mars.tensor",
    "mars.tensor.random",
    "mars.tensor.linalg",
    "mars.dataframe",
    "numpy",
];

/// The numbers that can be named.
const CONSTANTS: &[(&str, f64)] = &[("pi", std::f64::consts::PI), ("e", std::f64::consts::E)];

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
            Module::Linalg => "mt.linalg",
            Module::Frame => "md",
            Module::Numpy => "np",
            Module::Odps => "o",
            Module::Client => "client",
            Module::Session => "session",
        }
    }

    /// The full name.
    pub(super) fn path(self) -> &'static str {
        match self {
            Module::Mars => "mars",
            Module::Tensor => "mars.tensor",
            Module::Random => "mars.tensor.random",
            Module::Linalg => "mars.tensor.linalg",
            Module::Frame => "mars.dataframe",
            Module::Numpy => "numpy",
            Module::Odps => "odps.ODPS",
            Module::Client => "MarsClient",
            Module::Session => "Session",
        }
    }

    /// The operators of the module.
    fn owner(self) -> Option<Owner> {
        match self {
            Module::Tensor => Some(Owner::Mt),
            Module::Random => Some(Owner::Random),
            Module::Linalg => Some(Owner::Linalg),
            Module::Frame => Some(Owner::Md),
            Module::Odps => Some(Owner::Project),
            Module::Client => Some(Owner::Client),
            Module::Session => Some(Owner::Session),
            Module::Mars | Module::Numpy => None,
        }
    }

    /// The modules inside.
    fn parts(self) -> &'static [(&'static str, Module)] {
        match self {
            Module::Mars => &[("tensor", Module::Tensor), ("dataframe", Module::Frame)],
            Module::Tensor => &[("random", Module::Random), ("linalg", Module::Linalg)],
            Module::Client => &[("session", Module::Session)],
            _ => &[],
        }
    }

    /// What the module has under this name.
    pub(crate) fn get(self, name: &str) -> Option<Value> {
        if let Some((_, part)) = self.parts().iter().find(|(part, _)| *part == name) {
            return Some(Value::Module(*part));
        }
        if matches!(self, Module::Tensor | Module::Numpy) {
            if let Some((_, value)) = CONSTANTS.iter().find(|(known, _)| *known == name) {
                return Some(Value::from(*value));
            }
            if TYPES.contains(&name) {
                return Dtype::parse(name).ok().map(Value::Dtype);
            }
        }
        let owner = self.owner()?;
        Some(Value::Function(owner.get(name)?, owner))
    }

    /// Every name that the module has.
    pub(crate) fn names(self) -> Vec<&'static str> {
        let mut names: Vec<&str> = self.parts().iter().map(|(name, _)| *name).collect();
        if matches!(self, Module::Tensor | Module::Numpy) {
            names.extend(CONSTANTS.iter().map(|(name, _)| *name));
            names.extend(TYPES);
        }
        names.extend(self.owner().into_iter().flat_map(Owner::names));
        names
    }
}

/// The module or part of a module that an import names.
pub(super) fn imported(path: &str) -> Option<Value> {
    match path {
        "mars" => Some(Value::Module(Module::Mars)),
        "mars.tensor" => Some(Value::Module(Module::Tensor)),
        "mars.tensor.random" => Some(Value::Module(Module::Random)),
        "mars.tensor.linalg" => Some(Value::Module(Module::Linalg)),
        "mars.dataframe" => Some(Value::Module(Module::Frame)),
        "numpy" => Some(Value::Module(Module::Numpy)),
        "mars.session.new_session" => builtin("new_session"),
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
        name => {
            let operator = Owner::Python.get(name)?;
            Some(Value::Function(operator, Owner::Python))
        }
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
            Module::Linalg,
            Module::Frame,
            Module::Numpy,
            Module::Odps,
            Module::Client,
            Module::Session,
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
