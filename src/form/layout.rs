//! The layouts as the build made them from `static/layouts/*.yaml`: order, names, editors, defaults.

use crate::i18n::{Id, Label};
use crate::k8s::Version;
use crate::schema::KindInfo;

/// The form of one kind.
pub(super) struct KindLayout {
    pub api_version: &'static str,
    pub kind: &'static str,
    pub sections: Sections,
}

/// The rows of one type; of the whole type when the only section is [`WHOLE`].
pub(super) struct TypeLayout {
    pub name: &'static str,
    /// The name of one item of a list of it.
    pub item: Option<Id>,
    /// What a new one begins as, JSON; empty when the schema's required fields are enough.
    pub template: &'static str,
    pub sections: Sections,
}

/// Section numbers with their rows.
pub(super) type Sections = &'static [(u8, &'static [Entry])];

/// The section number of a type that is shown as one piece.
pub(super) const WHOLE: u8 = SECTION_IDS.len() as u8;

/// The sections in their order.
pub(super) const SECTION_IDS: [&str; 8] =
    ["essentials", "storage", "health", "scheduling", "security", "network", "lifecycle", "advanced"];

/// The number of `advanced`, where what no layout names is shown.
pub(super) const ADVANCED: u8 = 7;

/// The name of a section.
pub(super) fn section_title(section: u8) -> Id {
    use crate::i18n::id;
    match section {
        0 => id::FORM_SECTION_ESSENTIALS,
        1 => id::FORM_SECTION_STORAGE,
        2 => id::FORM_SECTION_HEALTH,
        3 => id::FORM_SECTION_SCHEDULING,
        4 => id::FORM_SECTION_SECURITY,
        5 => id::FORM_SECTION_NETWORK,
        6 => id::FORM_SECTION_LIFECYCLE,
        _ => id::FORM_SECTION_ADVANCED,
    }
}

/// One row.
pub(super) struct Entry {
    /// Keys with dots between them; empty for a union.
    pub path: &'static str,
    pub label: Option<Id>,
    pub item: Option<Id>,
    pub default: Default,
    pub hint: Hint,
    pub flags: u8,
}

impl Entry {
    /// Whether the rows of the field's own layout stand in its place.
    pub fn is_open(&self) -> bool {
        self.flags & 1 != 0
    }

    /// Whether it is shown only when it is in the text.
    pub fn only_when_set(&self) -> bool {
        self.flags & 2 != 0
    }
}

/// What the server takes when the field is left out.
pub(super) enum Default {
    /// The schema's default, if it has one.
    None,
    /// A value.
    Words(&'static str),
    /// A sentence.
    Message(Id),
}

/// What the layout says about the editor.
pub(super) enum Hint {
    /// As the field's shape has it.
    None,
    /// A number between the two.
    Range(i32, i32),
    /// One of these, each from that minor version on.
    Values(&'static [(&'static str, u32)]),
    /// One of these fields.
    Union(&'static [&'static str]),
    Image,
    Command,
    Duration,
    Port,
    TargetPort,
    /// A name of something of that kind.
    Reference(&'static str),
}

include!(concat!(env!("OUT_DIR"), "/layouts.rs"));

/// The layout of a kind.
pub(super) fn of_kind(info: &KindInfo) -> Option<&'static KindLayout> {
    KINDS.iter().find(|k| k.kind == info.gvk.kind && k.api_version == info.gvk.api_version())
}

/// The layout of a type by its full name.
pub(super) fn of_type(full_name: &str) -> Option<&'static TypeLayout> {
    TYPES.binary_search_by(|t| t.name.cmp(full_name)).ok().map(|at| &TYPES[at])
}

/// The catalogs' name for a key.
fn named(table: &'static [(&'static str, Id)], name: &str) -> Option<Id> {
    table.binary_search_by(|(known, _)| (*known).cmp(name)).ok().map(|at| table[at].1)
}

/// The name of a field: the catalogs', or its key made readable.
pub(super) fn label(key: &str) -> Label {
    match named(LABELS, key) {
        Some(id) => Label::Message(id),
        None => Label::Words(readable(key)),
    }
}

/// What a value of an enum means.
pub(super) fn meaning(type_name: &str, field: &str, value: &str) -> Option<Id> {
    let value = if value.is_empty() { "none" } else { value };
    let short = [field, ".", value].concat();
    named(MEANINGS, &[type_name, ".", &short].concat()).or_else(|| named(MEANINGS, &short))
}

