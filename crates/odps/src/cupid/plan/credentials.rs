//! Putting the key pair into a start plan, on the bytes: fields that are not modelled stay as they
//! are, and so does every byte around the two new items.

use bytes::{Buf, Bytes};
use prost::Message;
use prost::encoding::{
    DecodeContext, WireType, decode_key, decode_varint, encode_key, encode_varint, skip_field,
};

use super::super::proto::{CupidTaskOperator, CupidTaskParam, JobConfItem};
use super::{ACCESS_ID, ACCESS_KEY, MAJOR_VERSION, START, item};
use crate::Error;
use crate::sign::Account;

const OPERATOR_FIELD: u32 = 1;
const JOBCONF_FIELD: u32 = 2;
const ITEM_FIELD: u32 = 1;

/// Puts the account into a plan that starts a cluster, at the place where PyODPS has it (after the
/// version). Items of these names that are there already are replaced: a page must not choose the
/// account. Plans of other operations are given back as they are.
pub fn fill_credentials(plan: &[u8], account: &Account) -> Result<Bytes, Error> {
    // What follows looks at field numbers only; a field of another wire type is refused here.
    CupidTaskParam::decode(plan).map_err(bad)?;
    let fields = fields(plan)?;
    let operator = fields
        .iter()
        .rev()
        .find(|field| field.number == OPERATOR_FIELD);
    let operator = operator.ok_or_else(|| Error::malformed("plan", "no operator"))?;
    let operator = CupidTaskOperator::decode(operator.content).map_err(bad)?;
    if operator.moperator != START {
        return Ok(Bytes::copy_from_slice(plan));
    }
    let mut out = Vec::with_capacity(plan.len() + 128);
    let mut filled = false;
    for field in &fields {
        if field.number == JOBCONF_FIELD {
            // A second configuration is merged with the first by whoever reads it.
            let account = (!filled).then_some(account);
            filled = true;
            write(&mut out, JOBCONF_FIELD, &fill(field.content, account)?);
        } else {
            out.extend_from_slice(field.whole);
        }
    }
    if !filled {
        write(&mut out, JOBCONF_FIELD, &fill(&[], Some(account))?);
    }
    Ok(out.into())
}

/// The items of a job configuration with the two of the account, or without any.
fn fill(conf: &[u8], account: Option<&Account>) -> Result<Vec<u8>, Error> {
    let mut before = Vec::new();
    let mut after = Vec::new();
    for field in fields(conf)? {
        if field.number != ITEM_FIELD {
            after.extend_from_slice(field.whole);
            continue;
        }
        match JobConfItem::decode(field.content)
            .map_err(bad)?
            .key
            .as_str()
        {
            ACCESS_ID | ACCESS_KEY => {}
            MAJOR_VERSION => before.extend_from_slice(field.whole),
            _ => after.extend_from_slice(field.whole),
        }
    }
    let pair = account.map(|account| {
        [
            item(ACCESS_ID, &account.access_id),
            item(ACCESS_KEY, account.access_key.expose()),
        ]
    });
    for item in pair.into_iter().flatten() {
        write(&mut before, ITEM_FIELD, &item.encode_to_vec());
    }
    before.append(&mut after);
    Ok(before)
}

/// Appends a field that has a length.
pub(crate) fn write(out: &mut Vec<u8>, number: u32, content: &[u8]) {
    encode_key(number, WireType::LengthDelimited, out);
    encode_varint(content.len() as u64, out);
    out.extend_from_slice(content);
}

/// A field of a message: all its bytes, and its content if it has a length.
pub(crate) struct Field<'a> {
    pub(crate) number: u32,
    pub(crate) whole: &'a [u8],
    pub(crate) content: &'a [u8],
}

