//! Plans of Cupid tasks in protobuf, and the short texts that travel with them.
#![no_main]

use libfuzzer_sys::fuzz_target;
use odps::cupid::PlanReference;
use odps::cupid::plan::{Plan, StartRequest, fill_credentials};
use odps::sign::Account;
use odps::tables::PartitionSpec;
use odps::types::Type;
use wire::Secret;

fuzz_target!(|data: &[u8]| {
    let account = Account {
        access_id: "A".into(),
        access_key: Secret::new("K"),
    };
    let read = Plan::read(data);
    if let Ok(filled) = fill_credentials(data, &account) {
        assert_eq!(Plan::read(&filled).is_ok(), read.is_ok());
    }
    let Ok(text) = std::str::from_utf8(data) else {
        return;
    };
    let _ = StartRequest::parse(text);
    let _ = PlanReference::read(text);
    let _ = odps::cupid::detail::Answer::read(text);
    let plain = |(name, value): &(String, String)| {
        name.chars().all(char::is_alphanumeric) && !(value.contains('"') && value.contains('\''))
    };
    if let Ok(spec) = PartitionSpec::read(text)
        && spec.0.iter().all(plain)
    {
        assert_eq!(PartitionSpec::read(&spec.quoted()).as_ref(), Ok(&spec));
    }
    let kind = Type::read(text);
    assert_eq!(Type::read(&kind.to_string()), kind);
});
