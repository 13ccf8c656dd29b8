use super::decode;
use crate::k8s::{Gvk, Segment, Version, Versions};

/// Names a type of the catalog.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub u16);

/// The kinds, types and fields of all supported versions.
#[derive(Debug)]
pub struct Catalog {
    kinds: Vec<KindInfo>,
    types: Vec<Type>,
}

/// A kind that a manifest can be of.
#[derive(Debug)]
pub struct KindInfo {
    /// Group, version and kind.
    pub gvk: Gvk,
    /// The type of its object.
    pub ty: TypeId,
    /// `deployments`: the last part of its address.
    pub plural: String,
    /// Whether it lives in a namespace.
    pub namespaced: bool,
    /// The Kubernetes versions that know it.
    pub versions: Versions,
    /// Those of them that serve it without being asked to (`--runtime-config`).
    pub served: Versions,
}

/// A type with named fields.
#[derive(Debug)]
pub struct Type {
    /// The last part of its OpenAPI name: `PodSpec`.
    pub name: String,
    /// The full OpenAPI name: `io.k8s.api.core.v1.PodSpec`; key of its documentation.
    pub full_name: String,
    /// Its fields, sorted by name.
    pub fields: Vec<Field>,
}

/// One field of a type.
#[derive(Debug, PartialEq)]
pub struct Field {
    /// Its key.
    pub name: String,
    /// What it holds.
    pub shape: Shape,
    /// The versions that have it.
    pub versions: Versions,
    /// The versions that require it (the schema's `required`).
    pub required: Versions,
    /// The schema's default. Go's zero value is left out where it is no default: for objects and for
    /// fields that must be there.
    pub default: Option<serde_json::Value>,
    /// The values it may have, when the schema lists them; of a list or a map: its items or values.
    pub enumeration: Vec<EnumValue>,
    /// How a list of it is merged.
    pub list_type: ListType,
    /// The keys by which items of a `map` list are told apart.
    pub list_keys: Vec<String>,
    /// `x-kubernetes-patch-merge-key`.
    pub merge_key: Option<String>,
}

/// A value of an enum.
#[derive(Clone, Debug, PartialEq)]
pub struct EnumValue {
    /// The value.
    pub value: String,
    /// The versions that take it.
    pub versions: Versions,
}

/// `x-kubernetes-list-type`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ListType {
    /// Replaced as a whole (or not said).
    #[default]
    Atomic,
    /// A set of scalars.
    Set,
    /// Items told apart by their keys.
    Map,
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Text.
    String,
    /// A whole number of 32 bits.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// A whole number or text (`IntOrString`).
    IntOrString,
    /// A quantity (`128Mi`): text or number.
    Quantity,
    /// RFC 3339 time (`Time`).
    Time,
    /// RFC 3339 time with microseconds (`MicroTime`).
    MicroTime,
    /// Base64 text (`[]byte`).
    Bytes,
    /// A named type.
    Object(TypeId),
    /// A list of that.
    List(Box<Shape>),
    /// A map from text to that.
    Map(Box<Shape>),
    /// Anything at all (`RawExtension`, `JSON`, `FieldsV1`).
    Any,
}

/// Why a catalog's bytes cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogError {
    /// They are of another format version or damaged, at that byte. Reload the page.
    Damaged(usize),
}

/// What stands at a place of an object.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place<'a> {
    /// What it holds.
    pub shape: &'a Shape,
    /// The field it is, or whose item or value it is.
    pub field: &'a Field,
    /// The type that has this field.
    pub owner: TypeId,
}

static NO_TYPE: Type = Type { name: String::new(), full_name: String::new(), fields: Vec::new() };

impl Catalog {
    /// Reads the catalog's file.
    pub fn decode(bytes: &[u8]) -> Result<Catalog, CatalogError> {
        let (kinds, types) = decode::file(bytes)?;
        Ok(Catalog { kinds, types })
    }

