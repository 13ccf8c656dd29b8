//! The form's layouts: `static/layouts/*.yaml` → `OUT_DIR/layouts.rs`, checked against the schema.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use serde::de::{MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer};

use crate::k8s::{Segment, Version};
use crate::schema::{Catalog, Shape, TypeId};

/// In the order of the form's tabs.
const SECTIONS: [&str; 8] =
    ["essentials", "storage", "health", "scheduling", "security", "network", "lifecycle", "advanced"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct File {
    kind: Option<String>,
    api_version: Option<String>,
    sections: Option<BTreeMap<String, Vec<Row>>>,
    #[serde(default)]
    types: BTreeMap<String, Part>,
}

/// The layout of one type.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    /// The name of one item of a list of it.
    item: Option<String>,
    /// What a new one begins as.
    template: Option<serde_json::Value>,
    /// Its rows, shown as one piece …
    rows: Option<Vec<Row>>,
    /// … or by section.
    sections: Option<BTreeMap<String, Vec<Row>>>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Spec {
    path: String,
    union: Vec<String>,
    label: Option<String>,
    item: Option<String>,
    default: Option<String>,
    editor: Option<String>,
    values: Vec<String>,
    min: Option<i32>,
    max: Option<i32>,
    show: Option<String>,
    open: bool,
}

/// One row, numbered in the order of reading so that a fault found later can be read again to its line.
struct Row {
    number: usize,
    spec: Spec,
}

thread_local! {
    static COUNT: Cell<usize> = const { Cell::new(0) };
    static STOP_AT: Cell<Option<usize>> = const { Cell::new(None) };
}

impl<'de> Deserialize<'de> for Row {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Row, D::Error> {
        struct Rows;
        impl<'de> Visitor<'de> for Rows {
            type Value = Spec;

            fn expecting(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
                f.write_str("a path, or a map with `path` or `union`")
            }

            fn visit_str<E: serde::de::Error>(self, path: &str) -> Result<Spec, E> {
                stop()?;
                Ok(Spec { path: path.to_owned(), ..Spec::default() })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Spec, A::Error> {
                stop()?;
                Spec::deserialize(MapAccessDeserializer::new(map))
            }
        }
        let number = COUNT.get();
        let spec = deserializer.deserialize_any(Rows)?;
        Ok(Row { number, spec })
    }
}

/// Counts a row; an error at the one that is looked for, to which serde_yaml adds the line.
fn stop<E: serde::de::Error>() -> Result<(), E> {
    let number = COUNT.get();
    if STOP_AT.get() == Some(number) {
        return Err(E::custom("refused"));
    }
    COUNT.set(number + 1);
    Ok(())
}

/// A fault of a row, or of the file as a whole.
struct Fault {
    row: Option<usize>,
    message: String,
}

impl From<String> for Fault {
    fn from(message: String) -> Fault {
        Fault { row: None, message }
    }
}

fn read(text: &str, stop_at: Option<usize>) -> Result<File, serde_yaml::Error> {
    COUNT.set(0);
    STOP_AT.set(stop_at);
    serde_yaml::from_str(text)
}

/// Writes the generated tables; an error names the file, the line and what is wrong. `ids` are all
/// message ids in the order of their numbers.
pub fn generate(root: &Path, out: &Path, ids: &[String]) -> Result<(), String> {
    let folder = root.join("static/layouts");
    println!("cargo:rerun-if-changed={}", folder.display());
    let mut names: Vec<_> = std::fs::read_dir(&folder)
        .map_err(|e| format!("{}: {e}", folder.display()))?
        .flatten()
        .map(|file| file.path())
        .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
        .collect();
    names.sort();
    let mut kinds = String::new();
    let mut types = BTreeMap::new();
    let check = Check { catalog: Catalog::builtin(), ids };
    let mut sectioned = BTreeSet::new();
    let mut files = Vec::new();
    for name in &names {
        println!("cargo:rerun-if-changed={}", name.display());
        let shown = format!("static/layouts/{}", name.file_name().unwrap_or_default().to_string_lossy());
        let text = std::fs::read_to_string(name).map_err(|e| format!("{shown}: {e}"))?;
        let file = read(&text, None).map_err(|e| at_line(&shown, &e, &e.to_string()))?;
        sectioned.extend(file.types.iter().filter(|t| t.1.sections.is_some()).map(|t| t.0.clone()));
        files.push((shown, text, file));
    }
    let mut missing = BTreeSet::new();
    for (shown, text, file) in &files {
        let result = check.file(file, &sectioned, &mut kinds, &mut types, &mut missing);
        result.map_err(|fault| match fault.row.map(|row| read(text, Some(row))) {
            Some(Err(e)) => at_line(shown, &e, &fault.message),
            _ => format!("{shown}: {}", fault.message),
        })?;
    }
    if !missing.is_empty() {
        let list: Vec<_> = missing.into_iter().collect();
        return Err(format!("static/locales/en.yaml lacks what static/layouts needs: {}", list.join(", ")));
    }
    let mut code = format!("pub(super) static KINDS: &[KindLayout] = &[\n{kinds}];\n");
    code.push_str("pub(super) static TYPES: &[TypeLayout] = &[\n");
    for text in types.values() {
        code.push_str(text);
    }
    code.push_str("];\n");
    for (table, prefix) in [("LABELS", "field."), ("MEANINGS", "enum.")] {
        let _ = writeln!(code, "pub(super) static {table}: &[(&str, Id)] = &[");
        for (number, id) in ids.iter().enumerate() {
            if let Some(name) = id.strip_prefix(prefix) {
                let _ = writeln!(code, "    ({name:?}, Id({number})),");
            }
        }
        code.push_str("];\n");
    }
    std::fs::write(out.join("layouts.rs"), code).map_err(|e| e.to_string())
}

fn at_line(shown: &str, error: &serde_yaml::Error, message: &str) -> String {
    match error.location() {
        Some(place) => format!("{shown}:{}: {message}", place.line()),
        None => format!("{shown}: {message}"),
    }
}

struct Check<'a> {
    catalog: &'a Catalog,
    ids: &'a [String],
}

type Sections = BTreeMap<String, Vec<Row>>;

impl Check<'_> {
    fn file(
        &self,
        file: &File,
        sectioned: &BTreeSet<String>,
        kinds: &mut String,
        types: &mut BTreeMap<String, String>,
        missing: &mut BTreeSet<String>,
    ) -> Result<(), Fault> {
        match (&file.kind, &file.api_version, &file.sections) {
            (Some(kind), Some(api_version), Some(sections)) => {
                let info = self.catalog.kind(api_version, kind);
                let info = info.ok_or_else(|| format!("the schema has no {api_version} {kind}"))?;
                let rows = self.sections(info.ty, sections, sectioned, missing)?;
                let _ = writeln!(
                    kinds,
                    "    KindLayout {{ api_version: {api_version:?}, kind: {kind:?}, sections: {rows} }},"
                );
            }
            (None, None, None) if !file.types.is_empty() => {}
            _ => return Err(Fault::from("needs `kind`, `apiVersion` and `sections`, or `types`".to_owned())),
        }
        for (name, part) in &file.types {
            let ty = self.catalog.type_named(name).ok_or_else(|| format!("the schema has no type {name}"))?;
            let sections = match (&part.rows, &part.sections) {
                (Some(rows), None) => {
                    let mut seen = BTreeSet::new();
                    format!("&[({}, {})]", SECTIONS.len(), self.rows(ty, rows, sectioned, &mut seen, missing)?)
                }
                (None, Some(sections)) => self.sections(ty, sections, sectioned, missing)?,
                _ => return Err(Fault::from(format!("{name}: needs either `rows` or `sections`"))),
            };
            for key in part.template.as_ref().and_then(|t| t.as_object()).into_iter().flatten() {
                if self.catalog.field(ty, key.0).is_none() {
                    return Err(Fault::from(format!("{name}: `template` has {}, which the type does not have", key.0)));
                }
            }
            let item = self.id(part.item.as_deref(), missing);
            let template = part.template.as_ref().map(ToString::to_string).unwrap_or_default();
            let code = format!(
                "    TypeLayout {{ name: {name:?}, item: {item}, template: {template:?}, sections: {sections} }},\n"
            );
            if types.insert(name.clone(), code).is_some() {
                return Err(Fault::from(format!("{name} has two layouts")));
            }
        }
        Ok(())
    }

    fn sections(
        &self,
        ty: TypeId,
        sections: &Sections,
        sectioned: &BTreeSet<String>,
        missing: &mut BTreeSet<String>,
    ) -> Result<String, Fault> {
        if let Some(name) = sections.keys().find(|name| !SECTIONS.contains(&name.as_str())) {
            return Err(Fault::from(format!("no section is called {name}; there are {}", SECTIONS.join(", "))));
        }
        let mut code = String::from("&[");
        let mut seen = BTreeSet::new();
        for (number, section) in SECTIONS.iter().enumerate() {
            if let Some(rows) = sections.get(*section) {
                let _ = write!(code, "({number}, {}), ", self.rows(ty, rows, sectioned, &mut seen, missing)?);
                missing.extend(self.lacking(&format!("form.section.{section}")));
            }
        }
        code.push(']');
        Ok(code)
    }

    fn rows(
        &self,
        ty: TypeId,
        rows: &[Row],
        sectioned: &BTreeSet<String>,
        seen: &mut BTreeSet<String>,
        missing: &mut BTreeSet<String>,
    ) -> Result<String, Fault> {
        let mut code = String::from("&[\n");
        for row in rows {
            let spec = &row.spec;
            let fault = |message: String| Fault { row: Some(row.number), message };
            let name = &self.catalog.ty(ty).name;
            if spec.path.is_empty() == spec.union.is_empty() {
                return Err(fault("a row has either `path` or `union`".to_owned()));
            }
            for path in spec.union.iter().chain(Some(&spec.path).filter(|p| !p.is_empty())) {
                let shape = self.shape(ty, path).ok_or_else(|| fault(format!("{name} has no {path}")))?;
                let again = match &shape {
                    Shape::Object(_) if spec.open => true,
                    Shape::List(inner) => self.full_name(inner).is_some_and(|n| sectioned.contains(n)),
                    _ => false,
                };
                if spec.open && !self.full_name(&shape).is_some_and(|n| sectioned.contains(n)) {
                    return Err(fault(format!("{path} cannot be opened: its type has no layout with sections")));
                }
                if !seen.insert(path.clone()) && !again {
                    return Err(fault(format!("{path} stands here twice")));
                }
                if spec.label.is_none() || !spec.union.is_empty() {
                    let key = path.rsplit('.').next().unwrap_or(path);
                    missing.extend(self.lacking(&format!("field.{key}")).filter(|_| !spec.open));
                }
            }
            let flags = match spec.show.as_deref() {
                None => u8::from(spec.open),
                Some("set") => 2 | u8::from(spec.open),
                Some(other) => return Err(fault(format!("`show` is `set` or left out, not {other}"))),
            };
            let default = match spec.default.as_deref() {
                None => "Default::None".to_owned(),
                Some(id) if id.starts_with("form.") => format!("Default::Message({})", self.bare(id, missing)),
                Some(text) => format!("Default::Words({text:?})"),
            };
            let hint = hint(spec).map_err(fault)?;
            let _ = writeln!(
                code,
                "        Entry {{ path: {:?}, label: {}, item: {}, default: {default}, hint: {hint}, flags: {flags} }},",
                spec.path,
                self.id(spec.label.as_deref(), missing),
                self.id(spec.item.as_deref(), missing),
            );
        }
        code.push_str("    ]");
        Ok(code)
    }

    /// The shape at a dotted path in any version.
    fn shape(&self, ty: TypeId, path: &str) -> Option<Shape> {
        let segments: Vec<Segment> = path.split('.').map(|key| Segment::Field(key.to_owned())).collect();
        Version::ALL.iter().rev().find_map(|version| self.catalog.shape_at(ty, &segments, *version))
    }

    fn full_name(&self, shape: &Shape) -> Option<&str> {
        match shape {
            Shape::Object(ty) => Some(&self.catalog.ty(*ty).full_name),
            _ => None,
        }
    }

    fn lacking(&self, id: &str) -> Option<String> {
        (!self.ids.iter().any(|known| known == id)).then(|| id.to_owned())
    }

    fn bare(&self, id: &str, missing: &mut BTreeSet<String>) -> String {
        missing.extend(self.lacking(id));
        format!("Id({})", self.ids.iter().position(|known| known == id).unwrap_or(0))
    }

    fn id(&self, id: Option<&str>, missing: &mut BTreeSet<String>) -> String {
        id.map_or("None".to_owned(), |id| format!("Some({})", self.bare(id, missing)))
    }
}

