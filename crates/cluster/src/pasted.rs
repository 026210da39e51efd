//! A PyODPS call as somebody pastes it: `client = o.create_mars_cluster(5, 4, 16, min_worker_num=3)`
//! becomes a [`Spec`]. Authority: the signature in PyODPS 0.9.0.1. Only literals are read; nothing
//! is evaluated.

mod later;
mod literal;

use crate::spec::{Field, IfExists, Rule, Spec};
pub use later::{Instead, LeftOut};
use literal::{Literal, Reader};

/// What a pasted call asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pasted {
    /// The arguments, PyODPS's defaults where the call is silent.
    pub spec: Spec,
    /// `instance_id=…`: the call attaches to this instance and creates nothing.
    pub instance: Option<String>,
    /// Arguments that this generation of the engine does not have, with their places.
    pub left_out: Vec<LeftOut>,
    /// Arguments of later PyODPS that were read as a field of another name.
    pub renamed: Vec<(String, Field)>,
}

/// A place in the pasted text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Bytes before it.
    pub offset: usize,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// Why a pasted text is not such a call.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}:{}: {kind}", at.line, at.column)]
pub struct PasteError {
    /// Where it goes wrong.
    pub at: Place,
    /// What is wrong there.
    pub kind: PasteErrorKind,
}

/// What is wrong with a pasted text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PasteErrorKind {
    /// No `create_mars_cluster(` in it.
    #[error("no create_mars_cluster(…) in it")]
    NoCall,
    /// The text ends inside the call.
    #[error("the call is cut off")]
    CutOff,
    /// A comma or the closing bracket was expected.
    #[error("expected a comma or the closing bracket")]
    ExpectedComma,
    /// A number, a text or a list was expected.
    #[error("expected a number, a text or a list")]
    ExpectedValue,
    /// A text without its closing quote.
    #[error("text without its closing quote")]
    UnclosedText,
    /// More positional arguments than the function has.
    #[error("more than {most} positional arguments")]
    TooMany {
        /// How many it has.
        most: usize,
    },
    /// A positional argument after a keyword argument.
    #[error("positional argument after a keyword argument")]
    PositionalAfterKeyword,
    /// The same argument twice.
    #[error("{0} is given twice")]
    Repeated(String),
    /// The value does not suit the argument.
    #[error("the value does not suit {}", field.as_str())]
    BadValue {
        /// The argument.
        field: Field,
        /// The rule that it breaks.
        rule: Rule,
    },
}

/// The name of the function.
const FUNCTION: &str = "create_mars_cluster";
/// The argument that turns the call into an attach; the tenth by position.
const INSTANCE: &str = "instance_id";
/// The name that later PyODPS gives when it is told none.
const LATER_NAME: &str = "default";

/// Reads the first `create_mars_cluster(…)` in the text.
pub fn parse_pyodps_call(text: &str) -> Result<Pasted, PasteError> {
    let mut reader = Reader::new(text);
    reader.seek_call(FUNCTION)?;
    let mut pasted = Pasted {
        spec: Spec::default(),
        instance: None,
        left_out: Vec::new(),
        renamed: Vec::new(),
    };
    let mut seen: Vec<String> = Vec::new();
    let mut positional = 0;
    let mut keyword_seen = false;
    while !reader.closes() {
        let at = reader.place();
        let name = match reader.keyword() {
            Some(name) => {
                keyword_seen = true;
                name
            }
            None if keyword_seen => {
                return Err(PasteError {
                    at,
                    kind: PasteErrorKind::PositionalAfterKeyword,
                });
            }
            None => {
                positional += 1;
                nth(positional - 1).ok_or(PasteError {
                    at,
                    kind: PasteErrorKind::TooMany {
                        most: Field::POSITIONAL + 1,
                    },
                })?
            }
        };
        let value_at = reader.place();
        let renamed = later::renamed(&name);
        let field = Field::named(&name).or(renamed);
        let known = field.map_or_else(|| name.clone(), |field| field.as_str().to_owned());
        if seen.contains(&known) {
            return Err(PasteError {
                at,
                kind: PasteErrorKind::Repeated(name),
            });
        }
        match field {
            Some(field) => pasted.take(field, reader.value()?, value_at)?,
            None if name == INSTANCE => pasted.attach(reader.value()?),
            None => {
                // Its value may be anything, such as a name or a dict: it is not used.
                reader.skip_value()?;
                let instead = later::instead(&name);
                pasted.left_out.push(LeftOut {
                    name: name.clone(),
                    at,
                    instead,
                });
            }
        }
        pasted.renamed.extend(renamed.map(|field| (name, field)));
        seen.push(known);
        reader.comma()?;
    }
    pasted.complete(&seen);
    Ok(pasted)
}

/// The name of a positional argument.
fn nth(place: usize) -> Option<String> {
    match place {
        Field::POSITIONAL => Some(INSTANCE.to_owned()),
        place if place < Field::POSITIONAL => {
            Field::ALL.get(place).map(|field| field.as_str().to_owned())
        }
        _ => None,
    }
}

impl Pasted {
    fn attach(&mut self, value: Literal) {
        if let Literal::Text(id) = value {
            self.instance = Some(id).filter(|id| !id.is_empty());
        }
    }

    /// What later PyODPS adds when only one of `name` and `if_exists` is given.
    fn complete(&mut self, seen: &[String]) {
        let told = seen.iter().any(|name| name == Field::IfExists.as_str());
        if self.spec.name.is_some() && !told {
            self.spec.if_exists = IfExists::LATER;
        }
        if self.spec.name.is_none() && self.spec.if_exists != IfExists::Ignore {
            self.spec.name = Some(LATER_NAME.to_owned());
        }
    }

    fn take(&mut self, field: Field, value: Literal, at: Place) -> Result<(), PasteError> {
        let bad = |rule| PasteError {
            at,
            kind: PasteErrorKind::BadValue { field, rule },
        };
        match (field, value) {
            (_, Literal::None) => {}
            (Field::Resources, Literal::Texts(items)) => self.spec.resources = items,
            (Field::ModulePath, Literal::Texts(items)) => self.spec.module_path = items,
            (Field::Resources | Field::ModulePath, Literal::Text(item)) => {
                // A single text is a list of one; a comma inside it belongs to it.
                let list = vec![item];
                if field == Field::Resources {
                    self.spec.resources = list;
                } else {
                    self.spec.module_path = list;
                }
            }
            (
                Field::MarsAppImage | Field::RunningCluster | Field::ProxyEndpoint | Field::Name,
                Literal::Text(text),
            ) => {
                let text = Some(text).filter(|text| !text.is_empty());
                match field {
                    Field::MarsAppImage => self.spec.mars_app_image = text,
                    Field::RunningCluster => self.spec.running_cluster = text,
                    Field::ProxyEndpoint => self.spec.proxy_endpoint = text,
                    _ => self.spec.name = text,
                }
            }
            (Field::IfExists, Literal::Text(text)) => {
                self.spec.set(field, &text).map_err(bad)?;
            }
            (
                Field::Resources
                | Field::ModulePath
                | Field::MarsAppImage
                | Field::RunningCluster
                | Field::ProxyEndpoint
                | Field::Name
                | Field::IfExists,
                _,
            ) => return Err(bad(Rule::WrongKind)),
            (_, Literal::Number(text)) => self.spec.set(field, &text).map_err(bad)?,
            _ => return Err(bad(Rule::WrongKind)),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
