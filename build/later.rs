//! Texts in one piece of memory, which tools/split moves out of what is loaded before the first screen.

use std::fmt::Write as _;

/// What such a piece begins with; its whole length follows. tools/split/src/data.rs looks for it.
const MARK: &[u8] = b"\x01studio: these bytes come later\x01";

/// `static NAME: Later = …;`, read by `src/text/later.rs`: the mark, the length of all, where each text ends, the texts.
pub fn later(name: &str, texts: &[String]) -> String {
    let head = MARK.len() + 4 + 4 * texts.len();
    let all: usize = texts.iter().map(String::len).sum();
    let mut bytes = MARK.to_vec();
    bytes.extend(((head + all) as u32).to_le_bytes());
    let mut end = head as u32;
    for text in texts {
        end += text.len() as u32;
        bytes.extend(end.to_le_bytes());
    }
    texts.iter().for_each(|text| bytes.extend(text.as_bytes()));
    let mut code = format!("static {name}: crate::text::Later = crate::text::Later::new({}, b\"", MARK.len() + 4);
    for byte in bytes {
        let _ = write!(code, "{}", std::ascii::escape_default(byte));
    }
    code + &format!("\", {});\n", texts.len())
}
