use k8s_openapi::apimachinery::pkg::apis::meta::v1::ObjectMeta;

use super::*;
use crate::check::api::case::{said, value};
use crate::k8s::Version;

const LATEST: Version = Version::V1_37;

fn of(version: Version, pod: Option<&str>, volumes: &str) -> Vec<String> {
    let spec: PodSpec = value(&format!("{{containers: [], volumes: [{volumes}]}}"));
    let meta = ObjectMeta { name: pod.map(str::to_owned), ..ObjectMeta::default() };
    let opts = Options { version, pod: pod.map(|_| &meta) };
    said(version, |errs| {
        validate_volumes(&spec, &Path::new("v"), opts, errs);
    })
}

/// One volume named `a`, in a template; what is said of it without `v[0].`.
#[track_caller]
fn one(source: &str, expected: &[&str]) {
    let found = of(LATEST, None, &format!("{{name: a, {source}}}"));
    let found: Vec<_> = found.iter().map(|line| line.strip_prefix("v[0].").unwrap_or(line)).collect();
    assert_eq!(found, expected, "{source}");
}

const MODE: &str = "must be a number between 0 and 0777 (octal), both inclusive";

/// From upstream's `TestValidateVolumes` and the functions it goes through.
#[test]
fn volumes_of_files() {
    one("emptyDir: {}", &[]);
    one(
        "emptyDir: {sizeLimit: -1Gi}",
        &["emptyDir.sizeLimit: Forbidden: SizeLimit field must be a valid resource quantity"],
    );
    one("emptyDir: {mode: 1023}", &[]);
    one(
        "emptyDir: {mode: 1024}",
        &["emptyDir.mode: Invalid value: 1024: must be a number between 0 and 01777 (octal), both inclusive"],
    );
    one(
        "emptyDir: {mode: -1}",
        &["emptyDir.mode: Invalid value: -1: must be a number between 0 and 01777 (octal), both inclusive"],
    );
    one("hostPath: {path: /a, type: Socket}", &[]);
    one("hostPath: {path: '', type: X}", &["hostPath.path: Required value"]);
    one(
        "hostPath: {path: /a/../b, type: X}",
        &[
            "hostPath.path: Invalid value: \"/a/../b\": must not contain '..'",
            "hostPath.type: Unsupported value: \"X\": supported values: \"\", \"BlockDevice\", \"CharDevice\", \"Directory\", \"DirectoryOrCreate\", \"File\", \"FileOrCreate\", \"Socket\"",
        ],
    );
    one("nfs: {server: a, path: /b}", &[]);
    one(
        "nfs: {server: '', path: ''}",
        &[
            "nfs.server: Required value",
            "nfs.path: Required value",
            "nfs.path: Invalid value: \"\": must be an absolute path",
        ],
    );
    one("secret: {secretName: s, defaultMode: 511, items: [{key: k, path: a/b, mode: 0}]}", &[]);
    let (mode_512, mode_minus) = (
        format!("secret.defaultMode: Invalid value: 512: {MODE}"),
        format!("secret.items[0].mode: Invalid value: -1: {MODE}"),
    );
    one(
        "secret: {defaultMode: 512, defaultUser: -1, items: [{key: '', path: '', mode: -1}]}",
        &[
            "secret.secretName: Required value",
            &mode_512,
            "secret.defaultUser: Invalid value: -1: must be between 0 and 2147483647, inclusive",
            "secret.items[0].key: Required value",
            "secret.items[0].path: Required value",
            &mode_minus,
        ],
    );
    one(
        "configMap: {name: '', items: [{key: k, path: /a/..}, {key: k, path: ..a}, {key: k, path: ../a}, {key: k, path: ..}]}",
        &[
            "configMap.name: Required value",
            "configMap.items[0].path: Invalid value: \"/a/..\": must be a relative path",
            "configMap.items[0].path: Invalid value: \"/a/..\": must not contain '..'",
            "configMap.items[1].path: Invalid value: \"..a\": must not start with '..'",
            "configMap.items[2].path: Invalid value: \"../a\": must not contain '..'",
            "configMap.items[3].path: Invalid value: \"..\": must not contain '..'",
            "configMap.items[3].path: Invalid value: \"..\": must not start with '..'",
        ],
    );
    let mode = format!("downwardAPI.mode: Invalid value: 777: {MODE}");
    one(
        "downwardAPI: {items: [{path: '', mode: 777}, {path: a, fieldRef: {apiVersion: v1, fieldPath: metadata.name}, resourceFieldRef: {containerName: c, resource: limits.cpu}}]}",
        &[
            "downwardAPI.path: Required value",
            "downwardAPI: Required value: one of fieldRef and resourceFieldRef is required",
            &mode,
            "downwardAPI: Invalid value: \"resource\": fieldRef and resourceFieldRef can not be specified simultaneously",
        ],
    );
}

