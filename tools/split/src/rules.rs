//! Which functions come later: by their names, and by who calls them.

use crate::module::Module;

/// A function of fewer bytes stays: to go through the table to it would weigh as much. It is often one that stands for
/// many of the same instructions, whatever its name.
const SMALL: usize = 120;

enum When {
    First,
    Later,
}

/// Lines of `first PATTERN` and `later PATTERN`; the first that fits a function's name decides. A pattern fits
/// where it stands anywhere in the name, and `^` holds it to the beginning.
pub struct Rules(Vec<(When, String)>);

impl Rules {
    /// Reads the rules; `#` begins a comment.
    pub fn read(text: &str) -> Result<Rules, String> {
        let mut rules = Vec::new();
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split_once(' ') {
                Some(("first", pattern)) => rules.push((When::First, pattern.trim().to_owned())),
                Some(("later", pattern)) => rules.push((When::Later, pattern.trim().to_owned())),
                _ => return Err(format!("line {}: it begins with `first ` or `later `", n + 1)),
            }
        }
        Ok(Rules(rules))
    }

    fn of(&self, name: &str) -> Option<&When> {
        let fits = |pattern: &str| match pattern.strip_prefix('^') {
            Some(start) => name.starts_with(start),
            None => name.contains(pattern),
        };
        self.0.iter().find(|(_, pattern)| fits(pattern)).map(|(when, _)| when)
    }

    /// Of each of the module's own functions, whether it comes later: those that a rule sends there, and those
    /// without a rule that only such functions call.
    pub fn choose(&self, module: &Module<'_>) -> Vec<bool> {
        let own = |n: u32| n.checked_sub(module.imported).map(|n| n as usize);
        let mut later = vec![false; module.bodies.len()];
        let mut open = vec![true; module.bodies.len()];
        for (n, later) in later.iter_mut().enumerate() {
            if module.bodies[n].as_bytes().len() < SMALL {
                continue;
            }
            match self.of(module.name(module.imported + n as u32)) {
                Some(When::First) => open[n] = false,
                Some(When::Later) => (*later, open[n]) = (true, false),
                None => {}
            }
        }
        let mut callers = vec![Vec::new(); module.bodies.len()];
        for (from, calls) in module.calls.iter().enumerate() {
            for to in calls.iter().filter_map(|to| own(*to)).filter(|to| *to != from) {
                callers[to].push(from);
            }
        }
        // What is reached from outside, or through a table, is not known to be called by later ones alone.
        let tables = module.segments.iter().flat_map(|s| s.functions.iter().copied());
        for n in module.entered().chain(tables).filter_map(own) {
            open[n] = false;
        }
        loop {
            let mut more = false;
            for n in 0..later.len() {
                if open[n] && !callers[n].is_empty() && callers[n].iter().all(|from| later[*from]) {
                    (later[n], open[n], more) = (true, false, true);
                }
            }
            if !more {
                return later;
            }
        }
    }
}
