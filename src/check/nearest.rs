//! The likely name behind a misspelt one.

/// The candidate that is nearest to `word`, if one is near enough to be meant.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_ascii_lowercase();
    // A third of the letters may differ; a short word has room for one slip only.
    let limit = (word.chars().count() / 3).clamp(1, 4);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let theirs = candidate.to_ascii_lowercase();
            let far = if lower == theirs || is_plural(&lower, &theirs) { 0 } else { distance(&lower, &theirs, limit)? };
            Some((far, candidate))
        })
        .min_by_key(|&(far, candidate)| (far, candidate))
        .map(|(_, candidate)| candidate)
}

fn is_plural(a: &str, b: &str) -> bool {
    a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a)
}

/// Edits (insert, delete, replace, swap neighbours) from `a` to `b`; `None` above `limit`.
fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    // A key of a thousand letters is no misspelling, and must not cost a table of its square.
    if a.len().abs_diff(b.len()) > limit || a.len() > 64 {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replace = above[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replace.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(before[j - 2] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut above, row);
    }
    above.last().copied().filter(|&far| far <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_meant() {
        let fields =
            ["containerPort", "containers", "image", "imagePullPolicy", "env", "envFrom", "ports", "port", "name"];
        let cases = [
            ("containerport", Some("containerPort")),
            ("conatiners", Some("containers")),
            ("container", Some("containers")),
            ("iamge", Some("image")),
            ("envs", Some("env")),
            ("nme", Some("name")),
            ("bogus", None),
            ("", None),
        ];
        for (word, meant) in cases {
            assert_eq!(nearest(word, fields), meant, "{word}");
        }
        assert_eq!(nearest(&"x".repeat(100_000), fields), None);
    }
}
