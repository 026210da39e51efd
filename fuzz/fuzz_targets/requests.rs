//! Requests of every operation: method, path, query, headers and the XML or JSON in the body.
#![no_main]

use bytes::Bytes;
use libfuzzer_sys::fuzz_target;
use odps::{authorization, instances, projects, resources, sign, tables, tunnel};
use wire::{Call, Request, Secret};

const METHODS: [&str; 4] = ["GET", "POST", "PUT", "DELETE"];

/// Reads the request as the operation, and what was read again after it was written.
fn read<C: Call>(request: &Request) {
    if let Ok(call) = C::from_request(request) {
        let target = wire::Target {
            project: odps::request::project(request).unwrap_or_default(),
        };
        let _ = call.to_request(&target);
    }
}

fuzz_target!(|data: &[u8]| {
    // Method, path with query, one header, body.
    let mut parts = data.splitn(4, |byte| *byte == b'\n');
    let mut part = || parts.next().unwrap_or_default();
    let (method, path, header, body) = (part(), part(), part(), part());
    let method = METHODS[method.first().map_or(0, |byte| usize::from(byte % 4))];
    let mut request = Request::new(Bytes::copy_from_slice(body));
    *request.method_mut() = method.parse().expect("a method");
    let Ok(uri) = http::Uri::try_from(path) else {
        return;
    };
    *request.uri_mut() = uri;
    let headers = [
        "authorization",
        "x-odps-resource-name",
        "x-odps-resource-type",
        "date",
        "x-odps-bearer-token",
    ];
    for (name, value) in headers.into_iter().zip(header.split(|byte| *byte == b'\t')) {
        if let Ok(value) = http::HeaderValue::from_bytes(value) {
            request.headers_mut().insert(name, value);
        }
    }
    read::<instances::Create>(&request);
    read::<instances::Detail>(&request);
    read::<instances::Get>(&request);
    read::<instances::List>(&request);
    read::<instances::Source>(&request);
    read::<instances::Stop>(&request);
    read::<instances::Summary>(&request);
    read::<instances::TaskResult>(&request);
    read::<instances::TaskStatus>(&request);
    read::<authorization::SignBearerToken>(&request);
    read::<tables::List>(&request);
    read::<tables::Get>(&request);
    read::<tables::GetExtended>(&request);
    read::<tables::Partitions>(&request);
    read::<tables::GetPartition>(&request);
    read::<projects::Get>(&request);
    read::<projects::TunnelHost>(&request);
    read::<resources::Create>(&request);
    read::<resources::Get>(&request);
    read::<tunnel::download::Create>(&request);
    read::<tunnel::download::Read>(&request);
    read::<tunnel::upload::Create>(&request);
    read::<tunnel::upload::Write>(&request);
    read::<tunnel::upload::Commit>(&request);
    let key = |id: &str| (id == "A").then(|| Secret::new("K"));
    let _ = sign::verify(key, &request, Some(0));
    let _ = sign::application::verify(key, &request);
    let token = String::from_utf8_lossy(header);
    let _ = authorization::token::genuine(key, &token);
});
