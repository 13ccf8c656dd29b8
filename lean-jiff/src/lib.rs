//! A point in time, as much of it as k8s-openapi asks the date library jiff for.
//!
//! k8s-openapi reads and writes `metav1.Time` with jiff, whose printer of any pattern and whose errors were a
//! twentieth of the analyst. Here a time is read as Go's `time.Parse(time.RFC3339, …)` reads it, as the API server
//! does, and written in UTC. `[patch.crates-io]` in the workspace's manifest puts it in jiff's place.

use std::convert::Infallible;
use std::fmt as text;
use std::str::FromStr;

use serde_core::de::{Deserialize, Deserializer, Error, Visitor};

mod civil;

const DAY: i64 = 24 * 60 * 60;

/// A point in time, to the nanosecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp {
    /// Since 1970.
    seconds: i64,
    /// On top of them.
    nanoseconds: u32,
}

/// It is no time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoTime;

impl text::Display for NoTime {
    fn fmt(&self, f: &mut text::Formatter<'_>) -> text::Result {
        f.write_str("is no time as in RFC 3339")
    }
}

impl std::error::Error for NoTime {}

impl FromStr for Timestamp {
    type Err = NoTime;

    fn from_str(text: &str) -> Result<Timestamp, NoTime> {
        parse(text.as_bytes()).ok_or(NoTime)
    }
}

/// What is left of a text.
struct Rest<'a>(&'a [u8]);

impl Rest<'_> {
    fn is(&mut self, wanted: &[u8]) -> Option<u8> {
        let (first, rest) = self.0.split_first()?;
        self.0 = rest;
        wanted.contains(first).then_some(*first)
    }

    /// A number of so many digits.
    fn number(&mut self, digits: usize) -> Option<i64> {
        let (number, rest) = self.0.split_at_checked(digits)?;
        self.0 = rest;
        number.iter().try_fold(0, |n, b| b.is_ascii_digit().then(|| n * 10 + i64::from(b - b'0')))
    }

    /// The same, in a range.
    fn within(&mut self, digits: usize, least: i64, most: i64) -> Option<i64> {
        self.number(digits).filter(|n| (least..=most).contains(n))
    }
}

fn parse(text: &[u8]) -> Option<Timestamp> {
    let mut rest = Rest(text);
    let year = rest.number(4)?;
    rest.is(b"-")?;
    let month = rest.within(2, 1, 12)?;
    rest.is(b"-")?;
    let day = rest.within(2, 1, civil::days_in(year, month))?;
    rest.is(b"T")?;
    // Go takes an hour of one digit.
    let digits = if rest.0.get(1) == Some(&b':') { 1 } else { 2 };
    let hour = rest.within(digits, 0, 23)?;
    rest.is(b":")?;
    let minute = rest.within(2, 0, 59)?;
    rest.is(b":")?;
    let second = rest.within(2, 0, 59)?;
    let nanoseconds = fraction(&mut rest)?;
    let offset = match rest.is(b"Z+-")? {
        b'Z' => 0,
        sign => {
            // Some write an offset of 24 hours or of 60 minutes, and Go takes it.
            let hours = rest.within(2, 0, 24)?;
            rest.is(b":")?;
            let offset = hours * 60 * 60 + rest.within(2, 0, 60)? * 60;
            if sign == b'-' { -offset } else { offset }
        }
    };
    let seconds = civil::days(year, month, day) * DAY + (hour * 60 + minute) * 60 + second - offset;
    rest.0.is_empty().then_some(Timestamp { seconds, nanoseconds })
}

/// The fraction of a second, if there is one; what is below a nanosecond does not count.
fn fraction(rest: &mut Rest<'_>) -> Option<u32> {
    if !matches!(rest.0, [b'.' | b',', digit, ..] if digit.is_ascii_digit()) {
        return Some(0);
    }
    rest.is(b".,")?;
    let (mut nanoseconds, mut unit) = (0, 100_000_000);
    while let [digit @ b'0'..=b'9', ..] = rest.0 {
        nanoseconds += u32::from(digit - b'0') * unit;
        unit /= 10;
        rest.0 = rest.0.get(1..)?;
    }
    Some(nanoseconds)
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        struct Reader;

        impl Visitor<'_> for Reader {
            type Value = Timestamp;

            fn expecting(&self, f: &mut text::Formatter<'_>) -> text::Result {
                f.write_str("a time as in RFC 3339")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Timestamp, E> {
                text.parse().map_err(E::custom)
            }
        }

        from.deserialize_str(Reader)
    }
}

