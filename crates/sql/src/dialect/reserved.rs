//! The words that are no names unless they stand in back quotes. Source: the reserved words of
//! MaxCompute's public grammar, and of its list of keywords those that begin or join clauses; the other
//! words of that list are taken as names by MaxCompute too.

use datafusion::sql::sqlparser::keywords::Keyword;

const RESERVED: [Keyword; 38] = [
    Keyword::AND,
    Keyword::AS,
    Keyword::BETWEEN,
    Keyword::BY,
    Keyword::CASE,
    Keyword::CAST,
    Keyword::CHAR,
    Keyword::COLUMN,
    Keyword::CROSS,
    Keyword::CURRENT,
    Keyword::DISTINCT,
    Keyword::ELSE,
    Keyword::END,
    Keyword::FROM,
    Keyword::GROUP,
    Keyword::HAVING,
    Keyword::IF,
    Keyword::IN,
    Keyword::INNER,
    Keyword::INSERT,
    Keyword::INTO,
    Keyword::IS,
    Keyword::JOIN,
    Keyword::LATERAL,
    Keyword::LIKE,
    Keyword::LIMIT,
    Keyword::NOT,
    Keyword::ON,
    Keyword::OR,
    Keyword::ORDER,
    Keyword::OUTER,
    Keyword::SELECT,
    Keyword::THEN,
    Keyword::UNION,
    Keyword::USING,
    Keyword::VARCHAR,
    Keyword::WHEN,
    Keyword::WHERE,
];

/// Whether the word is kept for the grammar.
pub(crate) fn is_reserved(word: Keyword) -> bool {
    RESERVED.contains(&word)
}

/// Whether a reserved word may begin an expression.
pub(super) fn begins(word: Keyword) -> bool {
    matches!(word, Keyword::CASE | Keyword::CAST | Keyword::NOT)
}
