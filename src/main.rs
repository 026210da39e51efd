//! Mounts the console into the page.

fn main() {
    console::panic_page::install();
    leptos::mount::mount_to_body(console::app::App);
}
