//! Saves a chart: the SVG with its colours written out, or a PNG of it in twice the size.

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{CanvasRenderingContext2d, HtmlAnchorElement, HtmlCanvasElement, HtmlImageElement};

use super::svg::SIZE;

/// Saves the picture as it is.
pub(super) fn as_svg(svg: &str, name: &str) -> Option<()> {
    let address = format!(
        "data:image/svg+xml;charset=utf-8,{}",
        encoded(&coloured(svg))
    );
    download(&address, &format!("{name}.svg"))
}

/// Saves the picture as pixels.
pub(super) async fn as_png(svg: &str, name: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let image = HtmlImageElement::new().ok()?;
    image.set_src(&format!(
        "data:image/svg+xml;charset=utf-8,{}",
        encoded(&coloured(svg))
    ));
    JsFuture::from(image.decode()).await.ok()?;
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    let (width, height) = (SIZE.0 * 2.0, SIZE.1 * 2.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the size of a picture"
    )]
    {
        canvas.set_width(width as u32);
        canvas.set_height(height as u32);
    }
    let paper: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    let ground = value("--canvas")?;
    paper.set_fill_style_str(&ground);
    paper.fill_rect(0.0, 0.0, width, height);
    paper
        .draw_image_with_html_image_element_and_dw_and_dh(&image, 0.0, 0.0, width, height)
        .ok()?;
    download(&canvas.to_data_url().ok()?, &format!("{name}.png"))
}

/// The picture with the colours of the page in the place of their names.
fn coloured(svg: &str) -> String {
    let mut out = svg.to_owned();
    for name in ["--ink", "--accent", "--line-strong"] {
        if let Some(value) = value(name) {
            out = out.replace(&format!("var({name})"), &value);
        }
    }
    out
}

/// The value of a token as a colour that every program knows.
fn value(name: &str) -> Option<String> {
    let window = web_sys::window()?;
    let document = window.document()?;
    // A token may be a function of the theme: what an element takes from it is resolved.
    let probe: web_sys::HtmlElement = document.create_element("i").ok()?.dyn_into().ok()?;
    probe
        .style()
        .set_property("color", &format!("var({name})"))
        .ok()?;
    let body = document.body()?;
    body.append_child(&probe).ok()?;
    let colour = window
        .get_computed_style(&probe)
        .ok()
        .flatten()
        .and_then(|style| style.get_property_value("color").ok());
    probe.remove();
    colour.map(|colour| plain(&document, &colour).unwrap_or(colour))
}

/// A colour as `rgb(…)`: other programs do not read `oklch(…)`.
fn plain(document: &web_sys::Document, colour: &str) -> Option<String> {
    let canvas: HtmlCanvasElement = document.create_element("canvas").ok()?.dyn_into().ok()?;
    canvas.set_width(1);
    canvas.set_height(1);
    let paper: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    paper.set_fill_style_str(colour);
    paper.fill_rect(0.0, 0.0, 1.0, 1.0);
    let pixel = paper.get_image_data(0.0, 0.0, 1.0, 1.0).ok()?.data();
    match pixel.as_slice() {
        [red, green, blue, ..] => Some(format!("rgb({red},{green},{blue})")),
        _ => None,
    }
}

fn encoded(svg: &str) -> String {
    String::from(js_sys::encode_uri_component(svg))
}

fn download(address: &str, name: &str) -> Option<()> {
    let document = web_sys::window()?.document()?;
    let link: HtmlAnchorElement = document.create_element("a").ok()?.dyn_into().ok()?;
    link.set_href(address);
    link.set_download(name);
    link.click();
    Some(())
}
