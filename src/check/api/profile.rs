use k8s_openapi::api::core::v1::{AppArmorProfile, SeccompProfile};
use serde_json::json;

use super::content::validate_local_descending_path;
use super::{BadValue, ErrorList, Mend, Path};
use crate::i18n::{Message, id};

const TYPES: &[&str] = &["Localhost", "RuntimeDefault", "Unconfined"];

/// `validateSeccompProfileField`.
pub fn validate_seccomp_profile_field(profile: &SeccompProfile, path: &Path<'_>, errs: &mut ErrorList) {
    let type_path = path.child("type");
    match profile.type_.as_str() {
        "" => {
            errs.missing(&type_path, "type is required when seccompProfile is set");
        }
        kind if TYPES.contains(&kind) => {}
        kind => {
            errs.not_supported(&type_path, BadValue::Named(kind.to_owned()), TYPES);
        }
    }
    let file_path = path.child("localhostProfile");
    match (&profile.localhost_profile, profile.type_ == "Localhost") {
        (None, true) => {
            let detail = "must be set when seccomp type is Localhost";
            errs.required(&file_path, detail, id::CHECK_API_PROFILE_LOCALHOST_PROFILE);
        }
        (Some(file), true) => errs.invalid_each(&file_path, file, validate_local_descending_path(file)),
        (Some(_), false) => {
            let detail = "can only be set when seccomp type is Localhost";
            let error = errs.invalid(&file_path, seccomp(profile), detail, id::CHECK_API_PROFILE_NOT_LOCALHOST);
            error.mend(Mend::delete(file_path.steps()));
        }
        (None, false) => {}
    }
}

/// The profile as `json.Marshal` writes the internal type.
fn seccomp(profile: &SeccompProfile) -> BadValue {
    let pointer = if profile.localhost_profile.is_some() { "(*string)(0xc000000000)" } else { "(*string)(nil)" };
    let go =
        format!("core.SeccompProfile{{Type:{}, LocalhostProfile:{pointer}}}", super::bad_value::quoted(&profile.type_));
    BadValue::Struct { json: seccomp_json(profile), go }
}

/// The fields in Go's order.
pub fn seccomp_json(profile: &SeccompProfile) -> serde_json::Value {
    json!({"Type": profile.type_, "LocalhostProfile": profile.localhost_profile})
}

/// `ValidateAppArmorProfileField`.
pub fn validate_app_armor_profile_field(profile: &AppArmorProfile, path: &Path<'_>, errs: &mut ErrorList) {
    const MOST: usize = 4095;
    let file_path = path.child("localhostProfile");
    let type_path = path.child("type");
    match profile.type_.as_str() {
        "Localhost" => {
            let required = "must be set when AppArmor type is Localhost";
            let Some(file) = &profile.localhost_profile else {
                errs.required(&file_path, required, id::CHECK_API_PROFILE_LOCALHOST_PROFILE);
                return;
            };
            let trimmed = file.trim();
            if trimmed != file {
                let message = Message::new(id::CHECK_API_PROFILE_SPACES).with("key", file_path.called());
                let error = errs.invalid(&file_path, file, "must not be padded with whitespace", message);
                if !trimmed.is_empty() {
                    error.mend(Mend::set(file_path.steps(), trimmed));
                }
            } else if trimmed.is_empty() {
                errs.required(&file_path, required, id::CHECK_API_PROFILE_LOCALHOST_PROFILE);
            }
            if file.len() > MOST {
                let message = Message::new(id::CHECK_API_TOO_LONG).with("key", file_path.called()).with("most", MOST);
                errs.too_long(&file_path, MOST, message);
            }
        }
        "RuntimeDefault" | "Unconfined" => {
            if let Some(file) = &profile.localhost_profile {
                let detail = "can only be set when AppArmor type is Localhost";
                let error = errs.invalid(&file_path, file, detail, id::CHECK_API_PROFILE_NOT_LOCALHOST);
                error.mend(Mend::delete(file_path.steps()));
            }
        }
        "" => {
            errs.missing(&type_path, "type is required when appArmorProfile is set");
        }
        kind => {
            errs.not_supported(&type_path, BadValue::Named(kind.to_owned()), TYPES);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::case::{said as faults, value as read};
    use super::*;
    use crate::k8s::Version::V1_37;

    #[test]
    fn seccomp_profiles() {
        for (profile, expected) in [
            ("{type: RuntimeDefault}", &[][..]),
            ("{type: Unconfined}", &[]),
            ("{type: Localhost, localhostProfile: a/b..c}", &[]),
            ("{type: Localhost, localhostProfile: ''}", &[]),
            ("{type: Localhost}", &["p.localhostProfile: Required value: must be set when seccomp type is Localhost"]),
            (
                "{type: Localhost, localhostProfile: /a/../b/..}",
                &[
                    "p.localhostProfile: Invalid value: \"/a/../b/..\": must be a relative path",
                    "p.localhostProfile: Invalid value: \"/a/../b/..\": must not contain '..'",
                ],
            ),
            (
                "{type: Unconfined, localhostProfile: a}",
                &[
                    "p.localhostProfile: Invalid value: {\"Type\":\"Unconfined\",\"LocalhostProfile\":\"a\"}: can only be set when seccomp type is Localhost",
                ],
            ),
            ("{type: ''}", &["p.type: Required value: type is required when seccompProfile is set"]),
            (
                "{type: localhost, localhostProfile: a}",
                &[
                    "p.type: Unsupported value: \"localhost\": supported values: \"Localhost\", \"RuntimeDefault\", \"Unconfined\"",
                    "p.localhostProfile: Invalid value: {\"Type\":\"localhost\",\"LocalhostProfile\":\"a\"}: can only be set when seccomp type is Localhost",
                ],
            ),
        ] {
            let profile = read(profile);
            let said = faults(V1_37, |errs| validate_seccomp_profile_field(&profile, &Path::new("p"), errs));
            assert_eq!(said, expected, "{profile:?}");
        }
    }

    #[test]
    fn app_armor_profiles() {
        let required = "p.localhostProfile: Required value: must be set when AppArmor type is Localhost";
        let long = format!("{{type: Localhost, localhostProfile: {}}}", "a".repeat(4096));
        for (profile, expected) in [
            ("{type: RuntimeDefault}", &[][..]),
            ("{type: Localhost, localhostProfile: /a/../b}", &[]),
            ("{type: Localhost}", &[required]),
            ("{type: Localhost, localhostProfile: ''}", &[required]),
            (
                "{type: Localhost, localhostProfile: ' a'}",
                &["p.localhostProfile: Invalid value: \" a\": must not be padded with whitespace"],
            ),
            (
                "{type: Localhost, localhostProfile: ' '}",
                &["p.localhostProfile: Invalid value: \" \": must not be padded with whitespace"],
            ),
            (&long, &["p.localhostProfile: Too long: may not be more than 4095 bytes"]),
            (
                "{type: Unconfined, localhostProfile: ''}",
                &["p.localhostProfile: Invalid value: \"\": can only be set when AppArmor type is Localhost"],
            ),
            (
                "{type: '', localhostProfile: a}",
                &["p.type: Required value: type is required when appArmorProfile is set"],
            ),
            (
                "{type: x, localhostProfile: a}",
                &[
                    "p.type: Unsupported value: \"x\": supported values: \"Localhost\", \"RuntimeDefault\", \"Unconfined\"",
                ],
            ),
        ] {
            let profile = read(profile);
            let said = faults(V1_37, |errs| validate_app_armor_profile_field(&profile, &Path::new("p"), errs));
            assert_eq!(said, expected, "{profile:?}");
        }
    }
}