#[test]
fn volumes_of_disks_and_clusters() {
    one(
        "gcePersistentDisk: {pdName: '', partition: 256}",
        &[
            "persistentDisk.pdName: Required value",
            "persistentDisk.partition: Invalid value: 256: must be between 1 and 255, inclusive",
        ],
    );
    one(
        "awsElasticBlockStore: {volumeID: '', partition: -1}",
        &[
            "awsElasticBlockStore.volumeID: Required value",
            "awsElasticBlockStore.partition: Invalid value: -1: must be between 1 and 255, inclusive",
        ],
    );
    one("awsElasticBlockStore: {volumeID: a, partition: 0}", &[]);
    one(
        "iscsi: {targetPortal: '', iqn: '', lun: 256, chapAuthSession: true, initiatorName: x}",
        &[
            "iscsi.targetPortal: Required value",
            "iscsi.iqn: Required value",
            "iscsi.lun: Invalid value: 256: must be between 0 and 255, inclusive",
            "iscsi.secretRef: Required value",
            "iscsi.initiatorname: Invalid value: \"x\": must be valid format starting with iqn, eui, or naa",
        ],
    );
    one(
        "iscsi: {targetPortal: p, iqn: iqn.x, lun: 1, initiatorName: eui.1}",
        &[
            "iscsi.iqn: Invalid value: \"iqn.x\": must be valid format",
            "iscsi.initiatorname: Invalid value: \"eui.1\": must be valid format",
        ],
    );
    let portal = "p".repeat(63);
    let long =
        format!("iscsi: {{targetPortal: {portal}, iqn: 'iqn.2015-02.a:b', lun: 1, initiatorName: 'iqn.2015-02.a:b'}}");
    one(
        &long,
        &[
            "name: Invalid value: \"a\": Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.",
        ],
    );
    one(&long.replacen('p', "", 2), &[]);
    // What is said of the name does not ask whether iSCSI is the first source.
    one(
        &format!("emptyDir: {{}}, {long}"),
        &[
            "iscsi: Forbidden: may not specify more than 1 volume type",
            "name: Invalid value: \"a\": Total length of <volume name>:<iscsi.targetPortal> must be under 64 characters if iscsi.initiatorName is specified.",
        ],
    );
    one(
        "cinder: {volumeID: '', secretRef: {}}",
        &["cinder.volumeID: Required value", "cinder.secretRef.name: Required value"],
    );
    one("fc: {}", &["fc.targetWWNs: Required value: must specify either targetWWNs or wwids, but not both"]);
    one("fc: {wwids: [a]}", &[]);
    one(
        "fc: {targetWWNs: [a], wwids: [b]}",
        &[
            "fc.targetWWNs: Invalid value: [\"a\"]: targetWWNs and wwids can not be specified simultaneously",
            "fc.lun: Required value: lun is required if targetWWNs is specified",
        ],
    );
    one("fc: {targetWWNs: [a], lun: -1}", &["fc.lun: Invalid value: -1: must be between 0 and 255, inclusive"]);
    one("glusterfs: {}", &["glusterfs.endpoints: Required value", "glusterfs.path: Required value"]);
    one("rbd: {}", &["rbd.monitors: Required value", "rbd.image: Required value"]);
    one("cephfs: {}", &["cephfs.monitors: Required value"]);
    let pairs = "must be a host:port pair or multiple pairs separated by commas";
    one("quobyte: {}", &[&format!("quobyte.registry: Required value: {pairs}"), "quobyte.volume: Required value"]);
    let wrong = format!("quobyte.registry: Invalid value: \"a,b:1,c\": {pairs}");
    one("quobyte: {registry: 'a,b:1,c', volume: v}", &[&wrong, &wrong]);
    one(
        &format!("quobyte: {{registry: a, volume: v, tenant: {}}}", "t".repeat(65)),
        &["quobyte.tenant: Required value: must be a UUID and may not exceed a length of 64 characters"],
    );
}

