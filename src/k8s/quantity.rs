use std::cmp::Ordering;

/// How a quantity was written; its canonical form stays in that family (apimachinery's `Format`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityFormat {
    /// `Ki`, `Mi`, `Gi` …: powers of 1024.
    BinarySi,
    /// `m`, `k`, `M`, `G` …, or no suffix: powers of 1000.
    DecimalSi,
    /// `1e3`.
    DecimalExponent,
}

/// Why a text is no quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum QuantityError {
    /// There is nothing.
    Empty,
    /// What follows the number is no suffix: see [`SUFFIXES`].
    Suffix,
}

/// An amount of a resource: `128Mi`, `500m`, `1e3` (`k8s.io/apimachinery/pkg/api/resource.Quantity`).
///
/// Equal and ordered by amount: `1Gi` equals `1024Mi`.
#[derive(Clone, Copy, Debug)]
pub struct Quantity {
    nano: i128,
    format: QuantityFormat,
}

/// Every suffix with the power it stands for: base (2 or 10) and exponent.
pub const SUFFIXES: [(&str, u32, i32); 16] = [
    ("n", 10, -9),
    ("u", 10, -6),
    ("m", 10, -3),
    ("", 10, 0),
    ("k", 10, 3),
    ("M", 10, 6),
    ("G", 10, 9),
    ("T", 10, 12),
    ("P", 10, 15),
    ("E", 10, 18),
    ("Ki", 2, 10),
    ("Mi", 2, 20),
    ("Gi", 2, 30),
    ("Ti", 2, 40),
    ("Pi", 2, 50),
    ("Ei", 2, 60),
];

const NANO: i128 = 1_000_000_000;
/// The largest binary amount, as apimachinery caps it: 2^63 - 1.
const MAX_BINARY: i128 = i64::MAX as i128 * NANO;
/// The largest decimal amount here; apimachinery has none.
const MAX_DECIMAL: i128 = i128::MAX / 2;

impl Quantity {
    /// Nothing.
    pub const ZERO: Quantity = Quantity { nano: 0, format: QuantityFormat::DecimalSi };

