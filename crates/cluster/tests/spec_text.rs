//! Specs as PyODPS calls and as links, for any spec that breaks no rule.

use cluster::{IfExists, Spec, parse_pyodps_call};
use proptest::prelude::*;

fn word() -> impl Strategy<Value = String> {
    // What a field may hold, quotes and backslashes included where no rule forbids them.
    "[a-zA-Z0-9_.:/\u{4e00}-\u{4e10}%=()#-]{1,12}"
}

fn host() -> impl Strategy<Value = String> {
    "[a-z0-9.-]{1,12}(:[0-9]{2,5})?"
}

prop_compose! {
    fn spec()(
        sizes in (1_u32..200, 1_u32..200, 2_u32..500),
        min in proptest::option::of(1_u32..200),
        cache in proptest::option::of(1_u32..500),
        counts in (0_u32..5, 1_u32..5, proptest::option::of(0_u32..10)),
        lists in (proptest::collection::vec(word(), 0..3), proptest::collection::vec(word(), 0..3)),
        named in proptest::option::of((word(), proptest::sample::select(&IfExists::ALL[..]))),
        texts in (proptest::option::of(word()), proptest::option::of(word()), proptest::option::of(host())),
    ) -> Spec {
        Spec {
            worker_num: sizes.0,
            worker_cpu: sizes.1,
            worker_mem: sizes.2,
            min_worker_num: min.map(|min| min.min(sizes.0)),
            cache_mem: cache.map(|cache| cache.min(sizes.2 - 1)),
            disk_num: counts.0,
            scheduler_num: counts.1,
            priority: counts.2,
            resources: lists.0,
            module_path: lists.1,
            mars_app_image: texts.0,
            running_cluster: texts.1,
            proxy_endpoint: texts.2,
            if_exists: named.as_ref().map_or(IfExists::Ignore, |named| named.1),
            name: named.map(|named| named.0),
        }
    }
}

proptest! {
    #[test]
    fn a_call_reads_back_as_its_spec(spec in spec()) {
        prop_assert_eq!(spec.validate(), vec![]);
        let call = spec.as_pyodps_call();
        let pasted = parse_pyodps_call(&call);
        prop_assert_eq!(pasted.map(|pasted| pasted.spec), Ok(spec), "{}", call);
    }

    #[test]
    fn a_link_reads_back_as_its_spec(spec in spec()) {
        prop_assert_eq!(Spec::from_query(&spec.to_query()), (spec, vec![]));
    }

    #[test]
    fn noise_never_panics(text in ".{0,60}") {
        // Most noise is no call at all; inside a call it must end in a value or an error.
        prop_assert!(parse_pyodps_call(&text).is_err());
        let inside = format!("create_mars_cluster({text}");
        if let Err(error) = parse_pyodps_call(&inside) {
            prop_assert!(error.at.offset <= inside.len());
        }
        let (_, problems) = Spec::from_query(&text);
        prop_assert!(problems.len() <= text.len());
    }

    #[test]
    fn texts_survive_quotes_and_escapes(text in "[a'\"\\\\\n\t\u{1}\u{85}中]{1,8}") {
        let spec = Spec { running_cluster: Some(text), ..Spec::default() };
        let call = spec.as_pyodps_call();
        prop_assert_eq!(parse_pyodps_call(&call).map(|pasted| pasted.spec), Ok(spec), "{}", call);
    }
}
