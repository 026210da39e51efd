//! Charts of small tables, by hand.
