//! Fresh names, from the browser's own source. It works where `randomUUID` does not: on plain HTTP.

/// Sixteen fresh bytes as 32 hexadecimal digits.
pub fn key() -> String {
    bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A fresh UUID of version 4.
pub fn uuid() -> String {
    let mut bytes = bytes();
    bytes[6] = bytes[6] & 0x0f | 0x40;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        "{}-{}-{}-{}-{}",
        &hex[..8],
        &hex[8..12],
        &hex[12..16],
        &hex[16..20],
        &hex[20..]
    )
}

/// A fresh start for a random source.
pub fn seed() -> u32 {
    let bytes = bytes();
    u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

fn bytes() -> [u8; 16] {
    let mut bytes = [0; 16];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    let filled = crypto.map(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    debug_assert_eq!(
        filled,
        Some(true),
        "every browser that runs WebAssembly has a random source"
    );
    bytes
}
