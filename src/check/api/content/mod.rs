//! Content checks: they take a value, say what is wrong with it, and know no path.
//!
//! Source: `k8s.io/apimachinery/pkg/util/validation`, `pkg/api/validate/content`.

mod ip;
mod name;
mod number;
mod path;
mod qualified;

use std::borrow::Cow;

pub use ip::{
    get_warnings_for_cidr, get_warnings_for_ip, is_valid_cidr, is_valid_cidr_for_legacy_field, is_valid_ip,
    is_valid_ip_for_legacy_field, parse_ip_sloppy, validate_endpoint_ip,
};
pub use name::{
    is_config_map_key, is_dns1035_label, is_dns1123_label, is_dns1123_subdomain, is_dns1123_subdomain_with_underscore,
    is_env_var_name, is_http_header_name, is_path_segment_name, is_valid_port_name, is_wildcard_dns1123_subdomain,
};
pub use number::{is_in_range, is_valid_group_id, is_valid_percent, is_valid_port_num, is_valid_user_id};
pub use path::{validate_local_descending_path, validate_local_non_reserved_path, validate_path_no_backsteps};
pub use qualified::{is_qualified_name, is_valid_label_value};

use crate::i18n::Message;

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The server's words.
    pub detail: Cow<'static, str>,
    /// Ours; `{key}` and `{value}` are filled in by who knows them.
    pub message: Message,
    /// What was plainly meant.
    pub meant: Option<String>,
}

impl Fault {
    /// A fault without a plain remedy.
    pub fn new(detail: impl Into<Cow<'static, str>>, message: impl Into<Message>) -> Fault {
        Fault { detail: detail.into(), message: message.into(), meant: None }
    }

    /// With what was meant, if that is something else than what is there.
    pub fn meant(mut self, meant: Option<String>) -> Fault {
        self.meant = meant;
        self
    }
}

/// `RegexError`: an explanation, examples and the expression.
fn regex_error(explanation: &str, regex: &str, examples: &[&str]) -> String {
    if examples.is_empty() {
        return format!("{explanation} (regex used for validation is '{regex}')");
    }
    let mut text = format!("{explanation} (e.g. ");
    for (i, example) in examples.iter().enumerate() {
        if i > 0 {
            text.push_str(" or ");
        }
        text.push_str(&format!("'{example}', "));
    }
    format!("{text}regex used for validation is '{regex}')")
}
