//! Signatures as Python writes them: `a, axis=None, *shape, inplace=False!`.
//!
//! A parameter without a default must be given. `*shape` takes all further positional arguments as
//! one tuple, as `rand(2, 3)` means `rand((2, 3))`; `**values` does so even for a single one. A `!` marks a parameter that the engine's
//! library has and that only takes its default here: another value is refused, not ignored.

/// One parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, which is PyODPS's or the library's.
    pub name: &'static str,
    /// What it is without being given, as Python writes it.
    pub default: Option<&'static str>,
    /// Whether it takes all further positional arguments.
    pub gathers: bool,
    /// Whether a single one becomes a tuple too.
    pub wraps: bool,
    /// Whether only the default is taken.
    pub fixed: bool,
}

impl std::fmt::Display for Parameter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let star = if self.gathers { "*" } else { "" };
        match self.default {
            Some(default) if !self.gathers => write!(f, "{}={default}", self.name),
            _ => write!(f, "{star}{}", self.name),
        }
    }
}

/// The parameters of a signature.
pub(crate) fn parameters(signature: &'static str) -> Vec<Parameter> {
    if signature.is_empty() {
        return Vec::new();
    }
    signature.split(", ").map(parameter).collect()
}

fn parameter(text: &'static str) -> Parameter {
    let (text, fixed) = match text.strip_suffix('!') {
        Some(text) => (text, true),
        None => (text, false),
    };
    let (name, default) = match text.split_once('=') {
        Some((name, default)) => (name, Some(default)),
        None => (text, None),
    };
    let wraps = name.starts_with("**");
    let (name, gathers) = match name.trim_start_matches('*') {
        bare if bare.len() < name.len() => (bare, true),
        bare => (bare, false),
    };
    Parameter {
        name,
        default,
        gathers,
        wraps,
        fixed,
    }
}

#[cfg(test)]
mod tests {
    use super::parameters;

    #[test]
    fn a_signature_is_read() {
        let read = parameters("a, axis=None, *shape, inplace=False!");
        let names: Vec<&str> = read.iter().map(|parameter| parameter.name).collect();
        assert_eq!(names, ["a", "axis", "shape", "inplace"]);
        let defaults: Vec<Option<&str>> = read.iter().map(|parameter| parameter.default).collect();
        assert_eq!(defaults, [None, Some("None"), None, Some("False")]);
        assert!(read[2].gathers && !read[1].gathers);
        assert!(read[3].fixed && !read[0].fixed);
        assert_eq!(parameters(""), []);
    }
}
