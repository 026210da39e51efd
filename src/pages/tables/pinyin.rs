//! The pinyin initial of a Chinese character, by the browser's own order of Chinese: in it the
//! characters of one initial stand together, so 23 comparisons at most tell the initial and no table
//! of readings has to be downloaded.
//!
//! Limits: a character with several readings has the initial of its most common one (行 is x, not
//! h); a browser without that order finds nothing by initials, and everything else as before.

use std::cell::RefCell;
use std::cmp::Ordering;
use std::collections::HashMap;

use wasm_bindgen::{JsCast, JsValue};

/// The first character of each initial, in the order of pinyin: nothing begins with i, u or v.
const FIRST: [(char, char); 23] = [
    ('吖', 'a'),
    ('八', 'b'),
    ('嚓', 'c'),
    ('咑', 'd'),
    ('妸', 'e'),
    ('发', 'f'),
    ('旮', 'g'),
    ('哈', 'h'),
    ('丌', 'j'),
    ('咔', 'k'),
    ('垃', 'l'),
    ('妈', 'm'),
    ('乸', 'n'),
    ('噢', 'o'),
    ('帊', 'p'),
    ('七', 'q'),
    ('冄', 'r'),
    ('仨', 's'),
    ('他', 't'),
    ('屲', 'w'),
    ('夕', 'x'),
    ('丫', 'y'),
    ('帀', 'z'),
];

/// Who knows initials.
pub trait Initials {
    /// The initial of a character; none for what is not Chinese.
    fn of(&self, letter: char) -> Option<char>;
}

/// The browser's order of Chinese, asked once for each character.
pub struct Browser {
    compare: Option<js_sys::Function>,
    known: RefCell<HashMap<char, Option<char>>>,
}

impl Default for Browser {
    fn default() -> Self {
        Self {
            compare: compare(),
            known: RefCell::default(),
        }
    }
}

impl Initials for Browser {
    fn of(&self, letter: char) -> Option<char> {
        if !chinese(letter) {
            return None;
        }
        let compare = self.compare.as_ref()?;
        *self.known.borrow_mut().entry(letter).or_insert_with(|| {
            let text = |letter: char| JsValue::from_str(letter.encode_utf8(&mut [0; 4]));
            search(letter, |one, other| {
                let order = compare.call2(&JsValue::NULL, &text(one), &text(other));
                let order = order.ok().and_then(|order| order.as_f64()).unwrap_or(0.0);
                order.partial_cmp(&0.0).unwrap_or(Ordering::Equal)
            })
        })
    }
}

/// The comparison of `zh` in the order of pinyin, where the browser has it.
fn compare() -> Option<js_sys::Function> {
    let locales = js_sys::Array::of1(&JsValue::from_str("zh-u-co-pinyin"));
    let options = js_sys::Object::new();
    let collator = js_sys::Intl::Collator::new(&locales, &options);
    let order = js_sys::Reflect::get(&collator.resolved_options(), &JsValue::from_str("locale"));
    let chinese = order.ok()?.as_string()?.starts_with("zh");
    chinese.then(|| collator.compare().unchecked_into())
}

/// The initial whose characters the letter stands among.
fn search(letter: char, compare: impl Fn(char, char) -> Ordering) -> Option<char> {
    let behind = FIRST.partition_point(|(first, _)| compare(*first, letter) != Ordering::Greater);
    behind.checked_sub(1).map(|at| FIRST[at].1)
}

/// The ideographs of Unicode's first two planes.
fn chinese(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2fa1f}')
}

/// The initials of a few characters, for tests without a browser.
#[cfg(test)]
pub struct Known;

#[cfg(test)]
impl Initials for Known {
    fn of(&self, letter: char) -> Option<char> {
        let known = [
            ('销', 'x'),
            ('售', 's'),
            ('明', 'm'),
            ('细', 'x'),
            ('库', 'k'),
            ('存', 'c'),
        ];
        known
            .iter()
            .find(|(one, _)| *one == letter)
            .map(|(_, initial)| *initial)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Characters in the order of pinyin, as the browser has them.
    const ORDER: &str = "吖阿八北嚓城咑大妸恶发费旮国哈行丌家咔库垃雷妈明乸年噢欧帊品七钱冄人仨售他天屲王夕销丫应帀中";

    #[test]
    fn a_character_has_the_initial_of_its_place() {
        let place = |letter: char| ORDER.chars().position(|one| one == letter);
        let initial = |letter| search(letter, |one, other| place(one).cmp(&place(other)));
        let spelled: String = "北京销售中国王雷明大库品人钱城"
            .chars()
            .filter(|letter| place(*letter).is_some())
            .filter_map(initial)
            .collect();
        assert_eq!(spelled, "bxszgwlmdkprqc");
        assert_eq!(
            FIRST.map(|(first, _)| initial(first)),
            FIRST.map(|(_, letter)| Some(letter))
        );
    }

    #[test]
    fn only_chinese_is_asked_for() {
        assert!(chinese('销') && chinese('㐀') && chinese('\u{20000}'));
        assert!(!chinese('a') && !chinese('あ') && !chinese('，') && !chinese('é'));
    }
}
