//! Strict decoding, as the API server does it with `fieldValidation=Strict`: unknown fields and values
//! of the wrong type. All faults, where Go's decoder stops at the first wrong type.
//!
//! Source: `sigs.k8s.io/json` (strict, case-sensitive), and the `UnmarshalJSON` of `resource.Quantity`,
//! `intstr.IntOrString`, `metav1.Time` and `metav1.MicroTime`.

use super::content;
use super::finding::{Finding, Fix, Reason, Severity, Source};
use super::link;
use super::nearest::nearest;
use super::object;
use crate::i18n::{Id, Message, id};
use crate::k8s::{FieldPath, Segment, Version};
use crate::schema::{Catalog, Shape, TypeId};
use crate::text::{Change, Span};
use crate::yaml::{Document, Entry, Kind, Node, Path, Scalar, Step, Style, edit};

/// Decodes the node as `shape`, and says what the server would refuse.
#[allow(clippy::too_many_arguments)]
pub fn decode(
    catalog: &Catalog,
    version: Version,
    document: &Document,
    shape: &Shape,
    node: Node<'_>,
    field: FieldPath,
    path: Path,
    schema_rules: bool,
    out: &mut Vec<Finding>,
) {
    Decoder { catalog, version, document, field, path, out, in_status: false, schema_rules }.shape(shape, node, None);
}

pub(super) struct Decoder<'a, 'o> {
    pub(super) catalog: &'a Catalog,
    pub(super) version: Version,
    pub(super) document: &'a Document,
    pub(super) field: FieldPath,
    pub(super) path: Path,
    pub(super) out: &'o mut Vec<Finding>,
    /// Below the object's `status`, which the server drops before it looks at what is in it.
    pub(super) in_status: bool,
    /// Whether what the schema requires and allows is looked at: not where the server's own rules are known.
    pub(super) schema_rules: bool,
}