#[test]
fn volumes_of_vendors_and_of_old() {
    one(
        "gitRepo: {directory: /..}",
        &[
            "gitRepo.repository: Required value",
            "gitRepo.directory: Invalid value: \"/..\": must be a relative path",
            "gitRepo.directory: Invalid value: \"/..\": must not contain '..'",
        ],
    );
    one("flocker: {}", &["flocker: Required value: one of datasetName and datasetUUID is required"]);
    one(
        "flocker: {datasetName: a/b, datasetUUID: c}",
        &[
            "flocker: Invalid value: \"resource\": datasetName and datasetUUID can not be specified simultaneously",
            "flocker.datasetName: Invalid value: \"a/b\": must not contain '/'",
        ],
    );
    let reserved = "kubernetes.io and k8s.io namespaces are reserved";
    one(
        "flexVolume: {driver: '', options: {example.com/k8s.io: a, xk8s.io: b, 'Kubernetes.io/x': c, a.k8s.io: d}}",
        &[
            "flexVolume.driver: Required value",
            &format!("flexVolume.options[Kubernetes.io/x]: Invalid value: \"Kubernetes.io/x\": {reserved}"),
            &format!("flexVolume.options[a.k8s.io]: Invalid value: \"a.k8s.io\": {reserved}"),
        ],
    );
    one("azureFile: {}", &["azureFile.secretName: Required value", "azureFile.shareName: Required value"]);
    one("azureDisk: {diskName: a, diskURI: 'https://b', kind: Shared, cachingMode: None}", &[]);
    one(
        "azureDisk: {cachingMode: X, kind: Z}",
        &[
            "azureDisk.diskName: Required value",
            "azureDisk.diskURI: Required value",
            "azureDisk.cachingMode: Unsupported value: \"X\": supported values: \"None\", \"ReadOnly\", \"ReadWrite\"",
            "azureDisk.kind: Unsupported value: \"Z\": supported values: \"Dedicated\", \"Managed\", \"Shared\"",
            "azureDisk.diskURI: Unsupported value: \"\": supported values: \"https://{account-name}.blob.core.windows.net/{container-name}/{disk-name}.vhd\"",
        ],
    );
    one(
        "azureDisk: {diskName: a, diskURI: 'https://b', kind: Managed}",
        &[
            "azureDisk.diskURI: Unsupported value: \"https://b\": supported values: \"/subscriptions/{sub-id}/resourcegroups/{group-name}/providers/microsoft.compute/disks/{disk-id}\"",
        ],
    );
    one("vsphereVolume: {}", &["vsphereVolume.volumePath: Required value"]);
    one("photonPersistentDisk: {}", &["photonPersistentDisk.pdID: Required value"]);
    one("portworxVolume: {}", &["portworxVolume.volumeID: Required value"]);
    one("persistentVolumeClaim: {}", &["persistentVolumeClaim.claimName: Required value"]);
    one(
        "scaleIO: {}",
        &["scaleIO.gateway: Required value", "scaleIO.system: Required value", "scaleIO.volumeName: Required value"],
    );
    one(
        "storageos: {volumeNamespace: a.b, secretRef: {}}",
        &[
            "storageos.volumeName: Required value",
            "storageos.volumeNamespace: Invalid value: \"a.b\": must not contain dots",
            "storageos.secretRef.name: Required value",
        ],
    );
    one("csi: {driver: Example.COM, nodePublishSecretRef: {}}", &["csi.nodePublishSecretRef.name: Required value"]);
    one("ephemeral: {}", &["ephemeral.volumeClaimTemplate: Required value"]);
    let long = "a".repeat(64);
    one(
        &format!("csi: {{driver: {long}, nodePublishSecretRef: {{name: ok}}}}"),
        &["csi.driver: Too long: may not be more than 63 bytes"],
    );
}

