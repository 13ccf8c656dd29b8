//! A probe: one of four handlers, and when it is asked.

use serde_json::Value;

use super::Hint;
use crate::i18n::{Message, id};

/// The handlers by their keys.
pub const HANDLERS: [&str; 4] = ["httpGet", "tcpSocket", "exec", "grpc"];

/// When a probe is asked, defaults filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Timing {
    /// Seconds before the first time.
    pub initial_delay: i64,
    /// Seconds between two times.
    pub period: i64,
    /// Seconds until an answer is given up.
    pub timeout: i64,
    /// Failures in a row that count.
    pub failures: i64,
}

/// The handler that is there; `None` with none, or with several.
pub fn handler(value: &Value) -> Option<&'static str> {
    let mut there = HANDLERS.into_iter().filter(|key| value.get(key).is_some());
    there.next().filter(|_| there.next().is_none())
}

/// When the probe is asked.
pub fn timing(value: &Value) -> Timing {
    // Zero stands for the default, except for the delay.
    let number = |key: &str, default: i64| value.get(key).and_then(Value::as_i64).filter(|n| *n > 0).unwrap_or(default);
    Timing {
        initial_delay: number("initialDelaySeconds", 0),
        period: number("periodSeconds", 10),
        timeout: number("timeoutSeconds", 1),
        failures: number("failureThreshold", 3),
    }
}

/// Seconds from the first failure of a container that hangs until the probe counts as failed: the
/// failures that follow at each period, and the wait for the last answer.
pub fn until_failed(timing: Timing) -> i64 {
    (timing.failures - 1).saturating_mul(timing.period).saturating_add(timing.timeout)
}

/// What is worth knowing about a probe.
pub(super) fn hints(value: &Value) -> Vec<Hint> {
    if handler(value).is_none() {
        return Vec::new();
    }
    let timing = timing(value);
    let seconds = usize::try_from(until_failed(timing)).unwrap_or_default();
    let mut hints = vec![Hint::fact(Message::new(id::FORM_HINT_PROBE_UNTIL).with("n", seconds))];
    if timing.timeout > timing.period {
        hints.push(Hint::warning(id::FORM_HINT_PROBE_TIMEOUT));
    }
    hints
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn fills_in_the_defaults() {
        let probe = json!({"httpGet": {"port": 80}});
        assert_eq!(handler(&probe), Some("httpGet"));
        assert_eq!(until_failed(timing(&probe)), 21);
        assert_eq!(handler(&json!({"httpGet": {}, "exec": {}})), None);
        assert_eq!(handler(&json!({"periodSeconds": 5})), None);
        let slow = json!({"exec": {}, "periodSeconds": 2, "timeoutSeconds": 5, "failureThreshold": 1});
        assert_eq!(until_failed(timing(&slow)), 5);
        assert_eq!(hints(&slow).iter().filter(|h| h.warning).count(), 1);
    }
}