impl<'a> Decoder<'a, '_> {
    fn shape(&mut self, shape: &Shape, node: Node<'a>, parent: Option<TypeId>) {
        // Go leaves a null where it is: the field keeps its zero value.
        if node.is_null() {
            return;
        }
        match shape {
            Shape::Object(ty) => match node.kind() {
                Kind::Map => self.object(*ty, node, parent),
                _ => self.wrong(node, id::CHECK_TYPE_OBJECT, Vec::new()),
            },
            Shape::List(item) => match node.kind() {
                Kind::Seq => {
                    for (i, child) in node.items().enumerate() {
                        self.down(Segment::Index(i), Step::Index(i), |d| d.shape(item, child, parent));
                    }
                }
                _ => {
                    let fixes = self.as_list(item, node);
                    self.wrong(node, id::CHECK_TYPE_LIST, fixes);
                }
            },
            Shape::Map(value) => match node.kind() {
                Kind::Map => {
                    for entry in node.entries() {
                        self.down(Segment::Key(entry.key.to_owned()), Step::from(entry.key), |d| {
                            d.shape(value, entry.value, parent)
                        });
                    }
                }
                _ => self.wrong(node, id::CHECK_TYPE_MAP, Vec::new()),
            },
            Shape::Any => {}
            _ => self.scalar(shape, node),
        }
    }

    fn down(&mut self, segment: Segment, step: Step, inside: impl FnOnce(&mut Self)) {
        self.field.0.push(segment);
        self.path.push(step);
        inside(self);
        self.path.pop();
        self.field.0.pop();
    }

    fn object(&mut self, ty: TypeId, node: Node<'a>, parent: Option<TypeId>) {
        // The fields that are not there: what an unknown one may be meant to be. Found when first asked for.
        let mut absent = None;
        for entry in node.entries() {
            let known = self.catalog.field(ty, entry.key).filter(|f| f.versions.has(self.version));
            match known {
                Some(field) => {
                    let status = self.path.is_empty() && entry.key == "status";
                    let before = self.in_status;
                    self.in_status |= status;
                    self.down(Segment::Field(entry.key.to_owned()), Step::from(entry.key), |d| {
                        d.shape(&field.shape, entry.value, Some(ty));
                        if d.schema_rules {
                            object::value(d, field, entry);
                        }
                    });
                    self.in_status = before;
                }
                None => self.unknown(ty, entry, node, parent, &mut absent),
            }
        }
        if self.schema_rules {
            object::required(self, ty, node);
        }
    }

    fn scalar(&mut self, shape: &Shape, node: Node<'a>) {
        let Some(scalar) = node.scalar() else {
            let expected = match shape {
                Shape::Boolean => id::CHECK_TYPE_BOOLEAN,
                Shape::Int32 | Shape::Int64 | Shape::Number => id::CHECK_TYPE_NUMBER,
                Shape::Quantity => id::CHECK_TYPE_QUANTITY,
                Shape::IntOrString => id::CHECK_TYPE_INT_OR_STRING,
                _ => id::CHECK_TYPE_TEXT,
            };
            return self.wrong(node, expected, Vec::new());
        };
        let own = node.is_own();
        match (shape, scalar) {
            (Shape::String, Scalar::Str(_)) => {}
            (Shape::String, _) => {
                let fixes = if own { self.quoted(node) } else { Vec::new() };
                self.wrong(node, id::CHECK_TYPE_TEXT, fixes);
            }
            (Shape::Boolean, Scalar::Bool(_)) => {}
            (Shape::Boolean, Scalar::Str(text)) => {
                let fixes = match text.to_ascii_lowercase().as_str() {
                    "true" | "yes" | "on" => self.written(node, "true"),
                    "false" | "no" | "off" => self.written(node, "false"),
                    _ => Vec::new(),
                };
                self.wrong(node, id::CHECK_TYPE_BOOLEAN, fixes);
            }
            (Shape::Boolean, _) => self.wrong(node, id::CHECK_TYPE_BOOLEAN, Vec::new()),
            (Shape::Int32, Scalar::Int(n)) if i32::try_from(n).is_ok() => {}
            (Shape::Int64, Scalar::Int(_)) => {}
            (Shape::Int32, Scalar::Int(_) | Scalar::UInt(_)) | (Shape::Int64, Scalar::UInt(_)) => {
                let expected = if *shape == Shape::Int32 { id::CHECK_TYPE_INT32 } else { id::CHECK_TYPE_INT64 };
                self.wrong(node, expected, Vec::new());
            }
            (Shape::Int32 | Shape::Int64, other) => {
                let fixes = self.as_integer(node, other);
                self.wrong(node, id::CHECK_TYPE_INTEGER, fixes);
            }
            (Shape::Number, Scalar::Int(_) | Scalar::UInt(_) | Scalar::Float(_)) => {}
            (Shape::Number, other) => {
                let fixes = self.as_integer(node, other);
                self.wrong(node, id::CHECK_TYPE_NUMBER, fixes);
            }
            (Shape::IntOrString, Scalar::Str(_)) => {}
            (Shape::IntOrString, Scalar::Int(n)) if i32::try_from(n).is_ok() => {}
            (Shape::IntOrString, _) => {
                let fixes = if own { self.quoted(node) } else { Vec::new() };
                self.wrong(node, id::CHECK_TYPE_INT_OR_STRING, fixes);
            }
            (Shape::Quantity, Scalar::Int(_) | Scalar::UInt(_) | Scalar::Float(_)) => {}
            (Shape::Quantity, Scalar::Str(text)) if content::is_quantity(text) => {}
            (Shape::Quantity, Scalar::Str(text)) => {
                let fixes = match quantity_meant(text) {
                    Some(meant) => self.written(node, &meant),
                    None => Vec::new(),
                };
                let message = Message::new(id::CHECK_DECODE_QUANTITY).with("value", clip(text));
                let server =
                    "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
                self.say(node.span(), Reason::WrongType, message, Some(server.to_owned()), fixes);
            }
            (Shape::Quantity, _) => self.wrong(node, id::CHECK_TYPE_QUANTITY, Vec::new()),
            (Shape::Time | Shape::MicroTime, Scalar::Str(text)) if content::is_time(text) => {}
            (Shape::Time | Shape::MicroTime, _) => self.wrong(node, id::CHECK_TYPE_TIME, Vec::new()),
            (Shape::Bytes, Scalar::Str(text)) if content::is_base64(text) => {}
            (Shape::Bytes, Scalar::Str(text)) => {
                let message = Message::new(id::CHECK_DECODE_BASE64).with("key", self.last_key());
                let at = text.bytes().position(|b| !(b.is_ascii_alphanumeric() || b"+/=\r\n".contains(&b)));
                let server = format!("illegal base64 data at input byte {}", at.unwrap_or(text.len()));
                self.say(node.span(), Reason::WrongType, message, Some(server), Vec::new());
            }
            (Shape::Bytes, _) => {
                let fixes = if own { self.quoted(node) } else { Vec::new() };
                self.wrong(node, id::CHECK_TYPE_TEXT, fixes);
            }
            (Shape::Object(_) | Shape::List(_) | Shape::Map(_) | Shape::Any, _) => {}
        }
    }

    /// A field that the type does not have: misspelt, of another version, or in the wrong place.
    fn unknown(
        &mut self,
        ty: TypeId,
        entry: Entry<'a>,
        node: Node<'a>,
        parent: Option<TypeId>,
        absent: &mut Option<Vec<&'a str>>,
    ) {
        let here = self.catalog.ty(ty);
        let absent = absent.get_or_insert_with(|| {
            let fields = here.fields.iter().filter(|f| f.versions.has(self.version));
            fields.map(|f| f.name.as_str()).filter(|name| node.get(name).is_none()).collect()
        });
        let key = entry.key;
        let field = self.field.child(key);
        let mut path = self.path.clone();
        path.push(Step::from(key));
        let mut fixes = Vec::new();
        let message = if let Some(known) = self.catalog.field(ty, key) {
            match known.versions.first().filter(|&first| first > self.version) {
                Some(first) => Message::new(id::CHECK_DECODE_UNKNOWN_SINCE).with("since", first.to_string()),
                None => Message::new(id::CHECK_DECODE_UNKNOWN_UNTIL)
                    .with("until", known.versions.last().unwrap_or_default().to_string()),
            }
            .with("version", self.version.to_string())
        } else if let Some(meant) = nearest(key, absent.iter().copied()) {
            if !entry.merged && node.is_own() {
                let span = entry.key_span;
                fixes.push(Fix {
                    title: Message::new(id::CHECK_FIX_RENAME).with("name", meant),
                    changes: vec![Change::new(span.start as usize, span.end as usize, meant)],
                });
            }
            Message::new(id::CHECK_DECODE_UNKNOWN_NEAREST).with("meant", meant)
        } else if let Some(place) = self.place_of(ty, key, parent) {
            Message::new(id::CHECK_DECODE_UNKNOWN_PLACE).with("place", place)
        } else {
            Message::new(id::CHECK_DECODE_UNKNOWN)
        }
        .with("key", clip(key))
        .with("type", here.name.as_str());
        // An edit reads the document again: a text of nothing but unknown fields must not cost its square.
        if self.out.len() < super::most_mended(self.document)
            && let Ok(change) = edit::delete(self.document, &path)
        {
            fixes
                .push(Fix { title: Message::new(id::CHECK_FIX_REMOVE).with("name", clip(key)), changes: vec![change] });
        }
        let server = Some(format!("unknown field \"{field}\""));
        self.out.push(Finding {
            span: entry.key_span,
            field,
            path,
            source: Source::Decode,
            severity: Severity::Error,
            reason: Reason::UnknownField,
            message,
            server,
            link: link::of_type(self.version, here),
            fixes,
        });
    }

    /// Where a field of that name belongs, when it is one level above or in an object one level below.
    fn place_of(&self, ty: TypeId, key: &str, parent: Option<TypeId>) -> Option<String> {
        let has = |ty: TypeId| self.catalog.field(ty, key).is_some_and(|f| f.versions.has(self.version));
        if parent.is_some_and(has) {
            let above = self.path.iter().rev().skip(1).find_map(|step| match step {
                Step::Key(key) => Some(key.clone()),
                Step::Index(_) => None,
            });
            return Some(above.unwrap_or_else(|| key.to_owned()));
        }
        let below =
            self.catalog.ty(ty).fields.iter().filter(|f| f.versions.has(self.version)).find(|f| match &f.shape {
                Shape::Object(inner) => has(*inner),
                _ => false,
            });
        below.map(|f| f.name.clone())
    }

    fn wrong(&mut self, node: Node<'a>, expected: Id, fixes: Vec<Fix>) {
        let actual = match (node.kind(), node.scalar()) {
            (Kind::Map, _) => id::CHECK_ACTUAL_MAP,
            (Kind::Seq, _) => id::CHECK_ACTUAL_LIST,
            (_, Some(Scalar::Bool(_))) => id::CHECK_ACTUAL_BOOLEAN,
            (_, Some(Scalar::Int(_) | Scalar::UInt(_) | Scalar::Float(_))) => id::CHECK_ACTUAL_NUMBER,
            _ => id::CHECK_ACTUAL_TEXT,
        };
        let message = Message::new(id::CHECK_DECODE_WRONG_TYPE)
            .with("key", self.last_key())
            .with("expected", expected)
            .with("actual", actual);
        let text = &self.document.text()[node.span().range()];
        let first = text.find(['\n', '\r']).unwrap_or(text.len());
        let span = Span::new(node.span().start as usize, node.span().start as usize + first);
        self.say(span, Reason::WrongType, message, None, fixes);
    }

    pub(super) fn say(
        &mut self,
        span: Span,
        reason: Reason,
        message: Message,
        server: Option<String>,
        fixes: Vec<Fix>,
    ) {
        self.out.push(Finding {
            span,
            field: self.field.clone(),
            path: self.path.clone(),
            source: Source::Decode,
            severity: Severity::Error,
            reason,
            message,
            server,
            link: Some(link::VALIDATION.to_owned()),
            fixes,
        });
    }

    fn last_key(&self) -> String {
        let steps = self.path.iter().rev();
        let key = steps.filter_map(|step| if let Step::Key(key) = step { Some(key.as_str()) } else { None }).next();
        clip(key.unwrap_or_default())
    }

    /// The text as it is written, as a quoted string: what was meant by `version: 1.10` in a label.
    fn quoted(&self, node: Node<'a>) -> Vec<Fix> {
        let text = &self.document.text()[node.span().range()];
        if node.style() != Style::Plain || text.contains(['"', '\\', '\n', '\r']) {
            return Vec::new();
        }
        self.written(node, &format!("\"{text}\""))
    }

    fn written(&self, node: Node<'a>, text: &str) -> Vec<Fix> {
        if !node.is_own() {
            return Vec::new();
        }
        let span = node.span();
        vec![Fix {
            title: Message::new(id::CHECK_FIX_WRITE_AS).with("text", text),
            changes: vec![Change::new(span.start as usize, span.end as usize, text)],
        }]
    }

    fn as_integer(&self, node: Node<'a>, scalar: Scalar<'a>) -> Vec<Fix> {
        match scalar {
            Scalar::Str(text) => match text.trim().parse::<i64>() {
                Ok(number) => self.written(node, &number.to_string()),
                Err(_) => Vec::new(),
            },
            _ => Vec::new(),
        }
    }

    /// `command: sh` → `command: [sh]`.
    fn as_list(&self, item: &Shape, node: Node<'a>) -> Vec<Fix> {
        let text = &self.document.text()[node.span().range()];
        let single =
            *item == Shape::String && node.as_str().is_some() && !text.contains(['\n', '\r', ',', '[', ']', '{', '}']);
        if single && matches!(node.style(), Style::Plain | Style::SingleQuoted | Style::DoubleQuoted) {
            return self.written(node, &format!("[{text}]"));
        }
        Vec::new()
    }
}

/// What a refused quantity plainly means: `128MB` is `128M`, `1gi` is `1Gi`.
fn quantity_meant(text: &str) -> Option<String> {
    let text = text.trim();
    let split = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '+' | '-')))?;
    let (number, unit) = text.split_at(split);
    let unit = unit.trim().to_ascii_lowercase();
    let unit = unit.strip_suffix('b').unwrap_or(&unit);
    let meant = match unit {
        "ki" => "Ki",
        "mi" => "Mi",
        "gi" => "Gi",
        "ti" => "Ti",
        "k" => "k",
        "g" => "G",
        "t" => "T",
        // A lone `m` is milli, `mb` is mega.
        "m" if text.trim_end().ends_with(['b', 'B']) => "M",
        _ => return None,
    };
    let meant = format!("{number}{meant}");
    (!number.is_empty() && content::is_quantity(&meant)).then_some(meant)
}

/// A value short enough for a sentence.
pub(super) fn clip(text: &str) -> String {
    const MOST: usize = 60;
    match text.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}
