//! How far two answers agree.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::answer::Answer;

/// Counts for one kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    /// Cases that the server answered.
    pub cases: usize,
    /// Cases to which the server gave no answer about the manifest.
    pub unanswered: usize,
    /// Of the cases: taken or refused alike, and at the same point (decoding, rules).
    pub verdict: Share,
    /// Of those refused by a rule: the same fields and reasons.
    pub causes: Share,
    /// Of those refused by a rule: the same sentences.
    pub sentences: Share,
    /// Of those taken by both, with a warning from either: the same warnings.
    pub warnings: Share,
    /// Of those taken by both: the same object.
    pub objects: Share,
    /// Taken by the server and refused by us.
    pub false_alarms: usize,
}

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// That agree.
    pub agree: usize,
    /// In all.
    pub of: usize,
}

impl Share {
    fn count(&mut self, agree: bool) {
        self.of += 1;
        self.agree += usize::from(agree);
    }

    /// Whether so many of a thousand agree; nothing at all does.
    pub fn reaches(self, permille: usize) -> bool {
        self.agree * 1000 >= self.of * permille
    }

    /// `99.53`, cut and not rounded; `-` of nothing.
    pub fn percent(self) -> String {
        match (self.agree * 10_000).checked_div(self.of) {
            Some(n) => format!("{}.{:02}", n / 100, n % 100),
            None => "-".to_owned(),
        }
    }
}

impl Tally {
    /// Adds a case and gives the disagreements, each in words that are the same for the same cause.
    pub fn add(&mut self, server: &Answer, ours: &Answer) -> Vec<String> {
        let mut said = Vec::new();
        if !server.is_about_the_manifest() {
            self.unanswered += 1;
            return said;
        }
        self.cases += 1;
        let same = server.code == ours.code;
        self.verdict.count(same);
        if !same {
            said.push(format!("verdict: {} by the server, {} by us", verdict(server.code), verdict(ours.code)));
            self.false_alarms += usize::from(server.code == 201);
        }
        if server.code == 422 {
            let pairs = |a: &Answer| a.causes.iter().map(|c| format!("{} {}", c.field, c.reason)).collect::<Vec<_>>();
            let sentences = |a: &Answer| a.causes.iter().map(|c| c.sentence.clone()).collect::<Vec<_>>();
            let (missing, extra) = differ(&pairs(server), &pairs(ours));
            self.causes.count(missing.is_empty() && extra.is_empty());
            let exact = missing.is_empty() && extra.is_empty();
            said.extend(missing.iter().map(|c| format!("cause missing: {}", plain(c))));
            said.extend(extra.iter().map(|c| format!("cause too many: {}", plain(c))));
            let (missing, extra) = differ(&sentences(server), &sentences(ours));
            self.sentences.count(missing.is_empty() && extra.is_empty());
            if exact {
                said.extend(missing.iter().map(|s| format!("sentence: {}", plain(s.split(": ").next().unwrap_or(s)))));
            }
        } else if server.code == 201 && ours.code == 422 {
            said.extend(ours.causes.iter().map(|c| format!("false alarm: {} {}", plain(&c.field), c.reason)));
        } else if server.code == 201 && same {
            let (missing, extra) = differ(&server.warnings, &ours.warnings);
            if !server.warnings.is_empty() || !ours.warnings.is_empty() {
                self.warnings.count(missing.is_empty() && extra.is_empty());
            }
            said.extend(missing.iter().map(|w| format!("warning missing: {}", plain(w))));
            said.extend(extra.iter().map(|w| format!("warning too many: {}", plain(w))));
            let mut paths = Vec::new();
            difference("", server.object.as_ref(), ours.object.as_ref(), &mut paths);
            self.objects.count(paths.is_empty());
            said.extend(paths.iter().take(5).map(|p| format!("object: {}", plain(p))));
        }
        said
    }

    /// Adds another's counts.
    pub fn merge(&mut self, other: &Tally) {
        self.cases += other.cases;
        self.unanswered += other.unanswered;
        self.false_alarms += other.false_alarms;
        for (share, more) in [
            (&mut self.verdict, other.verdict),
            (&mut self.causes, other.causes),
            (&mut self.sentences, other.sentences),
            (&mut self.warnings, other.warnings),
            (&mut self.objects, other.objects),
        ] {
            share.agree += more.agree;
            share.of += more.of;
        }
    }

    /// What is not reached of what we are held to.
    pub fn lacks(&self) -> Vec<&'static str> {
        let wanted = [
            ("verdict", self.verdict.reaches(995)),
            ("causes", self.causes.reaches(980)),
            ("sentences", self.sentences.reaches(950)),
            ("warnings", self.warnings.reaches(980)),
            ("object", self.objects.reaches(995)),
            ("no false alarm", self.false_alarms == 0),
        ];
        wanted.into_iter().filter(|(_, reached)| !reached).map(|(name, _)| name).collect()
    }
}

fn verdict(code: u16) -> &'static str {
    match code {
        201 => "taken",
        422 => "refused by a rule",
        400 => "not decoded",
        _ => "no answer",
    }
}

