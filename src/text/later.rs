//! Texts that the page's first screen does not show.

/// Texts in one piece of memory, made by `build/later.rs`. In the page they come with the second half of its code
/// (`tools/split`), to which [`Later::get`] belongs: who calls it waits until they are there.
pub struct Later {
    ends: usize,
    bytes: &'static [u8],
    count: usize,
}

impl Later {
    /// `ends` is where the table of the texts' ends begins; the first text stands behind it.
    pub const fn new(ends: usize, bytes: &'static [u8], count: usize) -> Later {
        Later { ends, bytes, count }
    }

    /// Text `n`; empty when there is none.
    #[inline(never)]
    pub fn get(&self, n: usize) -> &'static str {
        let end = |n: usize| {
            let at = self.ends + 4 * n;
            let four = self.bytes.get(at..at + 4)?;
            Some(u32::from_le_bytes(four.try_into().ok()?) as usize)
        };
        let text = |n: usize| {
            let from = match n.checked_sub(1) {
                Some(before) => end(before)?,
                None => self.ends + 4 * self.count,
            };
            std::str::from_utf8(self.bytes.get(from..end(n)?)?).ok()
        };
        if n < self.count { text(n).unwrap_or("") } else { "" }
    }
}
