#!/usr/bin/env python3
"""Asks a real API server what it says to manifests whose structure is wrong, for tests/check_decode.rs.

    tools/record/decode.py http://127.0.0.1:PORT > tests/check/decode.jsonl

The address is a `kubectl proxy` of the test cluster (`make cluster` prints it). Each line is
{"yaml", "code", "message"}: the answer to POST ?dryRun=All&fieldValidation=Strict.
"""
import json
import sys
import urllib.error
import urllib.request

POD = """apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  containers:
  - name: a
    image: a
"""
IN_CONTAINER = [
    "imag: b", "ports: 80", "ports:\n    - containerport: 80", "ports:\n    - containerPort: \"80\"",
    "ports:\n    - containerPort: 80.5", "ports:\n    - containerPort: 3000000000", "ports:\n    - containerPort: 0x50",
    "ports:\n    - containerPort: 1e3", "ports:\n    - containerPort: null", "ports: null", "ports: {}", "ports: []",
    "command: sh", "command: [1, 2]", "command: [null]", "args: [yes]", "args: [\"yes\"]",
    "env:\n    - name: A\n      value: 1", "env:\n    - name: A\n      value: true", "env:\n    - name: A\n      value: null",
    "env:\n    - name: A\n      value: 1:30", "env:\n    - name: A\n      value: 2024-01-01", "env:\n    - name: A\n      valueform: {}",
    "env:\n      A: b", "tty: yes", "tty: \"true\"", "tty: 1", "stdin: on",
    "resources:\n      limits:\n        memory: 128 Mi", "resources:\n      limits:\n        memory: 128MB",
    "resources:\n      limits:\n        cpu: 1", "resources:\n      limits:\n        cpu: 0.5", "resources:\n      limits:\n        cpu: true",
    "resources:\n      limits:\n        cpu: Mi", "resources:\n      limits:\n        cpu: .5", "resources:\n      limits:\n        cpu: \"\"",
    "resources:\n      limits:\n        cpu: []", "resources:\n      limit:\n        cpu: 1", "resources:\n      limits: [cpu]",
    "livenessProbe:\n      httpGet:\n        port: 80.5", "livenessProbe:\n      httpGet:\n        port: true",
    "livenessProbe:\n      httpGet:\n        port: [80]", "livenessProbe:\n      httpget:\n        port: 80",
    "livenessProbe:\n      httpGet:\n        port: 5000000000", "livenessProbe:\n      httpGet:\n        port: http",
    "image: b", "bogus: 1\n    bogus2: 2\n    imagePullpolicy: Always", "securityContext:\n      runAsUser: \"0\"",
    "securityContext:\n      runAsUser: 9223372036854775808", "securityContext:\n      privileged: off",
    "volumeMounts:\n    - name: x\n      mountpath: /x", "lifecycle:\n      preStop:\n        exec:\n          command: x",
    "terminationMessagePath: 5",
]
WHOLE = [
    "apiVersion: v1\nkind: Pod\nmetadata: a\n", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: 1\n",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    a: 1\n", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels:\n    a: null\n    b: \"1\"\nspec:\n  containers:\n  - {name: a, image: a}\n",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  labels: [a]\n", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  creationTimestamp: yesterday\n",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n  creationTimestamp: null\nspec:\n  containers:\n  - {name: a, image: a}\n",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n    name: a\n", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  containers:\n  - a\n",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec: []\n", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  on: true\n  containers:\n  - {name: a, image: a}\n",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nstatus:\n  bogus: 1\nspec:\n  containers:\n  - {name: a, image: a}\n",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nstatus:\n  phase: Odd\n  conditions:\n  - {}\nspec:\n  containers:\n  - {name: a, image: a}\n",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nbogus: 1\nspec:\n  containers:\n  - {name: a, image: a}\n",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  template: {}\n  containers:\n  - {name: a, image: a}\n",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  restartPolicy: never\n  containers:\n  - {name: a, image: a}\n",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  terminationGracePeriodSeconds: 30s\n  containers:\n  - {name: a, image: a}\n",
    "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec: {}\n", "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n",
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports:\n  - port: 80\n    targetPort: 80.5\n",
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports:\n  - port: http\n", "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports:\n  - port: 80\n    protocol: tcp\n",
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  selector: a=b\n  ports:\n  - port: 80\n",
    "apiVersion: v1\nkind: Service\nmetadata:\n  name: a\nspec:\n  ports:\n  - port: 80\n  type: Loadbalancer\n",
    "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\ndata:\n  a: not base64!\n", "apiVersion: v1\nkind: Secret\nmetadata:\n  name: a\ndata:\n  a: YQ==\nstringData:\n  b: 1\n",
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: true\n", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: {b: c}\n",
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  1: a\n  yes: b\n", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: b\n  a: c\n",
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata: null\n", "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  a: 0777\n",
    "apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\nimmutable: \"true\"\n",
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  replica: 3\n  selector:\n    matchLabels: {a: b}\n  template:\n    metadata:\n      labels: {a: b}\n    spec:\n      container:\n      - {name: a, image: a}\n",
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  replicas: \"3\"\n  selector: {a: b}\n",
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  selector:\n    matchLabels: {a: b}\n  containers:\n  - {name: a, image: a}\n  template:\n    metadata:\n      labels: {a: b}\n    spec:\n      containers:\n      - {name: a, image: a}\n",
    "apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: a\nspec:\n  strategy:\n    rollingUpdate:\n      maxSurge: 25%\n      maxUnavailable: 1.5\n  selector:\n    matchLabels: {a: b}\n  template:\n    metadata:\n      labels: {a: b}\n    spec:\n      containers:\n      - {name: a, image: a}\n",
    "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\nspec:\n  suspend: no\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - {name: a, image: a}\n",
    "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\nspec:\n  backofflimit: 3\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n      - {name: a, image: a}\n",
    "apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: a\nspec: {}\n", "apiVersion: v1\nkind: Namespace\nmetadata:\n  name: a\n  labels: {a: b, a: c}\n",
]
PLURAL = {"Pod": "pods", "Service": "services", "Secret": "secrets", "ConfigMap": "configmaps", "Deployment": "deployments", "Job": "jobs"}


def ask(base, yaml):
    lines = dict(l.split(": ", 1) for l in yaml.splitlines()[:2])
    api, kind = lines["apiVersion"], lines["kind"]
    root = "api/v1" if api == "v1" else "apis/" + api
    place = root + "/namespaces" if kind == "Namespace" else f"{root}/namespaces/default/{PLURAL[kind]}"
    request = urllib.request.Request(
        f"{base}/{place}?dryRun=All&fieldValidation=Strict", data=yaml.encode(), headers={"Content-Type": "application/yaml"})
    try:
        return urllib.request.urlopen(request).status, ""
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)["message"]


for text in [POD + "    " + part + "\n" for part in IN_CONTAINER] + WHOLE:
    code, message = ask(sys.argv[1].rstrip("/"), text)
    print(json.dumps({"yaml": text, "code": code, "message": message}, ensure_ascii=False))
