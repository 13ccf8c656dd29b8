//! The message catalogs: `static/locales/*.yaml` → `OUT_DIR/i18n.rs` (ids and texts).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Plain(String),
    Plural { one: String, other: String },
}

type Catalog = BTreeMap<String, Text>;

fn read(path: &Path) -> Result<Catalog, String> {
    println!("cargo:rerun-if-changed={}", path.display());
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    serde_yaml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
}

fn arguments(text: &Text) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let texts: Vec<&str> = match text {
        Text::Plain(text) => vec![text],
        Text::Plural { one, other } => vec![one, other],
    };
    for text in texts {
        for part in text.split('{').skip(1) {
            if let Some((name, _)) = part.split_once('}') {
                found.insert(name.to_owned());
            }
        }
    }
    found
}

/// The constant's name for an id: `gallery.title` → `GALLERY_TITLE`.
pub fn constant(id: &str) -> String {
    id.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' }).collect()
}

/// Writes the generated module; an error names the file and the id.
pub fn generate(root: &Path, out: &Path) -> Result<Vec<String>, String> {
    let en = read(&root.join("static/locales/en.yaml"))?;
    let zh = read(&root.join("static/locales/zh.yaml"))?;
    for id in en.keys() {
        if !zh.contains_key(id) {
            return Err(format!("static/locales/zh.yaml: {id} is missing"));
        }
    }
    for (id, text) in &zh {
        let Some(english) = en.get(id) else {
            return Err(format!("static/locales/en.yaml: {id} is missing"));
        };
        // `n` may be left out where a language's plural form already says it.
        let wanted: BTreeSet<_> = arguments(english).into_iter().filter(|a| a != "n").collect();
        let given: BTreeSet<_> = arguments(text).into_iter().filter(|a| a != "n").collect();
        if wanted != given {
            return Err(format!("static/locales/zh.yaml: {id} has the arguments {given:?}, in English {wanted:?}"));
        }
    }
    let mut code = String::from("/// The ids of all messages.\npub mod id {\n    use super::Id;\n");
    for (i, id) in en.keys().enumerate() {
        let _ = writeln!(code, "    /// `{id}`\n    pub const {}: Id = Id({i});", constant(id));
    }
    code.push_str("}\n\nenum Pattern {\n    Plain(&'static str),\n    #[allow(dead_code)]\n    Plural(&'static str, &'static str),\n}\n\n");
    for (name, catalog) in [("EN", &en), ("ZH", &zh)] {
        let _ = writeln!(code, "static {name}: [Pattern; {}] = [", catalog.len());
        for text in catalog.values() {
            let _ = match text {
                Text::Plain(text) => writeln!(code, "    Pattern::Plain({text:?}),"),
                Text::Plural { one, other } => writeln!(code, "    Pattern::Plural({one:?}, {other:?}),"),
            };
        }
        code.push_str("];\n\n");
    }
    code.push_str(
        "/// The pattern of `id` in `locale`; `n` is asked only when there is a plural.\n\
         fn pattern(locale: Locale, id: Id, n: impl Fn() -> i64) -> &'static str {\n\
         \u{20}   let table = match locale {\n        Locale::En => &EN,\n        Locale::Zh => &ZH,\n    };\n\
         \u{20}   match table.get(id.0 as usize) {\n        Some(Pattern::Plain(text)) => text,\n\
         \u{20}       Some(Pattern::Plural(one, other)) => if n() == 1 { one } else { other },\n        None => \"\",\n    }\n}\n\n",
    );
    let _ = writeln!(
        code,
        "/// The id of that name, as the catalogs write it: `gallery.title`. For data files that name messages; natively only."
    );
    code.push_str("#[cfg(not(target_arch = \"wasm32\"))]\npub fn id_of(name: &str) -> Option<Id> {\n    NAMES.binary_search(&name).ok().map(|i| Id(i as u16))\n}\n\n#[cfg(not(target_arch = \"wasm32\"))]\nstatic NAMES: &[&str] = &[\n");
    for id in en.keys() {
        let _ = writeln!(code, "    {id:?},");
    }
    code.push_str("];\n");
    std::fs::write(out.join("i18n.rs"), code).map_err(|e| e.to_string())?;
    Ok(en.into_keys().collect())
}