    /// Reads a quantity as Kubernetes does (`ParseQuantity`): more than nine decimals are rounded up, what
    /// is binary and above 2^63-1 is capped, and a missing number is 0 (`Mi` is taken, and is nothing).
    pub fn parse(text: &str) -> Result<Quantity, QuantityError> {
        if text.is_empty() {
            return Err(QuantityError::Empty);
        }
        let (negative, rest) = match text.as_bytes()[0] {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let whole_end = digits(rest);
        let (whole, mut rest) = rest.split_at(whole_end);
        let mut fraction = "";
        if let Some(behind) = rest.strip_prefix('.') {
            let end = digits(behind);
            (fraction, rest) = behind.split_at(end);
        }
        let (base, exponent, format) = suffix(rest)?;
        let fraction = fraction.trim_end_matches('0');
        let mut nano = amount(whole.trim_start_matches('0'), fraction, base, exponent);
        if negative {
            nano = -nano;
        }
        Ok(Quantity { nano, format })
    }

    /// How it was written.
    pub fn format(self) -> QuantityFormat {
        self.format
    }

    /// The amount in whole units, a fraction rounded up (`Value()`): bytes for memory.
    pub fn value(self) -> i64 {
        away(self.nano, NANO).clamp(i64::MIN as i128, i64::MAX as i128) as i64
    }

    /// The amount in thousandths, a fraction rounded up (`MilliValue()`), capped: millicores for CPU.
    pub fn milli(self) -> i64 {
        away(self.nano, NANO / 1000).clamp(i64::MIN as i128, i64::MAX as i128) as i64
    }

    /// The amount as upstream reckons with it in whole units (`Value()`): what does not fit overflows as in Go.
    pub fn value_of(text: &str) -> i64 {
        scaled_value(text, 0)
    }

    /// The same in thousandths (`MilliValue()`).
    pub fn milli_of(text: &str) -> i64 {
        scaled_value(text, 3)
    }

    /// Whether the amount has a fraction of a unit: `500m`.
    pub fn is_fractional(self) -> bool {
        self.nano % NANO != 0
    }

    /// The sum; nothing takes on the other's family of suffixes (`Add`).
    pub fn plus(self, other: Quantity) -> Quantity {
        let format = if self.nano == 0 { other.format } else { self.format };
        Quantity { nano: self.nano.saturating_add(other.nano), format }
    }

    /// The text that the server shows of a quantity that was written as `text`: what it takes for canonical
    /// already it leaves as it is (`ParseQuantity` keeps it for `String`): `1E3`, `+5`, `1.500`.
    pub fn shown(text: &str) -> Result<String, QuantityError> {
        let quantity = Quantity::parse(text)?;
        Ok(match Fast::read(text) {
            Some(fast) if fast.kept => text.to_owned(),
            _ => quantity.canonical(),
        })
    }

    /// The quantity in Go's syntax (`%#v`), as 1.33 shows it.
    pub fn go_syntax(text: &str) -> String {
        let format = match Quantity::parse(text).map(Quantity::format) {
            Ok(QuantityFormat::BinarySi) => "BinarySI",
            Ok(QuantityFormat::DecimalExponent) => "DecimalExponent",
            _ => "DecimalSI",
        };
        let (value, scale, kept) = match Fast::read(text) {
            Some(fast) => (fast.value, fast.scale, if fast.kept { text } else { "" }),
            None => (0, 0, ""),
        };
        format!(
            "resource.Quantity{{i:resource.int64Amount{{value:{value}, scale:{scale}}}, \
             d:resource.infDecAmount{{Dec:(*inf.Dec)(nil)}}, s:{kept:?}, Format:{format:?}}}"
        )
    }

    /// Below, at or above nothing.
    pub fn sign(self) -> Ordering {
        self.nano.cmp(&0)
    }

    /// No finer than a thousandth, away from zero (`RoundUp(-3)`).
    pub fn rounded_to_milli(self) -> Quantity {
        Quantity { nano: away(self.nano, NANO / 1000).saturating_mul(NANO / 1000), ..self }
    }

    /// The form the server writes back: no fraction, the largest suffix that leaves none, the family
    /// of suffixes as it was written.
    pub fn canonical(self) -> String {
        if self.nano == 0 {
            return "0".to_owned();
        }
        let small = self.nano.abs() < 1024 * NANO;
        if self.format == QuantityFormat::BinarySi && !small && self.nano % NANO == 0 {
            let (mut number, mut power) = (self.nano / NANO, 0);
            while power < 60 && number % 1024 == 0 {
                number /= 1024;
                power += 10;
            }
            return format!("{number}{}", suffix_for(2, power));
        }
        let (mut number, mut power) = (self.nano, -9);
        // Beyond E there is no suffix, and upstream writes none.
        while number % 1000 == 0 {
            number /= 1000;
            power += 3;
        }
        match self.format {
            QuantityFormat::DecimalExponent if power == 0 => number.to_string(),
            QuantityFormat::DecimalExponent => format!("{number}e{power}"),
            _ => format!("{number}{}", suffix_for(10, power)),
        }
    }
}

/// `ScaledValue`: 10^`places` times the amount, rounded away from zero.
fn scaled_value(text: &str, places: i32) -> i64 {
    let Some(fast) = Fast::read(text) else {
        // Of arbitrary precision, the lowest bits.
        return Quantity::parse(text).map_or(0, |q| away(q.nano, 10i128.pow(9 - places.unsigned_abs())) as i64);
    };
    let scale = fast.scale + places;
    let power = 10i64.checked_pow(scale.unsigned_abs());
    match power {
        // Nothing, where it is too much.
        _ if scale >= 0 => power.and_then(|power| fast.value.checked_mul(power)).unwrap_or(0),
        Some(power) => away(fast.value.into(), power.into()) as i64,
        None => fast.value.signum(),
    }
}

/// What `ParseQuantity` reads without arbitrary precision.
struct Fast {
    value: i64,
    scale: i32,
    /// Whether it keeps the text.
    kept: bool,
}

impl Fast {
    fn read(text: &str) -> Option<Fast> {
        if text == "0" {
            return Some(Fast { value: 0, scale: 0, kept: true });
        }
        let (negative, rest) = match text.as_bytes().first()? {
            b'-' => (true, text.get(1..)?),
            b'+' => (false, text.get(1..)?),
            _ => (false, text),
        };
        let rest = rest.trim_start_matches('0');
        let (whole, mut rest) = rest.split_at(digits(rest));
        let whole = if whole.is_empty() { "0" } else { whole };
        let mut fraction = "";
        if let Some(behind) = rest.strip_prefix('.') {
            (fraction, rest) = behind.split_at(digits(behind));
        }
        let (base, exponent, format) = suffix(rest).ok()?;
        let count = i32::try_from(whole.len() + fraction.len()).ok()?;
        let (room, scale, factor) = match base {
            10 => (18 - count, exponent - fraction.len() as i32, 1),
            // The digits that a power of two takes, as upstream reckons them.
            _ if fraction.is_empty() => (15 - count - exponent * 3 / 10 - 1, 0, 1i64.checked_shl(exponent as u32)?),
            _ => return None,
        };
        if room < 0 || scale < -9 {
            return None;
        }
        let shifted = format!("{whole}{fraction}");
        let number: i64 = shifted.parse().ok()?;
        let value = number.checked_mul(factor)?;
        let kept = match format {
            QuantityFormat::BinarySi => number & 7 != 0,
            _ => scale % 3 == 0 && !shifted.ends_with("000") && !shifted.starts_with('0'),
        };
        Some(Fast { value: if negative { -value } else { value }, scale, kept })
    }
}

fn suffix_for(base: u32, power: i32) -> &'static str {
    SUFFIXES.iter().find(|s| s.1 == base && s.2 == power).map_or("", |s| s.0)
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

fn suffix(text: &str) -> Result<(u32, i32, QuantityFormat), QuantityError> {
    if let Some(&(_, base, exponent)) = SUFFIXES.iter().find(|s| s.0 == text) {
        let format = if base == 2 { QuantityFormat::BinarySi } else { QuantityFormat::DecimalSi };
        return Ok((base, exponent, format));
    }
    let exponent = text.strip_prefix(['e', 'E']).ok_or(QuantityError::Suffix)?;
    let bare = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    if bare.is_empty() || digits(bare) != bare.len() {
        return Err(QuantityError::Suffix);
    }
    // An exponent of ten digits is as good as any beyond the limits.
    let exponent = exponent.parse::<i32>().unwrap_or(if exponent.starts_with('-') { -9999 } else { 9999 });
    Ok((10, exponent.clamp(-9999, 9999), QuantityFormat::DecimalExponent))
}

/// The amount in billionths: `whole.fraction` × `base` ^ `exponent`, rounded up, capped.
fn amount(whole: &str, fraction: &str, base: u32, exponent: i32) -> i128 {
    let mut mantissa: i128 = 0;
    // Decimal exponent of the mantissa, in billionths.
    let mut scale = 9 - fraction.len() as i32 + if base == 10 { exponent } else { 0 };
    let mut inexact = false;
    let mut dropped = 0;
    for digit in whole.bytes().chain(fraction.bytes()).map(|b| i128::from(b - b'0')) {
        // 19 digits are above 2^63, so what is beyond them decides about rounding only.
        if mantissa >= 10i128.pow(19) {
            dropped += 1;
            inexact |= digit != 0;
        } else {
            mantissa = mantissa * 10 + digit;
        }
    }
    scale += dropped;
    if mantissa == 0 {
        return 0;
    }
    let most = if base == 2 { MAX_BINARY } else { MAX_DECIMAL };
    if base == 2 {
        mantissa <<= exponent;
    }
    if scale >= 0 {
        let power = 10i128.checked_pow(scale as u32);
        return power.and_then(|p| mantissa.checked_mul(p)).unwrap_or(most).min(most);
    }
    match 10i128.checked_pow(scale.unsigned_abs()) {
        Some(power) => {
            let rounded = away(mantissa, power);
            // A digit that was dropped above lies below this place and rounds up as well.
            let rounded = if inexact && mantissa % power == 0 { rounded + 1 } else { rounded };
            rounded.min(most)
        }
        None => 1,
    }
}

/// Division rounding away from zero.
fn away(number: i128, by: i128) -> i128 {
    let quotient = number / by;
    if number % by == 0 { quotient } else { quotient + number.signum() }
}

impl PartialEq for Quantity {
    fn eq(&self, other: &Quantity) -> bool {
        self.nano == other.nano
    }
}

impl Eq for Quantity {}

impl PartialOrd for Quantity {
    fn partial_cmp(&self, other: &Quantity) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Quantity {
    fn cmp(&self, other: &Quantity) -> Ordering {
        self.nano.cmp(&other.nano)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From apimachinery's `quantity_test.go`: text and canonical form.
    #[test]
    fn canonical_forms_are_the_servers() {
        for (text, canonical) in [
            ("0", "0"),
            ("0n", "0"),
            ("0Mi", "0"),
            ("Mi", "0"),
            ("-", "0"),
            ("1Ki", "1Ki"),
            ("8Ki", "8Ki"),
            ("7Mi", "7Mi"),
            ("6Gi", "6Gi"),
            ("1024Mi", "1Gi"),
            ("1023Ki", "1023Ki"),
            ("0.5Gi", "512Mi"),
            ("1.5Gi", "1536Mi"),
            ("0.001Ki", "1024m"),
            ("0.5Mi", "512Ki"),
            ("0.05Gi", "53687091200m"),
            ("100m", "100m"),
            ("1000m", "1"),
            ("0.5", "500m"),
            ("1.1", "1100m"),
            (".001", "1m"),
            ("1.", "1"),
            ("+12", "12"),
            ("-12k", "-12k"),
            ("1000k", "1M"),
            ("1000000", "1M"),
            ("1100", "1100"),
            ("1e3", "1e3"),
            ("1E3", "1e3"),
            ("1E-3", "1e-3"),
            ("1e2", "100"),
            ("12e6", "12e6"),
            ("5E", "5E"),
            ("1Ei", "1Ei"),
            ("0.0000000001", "1n"),
            ("1.0000000001", "1000000001n"),
            ("100Ki", "100Ki"),
            ("0.1Ki", "102400m"),
            // Upstream caps binary amounts only, and has no suffix for 10^21.
            ("10000000000000000000000", "10"),
            ("100Ei", "9223372036854775807"),
        ] {
            assert_eq!(Quantity::parse(text).map(Quantity::canonical).as_deref(), Ok(canonical), "{text}");
        }
    }

    /// The server's `String()`: it keeps what it holds for canonical.
    #[test]
    fn shown_as_the_server_does() {
        for (text, shown) in [
            ("0", "0"),
            ("00", "0"),
            ("1E3", "1E3"),
            ("+5", "+5"),
            ("01Ki", "01Ki"),
            ("1.500", "1.500"),
            ("1.5", "1500m"),
            ("100m", "100m"),
            ("1000m", "1"),
            ("0.001", "1m"),
            ("8Ki", "8Ki"),
            ("1024Mi", "1Gi"),
            ("1e2", "100"),
            ("01Pi", "1Pi"),
        ] {
            assert_eq!(Quantity::shown(text).as_deref(), Ok(shown), "{text}");
        }
        let go = "resource.Quantity{i:resource.int64Amount{value:1500, scale:-3}, \
                  d:resource.infDecAmount{Dec:(*inf.Dec)(nil)}, s:\"1500m\", Format:\"DecimalSI\"}";
        assert_eq!(Quantity::go_syntax("1500m"), go);
    }

    #[test]
    fn adds_in_the_family_of_the_first() {
        let q = |text: &str| Quantity::parse(text).unwrap();
        for (a, b, sum) in [("0", "1Ki", "1Ki"), ("1Gi", "1Gi", "2Gi"), ("1", "500m", "1500m"), ("1k", "24", "1024")] {
            assert_eq!(q(a).plus(q(b)).canonical(), sum);
        }
        assert!(Quantity::milli_of("0.9999999") == 1000 && Quantity::milli_of("1500m") == 1500);
        // Beyond 64 bits: nothing, or the lowest bits.
        assert_eq!((Quantity::value_of("100e18"), Quantity::value_of("-3Gi")), (0, -3 << 30));
        assert_eq!(Quantity::milli_of("10000000000000000000"), 1_864_712_049_423_024_128);
    }

    #[test]
    fn refuses_what_the_server_refuses() {
        for text in ["", "1 Mi", "1mi", "1K", "1MB", "1e", "1e3Mi", "a", "1..2", "1ki", "0x1", "1e1.5", "１"] {
            assert!(Quantity::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn compares_and_counts() {
        let q = |text: &str| Quantity::parse(text).unwrap();
        assert_eq!(q("1Gi"), q("1024Mi"));
        assert!(q("128Mi") > q("128M"));
        assert!(q("0.5") == q("500m") && q("-1") < q("0"));
        assert_eq!(q("128Mi").value(), 134_217_728);
        assert_eq!(q("100m").value(), 1);
        assert_eq!(q("1500m").milli(), 1500);
        assert_eq!(q("0.0001").milli(), 1);
        assert!(q("100m").is_fractional() && !q("2").is_fractional());
        assert_eq!(q("-1").sign(), Ordering::Less);
        for (text, rounded) in [("0.0001", "1m"), ("-0.0001", "-1m"), ("1500u", "2m"), ("1.5Gi", "1536Mi")] {
            assert_eq!(q(text).rounded_to_milli().canonical(), rounded, "{text}");
        }
        for (one, other, sum) in [("1Gi", "1G", "2073741824"), ("0", "1Ki", "1Ki"), ("512Mi", "512Mi", "1Gi")] {
            assert_eq!(q(one).plus(q(other)).canonical(), sum, "{one} + {other}");
        }
        let _ = q(&"9".repeat(500));
        let _ = q(&format!("0.{}1Ei", "0".repeat(500)));
        let _ = q("1e-99999999999");
        let _ = q("1e99999999999");
    }
}