/// The names of three sources are not those of the fields.
#[test]
fn a_second_source_is_refused_under_upstreams_name() {
    for (source, name) in [
        ("hostPath", "hostPath"),
        ("gcePersistentDisk", "gcePersistentDisk"),
        ("cephfs", "cephFS"),
        ("downwardAPI", "downwarAPI"),
        ("projected", "projected"),
        ("ephemeral", "ephemeral"),
        ("image", "image"),
    ] {
        let said = format!("{name}: Forbidden: may not specify more than 1 volume type");
        one(&format!("emptyDir: {{}}, {source}: {{}}"), &[&said]);
    }
    assert_eq!(of(LATEST, None, "{name: a}"), ["v[0]: Required value: must specify a volume type"]);
}

#[test]
fn rules_that_changed() {
    let brief = |version, pod: Option<&str>, source: &str| {
        let found = of(version, pod, &format!("{{name: a, {source}}}"));
        found.iter().map(|line| line.split(": ").take(2).collect::<Vec<_>>().join(": ")).collect::<Vec<_>>()
    };
    let driver = "v[0].csi.driver: ";
    assert_eq!(
        brief(Version::V1_34, None, "csi: {}"),
        [format!("{driver}Required value"), format!("{driver}Invalid value")]
    );
    assert_eq!(brief(Version::V1_35, None, "csi: {}"), [format!("{driver}Required value")]);
    let reference = ["v[0].image.reference: Required value"];
    let image = "image: {pullPolicy: Always}";
    assert_eq!(brief(Version::V1_36, None, image), [""; 0]);
    assert_eq!(brief(Version::V1_36, Some("p"), image), reference);
    assert_eq!(brief(Version::V1_37, None, image), reference);
    assert_eq!(brief(LATEST, Some("p"), "image: {reference: r}"), ["v[0].image.pullPolicy: Required value"]);
    assert_eq!(
        of(LATEST, None, "{name: a, image: {reference: r, pullPolicy: X}}"),
        ["v[0].image.pullPolicy: Unsupported value: \"X\": supported values: \"Always\", \"IfNotPresent\", \"Never\""]
    );
}

#[test]
fn names() {
    assert_eq!(of(LATEST, None, "{name: '', emptyDir: {}}"), ["v[0].name: Required value"]);
    // A volume with a fault leaves its name free.
    assert_eq!(
        of(LATEST, None, "{name: a, hostPath: {path: ''}}, {name: a, emptyDir: {}}, {name: a, emptyDir: {}}"),
        ["v[0].hostPath.path: Required value", "v[2].name: Duplicate value: \"a\""]
    );
    assert_eq!(
        of(LATEST, None, "{name: a.b, emptyDir: {}}"),
        ["v[0].name: Invalid value: \"a.b\": must not contain dots"]
    );
    let claim = "volumeClaimTemplate: {spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1}}}}";
    let both = format!("{{name: a, persistentVolumeClaim: {{claimName: p-b}}}}, {{name: b, ephemeral: {{{claim}}}}}");
    assert_eq!(of(LATEST, None, &both), [""; 0]);
    assert_eq!(of(LATEST, Some("q"), &both), [""; 0]);
    assert_eq!(
        of(LATEST, Some("p"), &both),
        [
            "v[0].persistentVolumeClaim.claimName: Invalid value: \"p-b\": must not reference a PVC that gets created for an ephemeral volume"
        ]
    );
    let pod = "p".repeat(252);
    assert_eq!(
        of(LATEST, Some(&pod), &format!("{{name: b, ephemeral: {{{claim}}}}}")),
        [format!("v[0].name: Invalid value: \"b\": PVC name \"{pod}-b\": must be no more than 253 characters")]
    );
}