/// The fields of a message, in order, known or not.
pub(crate) fn fields(message: &[u8]) -> Result<Vec<Field<'_>>, Error> {
    let mut fields = Vec::new();
    let mut rest = message;
    while rest.has_remaining() {
        let start = rest;
        let (number, kind) = decode_key(&mut rest).map_err(bad)?;
        let content = if kind == WireType::LengthDelimited {
            let length = usize::try_from(decode_varint(&mut rest).map_err(bad)?).ok();
            let (content, after) = length
                .and_then(|length| rest.split_at_checked(length))
                .ok_or_else(|| Error::malformed("plan", "a field is longer than the plan"))?;
            rest = after;
            content
        } else {
            skip_field(kind, number, &mut rest, DecodeContext::default()).map_err(bad)?;
            &[]
        };
        fields.push(Field {
            number,
            whole: &start[..start.len() - rest.len()],
            content,
        });
    }
    Ok(fields)
}

fn bad(error: prost::DecodeError) -> Error {
    Error::malformed("plan", error)
}

#[cfg(test)]
mod tests {
    use wire::Secret;

    use super::*;
    use crate::cupid::plan::{StartPlan, StartRequest, proxy_token};

    #[test]
    fn an_operator_of_another_wire_type_is_refused() {
        let fixed64 = [9, 0, 0, 0, 0, 0, 0, 0, 0];
        let refused = fill_credentials(&fixed64, &account("ID", "KEY"));
        assert!(
            matches!(refused, Err(Error::Malformed { .. })),
            "{refused:?}"
        );
    }

    fn account(id: &str, key: &str) -> Account {
        Account {
            access_id: id.into(),
            access_key: Secret::new(key),
        }
    }

    fn keys(plan: &[u8]) -> Vec<(String, String)> {
        let plan = CupidTaskParam::decode(plan).expect("a plan");
        let items = plan.jobconf.expect("settings").jobconfitem;
        items
            .into_iter()
            .map(|item| (item.key, item.value))
            .collect()
    }

    #[test]
    fn the_pair_comes_after_the_version_and_only_once() {
        let plan = StartPlan::new("e", "p", "x", StartRequest::new(1, 1, 4)).to_bytes();
        let first = fill_credentials(&plan, &account("A", "1")).expect("filled");
        let second = fill_credentials(&first, &account("B", "2")).expect("filled");
        let found = keys(&second);
        assert_eq!(found.len(), keys(&plan).len() + 2);
        assert_eq!(found[0].0, MAJOR_VERSION);
        assert_eq!(found[1], (ACCESS_ID.to_owned(), "B".to_owned()));
        assert_eq!(found[2], (ACCESS_KEY.to_owned(), "2".to_owned()));
    }

    #[test]
    fn a_second_configuration_cannot_choose_the_account() {
        let mut plan = StartPlan::new("e", "p", "x", StartRequest::new(1, 1, 4))
            .to_bytes()
            .to_vec();
        let mut conf = Vec::new();
        write(
            &mut conf,
            ITEM_FIELD,
            &item(ACCESS_ID, "EVIL").encode_to_vec(),
        );
        write(&mut plan, JOBCONF_FIELD, &conf);
        let filled = fill_credentials(&plan, &account("A", "1")).expect("filled");
        let ids: Vec<_> = keys(&filled)
            .into_iter()
            .filter(|(key, _)| key == ACCESS_ID)
            .collect();
        assert_eq!(ids, [(ACCESS_ID.to_owned(), "A".to_owned())]);
    }

    #[test]
    fn unknown_fields_stay() {
        let mut plan = StartPlan::new("e", "p", "x", StartRequest::new(1, 1, 4))
            .to_bytes()
            .to_vec();
        write(&mut plan, 99, b"kept");
        encode_key(98, WireType::Varint, &mut plan);
        encode_varint(300, &mut plan);
        let tail = plan[plan.len() - 11..].to_vec();
        let filled = fill_credentials(&plan, &account("A", "1")).expect("filled");
        assert!(filled.ends_with(&tail));
    }

    #[test]
    fn other_plans_get_no_key() {
        let plan = proxy_token("i", "MarsWeb", 1);
        assert_eq!(fill_credentials(&plan, &account("A", "1")), Ok(plan));
        assert!(fill_credentials(b"\x0a\xff", &account("A", "1")).is_err());
        assert!(fill_credentials(b"", &account("A", "1")).is_err());
    }
}
