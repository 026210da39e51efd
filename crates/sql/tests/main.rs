//! The library from outside: scripts over a catalogue in a temporary folder.

mod behaviour;
mod catalog;
mod golden;