/// The values of a hint that `version` has.
pub(super) fn values(values: &'static [(&'static str, u32)], version: Version) -> impl Iterator<Item = &'static str> {
    values.iter().filter(move |(_, since)| *since <= version.minor()).map(|(value, _)| *value)
}

/// A key in words: `terminationGracePeriodSeconds` is "Termination grace period seconds", `podIPs` "Pod IPs".
pub(super) fn readable(key: &str) -> String {
    let letters: Vec<char> = key.chars().collect();
    let mut words = String::with_capacity(key.len() + 8);
    for (at, &c) in letters.iter().enumerate() {
        let next = letters.get(at + 1);
        let before = at.checked_sub(1).map(|b| letters[b]);
        // An upper-case letter begins a word, or goes on with an abbreviation: the `I` and `P` of `hostIP`.
        let begins = c.is_uppercase() && before.is_some_and(|b| !b.is_uppercase());
        let after_short = c.is_uppercase()
            && before.is_some_and(char::is_uppercase)
            && next.is_some_and(|n| n.is_lowercase() && !(*n == 's' && at + 2 == letters.len()));
        if (begins || after_short) && !words.is_empty() {
            words.push(' ');
        }
        let short = c.is_uppercase()
            && (next.is_some_and(|n| n.is_uppercase())
                || before.is_some_and(char::is_uppercase) && !after_short
                || next.is_none());
        match words.is_empty() {
            true => words.extend(c.to_uppercase()),
            false if short => words.push(c),
            false => words.extend(c.to_lowercase()),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_words() {
        for (key, words) in [
            ("terminationGracePeriodSeconds", "Termination grace period seconds"),
            ("podIPs", "Pod IPs"),
            ("hostIP", "Host IP"),
            ("targetWWNs", "Target WWNs"),
            ("storagePolicyID", "Storage policy ID"),
            ("setHostnameAsFQDN", "Set hostname as FQDN"),
            ("fsType", "Fs type"),
            ("gcePersistentDisk", "Gce persistent disk"),
            ("HTTPGetAction", "HTTP get action"),
            ("sslEnabled", "Ssl enabled"),
            ("", ""),
            ("x", "X"),
            ("日志", "日志"),
        ] {
            assert_eq!(readable(key), words);
        }
    }

    /// Each value of each enum that a layout shows says what choosing it means.
    #[test]
    fn every_choice_has_a_meaning() {
        use crate::form::pick;
        use crate::schema::{Catalog, Shape};
        let catalog = Catalog::builtin();
        let texts = Shape::List(Box::new(Shape::String));
        let mut lacking = Vec::new();
        let kinds = KINDS.iter().filter_map(|k| Some((catalog.kind(k.api_version, k.kind)?.ty, k.sections)));
        let types = TYPES.iter().filter_map(|t| Some((catalog.type_named(t.name)?, t.sections)));
        for (ty, sections) in kinds.chain(types) {
            for entry in sections.iter().flat_map(|s| s.1).filter(|e| !e.path.is_empty()) {
                let mut owner = ty;
                let mut field = None;
                for key in entry.path.split('.') {
                    if let Some((_, Shape::Object(inner))) = field {
                        owner = inner;
                    }
                    field = catalog.field(owner, key).map(|f| (f, f.shape.clone()));
                }
                let Some((field, shape)) = field else { panic!("{} is checked by the build", entry.path) };
                // The names of signals say what they are.
                if field.name == "stopSignal" || !(shape == Shape::String || shape == texts) {
                    continue;
                }
                let type_name = &catalog.ty(owner).name;
                for version in Version::ALL {
                    for option in pick::options(type_name, field, version, Some(entry)).iter() {
                        if option.meaning.is_none() {
                            lacking.push(format!("enum.{type_name}.{}.{}", field.name, option.value));
                        }
                    }
                }
            }
        }
        lacking.sort();
        lacking.dedup();
        assert!(lacking.is_empty(), "{lacking:#?}");
    }

    #[test]
    fn tables_can_be_searched() {
        assert!(TYPES.windows(2).all(|w| w[0].name < w[1].name));
        assert!(LABELS.windows(2).all(|w| w[0].0 < w[1].0));
        assert!(MEANINGS.windows(2).all(|w| w[0].0 < w[1].0));
        assert!(meaning("Toleration", "operator", "Equal").is_some());
        assert_ne!(meaning("Toleration", "operator", "Exists"), meaning("X", "operator", "Exists"));
        assert_eq!(meaning("X", "operator", "?"), None);
    }
}
