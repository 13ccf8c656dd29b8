//! A volume: a name and one of all sources.

use serde_json::{Map, Value};

/// Every source, the usual ones first.
pub const SOURCES: [&str; 30] = [
    "emptyDir",
    "configMap",
    "secret",
    "persistentVolumeClaim",
    "projected",
    "hostPath",
    "downwardAPI",
    "ephemeral",
    "image",
    "csi",
    "nfs",
    "awsElasticBlockStore",
    "azureDisk",
    "azureFile",
    "cephfs",
    "cinder",
    "fc",
    "flexVolume",
    "flocker",
    "gcePersistentDisk",
    "gitRepo",
    "glusterfs",
    "iscsi",
    "photonPersistentDisk",
    "portworxVolume",
    "quobyte",
    "rbd",
    "scaleIO",
    "storageos",
    "vsphereVolume",
];

/// The sources that are offered first; the rest belong to single storage vendors or are deprecated.
pub const USUAL: usize = 11;

/// A volume in parts.
#[derive(Clone, Debug, PartialEq)]
pub struct Volume {
    /// Its name.
    pub name: String,
    /// The key of its source; none for a volume that has none, which is an empty directory.
    pub source: Option<String>,
    /// What the source says.
    pub settings: Value,
}

/// A volume in parts; `None` when it has several sources or something unknown.
pub fn read(value: &Value) -> Option<Volume> {
    let map = value.as_object()?;
    let name = map.get("name").map_or(Some(""), Value::as_str)?.to_owned();
    let mut others = map.iter().filter(|(key, _)| *key != "name");
    let source = others.next();
    if others.next().is_some() || source.is_some_and(|(key, _)| !SOURCES.contains(&key.as_str())) {
        return None;
    }
    let (source, settings) = source.map_or((None, Value::Null), |(key, value)| (Some(key.clone()), value.clone()));
    Some(Volume { name, source, settings })
}

/// The value of the parts.
pub fn write(volume: &Volume) -> Value {
    let mut map = Map::new();
    map.insert("name".to_owned(), volume.name.as_str().into());
    if let Some(source) = &volume.source {
        map.insert(source.clone(), volume.settings.clone());
    }
    Value::Object(map)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn has_one_source() {
        assert!(read(&json!({"name": "a", "emptyDir": {}, "nfs": {}})).is_none());
        assert!(read(&json!({"name": "a", "emptydir": {}})).is_none());
        assert_eq!(read(&json!({"name": "a"})).and_then(|v| v.source), None);
    }

    /// The sources here are those of the schema.
    #[test]
    fn has_all_sources() {
        let catalog = crate::schema::Catalog::builtin();
        let volume = catalog.type_named("io.k8s.api.core.v1.Volume").map(|ty| catalog.ty(ty));
        let mut fields: Vec<&str> = volume.iter().flat_map(|ty| &ty.fields).map(|f| f.name.as_str()).collect();
        fields.retain(|name| *name != "name");
        let mut sources = SOURCES;
        sources.sort_unstable();
        assert_eq!(fields, sources);
    }
}
