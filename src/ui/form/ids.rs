//! Names of elements, made from paths: so that a label, a finding or a jump finds its field.

use yew::AttrValue;

use crate::yaml::Step;

/// The parts of a field on the screen.
pub const ROW: &str = "row";
pub const CONTROL: &str = "field";
pub const LABEL: &str = "label";
pub const NOTES: &str = "notes";
pub const BODY: &str = "body";

/// The id of a part of the field at `path`. No blanks, so that it can stand in a list of ids.
pub fn id(part: &str, path: &[Step]) -> AttrValue {
    let mut id = String::with_capacity(part.len() + path.len() * 12);
    id.push_str(part);
    for step in path {
        id.push('.');
        match step {
            Step::Index(index) => id.push_str(&index.to_string()),
            // `.` and `~` are doubled, so that a key with a dot is not two keys.
            Step::Key(key) => key.chars().for_each(|c| match c {
                '.' => id.push_str("~."),
                '~' => id.push_str("~~"),
                c if c.is_whitespace() => id.push('_'),
                c => id.push(c),
            }),
        }
    }
    AttrValue::from(id)
}

/// `path` with one more step.
pub fn below(path: &[Step], step: impl Into<Step>) -> Vec<Step> {
    let mut below = Vec::with_capacity(path.len() + 1);
    below.extend_from_slice(path);
    below.push(step.into());
    below
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_paths_apart() {
        let one = [Step::from("labels"), Step::from("a.b")];
        let two = [Step::from("labels"), Step::from("a"), Step::from("b")];
        assert_ne!(id(ROW, &one), id(ROW, &two));
        assert_eq!(id(CONTROL, &below(&[Step::from("spec")], 0)).as_str(), "field.spec.0");
        assert!(!id(ROW, &[Step::from("a b\tc")]).contains(char::is_whitespace));
    }
}
