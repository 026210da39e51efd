//! Text and binary: every different value with its count, up to a bound; beyond it an estimate.

use super::hyper::{Hyper, hash};
use super::{Distinct, Lengths, Profile, Top};
use crate::format::clip::Clip;

/// The most different values that are counted one by one.
const VALUES: usize = 1 << 16;
/// The most bytes of them that are kept.
const BYTES: usize = 16 << 20;
/// How many characters of a value are told.
const SHOWN: usize = 200;

/// What was seen so far.
#[derive(Debug)]
pub(super) struct Words {
    text: bool,
    /// Places of entries plus one, by hash.
    slots: Vec<u32>,
    entries: Vec<Entry>,
    bytes: Vec<u8>,
    /// Once there are too many values.
    beyond: Option<Beyond>,
}

#[derive(Debug)]
struct Entry {
    hash: u64,
    start: usize,
    length: usize,
    count: u64,
}

/// What is kept of all values when they are not kept themselves.
#[derive(Debug)]
struct Beyond {
    hyper: Hyper,
    min: Vec<u8>,
    max: Vec<u8>,
    lengths: Sizes,
}

#[derive(Debug, Default)]
struct Sizes {
    count: u64,
    min: Option<u64>,
    max: u64,
    total: u64,
    empty: u64,
}

impl Sizes {
    fn add(&mut self, length: u64, count: u64) {
        self.count += count;
        self.min = Some(self.min.map_or(length, |min| min.min(length)));
        self.max = self.max.max(length);
        self.total += length * count;
        self.empty += if length == 0 { count } else { 0 };
    }

    fn finish(&self) -> Lengths {
        let count = u128::from(self.count.max(1));
        let hundredths = (u128::from(self.total) * 200 + count) / (2 * count);
        Lengths {
            min: self.min.unwrap_or(0),
            max: self.max,
            total: self.total,
            mean: format!("{}.{:02}", hundredths / 100, hundredths % 100),
            empty: self.empty,
        }
    }
}

impl Words {
    pub(super) fn new(text: bool) -> Self {
        Self {
            text,
            slots: vec![0; 1 << 10],
            entries: Vec::new(),
            bytes: Vec::new(),
            beyond: None,
        }
    }

    /// Takes a value.
    pub(super) fn add(&mut self, value: &[u8]) {
        let hash = hash(value);
        if let Some(beyond) = &mut self.beyond {
            beyond.add(value, hash, length(value, self.text));
            return;
        }
        let mask = self.slots.len() - 1;
        let mut slot = hash as usize & mask;
        while let Some(place) = self.slots[slot].checked_sub(1) {
            let entry = &mut self.entries[place as usize];
            let same =
                entry.hash == hash && self.bytes[entry.start..entry.start + entry.length] == *value;
            if same {
                entry.count += 1;
                return;
            }
            slot = (slot + 1) & mask;
        }
        if self.entries.len() == VALUES || self.bytes.len() + value.len() > BYTES {
            let length = length(value, self.text);
            self.overflow().add(value, hash, length);
            return;
        }
        self.entries.push(Entry {
            hash,
            start: self.bytes.len(),
            length: value.len(),
            count: 1,
        });
        self.bytes.extend_from_slice(value);
        self.slots[slot] = self.entries.len() as u32;
        if self.entries.len() * 2 > self.slots.len() {
            self.grow();
        }
    }

    fn grow(&mut self) {
        let mask = self.slots.len() * 4 - 1;
        let mut slots = vec![0u32; mask + 1];
        for (entry, number) in self.entries.iter().zip(1..) {
            let mut slot = entry.hash as usize & mask;
            while slots[slot] != 0 {
                slot = (slot + 1) & mask;
            }
            slots[slot] = number;
        }
        self.slots = slots;
    }

    /// Lets go of the values, keeping what they add up to.
    fn overflow(&mut self) -> &mut Beyond {
        let values = self.entries.iter().map(|entry| self.value(entry));
        let mut beyond = Beyond {
            hyper: Hyper::new(),
            min: values.clone().min().unwrap_or_default().to_vec(),
            max: values.max().unwrap_or_default().to_vec(),
            lengths: self.sizes(),
        };
        for entry in &self.entries {
            beyond.hyper.add(entry.hash);
        }
        (self.slots, self.entries, self.bytes) = (Vec::new(), Vec::new(), Vec::new());
        self.beyond.insert(beyond)
    }

    fn value(&self, entry: &Entry) -> &[u8] {
        &self.bytes[entry.start..entry.start + entry.length]
    }

    fn sizes(&self) -> Sizes {
        let mut sizes = Sizes::default();
        for entry in &self.entries {
            sizes.add(length(self.value(entry), self.text), entry.count);
        }
        sizes
    }

    /// Writes down what was found.
    pub(super) fn finish(mut self, profile: &mut Profile) {
        if let Some(beyond) = self.beyond.take() {
            profile.distinct = Distinct::About(beyond.hyper.estimate());
            profile.min = Some(self.shown(&beyond.min).0);
            profile.max = Some(self.shown(&beyond.max).0);
            profile.lengths = Some(beyond.lengths.finish());
            return;
        }
        profile.distinct = Distinct::Exact(self.entries.len() as u64);
        profile.lengths = Some(self.sizes().finish());
        let values = self.entries.iter().map(|entry| self.value(entry));
        profile.min = values.clone().min().map(|value| self.shown(value).0);
        profile.max = values.max().map(|value| self.shown(value).0);
        let mut order: Vec<&Entry> = self.entries.iter().collect();
        let by_count =
            |a: &&Entry, b: &&Entry| b.count.cmp(&a.count).then(self.value(a).cmp(self.value(b)));
        if order.len() > super::TOPS {
            order.select_nth_unstable_by(super::TOPS, by_count);
            order.truncate(super::TOPS);
        }
        order.sort_unstable_by(by_count);
        profile.top = order
            .into_iter()
            .map(|entry| {
                let (text, clipped) = self.shown(self.value(entry));
                Top {
                    text,
                    clipped,
                    count: entry.count,
                }
            })
            .collect();
    }

    /// A value as text, cut.
    fn shown(&self, value: &[u8]) -> (String, bool) {
        let mut clip = Clip::new(SHOWN);
        match self.text {
            true => clip.push(&String::from_utf8_lossy(value)),
            false => {
                for byte in value.iter().take(SHOWN / 2 + 1) {
                    clip.push(&format!("{byte:02x}"));
                }
            }
        }
        let (text, _, clipped) = clip.finish();
        (text, clipped)
    }
}

impl Beyond {
    fn add(&mut self, value: &[u8], hash: u64, length: u64) {
        self.hyper.add(hash);
        self.lengths.add(length, 1);
        if value < self.min.as_slice() {
            self.min = value.to_vec();
        } else if value > self.max.as_slice() {
            self.max = value.to_vec();
        }
    }
}

/// Characters of text (bytes that begin one), bytes of binary.
fn length(value: &[u8], text: bool) -> u64 {
    match text {
        true => value.iter().filter(|&&byte| (byte & 0xc0) != 0x80).count() as u64,
        false => value.len() as u64,
    }
}
