use serde::{Deserialize, Serialize};

use super::{Locale, id};

/// Names a text of the catalogs. The constants are in [`crate::i18n::id`], made from
/// `static/locales/en.yaml`: `gallery.title` is `id::GALLERY_TITLE`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Id(pub u16);

/// What stands in a message's `{name}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Arg {
    /// A number; `{n}` chooses the plural form.
    Number(i64),
    /// A word of the catalogs.
    Word(Id),
    /// Text that is the same in every language (names, values, paths).
    Text(String),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Arg {
        Arg::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Arg {
        Arg::Text(text)
    }
}
impl From<Id> for Arg {
    fn from(id: Id) -> Arg {
        Arg::Word(id)
    }
}
impl From<usize> for Arg {
    fn from(number: usize) -> Arg {
        Arg::Number(number as i64)
    }
}

/// A text with its arguments, not yet in a language.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Which text.
    pub id: Id,
    /// What stands in its braces: name and value.
    pub args: Vec<(String, Arg)>,
}

impl Message {
    /// A message without arguments.
    pub fn new(id: Id) -> Message {
        Message { id, args: Vec::new() }
    }

    /// The message with `{name}` given.
    pub fn with(mut self, name: &str, value: impl Into<Arg>) -> Message {
        self.args.push((name.to_owned(), value.into()));
        self
    }

    /// The text in `locale`.
    pub fn text(&self, locale: Locale) -> String {
        let pattern = super::pattern(locale, self.id, || match self.arg("n") {
            Some(Arg::Number(n)) => *n,
            _ => 0,
        });
        let mut out = String::with_capacity(pattern.len() + 16);
        let mut rest = pattern;
        while let Some(open) = rest.find('{') {
            out.push_str(&rest[..open]);
            let Some(close) = rest[open..].find('}').map(|c| open + c) else { break };
            match self.arg(&rest[open + 1..close]) {
                Some(Arg::Text(text)) => out.push_str(text),
                Some(Arg::Word(id)) => out.push_str(super::pattern(locale, *id, || 0)),
                Some(Arg::Number(number)) => out.push_str(&number.to_string()),
                None => out.push_str(&rest[open..=close]),
            }
            rest = &rest[close + 1..];
        }
        out.push_str(rest);
        out
    }

    fn arg(&self, name: &str) -> Option<&Arg> {
        self.args.iter().find(|(n, _)| n == name).map(|(_, value)| value)
    }
}

impl From<Id> for Message {
    fn from(id: Id) -> Message {
        Message::new(id)
    }
}

/// A name on the screen: from the catalogs, or words that are the same everywhere (a field's key made readable).
#[derive(Clone, Debug, PartialEq)]
pub enum Label {
    /// A text of the catalogs.
    Message(Id),
    /// Words as they are.
    Words(String),
}

impl Label {
    /// The label in `locale`.
    pub fn text(&self, locale: Locale) -> String {
        match self {
            Label::Message(id) => Message::new(*id).text(locale),
            Label::Words(words) => words.clone(),
        }
    }
}

impl Locale {
    /// The language of a browser's tag: `zh-HK` is Chinese, what is unknown is English.
    pub fn from_tag(tag: &str) -> Locale {
        let primary = |tag: &str| tag.split(['-', '_']).next().unwrap_or(tag).to_ascii_lowercase();
        let exact = Locale::ALL.iter().find(|l| l.tag().eq_ignore_ascii_case(tag));
        exact.or_else(|| Locale::ALL.iter().find(|l| primary(l.tag()) == primary(tag))).copied().unwrap_or_default()
    }

    /// The tag for `lang` attributes and storage.
    pub fn tag(self) -> &'static str {
        super::pattern(self, id::LANGUAGE_TAG, || 0)
    }

    /// What it calls itself.
    pub fn name(self) -> &'static str {
        super::pattern(self, id::LANGUAGE_NAME, || 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fills_in_and_counts() {
        let one = Message::new(id::PROBLEMS_COUNT).with("n", 1usize);
        let two = Message::new(id::PROBLEMS_COUNT).with("n", 2usize);
        assert_eq!(one.text(Locale::En), "1 problem");
        assert_eq!(two.text(Locale::En), "2 problems");
        assert_eq!(two.text(Locale::Zh), "2 个问题");
    }

    #[test]
    fn knows_a_browsers_language() {
        for (tag, locale) in [("zh-CN", Locale::Zh), ("zh", Locale::Zh), ("zh_HK", Locale::Zh), ("EN-us", Locale::En)] {
            assert_eq!(Locale::from_tag(tag), locale, "{tag}");
        }
        for tag in ["", "xx", "zhx"] {
            assert_eq!(Locale::from_tag(tag), Locale::En, "{tag}");
        }
        assert!(Locale::ALL.iter().all(|&l| Locale::from_tag(l.tag()) == l && !l.name().is_empty()));
    }
}
