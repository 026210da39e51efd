//! Documents in the browser's own IndexedDB.

use console::api::store::{Kind, clear, get, list, put, remove, trim};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn documents_are_kept_listed_and_forgotten() {
    for kind in [Kind::Logview, Kind::Flight] {
        clear(kind).await.expect("cleared");
    }
    put(Kind::Logview, "a", "first", b"12345").await.expect("a");
    put(Kind::Flight, "a", "other", &[0, 255]).await.expect("a");
    put(Kind::Logview, "b", "second", b"123").await.expect("b");
    assert_eq!(
        get(Kind::Logview, "a").await,
        Ok(Some(b"12345".to_vec())),
        "kinds do not share keys"
    );
    assert_eq!(get(Kind::Flight, "a").await, Ok(Some(vec![0, 255])));
    let sizes = |list: Vec<console::api::store::Kept>| {
        let mut sizes: Vec<_> = list.into_iter().map(|kept| (kept.key, kept.size)).collect();
        sizes.sort();
        sizes
    };
    let all = list(Kind::Logview).await.expect("listed");
    assert_eq!(sizes(all), [("a".to_owned(), 5), ("b".to_owned(), 3)]);
    put(Kind::Logview, "a", "first", b"1").await.expect("again");
    let all = list(Kind::Logview).await.expect("listed");
    assert_eq!(sizes(all), [("a".to_owned(), 1), ("b".to_owned(), 3)]);
    remove(Kind::Logview, "b").await.expect("removed");
    assert_eq!(get(Kind::Logview, "b").await, Ok(None));
    put(Kind::Logview, "c", "third", &[7; 100])
        .await
        .expect("c");
    let gone = trim(Kind::Logview, 50).await.expect("trimmed");
    assert!(gone.iter().any(|kept| kept.key == "c"));
    assert_eq!(get(Kind::Logview, "c").await, Ok(None));
    assert_eq!(list(Kind::Flight).await.expect("listed").len(), 1);
}
