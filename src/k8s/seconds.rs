//! Seconds as people say them: `3600` is one hour.

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeUnit {
    /// 86,400 seconds.
    Days,
    /// 3,600 seconds.
    Hours,
    /// 60 seconds.
    Minutes,
    /// One second.
    Seconds,
}

const UNITS: [(TimeUnit, i64, char); 4] = [
    (TimeUnit::Days, 86_400, 'd'),
    (TimeUnit::Hours, 3_600, 'h'),
    (TimeUnit::Minutes, 60, 'm'),
    (TimeUnit::Seconds, 1, 's'),
];

/// The amount in the largest units, none of them zero: 5400 is an hour and 30 minutes. Nothing for
/// negative seconds; zero is `0 s`.
pub fn split_seconds(seconds: i64) -> Vec<(i64, TimeUnit)> {
    if seconds == 0 {
        return vec![(0, TimeUnit::Seconds)];
    }
    let mut rest = seconds.max(0);
    let mut parts = Vec::new();
    for (unit, size, _) in UNITS {
        if rest / size > 0 {
            parts.push((rest / size, unit));
            rest %= size;
        }
    }
    parts
}

/// Reads plain seconds, or what a person types for them: `1h30m`, `90 s`, `2d`. `None` for anything else.
pub fn parse_seconds(text: &str) -> Option<i64> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<i64>() {
        return Some(seconds);
    }
    let mut total: i64 = 0;
    let mut rest = text;
    let mut below = i64::MAX;
    while !rest.is_empty() {
        let end = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number: i64 = rest[..end].parse().ok()?;
        rest = rest[end..].trim_start();
        let word = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let unit = rest[..word].to_ascii_lowercase();
        let size = UNITS.iter().find(|u| match unit.as_str() {
            "min" => u.2 == 'm',
            "sec" => u.2 == 's',
            one => one.len() == 1 && one.starts_with(u.2),
        });
        let &(_, size, _) = size?;
        // Units go down, so that a slip (`5m1h`) is not read as something.
        if size >= below {
            return None;
        }
        below = size;
        total = total.checked_add(number.checked_mul(size)?)?;
        rest = rest[word..].trim_start();
    }
    (!text.is_empty()).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_into_the_largest_units() {
        use TimeUnit::*;
        assert_eq!(split_seconds(3600), [(1, Hours)]);
        assert_eq!(split_seconds(5400), [(1, Hours), (30, Minutes)]);
        assert_eq!(split_seconds(30), [(30, Seconds)]);
        assert_eq!(split_seconds(90061), [(1, Days), (1, Hours), (1, Minutes), (1, Seconds)]);
        assert_eq!(split_seconds(0), [(0, Seconds)]);
        assert!(split_seconds(-5).is_empty());
        assert_eq!(split_seconds(i64::MAX).first(), Some(&(106_751_991_167_300, Days)));
    }

    #[test]
    fn reads_what_people_type() {
        for (text, seconds) in [
            ("3600", Some(3600)),
            ("1h", Some(3600)),
            ("1h30m", Some(5400)),
            ("1 h 30 min", Some(5400)),
            ("90s", Some(90)),
            ("2d", Some(172_800)),
            ("-1", Some(-1)),
            ("", None),
            ("h", None),
            ("5m1h", None),
            ("1x", None),
            ("1h30", None),
            ("99999999999999999999", None),
            ("9999999999999999d", None),
            ("五", None),
        ] {
            assert_eq!(parse_seconds(text), seconds, "{text}");
        }
    }
}
