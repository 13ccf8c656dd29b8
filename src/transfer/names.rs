use crate::yaml::Document;

/// The longest name of one folder or file, in bytes; what common file systems take, less a number.
const LONGEST: usize = 200;

/// A file's path as the workspace keeps it: slashes, no way upwards, nothing that cannot be seen.
pub fn file_name(raw: &str) -> String {
    let slashes = raw.replace('\\', "/");
    let parts: Vec<String> = slashes.split('/').map(tidy).filter(|p| !p.is_empty() && p != "." && p != "..").collect();
    if parts.is_empty() { "untitled.yaml".to_owned() } else { parts.join("/") }
}

/// Without control characters and marks of writing direction, which make a name look like another.
fn tidy(part: &str) -> String {
    let unseen = |c: &char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    };
    let seen: String = part.chars().filter(|c| !unseen(c)).collect();
    cut(seen.trim()).to_owned()
}

fn cut(text: &str) -> &str {
    let end = (0..=text.len().min(LONGEST)).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    &text[..end]
}

/// Whether a file of a folder is worth opening: `.yaml`, `.yml`, `.json`, and not of a tool's own folder.
pub fn is_manifest_name(name: &str) -> bool {
    let lower = name.to_ascii_lowercase();
    let hidden = lower.split(['/', '\\']).any(|p| (p.starts_with('.') && p.len() > 2) || p == "node_modules");
    !hidden && [".yaml", ".yml", ".json"].iter().any(|end| lower.ends_with(end))
}

/// `name`, or the first of `name-2`, `name-3`, … (before the extension) that is not `taken`.
pub fn unique_name(name: &str, taken: impl Fn(&str) -> bool) -> String {
    if !taken(name) {
        return name.to_owned();
    }
    let file = name.rfind('/').map_or(0, |slash| slash + 1);
    let dot = name[file..].rfind('.').filter(|dot| *dot > 0).map_or(name.len(), |dot| file + dot);
    let (stem, extension) = name.split_at(dot);
    let mut number = 2u32;
    loop {
        let candidate = format!("{stem}-{number}{extension}");
        if !taken(&candidate) || number == u32::MAX {
            return candidate;
        }
        number += 1;
    }
}

/// A name for one document on its own: `deployment-web.yaml`.
pub fn download_name(document: &Document) -> String {
    let root = document.root();
    let word = |path: &[&str]| {
        let node = path.iter().try_fold(root?, |node, key| node.get(key))?;
        Some(node.as_str()?.to_lowercase()).filter(|t| !t.is_empty())
    };
    let extension = if document.is_json() { "json" } else { "yaml" };
    let words: Vec<String> = [word(&["kind"]), word(&["metadata", "name"])].into_iter().flatten().collect();
    let stem = if words.is_empty() { "document".to_owned() } else { words.join("-") };
    safe_path(&format!("{}.{extension}", stem.replace(['/', '\\'], "-")))
}

/// A path whose every part Windows takes too.
pub(super) fn safe_path(name: &str) -> String {
    file_name(name).split('/').map(safe_part).collect::<Vec<_>>().join("/")
}

fn safe_part(part: &str) -> String {
    const RESERVED: [&str; 22] = [
        "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "lpt1",
        "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
    ];
    let mut safe = part.replace(['<', '>', ':', '"', '|', '?', '*'], "-");
    while safe.ends_with(['.', ' ']) {
        safe.pop();
    }
    let stem = safe.split('.').next().unwrap_or("").to_ascii_lowercase();
    if safe.is_empty() || RESERVED.contains(&stem.as_str()) {
        safe.insert(0, '_');
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_fit() {
        let table = [
            ("web.yaml", "web.yaml"),
            ("shop/base/web.yaml", "shop/base/web.yaml"),
            ("C:\\k8s\\web.yaml", "C:/k8s/web.yaml"),
            ("/etc/../../passwd", "etc/passwd"),
            ("./a//b.yaml", "a/b.yaml"),
            ("", "untitled.yaml"),
            ("..", "untitled.yaml"),
            (" a\u{0}\n.yaml ", "a.yaml"),
            ("名前😀.yaml", "名前😀.yaml"),
            ("lmay\u{202e}exe.yaml", "lmayexe.yaml"),
        ];
        for (raw, name) in table {
            assert_eq!(file_name(raw), name, "{raw:?}");
        }
        assert!(file_name(&"ä".repeat(500)).len() <= LONGEST);
    }

    #[test]
    fn folders_are_sifted() {
        for yes in ["a.yaml", "b/c.YML", "d.json", "./e.yaml", "../f.yml"] {
            assert!(is_manifest_name(yes), "{yes}");
        }
        for no in ["a.txt", ".git/a.yaml", "x/node_modules/y/z.json", "yaml", ".github/workflows/ci.yml"] {
            assert!(!is_manifest_name(no), "{no}");
        }
    }

    #[test]
    fn names_do_not_collide() {
        let taken = ["web.yaml", "web-2.yaml", "a.b/web", "web"];
        let table = [("web.yaml", "web-3.yaml"), ("a.b/web", "a.b/web-2"), ("web", "web-2"), ("new.yaml", "new.yaml")];
        for (name, unique) in table {
            assert_eq!(unique_name(name, |n| taken.contains(&n)), unique);
        }
    }

    #[test]
    fn a_document_names_its_download() {
        let table = [
            ("kind: Deployment\nmetadata: {name: web}\n", "deployment-web.yaml"),
            ("kind: ClusterRole\nmetadata: {name: 'system:node/x'}\n", "clusterrole-system-node-x.yaml"),
            ("{\"kind\": \"Pod\", \"metadata\": {\"name\": \"a\"}}", "pod-a.json"),
            ("kind: Pod\n", "pod.yaml"),
            ("a: [", "document.yaml"),
            ("kind: 1\nmetadata: {name: nul}\n", "_nul.yaml"),
            ("", "document.yaml"),
        ];
        for (text, name) in table {
            assert_eq!(download_name(&Document::read(text)), name, "{text}");
        }
    }
}
