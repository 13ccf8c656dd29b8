//! Which functions come later: by their names, and by who calls them.

use crate::module::Module;

/// A function of fewer bytes stays: to go through the table to it would weigh as much. It is often one that stands for
/// many of the same instructions, whatever its name.
const SMALL: usize = 80;

enum When {
    First,
    Later,
}

/// Lines of `first PATTERN` and `later PATTERN`; the first that fits a function's name decides. A pattern fits
/// where it stands anywhere in the name, and `^` holds it to the beginning. `table BYTES HOW_MANY` is data that only
/// later functions read, by the hexadecimal digits of its first bytes.
pub struct Rules {
    functions: Vec<(When, String)>,
    /// Of each table its first bytes, and how many it has.
    pub tables: Vec<(Vec<u8>, u32)>,
}

impl Rules {
    /// Reads the rules; `#` begins a comment.
    pub fn read(text: &str) -> Result<Rules, String> {
        let mut rules = Rules { functions: Vec::new(), tables: Vec::new() };
        for (n, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match line.split_once(' ') {
                Some(("first", pattern)) => rules.functions.push((When::First, pattern.trim().to_owned())),
                Some(("later", pattern)) => rules.functions.push((When::Later, pattern.trim().to_owned())),
                Some(("table", table)) => {
                    rules.tables.push(read_table(table).ok_or(format!("line {}: not `table BYTES HOW_MANY`", n + 1))?);
                }
                _ => return Err(format!("line {}: it begins with `first `, `later ` or `table `", n + 1)),
            }
        }
        Ok(rules)
    }

    fn of(&self, name: &str) -> Option<&When> {
        let fits = |pattern: &str| match pattern.strip_prefix('^') {
            Some(start) => name.starts_with(start),
            None => name.contains(pattern),
        };
        self.functions.iter().find(|(_, pattern)| fits(pattern)).map(|(when, _)| when)
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

fn read_table(text: &str) -> Option<(Vec<u8>, u32)> {
    let (bytes, length) = text.trim().split_once(' ')?;
    let byte = |at: usize| u8::from_str_radix(bytes.get(at..at + 2)?, 16).ok();
    Some(((0..bytes.len()).step_by(2).map(byte).collect::<Option<_>>()?, length.trim().parse().ok()?))
}
