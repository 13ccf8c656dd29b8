use crate::k8s::{Gvk, Versions};

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
#[derive(Debug)]
pub struct Field {
    /// Its key.
    pub name: String,
    /// What it holds.
    pub shape: Shape,
    /// The versions that have it.
    pub versions: Versions,
    /// The versions that require it (the schema's `required`).
    pub required: Versions,
    /// The schema's default, as JSON text.
    pub default: Option<serde_json::Value>,
    /// The values it may have, when the schema lists them.
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

impl Catalog {
    /// Reads the catalog's file.
    pub fn decode(bytes: &[u8]) -> Result<Catalog, CatalogError> {
        let _ = bytes;
        unimplemented!("schema")
    }

    /// The catalog of this build, for native tools and tests (the page fetches the file).
    #[cfg(not(target_arch = "wasm32"))]
    pub fn builtin() -> &'static Catalog {
        unimplemented!("schema")
    }

    /// Every kind, sorted by group, version and kind.
    pub fn kinds(&self) -> &[KindInfo] {
        &self.kinds
    }

    /// The kind of that `apiVersion` and `kind`, whatever version has it.
    pub fn kind(&self, api_version: &str, kind: &str) -> Option<&KindInfo> {
        let _ = (api_version, kind);
        unimplemented!("schema")
    }

    /// The type of that id.
    pub fn ty(&self, id: TypeId) -> &Type {
        &self.types[id.0 as usize]
    }

    /// The field of that name, whatever version has it.
    pub fn field(&self, ty: TypeId, name: &str) -> Option<&Field> {
        let fields = &self.ty(ty).fields;
        fields.binary_search_by(|f| f.name.as_str().cmp(name)).ok().map(|i| &fields[i])
    }
}
