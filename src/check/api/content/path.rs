use super::Fault;
use crate::i18n::id;

/// `validateLocalDescendingPath`
pub fn validate_local_descending_path(path: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    if path.starts_with('/') {
        let meant = path.trim_start_matches('/');
        let meant = (!meant.is_empty() && !path.split('/').any(|part| part == "..")).then(|| meant.to_owned());
        faults.push(Fault::new("must be a relative path", id::CHECK_API_PATH_RELATIVE).meant(meant));
    }
    faults.extend(validate_path_no_backsteps(path));
    faults
}

/// `validatePathNoBacksteps`
pub fn validate_path_no_backsteps(path: &str) -> Vec<Fault> {
    let back = path.split('/').any(|part| part == "..");
    back.then(|| Fault::new("must not contain '..'", id::CHECK_API_PATH_BACKSTEPS)).into_iter().collect()
}

/// `ValidateLocalNonReservedPath`
pub fn validate_local_non_reserved_path(path: &str) -> Vec<Fault> {
    let mut faults = validate_local_descending_path(path);
    if path.starts_with("..") && !path.starts_with("../") {
        faults.push(Fault::new("must not start with '..'", id::CHECK_API_PATH_BACKSTEPS));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As `TestValidateLocalDescendingPath` and the volumes' tables have them; `..` alone is told twice.
    #[test]
    fn paths_stay_below() {
        let (relative, within, start) =
            ("must be a relative path", "must not contain '..'", "must not start with '..'");
        for (path, descending, reserved) in [
            ("", vec![], vec![]),
            ("foo/bar..baz", vec![], vec![]),
            ("foo..", vec![], vec![]),
            ("..foo", vec![], vec![start]),
            ("...", vec![], vec![start]),
            ("..", vec![within], vec![within, start]),
            ("../x", vec![within], vec![within]),
            ("a/../b/..", vec![within], vec![within]),
            ("/a", vec![relative], vec![relative]),
            ("/a/..", vec![relative, within], vec![relative, within]),
        ] {
            let details = |faults: Vec<Fault>| faults.into_iter().map(|f| f.detail.into_owned()).collect::<Vec<_>>();
            assert_eq!(details(validate_local_descending_path(path)), descending, "{path}");
            assert_eq!(details(validate_local_non_reserved_path(path)), reserved, "{path}");
        }
        assert_eq!(validate_local_descending_path("/a/b")[0].meant.as_deref(), Some("a/b"));
    }
}
