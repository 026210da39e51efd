//! Keys of framed pages: whoever holds one reads the pages of one engine, for a while.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use uuid::Uuid;

/// A key that is not used for this long ends.
const IDLE: Duration = Duration::from_secs(3600);

/// A key ends after this long in any case.
const LIFE: Duration = Duration::from_secs(12 * 3600);

/// The keys that are held; the least recently used goes first.
const HELD: usize = 256;

#[derive(Debug)]
struct Held {
    instance: String,
    made: Instant,
    used: Instant,
}

impl Held {
    fn lives(&self, now: Instant) -> bool {
        now.saturating_duration_since(self.used) < IDLE
            && now.saturating_duration_since(self.made) < LIFE
    }
}

/// What a key opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Opened {
    /// The instance of the engine.
    pub(crate) instance: String,
    /// How long the key can live from now on.
    pub(crate) left: Duration,
}

/// All keys of a gateway. They are kept in memory only.
#[derive(Debug, Default)]
pub(crate) struct Keys(Mutex<HashMap<String, Held>>);

impl Keys {
    /// A new key for one instance: 122 random bits.
    pub(crate) fn mint(&self, instance: &str, now: Instant) -> String {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        keys.retain(|_, held| held.lives(now));
        if keys.len() >= HELD {
            let oldest = keys.iter().min_by_key(|(_, held)| held.used);
            if let Some(key) = oldest.map(|(key, _)| key.clone()) {
                keys.remove(&key);
            }
        }
        let key = Uuid::new_v4().simple().to_string();
        let held = Held {
            instance: instance.to_owned(),
            made: now,
            used: now,
        };
        keys.insert(key.clone(), held);
        key
    }

    /// What a key opens, if it is one and lives; using it keeps it alive.
    pub(crate) fn open(&self, key: &str, now: Instant) -> Option<Opened> {
        let mut keys = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let held = keys.get_mut(key).filter(|held| held.lives(now))?;
        held.used = now;
        Some(Opened {
            instance: held.instance.clone(),
            left: LIFE.saturating_sub(now.saturating_duration_since(held.made)),
        })
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::{HELD, IDLE, Keys, LIFE};

    const MINUTE: Duration = Duration::from_secs(60);

    #[test]
    fn a_key_opens_its_own_instance_and_nothing_else() {
        let (keys, now) = (Keys::default(), Instant::now());
        let (first, second) = (keys.mint("1g", now), keys.mint("2g", now));
        assert_eq!(keys.open(&first, now).unwrap().instance, "1g");
        assert_eq!(keys.open(&second, now).unwrap().instance, "2g");
        assert_eq!(keys.open("1g", now), None);
        assert_eq!(keys.open("", now), None);
    }

    #[test]
    fn a_key_that_is_not_used_ends() {
        let (keys, now) = (Keys::default(), Instant::now());
        let key = keys.mint("1g", now);
        assert!(keys.open(&key, now + IDLE - MINUTE).is_some());
        // That use has kept it.
        assert!(keys.open(&key, now + IDLE + MINUTE).is_some());
        assert!(keys.open(&key, now + IDLE + MINUTE + IDLE).is_none());
    }

    #[test]
    fn a_key_that_is_used_ends_too() {
        let (keys, now) = (Keys::default(), Instant::now());
        let key = keys.mint("1g", now);
        let mut at = now;
        while at + IDLE / 2 < now + LIFE {
            at += IDLE / 2;
            assert!(keys.open(&key, at).is_some());
        }
        assert!(keys.open(&key, now + LIFE).is_none());
    }

    #[test]
    fn only_so_many_are_held() {
        let (keys, now) = (Keys::default(), Instant::now());
        let first = keys.mint("1g", now);
        let second = keys.mint("1g", now + Duration::from_secs(1));
        for _ in 0..HELD - 1 {
            keys.mint("1g", now + MINUTE);
        }
        assert!(keys.open(&first, now + MINUTE).is_none());
        assert!(keys.open(&second, now + MINUTE).is_some());
    }
}
