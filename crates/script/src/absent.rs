//! What pandas has and Mars 0.4.0rc1 has not, with what does the same there.

use mars::v04::graph::Kind;

/// What to use in place of something that the engine's library lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Instead {
    /// Nothing does the same.
    Nothing,
    /// Choosing the columns to keep.
    Choose,
    /// A new column, and choosing columns.
    NewColumn,
    /// The type of a tensor of the same values.
    TensorType,
    /// A tensor of the same values.
    Tensor,
    /// The axes of a tensor of the same values.
    TensorTurned,
    /// The labels of `value_counts`, or a tensor's own function.
    Unique,
    /// One row of each group.
    First,
    /// A frame of the labels and the values.
    Reset,
    /// The first rows in order.
    Head,
    /// Functions by their names.
    Named,
}

impl std::fmt::Display for Instead {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Nothing => "",
            Self::Choose => "; choose the columns to keep: df[['a', 'b']]",
            Self::NewColumn => "; make a column, df['new'] = df['old'], and choose: df[['new']]",
            Self::TensorType => "; use md.Series(s.to_tensor().astype('float64'))",
            Self::Tensor => "; use to_tensor()",
            Self::TensorTurned => "; use to_tensor().T",
            Self::Unique => "; use value_counts(), or mt.unique(s.to_tensor())",
            Self::First => "; use groupby(['a', 'b']).agg('first') or agg('size')",
            Self::Reset => "; use reset_index() and choose the column",
            Self::Head => "; use sort_values(…).head(n)",
            Self::Named => "; name functions: agg(['sum', 'mean']), groupby('k').transform('sum')",
        })
    }
}

/// What to use for a name that pandas knows; `None` for one that it does not know either.
pub(crate) fn instead(kind: Kind, name: &str) -> Option<Instead> {
    Some(match (kind, name) {
        (Kind::Tensor | Kind::Index, _) => return None,
        (Kind::DataFrame, "drop" | "pop" | "filter") => Instead::Choose,
        (Kind::DataFrame, "rename" | "assign" | "insert") | (_, "add_prefix" | "add_suffix") => {
            Instead::NewColumn
        }
        (_, "astype" | "convert_dtypes" | "infer_objects") => Instead::TensorType,
        (_, "values" | "to_numpy" | "tolist" | "to_list" | "array") => Instead::Tensor,
        (_, "T" | "transpose") => Instead::TensorTurned,
        (Kind::Series, "unique") => Instead::Unique,
        (_, "drop_duplicates" | "duplicated") => Instead::First,
        (Kind::Series, "to_frame") => Instead::Reset,
        (_, "nlargest" | "nsmallest") => Instead::Head,
        (_, "apply" | "applymap" | "transform" | "pipe") => Instead::Named,
        (
            _,
            "rename" | "drop" | "ewm" | "pivot" | "pivot_table" | "melt" | "stack" | "unstack"
            | "explode" | "sample" | "corr" | "cov" | "clip" | "where" | "mask" | "replace"
            | "idxmax" | "idxmin" | "median" | "mode" | "skew" | "kurt" | "sem" | "mad" | "all"
            | "any" | "rank" | "between" | "reindex" | "interpolate" | "pct_change" | "query"
            | "eval" | "iterrows" | "itertuples" | "items" | "resample" | "take" | "memory_usage"
            | "select_dtypes" | "update" | "combine_first" | "truncate",
        ) => Instead::Nothing,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{Instead, instead};
    use mars::v04::graph::Kind;

    use crate::operators::Owner;

    #[test]
    fn what_the_table_has_is_not_absent() {
        for kind in [Kind::DataFrame, Kind::Series] {
            for operator in Owner::of(kind).operators() {
                let name = operator.name;
                let known = instead(kind, name);
                assert!(known.is_none(), "{name}: {known:?}");
            }
        }
        assert_eq!(instead(Kind::Tensor, "T"), None);
        assert_eq!(instead(Kind::DataFrame, "drop"), Some(Instead::Choose));
        assert_eq!(instead(Kind::Series, "drop"), Some(Instead::Nothing));
        assert_eq!(instead(Kind::DataFrame, "sun"), None);
    }
}