    /// The catalog of this build, for native tools and tests (the page fetches the file).
    #[cfg(not(target_arch = "wasm32"))]
    pub fn builtin() -> &'static Catalog {
        static BUILTIN: std::sync::OnceLock<Catalog> = std::sync::OnceLock::new();
        BUILTIN.get_or_init(|| {
            Catalog::decode(include_bytes!("../../static/catalog.bin"))
                .expect("static/catalog.bin is compiled in and a test reads it")
        })
    }

    /// Every kind, sorted by group, version and kind.
    pub fn kinds(&self) -> &[KindInfo] {
        &self.kinds
    }

    /// The kind of that `apiVersion` and `kind`, whatever version has it.
    pub fn kind(&self, api_version: &str, kind: &str) -> Option<&KindInfo> {
        let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
        let wanted = (group, version, kind);
        let found = self.kinds.binary_search_by(|info| {
            let gvk = &info.gvk;
            (gvk.group.as_str(), gvk.version.as_str(), gvk.kind.as_str()).cmp(&wanted)
        });
        found.ok().map(|at| &self.kinds[at])
    }

    /// The kinds of that name in any group and version; for "did you mean `apps/v1`".
    pub fn kinds_named(&self, kind: &str) -> Vec<&KindInfo> {
        self.kinds.iter().filter(|info| info.gvk.kind == kind).collect()
    }

    /// The type of that id; one without fields when it is of another catalog.
    pub fn ty(&self, id: TypeId) -> &Type {
        self.types.get(usize::from(id.0)).unwrap_or(&NO_TYPE)
    }

    /// Every type with its id, sorted by full name.
    pub fn types(&self) -> impl Iterator<Item = (TypeId, &Type)> {
        (0..).map(TypeId).zip(&self.types)
    }

    /// The type of that full OpenAPI name.
    pub fn type_named(&self, full_name: &str) -> Option<TypeId> {
        let at = self.types.binary_search_by(|ty| ty.full_name.as_str().cmp(full_name)).ok()?;
        u16::try_from(at).ok().map(TypeId)
    }

    /// The field of that name, whatever version has it.
    pub fn field(&self, ty: TypeId, name: &str) -> Option<&Field> {
        let fields = &self.ty(ty).fields;
        fields.binary_search_by(|f| f.name.as_str().cmp(name)).ok().map(|i| &fields[i])
    }

    /// The fields that `version` requires in an object of that type.
    pub fn required_fields(&self, ty: TypeId, version: Version) -> impl Iterator<Item = &Field> {
        self.ty(ty).fields.iter().filter(move |field| field.required.has(version))
    }

    /// What stands at `path` in an object of that type, as `version` has it. `None` for the object
    /// itself, for what `version` does not know, and below what holds anything at all.
    pub fn walk(&self, ty: TypeId, path: &[Segment], version: Version) -> Option<Place<'_>> {
        let mut place: Option<Place<'_>> = None;
        for segment in path {
            let owner = match place.map(|p| p.shape) {
                None => ty,
                Some(Shape::Object(id)) => *id,
                Some(Shape::List(inner)) if matches!(segment, Segment::Index(_)) => {
                    place = place.map(|p| Place { shape: inner, ..p });
                    continue;
                }
                // A key that looks like a number is read as an index from Kubernetes' notation.
                Some(Shape::Map(inner)) => {
                    place = place.map(|p| Place { shape: inner, ..p });
                    continue;
                }
                Some(_) => return None,
            };
            let (Segment::Field(name) | Segment::Key(name)) = segment else { return None };
            let field = self.field(owner, name).filter(|f| f.versions.has(version))?;
            place = Some(Place { shape: &field.shape, field, owner });
        }
        place
    }

    /// The shape at `path` in an object of that type; the object's own for the empty path.
    pub fn shape_at(&self, ty: TypeId, path: &[Segment], version: Version) -> Option<Shape> {
        match path {
            [] => Some(Shape::Object(ty)),
            _ => self.walk(ty, path, version).map(|place| place.shape.clone()),
        }
    }
}

impl Field {
    /// The values that `version` lists; none when it lists none and takes any text.
    pub fn values(&self, version: Version) -> impl Iterator<Item = &str> {
        self.enumeration.iter().filter(move |v| v.versions.has(version)).map(|v| v.value.as_str())
    }
}

impl KindInfo {
    /// Whether a server of that version knows it but serves it only when asked to.
    pub fn off_by_default(&self, version: Version) -> bool {
        self.versions.has(version) && !self.served.has(version)
    }
}