/// What the first has more often than the second, and the other way round.
fn differ(server: &[String], ours: &[String]) -> (Vec<String>, Vec<String>) {
    let mut count: BTreeMap<&String, i64> = BTreeMap::new();
    server.iter().for_each(|s| *count.entry(s).or_default() += 1);
    ours.iter().for_each(|s| *count.entry(s).or_default() -= 1);
    let all = |sign: i64| {
        let times = count.iter().filter(move |(_, n)| **n * sign > 0);
        times.flat_map(|(s, n)| std::iter::repeat_n((*s).clone(), n.unsigned_abs() as usize)).collect::<Vec<_>>()
    };
    (all(1), all(-1))
}

/// Without indices, keys and quoted values, so that like falls together with like.
pub fn plain(text: &str) -> String {
    let (mut out, mut inside) = (String::new(), None);
    for c in text.chars() {
        match (inside, c) {
            (None, '[') => {
                out.push('[');
                inside = Some(']');
            }
            (None, '"') => {
                out.push('"');
                inside = Some('"');
            }
            (Some(end), c) if c == end => {
                out.push(c);
                inside = None;
            }
            (Some(_), _) => {}
            (None, c) if c.is_ascii_digit() => {
                if !out.ends_with('0') {
                    out.push('0');
                }
            }
            (None, c) => out.push(c),
        }
    }
    out
}

/// The paths at which the objects differ, with what the server has and what we have.
fn difference(path: &str, server: Option<&Value>, ours: Option<&Value>, out: &mut Vec<String>) {
    match (server, ours) {
        (Some(Value::Object(a)), Some(Value::Object(b))) => {
            let keys = a.keys().chain(b.keys().filter(|key| !a.contains_key(*key)));
            keys.for_each(|key| difference(&format!("{path}.{key}"), a.get(key), b.get(key), out));
        }
        (Some(Value::Array(a)), Some(Value::Array(b))) => {
            (0..a.len().max(b.len())).for_each(|i| difference(&format!("{path}[{i}]"), a.get(i), b.get(i), out));
        }
        (a, b) if a == b => {}
        (a, b) => {
            let shown = |v: Option<&Value>| match v {
                None => "nothing".to_owned(),
                Some(Value::Object(_)) => "an object".to_owned(),
                Some(Value::Array(_)) => "a list".to_owned(),
                Some(Value::String(_)) => "a text".to_owned(),
                Some(scalar) => scalar.to_string(),
            };
            out.push(format!("{path}: {} of the server, {} of ours", shown(a), shown(b)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Cause;
    use serde_json::json;

    fn refused(causes: &[(&str, &str, &str)]) -> Answer {
        let cause = |&(field, reason, sentence): &(&str, &str, &str)| Cause {
            field: field.into(),
            reason: reason.into(),
            sentence: sentence.into(),
        };
        Answer { code: 422, causes: causes.iter().map(cause).collect(), ..Answer::default() }
    }

    #[test]
    fn refusals_are_compared_as_multisets() {
        let (a, b) =
            (("spec.a", "FieldValueInvalid", "spec.a: x"), ("spec.b[1]", "FieldValueRequired", "spec.b[1]: y"));
        let other = ("spec.a", "FieldValueInvalid", "spec.a: z");
        for (server, ours, causes, sentences) in [
            (vec![a, b], vec![b, a], 1, 1),
            (vec![a, a], vec![a], 0, 0),
            (vec![a], vec![a, b], 0, 0),
            (vec![a], vec![other], 1, 0),
        ] {
            let mut tally = Tally::default();
            let mut sorted = refused(&ours);
            sorted.causes.sort();
            tally.add(&refused(&server), &sorted);
            assert_eq!((tally.verdict.agree, tally.causes.agree, tally.sentences.agree), (1, causes, sentences));
        }
    }

    #[test]
    fn what_the_server_takes_and_we_refuse_is_a_false_alarm() {
        let mut tally = Tally::default();
        let taken = Answer { code: 201, ..Answer::default() };
        let said = tally.add(&taken, &refused(&[("spec.a[3].b", "FieldValueInvalid", "")]));
        assert_eq!((tally.false_alarms, tally.verdict), (1, Share { agree: 0, of: 1 }));
        assert_eq!(said.last().map(String::as_str), Some("false alarm: spec.a[].b FieldValueInvalid"));
        tally.add(&Answer { code: 500, ..Answer::default() }, &taken);
        assert_eq!((tally.cases, tally.unanswered), (1, 1), "a failing server says nothing about the manifest");
        assert!(tally.lacks().contains(&"no false alarm") && tally.lacks().contains(&"verdict"));
    }

    #[test]
    fn warnings_and_objects_count_where_both_take_it() {
        let mut tally = Tally::default();
        let taken = |warnings: &[&str], object| Answer {
            code: 201,
            warnings: warnings.iter().map(|w| (*w).to_owned()).collect(),
            object: Some(object),
            ..Answer::default()
        };
        assert!(tally.add(&taken(&[], json!({"a": [1]})), &taken(&[], json!({"a": [1]}))).is_empty());
        let said = tally.add(&taken(&["x"], json!({"a": [1]})), &taken(&[], json!({"a": [1, 2]})));
        assert_eq!(said, ["warning missing: x", "object: .a[]: nothing of the server, 0 of ours"]);
        assert_eq!((tally.warnings, tally.objects), (Share { agree: 0, of: 1 }, Share { agree: 1, of: 2 }));
    }
}
