//! What a person sees of a run.

use std::collections::BTreeMap;

use crate::KINDS;
use crate::answer::Answer;
use crate::compare::Tally;

/// A run's counts and its disagreements.
#[derive(Debug, Default)]
pub struct Report {
    /// By kind.
    pub tallies: BTreeMap<String, Tally>,
    /// How often each disagreement was seen, with the number of the first case.
    pub disagreements: BTreeMap<String, (usize, String)>,
}

impl Report {
    /// Adds a case; `name` is how to find it again. Whether anything differs.
    pub fn add(&mut self, kind: &str, name: &str, server: &Answer, ours: &Answer) -> bool {
        let said = self.tallies.entry(kind.to_owned()).or_default().add(server, ours);
        for what in &said {
            let seen = self.disagreements.entry(format!("{kind} {what}")).or_insert((0, name.to_owned()));
            seen.0 += 1;
        }
        !said.is_empty()
    }

    /// Adds another report.
    pub fn merge(&mut self, other: Report) {
        for (kind, tally) in other.tallies {
            self.tallies.entry(kind).or_default().merge(&tally);
        }
        for (what, (count, name)) in other.disagreements {
            let seen = self.disagreements.entry(what).or_insert((0, name.clone()));
            seen.0 += count;
            if name.len() < seen.1.len() || (name.len() == seen.1.len() && name < seen.1) {
                seen.1 = name;
            }
        }
    }

    /// What is not reached, by kind; empty when all is.
    pub fn lacks(&self) -> Vec<String> {
        let lacks = self.tallies.iter().map(|(kind, tally)| (kind, tally.lacks()));
        lacks.filter(|(_, l)| !l.is_empty()).map(|(kind, l)| format!("{kind}: {}", l.join(", "))).collect()
    }

    /// The table.
    pub fn table(&self) -> String {
        let mut out = format!(
            "{:<11} {:>6} {:>8} {:>16} {:>16} {:>14} {:>16} {:>7} {:>10}\n",
            "", "cases", "verdict", "causes", "sentences", "warnings", "object", "alarms", "unanswered"
        );
        let mut all = Tally::default();
        let mut row = |name: &str, t: &Tally| {
            let of = |s: crate::compare::Share| format!("{} /{}", s.percent(), s.of);
            out.push_str(&format!(
                "{name:<11} {:>6} {:>8} {:>16} {:>16} {:>14} {:>16} {:>7} {:>10}\n",
                t.cases,
                t.verdict.percent(),
                of(t.causes),
                of(t.sentences),
                of(t.warnings),
                of(t.objects),
                t.false_alarms,
                t.unanswered
            ));
        };
        for kind in KINDS {
            if let Some(tally) = self.tallies.get(kind) {
                row(kind, tally);
                all.merge(tally);
            }
        }
        row("all", &all);
        out
    }

    /// The most frequent disagreements.
    pub fn most(&self, top: usize) -> String {
        let mut sorted: Vec<_> = self.disagreements.iter().collect();
        sorted.sort_by_key(|(what, (count, _))| (std::cmp::Reverse(*count), *what));
        let line = |(what, (count, name)): &(&String, &(usize, String))| format!("{count:>6}  {what}   [{name}]\n");
        sorted.iter().take(top).map(line).collect()
    }
}
