//! An amount with its unit, and what it comes to.

use yew::prelude::*;

use super::{Field, datalist, string};
use crate::i18n::{Message, id};
use crate::k8s::{Quantity, QuantityFormat, SUFFIXES};
use crate::ui::words::Words;

pub fn view(field: &Field) -> Html {
    let text = field.text();
    let list = AttrValue::from([field.id().as_str(), "-units"].concat());
    let help = help(&text, field.spot.is_some(), field.desk.words);
    html! {
        <>
            { field.input("pane-input--medium", Some(list.clone()), string) }
            { units(&list, &text) }
            if let Some(help) = help {
                <span class="pane-hint">{ help }</span>
            }
        </>
    }
}

/// The number that is typed, with each unit that fits.
pub fn units(list: &AttrValue, text: &str) -> Html {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let offered = |suffix: &str| matches!(suffix, "m" | "Ki" | "Mi" | "Gi" | "Ti");
    let offers = SUFFIXES.iter().filter(|s| !digits.is_empty() && offered(s.0));
    datalist(list, offers.map(|s| (AttrValue::from([digits, s.0].concat()), None)))
}

/// What the amount comes to; which units there are, when it is none or somebody is about to type one.
pub fn help(text: &str, entering: bool, words: Words) -> Option<AttrValue> {
    match Quantity::parse(text) {
        Ok(amount) if amount.format() == QuantityFormat::BinarySi => {
            Some(words.with(id::PANE_BYTES, "bytes", grouped(amount.value())))
        }
        Ok(amount) if amount.is_fractional() => {
            Some(words.say(&Message::new(id::PANE_THOUSANDTHS).with("amount", grouped(amount.milli()))))
        }
        Ok(_) if !entering => None,
        Err(_) if text.is_empty() && !entering => None,
        _ => Some(words.of(id::PANE_UNITS)),
    }
}

/// `134217728` is `134,217,728`.
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut out = String::from(if number < 0 { "-" } else { "" });
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
