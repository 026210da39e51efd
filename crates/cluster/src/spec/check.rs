//! What must hold before anything is sent. The engine checks none of this: it would start, wait and
//! fail, or wait for ever.

use serde::{Deserialize, Serialize};

use super::{Field, IfExists, Rule, Spec};

/// A field and the rule that it breaks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The field.
    pub field: Field,
    /// The rule.
    pub rule: Rule,
}

/// Longest text of one field; the start command must stay well below a kernel's argument limit.
const LONGEST_TEXT: usize = 512;
/// Most workers, schedulers, cores, disks or gigabytes that are not a slip of the finger.
const MOST: u32 = 100_000;
/// The largest number of `priority`.
const LAST_PRIORITY: u32 = 9;

impl Spec {
    /// Every rule that is broken, in the order of the form.
    pub fn validate(&self) -> Vec<FieldProblem> {
        let mut problems = Vec::new();
        for field in Field::ALL {
            if let Err(rule) = self.check(field) {
                problems.push(FieldProblem { field, rule });
            }
        }
        problems
    }

    fn check(&self, field: Field) -> Result<(), Rule> {
        match field {
            Field::WorkerNum => within(self.worker_num, 1, MOST),
            Field::WorkerCpu => within(self.worker_cpu, 1, MOST),
            Field::WorkerMem if self.worker_mem <= 1 => Err(Rule::MustExceedOneGb),
            Field::WorkerMem => within(self.worker_mem, 2, MOST),
            Field::CacheMem => match self.cache_mem {
                Some(cache) if cache >= self.worker_mem => Err(Rule::CacheNotBelowMemory {
                    worker_mem: self.worker_mem,
                }),
                Some(cache) => within(cache, 1, MOST),
                None => Ok(()),
            },
            Field::DiskNum => within(self.disk_num, 0, MOST),
            Field::MinWorkerNum => match self.min_worker_num {
                Some(min) if min > self.worker_num => Err(Rule::MoreThanWorkers {
                    worker_num: self.worker_num,
                }),
                Some(min) => within(min, 1, MOST),
                None => Ok(()),
            },
            Field::SchedulerNum => within(self.scheduler_num, 1, MOST),
            Field::Priority => within(self.priority.unwrap_or(LAST_PRIORITY), 0, LAST_PRIORITY),
            Field::Resources => self.resources.iter().try_for_each(|text| word(text)),
            Field::ModulePath => self.module_path.iter().try_for_each(|text| word(text)),
            Field::MarsAppImage => self.mars_app_image.as_deref().map_or(Ok(()), word),
            Field::RunningCluster => self.running_cluster.as_deref().map_or(Ok(()), word),
            Field::ProxyEndpoint => self.proxy_endpoint.as_deref().map_or(Ok(()), host),
            Field::Name => match self.name.as_deref() {
                Some(name) => label(name),
                // Without a name there is nothing to look for.
                None if self.if_exists != IfExists::Ignore => Err(Rule::Missing),
                None => Ok(()),
            },
            Field::IfExists => Ok(()),
        }
    }
}

fn within(value: u32, least: u32, most: u32) -> Result<(), Rule> {
    if value < least {
        Err(Rule::AtLeast(least))
    } else if value > most {
        Err(Rule::AtMost(most))
    } else {
        Ok(())
    }
}

/// One word of the start command: blanks and commas separate there, and nothing is quoted.
fn word(text: &str) -> Result<(), Rule> {
    label(text)?;
    let bad = |c: &char| {
        c.is_whitespace()
            || matches!(
                c,
                ',' | '\'' | '"' | '`' | ';' | '&' | '|' | '$' | '\\' | '<' | '>'
            )
    };
    text.chars()
        .find(bad)
        .map_or(Ok(()), |c| Err(Rule::BadCharacter(c)))
}

fn host(text: &str) -> Result<(), Rule> {
    word(text)?;
    if text.contains('/') || text.contains('@') {
        Err(Rule::NotAHost)
    } else {
        Ok(())
    }
}

fn label(text: &str) -> Result<(), Rule> {
    if text.trim().is_empty() {
        return Err(Rule::Missing);
    }
    if text.len() > LONGEST_TEXT {
        return Err(Rule::TooLong {
            limit: LONGEST_TEXT,
        });
    }
    text.chars()
        .find(|c| c.is_control())
        .map_or(Ok(()), |c| Err(Rule::BadCharacter(c)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(change: impl FnOnce(&mut Spec)) -> Vec<(Field, Rule)> {
        let mut spec = Spec::guide();
        change(&mut spec);
        spec.validate()
            .into_iter()
            .map(|problem| (problem.field, problem.rule))
            .collect()
    }

    #[test]
    fn the_guide_and_the_defaults_break_no_rule() {
        assert_eq!(Spec::guide().validate(), []);
        assert_eq!(Spec::default().validate(), []);
    }

    #[test]
    fn every_rule_names_its_field() {
        let more = Rule::MoreThanWorkers { worker_num: 5 };
        let cache = Rule::CacheNotBelowMemory { worker_mem: 16 };
        for (field, text, rule) in [
            (Field::WorkerCpu, "0", Rule::AtLeast(1)),
            (Field::WorkerMem, "1", Rule::MustExceedOneGb),
            (Field::MinWorkerNum, "0", Rule::AtLeast(1)),
            (Field::MinWorkerNum, "6", more),
            (Field::CacheMem, "16", cache),
            (Field::CacheMem, "0", Rule::AtLeast(1)),
            (Field::SchedulerNum, "0", Rule::AtLeast(1)),
            (Field::Priority, "10", Rule::AtMost(9)),
            (Field::ModulePath, "a b", Rule::BadCharacter(' ')),
            (Field::MarsAppImage, "x;rm", Rule::BadCharacter(';')),
            (Field::ProxyEndpoint, "http://p", Rule::NotAHost),
            (Field::Name, "a\u{7}b", Rule::BadCharacter('\u{7}')),
        ] {
            let found = problems(|spec| spec.set(field, text).unwrap());
            assert_eq!(found, [(field, rule)], "{text}");
        }
    }

    #[test]
    fn what_looks_for_a_name_needs_one() {
        let looks = |spec: &mut Spec| spec.if_exists = IfExists::Raise;
        assert_eq!(problems(looks), [(Field::Name, Rule::Missing)]);
    }

    #[test]
    fn no_worker_at_all_breaks_two_rules() {
        let rule = Rule::MoreThanWorkers { worker_num: 0 };
        let both = [
            (Field::WorkerNum, Rule::AtLeast(1)),
            (Field::MinWorkerNum, rule),
        ];
        assert_eq!(problems(|spec| spec.worker_num = 0), both);
    }
}