/// The server's path is not the place.
#[test]
fn misnamed_fields_point_to_their_place() {
    let spec: PodSpec = value(
        "{containers: [], volumes: [{name: a, gcePersistentDisk: {}}, {name: b, downwardAPI: {items: [{path: /x}]}}, \
         {name: c, csi: {driver: d, nodePublishSecretRef: {name: A}}}, \
         {name: d, iscsi: {targetPortal: p, iqn: 'iqn.2015-02.a:b', initiatorName: x}}]}",
    );
    let mut errs = ErrorList::new(LATEST);
    validate_volumes(&spec, &Path::new("v"), Options { version: LATEST, pod: None }, &mut errs);
    let places: Vec<_> = errs
        .into_errors()
        .iter()
        .map(|error| {
            let mut text = String::new();
            for step in error.steps() {
                match step {
                    crate::yaml::Step::Key(key) => text.push_str(&format!("/{key}")),
                    crate::yaml::Step::Index(index) => text.push_str(&format!("/{index}")),
                }
            }
            text
        })
        .collect();
    assert_eq!(
        places,
        [
            "/v/0/gcePersistentDisk/pdName",
            "/v/1/downwardAPI/items/0/path",
            "/v/1/downwardAPI/items/0",
            "/v/2/csi/nodePublishSecretRef/name",
            "/v/3/iscsi/initiatorName",
        ]
    );
}

/// Of the volumes' own rules and of the warnings: none leads to a text of which the same is said.
#[test]
fn fixes_help() {
    let pod = |spec: &str| {
        let container = "containers: [{name: c, image: i, terminationMessagePolicy: File, imagePullPolicy: Always}]";
        format!("apiVersion: v1\nkind: Pod\nmetadata: {{name: p}}\nspec: {{{container}, {spec}}}\n")
    };
    for (spec, fixes) in [
        ("volumes: [{name: A_b, emptyDir: {}}]", 1),
        ("volumes: [{name: a, emptyDir: {}}, {name: a, emptyDir: {}}]", 1),
        ("volumes: [{name: a, secret: {secretName: s, defaultMode: 644, items: [{key: k, path: /b, mode: 755}]}}]", 3),
        ("volumes: [{name: a, downwardAPI: {items: [{path: /b, fieldRef: {fieldPath: metadata.name}}]}}]", 1),
        ("volumes: [{name: a, nfs: {server: s, path: b}}]", 1),
        ("volumes: [{name: a, csi: {driver: d, nodePublishSecretRef: {name: A_B}}}]", 1),
        (
            "serviceAccountName: s, volumes: [{name: a, projected: {sources: [{serviceAccountToken: {path: /t, expirationSeconds: 1}}]}}]",
            2,
        ),
        (
            "volumes: [{name: a, projected: {sources: [{clusterTrustBundle: {name: b, path: c, labelSelector: {}}}]}}]",
            1,
        ),
        ("volumes: [{name: a, flexVolume: {driver: d, options: {k8s.io/a: b}}}]", 1),
        ("volumes: [{name: a, projected: {sources: [{}]}}], imagePullSecrets: [{name: s}, {name: s}]", 2),
        ("nodeSelector: {beta.kubernetes.io/os: linux}, hostAliases: [{ip: 'FD00::1', hostnames: [h]}]", 2),
    ] {
        crate::check::api::case::assert_fixes_help(&pod(spec), fixes);
    }
    // A mount without a volume: it is given one, or that which is there is meant. One with a fault is not made twice.
    for (mount, volumes, fixes) in [
        ("{name: data, mountPath: /d}", "", 1),
        ("{name: data, mountPath: /d}", ", volumes: [{name: cache, emptyDir: {}}]", 1),
        ("{name: dta, mountPath: /d}", ", volumes: [{name: data, emptyDir: {}}]", 2),
        ("{name: My_Data, mountPath: /d}", "", 0),
        (
            "{name: data, mountPath: /d}",
            ", volumes: [{name: data, nfs: {server: s, path: /b, readOnly: false}, emptyDir: {}}]",
            0,
        ),
    ] {
        let mounts = format!(
            "initContainers: [{{name: d, image: i, terminationMessagePolicy: File, volumeMounts: [{mount}]}}]{volumes}"
        );
        crate::check::api::case::assert_fixes_help(&pod(&mounts), fixes);
    }
    let claim = "accessModes: [ReadWriteOnce], resources: {requests: {storage: 1}}";
    let claims = "volumes: [{name: a, ephemeral: {volumeClaimTemplate: {metadata: {name: x}, spec: {CLAIM}}}}]";
    crate::check::api::case::assert_fixes_help(&pod(&claims.replace("CLAIM", claim)), 1);
}
