//! Bodies stream in both directions, and a client that goes away takes its request with it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::routing::any;
use http_body_util::BodyExt as _;
use tokio::sync::{Notify, mpsc};
use tokio::time::timeout;
use tokio_stream::wrappers::ReceiverStream;

use crate::world::{World, listen};

const SOON: Duration = Duration::from_secs(5);

type Chunk = Result<Bytes, Infallible>;

/// An upstream whose answer is whatever comes out of a channel.
async fn channel() -> (mpsc::Sender<Chunk>, u16) {
    let (sender, receiver) = mpsc::channel::<Chunk>(1);
    let receiver = Arc::new(std::sync::Mutex::new(Some(receiver)));
    let router = Router::new().fallback(any(move || async move {
        let receiver = receiver
            .lock()
            .unwrap()
            .take()
            .expect("one request is made");
        Body::from_stream(ReceiverStream::new(receiver))
    }));
    (sender, listen(router).await)
}

#[tokio::test]
async fn the_first_chunk_arrives_before_the_last_is_sent() {
    let (sender, port) = channel().await;
    let world = World::new(port).await;
    let mut answer = world
        .get("/tunnel/projects/p/tables/t?data=")
        .send()
        .await
        .unwrap();
    for text in ["first", "second"] {
        sender
            .send(Ok(Bytes::from_static(text.as_bytes())))
            .await
            .unwrap();
        let chunk = timeout(SOON, answer.chunk()).await.unwrap().unwrap();
        assert_eq!(chunk.unwrap(), text);
    }
    drop(sender);
    assert_eq!(timeout(SOON, answer.chunk()).await.unwrap().unwrap(), None);
}

#[tokio::test]
async fn a_client_that_goes_away_cancels_the_upstream_request() {
    let (sender, port) = channel().await;
    let world = World::new(port).await;
    let mut answer = world
        .get("/tunnel/projects/p/tables/t?data=")
        .send()
        .await
        .unwrap();
    sender.send(Ok(Bytes::from_static(b"first"))).await.unwrap();
    answer.chunk().await.unwrap().unwrap();
    drop(answer);
    // The channel closes when the upstream's own server has dropped the answer.
    let endless = async {
        while sender.send(Ok(Bytes::from(vec![0; 1 << 16]))).await.is_ok() {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(SOON, endless)
        .await
        .expect("the upstream goes on sending to nobody");
}

#[tokio::test]
async fn a_client_that_goes_away_before_the_answer_cancels_too() {
    struct Gone(Arc<Notify>);
    impl Drop for Gone {
        fn drop(&mut self) {
            self.0.notify_one();
        }
    }
    let (asked, gone) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (seen, left) = (Arc::clone(&asked), Arc::clone(&gone));
    let router = Router::new().fallback(any(move || {
        let (seen, left) = (Arc::clone(&seen), Gone(Arc::clone(&left)));
        async move {
            seen.notify_one();
            let _left = left;
            std::future::pending::<()>().await;
        }
    }));
    let world = World::new(listen(router).await).await;
    let request = tokio::spawn(world.get("/odps/projects/p").send());
    timeout(SOON, asked.notified()).await.unwrap();
    request.abort();
    timeout(SOON, gone.notified())
        .await
        .expect("the upstream goes on working for nobody");
}

#[tokio::test]
async fn an_upload_is_passed_on_while_it_is_made() {
    let (told, mut heard) = mpsc::channel::<Bytes>(8);
    let router = Router::new().fallback(any(move |request: Request| async move {
        let mut body = request.into_body();
        while let Some(Ok(frame)) = body.frame().await {
            if let Ok(data) = frame.into_data() {
                told.send(data).await.unwrap();
            }
        }
        "stored"
    }));
    let world = World::new(listen(router).await).await;
    let (sender, receiver) = mpsc::channel::<Chunk>(1);
    let body = reqwest::Body::wrap_stream(ReceiverStream::new(receiver));
    let request = tokio::spawn(world.post("/tunnel/projects/p/tables/t").body(body).send());
    for text in ["first", "second"] {
        sender
            .send(Ok(Bytes::from_static(text.as_bytes())))
            .await
            .unwrap();
        assert_eq!(timeout(SOON, heard.recv()).await.unwrap().unwrap(), text);
    }
    drop(sender);
    let answer = timeout(SOON, request).await.unwrap().unwrap().unwrap();
    assert_eq!(answer.text().await.unwrap(), "stored");
}

#[tokio::test]
async fn an_answer_that_breaks_off_is_not_made_to_look_whole() {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut head = [0_u8; 4096];
        let _read = stream.read(&mut head).await.unwrap();
        let answer = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nfirst\r\n";
        stream.write_all(answer).await.unwrap();
    });
    let world = World::new(port).await;
    let answer = world
        .get("/tunnel/projects/p/tables/t?data=")
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    assert!(answer.bytes().await.is_err());
}
