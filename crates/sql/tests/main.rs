//! The library from outside: scripts over a catalogue in a temporary folder.

#[cfg(test)]
mod behaviour;
#[cfg(test)]
mod catalog;
#[cfg(test)]
mod golden;