fn hint(spec: &Spec) -> Result<String, String> {
    if !spec.union.is_empty() {
        return Ok(format!("Hint::Union(&{:?})", spec.union));
    }
    if !spec.values.is_empty() {
        let mut values = Vec::new();
        for value in &spec.values {
            // `value@1.35`: offered from that version on.
            let (value, since) = value.split_once('@').unwrap_or((value, "1.33"));
            values.push((
                value,
                Version::parse(since).ok_or_else(|| format!("{since} is no supported version"))?.minor(),
            ));
        }
        return Ok(format!("Hint::Values(&{values:?})"));
    }
    if spec.min.is_some() || spec.max.is_some() {
        let (min, max) = (spec.min.unwrap_or(i32::MIN), spec.max.unwrap_or(i32::MAX));
        return Ok(format!("Hint::Range({min}, {max})"));
    }
    Ok(match spec.editor.as_deref() {
        None => "Hint::None".to_owned(),
        Some("image") => "Hint::Image".to_owned(),
        Some("command") => "Hint::Command".to_owned(),
        Some("duration") => "Hint::Duration".to_owned(),
        Some("port") => "Hint::Port".to_owned(),
        Some("target-port") => "Hint::TargetPort".to_owned(),
        Some(other) => match other.strip_prefix("reference:") {
            Some(kind) => format!("Hint::Reference({kind:?})"),
            None => return Err(format!("no editor is called {other}")),
        },
    })
}
