//! Profiles of small columns, by hand.
