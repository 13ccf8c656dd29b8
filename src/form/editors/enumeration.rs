//! One of a list.

use serde_json::Value;

use crate::form::EnumOption;

/// What is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// Nothing: the default holds.
    Unset,
    /// The option at that index.
    Option(usize),
    /// A text that is none of the options; it is kept.
    Other(String),
}

/// What a value chooses; `None` for what is no text.
pub fn read(value: Option<&Value>, options: &[EnumOption]) -> Option<Chosen> {
    Some(match value {
        None | Some(Value::Null) => Chosen::Unset,
        Some(value) => {
            let text = value.as_str()?;
            match options.iter().position(|option| option.value == text) {
                Some(at) => Chosen::Option(at),
                None => Chosen::Other(text.to_owned()),
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn keeps_what_it_does_not_know() {
        let options = ["TCP", "UDP"].map(|v| EnumOption { value: v.to_owned(), meaning: None });
        assert_eq!(read(None, &options), Some(Chosen::Unset));
        assert_eq!(read(Some(&json!("UDP")), &options), Some(Chosen::Option(1)));
        assert_eq!(read(Some(&json!("QUIC")), &options), Some(Chosen::Other("QUIC".to_owned())));
        assert_eq!(read(Some(&json!(1)), &options), None);
    }
}
