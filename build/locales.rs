//! The message catalogs: `static/locales/*.yaml` → `OUT_DIR/i18n.rs` (ids and texts).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

const LOCALE: &str = "\
/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub enum Locale {
";

#[derive(Deserialize)]
#[serde(untagged)]
enum Text {
    Plain(String),
    Plural { one: String, other: String },
}

type Catalog = BTreeMap<String, Text>;

/// Texts that are shown until a template stands in the workspace: these are in the page's first module, all others
/// come with the second (tools/split). Ids, or what stands before their first point.
const FIRST: [&str; 7] = ["app", "language", "notice.secret_in_memory", "panel", "problems", "studio", "ui"];

fn is_first(id: &str) -> bool {
    FIRST.contains(&id) || FIRST.contains(&id.split('.').next().unwrap_or(id))
}

/// What stands between the two forms of a plural in the second module.
const BETWEEN: char = '\u{1}';

fn read(path: &Path) -> Result<Catalog, String> {
    println!("cargo:rerun-if-changed={}", path.display());
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut ids = BTreeSet::new();
    // serde_yaml takes the last of two that are the same.
    for (n, line) in text.lines().enumerate().filter(|(_, line)| line.starts_with(|c: char| c.is_ascii_lowercase())) {
        let id = line.split(':').next().unwrap_or(line);
        if !ids.insert(id) {
            return Err(format!("{}:{}: {id} stands here a second time", path.display(), n + 1));
        }
    }
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

/// The constant's name for a language: `zh-tw.yaml` → `ZhTw`.
fn variant(stem: &str) -> String {
    let mut name = String::new();
    for part in stem.split('-') {
        name.extend(part.chars().take(1).flat_map(char::to_uppercase));
        name.extend(part.chars().skip(1));
    }
    name
}

/// The languages: English, which the others are compared with, then what else there is.
fn languages(folder: &Path) -> Result<Vec<(String, Catalog)>, String> {
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut others = Vec::new();
    for file in std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?.flatten() {
        match file.path().file_stem().and_then(|s| s.to_str()) {
            Some(stem) if file.path().extension().is_some_and(|e| e == "yaml") => {
                if stem != "en" {
                    others.push(stem.to_owned());
                }
            }
            _ => return Err(format!("{}: is no language", file.path().display())),
        }
    }
    others.sort();
    let stems = [vec!["en".to_owned()], others].concat();
    stems.into_iter().map(|stem| Ok((stem.clone(), read(&folder.join(stem + ".yaml"))?))).collect()
}

/// The other language has every text, with the same arguments.
fn compare(en: &Catalog, stem: &str, other: &Catalog) -> Result<(), String> {
    for id in en.keys() {
        if !other.contains_key(id) {
            return Err(format!("static/locales/{stem}.yaml: {id} is missing"));
        }
    }
    for (id, text) in other {
        let Some(english) = en.get(id) else {
            return Err(format!("static/locales/en.yaml: {id} is missing, which {stem}.yaml has"));
        };
        // `n` may be left out where a language's plural form already says it.
        let wanted: BTreeSet<_> = arguments(english).into_iter().filter(|a| a != "n").collect();
        let given: BTreeSet<_> = arguments(text).into_iter().filter(|a| a != "n").collect();
        if wanted != given {
            return Err(format!("static/locales/{stem}.yaml: {id} has the arguments {given:?}, in English {wanted:?}"));
        }
    }
    Ok(())
}

/// Writes the generated module and answers the ids in the order of their numbers; an error names the file and the id.
pub fn generate(root: &Path, out: &Path) -> Result<Vec<String>, String> {
    let languages = languages(&root.join("static/locales"))?;
    let (_, en) = &languages[0];
    for (stem, other) in &languages[1..] {
        compare(en, stem, other)?;
    }
    let mut code = String::from("/// The ids of all messages.\npub mod id {\n    use super::Id;\n");
    let (first, later): (Vec<&String>, Vec<&String>) = en.keys().partition(|id| is_first(id));
    for (i, id) in first.iter().chain(&later).enumerate() {
        let _ = writeln!(code, "    /// `{id}`\n    pub const {}: Id = Id({i});", constant(id));
    }
    code.push_str("}\n\n");
    code.push_str(LOCALE);
    for (i, (stem, texts)) in languages.iter().enumerate() {
        let default = if i == 0 { "    #[default]\n" } else { "" };
        let name = match texts.get("language.name") {
            Some(Text::Plain(name)) => name,
            _ => return Err(format!("static/locales/{stem}.yaml: language.name is one text")),
        };
        let _ = writeln!(code, "    /// {name}\n{default}    {},", variant(stem));
    }
    let variants: Vec<String> = languages.iter().map(|(stem, _)| format!("Locale::{}", variant(stem))).collect();
    let _ = writeln!(
        code,
        "}}\n\nimpl Locale {{\n    /// All languages, English first.\n    pub const ALL: &[Locale] = &[{}];\n}}\n",
        variants.join(", ")
    );
    code.push_str("enum Pattern {\n    Plain(&'static str),\n    #[allow(dead_code)]\n    Plural(&'static str, &'static str),\n}\n\n");
    let _ = writeln!(code, "static FIRST: [[Pattern; {}]; {}] = [", first.len(), languages.len());
    for (_, texts) in &languages {
        code.push_str("[\n");
        for id in &first {
            let _ = match &texts[*id] {
                Text::Plain(text) => writeln!(code, "    Pattern::Plain({text:?}),"),
                Text::Plural { one, other } => writeln!(code, "    Pattern::Plural({one:?}, {other:?}),"),
            };
        }
        code.push_str("],\n");
    }
    code.push_str("];\n\n");
    let texts: Vec<String> = languages
        .iter()
        .flat_map(|(_, texts)| later.iter().map(|id| &texts[*id]))
        .map(|text| match text {
            Text::Plain(text) => text.clone(),
            Text::Plural { one, other } => format!("{one}{BETWEEN}{other}"),
        })
        .collect();
    code.push_str(&crate::later::later("LATER", &texts));
    let _ = writeln!(
        code,
        "\n/// The pattern of `id` in `locale`; `n` is asked only when there is a plural.\n\
         fn pattern(locale: Locale, id: Id, n: impl Fn() -> i64) -> &'static str {{\n\
         \u{20}   let id = id.0 as usize;\n\
         \u{20}   match FIRST[locale as usize].get(id) {{\n        Some(Pattern::Plain(text)) => text,\n\
         \u{20}       Some(Pattern::Plural(one, other)) => if n() == 1 {{ one }} else {{ other }},\n\
         \u{20}       None => {{\n\
         \u{20}           let at = id - {first};\n\
         \u{20}           if at >= {later} {{ return \"\"; }}\n\
         \u{20}           let text = LATER.get(locale as usize * {later} + at);\n\
         \u{20}           match text.split_once({BETWEEN:?}) {{\n\
         \u{20}               Some((one, other)) => if n() == 1 {{ one }} else {{ other }},\n\
         \u{20}               None => text,\n\
         \u{20}           }}\n        }}\n    }}\n}}\n",
        first = first.len(),
        later = later.len(),
    );
    let _ = writeln!(
        code,
        "/// The id of that name, as the catalogs write it: `gallery.title`. For data files that name messages; natively only."
    );
    code.push_str("#[cfg(not(target_arch = \"wasm32\"))]\npub fn id_of(name: &str) -> Option<Id> {\n    NAMES.binary_search_by_key(&name, |(name, _)| name).ok().map(|i| NAMES[i].1)\n}\n\n#[cfg(not(target_arch = \"wasm32\"))]\nstatic NAMES: &[(&str, Id)] = &[\n");
    for id in en.keys() {
        let _ = writeln!(code, "    ({id:?}, id::{}),", constant(id));
    }
    code.push_str("];\n");
    std::fs::write(out.join("i18n.rs"), code).map_err(|e| e.to_string())?;
    Ok(first.into_iter().chain(later).cloned().collect())
}
