//! Cases from upstream's `validation_test.go`: what containers and pods ask for, and may take.

use super::*;

#[test]
fn resources_of_containers() {
    let with = |limits: Value, requests: Value| json!({"resources": {"limits": limits, "requests": requests}});
    let none = json!({});
    one(with(json!({"cpu": "1", "memory": "1Gi", "a.b/c": "1"}), json!({"cpu": "500m", "a.b/c": "1"})), &[]);
    for (limits, requests, expected) in [
        (
            json!({"foo": "1"}),
            none.clone(),
            &[
                "resources.limits[foo]: Invalid value: \"foo\": must be a standard resource for containers",
                "resources.limits[foo]: Invalid value: \"foo\": must be a standard resource type or fully qualified",
            ][..],
        ),
        (
            json!({"pods": "1"}),
            none.clone(),
            &["resources.limits[pods]: Invalid value: \"pods\": must be a standard resource for"],
        ),
        (
            json!({"requests.a.b/c": "1"}),
            none.clone(),
            &["resources.limits[requests.a.b/c]: Invalid value: \"requests.a.b/c\": doesn't follow extended"],
        ),
        (
            json!({"cpu": "-1"}),
            none.clone(),
            &["resources.limits[cpu]: Invalid value: \"-1\": must be greater than or equal to 0"],
        ),
        (
            json!({"a.b/c": "1500m"}),
            none.clone(),
            &["resources.limits[a.b/c]: Invalid value: \"1500m\": must be an integer"],
        ),
        (
            json!({"cpu": "1"}),
            json!({"cpu": "2"}),
            &["resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1"],
        ),
        (
            json!({"a.b/c": "2"}),
            json!({"a.b/c": "1", "d.e/f": "1"}),
            &[
                "resources.requests: Invalid value: \"1\": must be equal to a.b/c limit of 2",
                "resources.limits: Required value: Limit must be set for non overcommitable resources",
            ],
        ),
        (
            json!({"hugepages-2Mi": "3Mi"}),
            none.clone(),
            &[
                "resources.limits[hugepages-2Mi]: Invalid value: \"3Mi\": 3Mi is not positive integer multiple of hugepages-2Mi",
                "resources: Forbidden: HugePages require cpu or memory",
            ],
        ),
    ] {
        one(with(limits, requests), expected);
    }
    check(
        "1.33",
        json!({"containers": [with(json!({"foo": "1", "a.b/c": "1500m"}), none)]}),
        Version::V1_33,
        &[
            "resources.limits[foo]: Invalid value: foo: must be a standard resource for containers",
            "resources.limits[foo]: Invalid value: foo: must be a standard resource type or fully qualified",
            "resources.limits[a.b/c]: Invalid value: resource.Quantity{i:resource.int64Amount{value:1500, scale:-3}, d:",
        ],
    );
    let claims = json!([{"name": "a", "request": "x"}, {"name": "a"}, {"name": "a", "request": "x"}, {"name": ""},
        {"name": "z", "request": "X"}]);
    check(
        "claims",
        json!({"resourceClaims": [{"name": "b"}, {"name": "a"}], "containers": [{"resources": {"claims": claims}}]}),
        Version::LATEST,
        &[
            "resources.claims[1]: Duplicate value: \"a\"",
            "resources.claims[2]: Duplicate value: \"a\"",
            "resources.claims[3]: Required value",
            "resources.claims[4]: Not found: \"z\": must be one of the names in pod.spec.resourceClaims: a, b",
            "resources.claims[4].request: Invalid value: \"X\"",
        ],
    );
    check(
        "overhead",
        json!({"containers": [{}], "overhead": {"cpu": "-1"}}),
        Version::LATEST,
        &["spec.overhead.limits[cpu]: Invalid value: \"-1\""],
    );
    let overhead = errors(json!({"containers": [{}], "overhead": {"cpu": "-1"}}), Version::LATEST).into_errors();
    assert_eq!(overhead[0].steps(), Path::new("spec").child("overhead").key("cpu").steps());
}

#[test]
fn resources_of_pods() {
    let uses = |name: &str, of: &str, cpu: &str| json!({"name": name, "resources": {of: {"cpu": cpu}}});
    let mut sidecar = uses("s", "requests", "1");
    sidecar["restartPolicy"] = json!("Always");
    check(
        "requests: containers and sidecars, or sidecars and an init container",
        json!({"resources": {"requests": {"cpu": "2"}}, "containers": [uses("a", "requests", "500m")],
            "initContainers": [sidecar, uses("i", "requests", "1500m")]}),
        Version::LATEST,
        &[
            "spec.resources.requests[cpu]: Invalid value: \"2\": must be greater than or equal to aggregate container requests of 2500m",
        ],
    );
    check(
        "limits, names, claims",
        json!({"resources": {"limits": {"cpu": "1", "storage": "1"}, "claims": []}, "containers": [uses("a", "limits", "2")]}),
        Version::LATEST,
        &[
            "spec.resources.claims: Forbidden: claims may not be set for Resources at pod-level",
            "spec.resources.limits[storage]: Unsupported value: \"storage\": supported values: \"cpu\", \"hugepages-\", \"memory\"",
            "spec.resources.containers[0][cpu].limits: Invalid value: \"2\": must be less than or equal to pod limits of 1",
        ],
    );
    check(
        "windows alone",
        json!({"os": {"name": "windows"}, "resources": {"limits": {"x": "-1"}}, "containers": [{}]}),
        Version::LATEST,
        &["spec.resources: Forbidden: may not be set for a windows pod"],
    );
}