/// Times as text.
pub mod fmt {
    /// By a pattern.
    pub mod strtime {
        use super::super::{Infallible, Timestamp};

        /// The time in UTC, as `2006-01-02T15:04:05Z`; with microseconds when the pattern asks for them (`%.6f`).
        pub fn format(pattern: &str, time: Timestamp) -> Result<String, Infallible> {
            Ok(time.written(pattern.contains("%.6f")))
        }
    }
}

impl Timestamp {
    fn written(self, fine: bool) -> String {
        let (year, month, day) = civil::date(self.seconds.div_euclid(DAY));
        let second = self.seconds.rem_euclid(DAY);
        let mut out = String::with_capacity(28);
        if year < 0 {
            out.push('-');
        }
        put(&mut out, year.unsigned_abs(), 4);
        for (before, number) in
            [('-', month), ('-', day), ('T', second / 3600), (':', second / 60 % 60), (':', second % 60)]
        {
            out.push(before);
            put(&mut out, number.unsigned_abs(), 2);
        }
        if fine {
            out.push('.');
            put(&mut out, u64::from(self.nanoseconds / 1000), 6);
        }
        out.push('Z');
        out
    }
}

/// A number in at least so many digits.
fn put(out: &mut String, number: u64, digits: u32) {
    if digits > 1 || number > 9 {
        put(out, number / 10, digits.saturating_sub(1));
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

#[cfg(test)]
mod tests {
    use super::fmt::strtime::format;
    use super::*;

    fn seconds(text: &str) -> Option<String> {
        text.parse::<Timestamp>().ok().and_then(|time| format("%Y-%m-%dT%H:%M:%SZ", time).ok())
    }

    /// As Go 1.26 reads and writes them.
    #[test]
    fn reads_and_writes_as_go_does() {
        for (text, written) in [
            ("1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
            ("2024-02-29T23:59:59.999999999999Z", "2024-02-29T23:59:59Z"),
            ("2024-01-01T00:00:00,5Z", "2024-01-01T00:00:00Z"),
            ("2024-01-01T07:05:09+08:00", "2023-12-31T23:05:09Z"),
            ("2000-03-01T00:00:00+00:30", "2000-02-29T23:30:00Z"),
            ("1900-02-28T23:59:59-00:01", "1900-03-01T00:00:59Z"),
            ("2024-01-01T1:02:03Z", "2024-01-01T01:02:03Z"),
            ("2024-01-01T00:00:00-24:60", "2024-01-02T01:00:00Z"),
            ("0000-01-01T00:00:00+00:01", "-0001-12-31T23:59:00Z"),
            ("9999-12-31T23:59:59-00:01", "10000-01-01T00:00:59Z"),
        ] {
            assert_eq!(seconds(text).as_deref(), Some(written), "{text}");
        }
        for text in [
            "",
            "2024-01-01",
            "2024-1-01T00:00:00Z",
            "2023-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z",
            "2024-13-01T00:00:00Z",
            "2024-04-31T00:00:00Z",
            "2024-01-00T00:00:00Z",
            "2024-01-01 00:00:00Z",
            "2024-01-01t00:00:00z",
            "2024-01-01T24:00:00Z",
            "2024-01-01T00:60:00Z",
            "2024-01-01T00:00:60Z",
            "2024-01-01T00:00:00",
            "2024-01-01T00:00:00.Z",
            "2024-01-01T00:00:00ZZ",
            "2024-01-01T00:00:00+0800",
            "2024-01-01T00:00:00+25:00",
            "2024-01-01T00:00:00+08:61",
            "ää24-01-01T00:00:00Z",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn microseconds_are_written_when_asked_for() {
        let time: Timestamp = "2024-01-01T00:00:00.0000015Z".parse().expect("a time");
        assert_eq!(format("%Y-%m-%dT%H:%M:%S%.6fZ", time).as_deref(), Ok("2024-01-01T00:00:00.000001Z"));
    }
}
