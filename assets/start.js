// Starts the page's program. Trunk would write these lines into the page itself, which the
// content security policy (no inline script) forbids; Trunk.toml's `pattern_script` passes the two
// hashed names as data instead.
const tag = document.querySelector("script[data-program]");
const address = (name) => new URL(name, document.baseURI).href;
const { default: init } = await import(address(tag.dataset.loader));
await init({ module_or_path: address(tag.dataset.program) });
