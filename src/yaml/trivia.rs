//! What stands between nodes: blanks, line breaks, comments, anchors, tags, indicators.

/// The first byte at or behind `from` that is neither blank, line break nor comment.
pub(super) fn next(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(&b) = bytes.get(at) {
        match b {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'#' if at == 0 || matches!(bytes[at - 1], b' ' | b'\t' | b'\r' | b'\n') => at = line_end(text, at),
            0xEF if at == 0 && text.starts_with('\u{feff}') => at += 3,
            _ => return Some(at),
        }
    }
    None
}

/// The first of the bytes `marks` behind `from`; steps over indicators, anchors and tags, stops at content.
pub(super) fn seek(text: &str, from: usize, marks: &[u8]) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at = next(text, at)?;
        match bytes[at] {
            b if marks.contains(&b) => return Some(at),
            b':' | b'-' | b'?' | b',' => at += 1,
            b'&' | b'!' => {
                while bytes.get(at).is_some_and(|b| !matches!(b, b' ' | b'\t' | b'\r' | b'\n')) {
                    at += 1;
                }
            }
            _ => return None,
        }
    }
}

/// The end of the line that `at` lies in, before its line break.
pub(super) fn line_end(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    bytes[at.min(bytes.len())..].iter().position(|b| matches!(b, b'\n' | b'\r')).map_or(bytes.len(), |n| at + n)
}

/// The end of the line that `at` lies in, behind its line break.
pub(super) fn next_line(text: &str, at: usize) -> usize {
    let end = line_end(text, at);
    match &text.as_bytes()[end..] {
        [b'\r', b'\n', ..] => end + 2,
        [_, ..] => end + 1,
        [] => end,
    }
}

/// The start of the line that `at` lies in (behind a BOM).
pub(super) fn line_start(text: &str, at: usize) -> usize {
    let bytes = &text.as_bytes()[..at.min(text.len())];
    match bytes.iter().rposition(|b| matches!(b, b'\n' | b'\r')) {
        Some(n) => n + 1,
        None if text.starts_with('\u{feff}') && at >= 3 => 3,
        None => 0,
    }
}

/// Whether a line begins at `at` (behind a BOM). Looks at what is right before it only: a line may be a whole file.
pub(super) fn begins_line(text: &str, at: usize) -> bool {
    match text.as_bytes()[..at.min(text.len())].last() {
        Some(b'\n' | b'\r') | None => true,
        Some(_) => at == 3 && text.starts_with('\u{feff}'),
    }
}

/// `end` without the blanks and line breaks before it, not before `start`.
pub(super) fn trim_end(text: &str, start: usize, end: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = end.min(bytes.len());
    while at > start && matches!(bytes[at - 1], b' ' | b'\t' | b'\r' | b'\n') {
        at -= 1;
    }
    at
}
