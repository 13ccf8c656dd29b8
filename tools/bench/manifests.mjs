// Manifests to measure with: the same on every run.

/** One Deployment of about `lines` lines, with comments, as a person writes it. */
export function longFile(lines) {
  const out = `# The shop's front end
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  labels:
    app: web
spec:
  replicas: 3
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
`.split("\n");
  out.pop();
  for (let n = 0; out.length < lines - 16; n++) {
    out.push(
      `        # worker ${n}`,
      `        - name: worker-${n}`,
      `          image: registry.example/shop/worker-${n}:1.${n}`,
      '          command: ["/bin/worker", "--verbose"]',
      "          ports:",
      `            - containerPort: ${8000 + n}`,
      `              name: http-${n}`,
      "          env:",
      `            - name: QUEUE # which one`,
      `              value: "queue-${n}"`,
      "          resources:",
      "            requests:",
      "              cpu: 100m",
      "              memory: 64Mi",
      "",
    );
  }
  out.push("      terminationGracePeriodSeconds: 30", "");
  return out.join("\n");
}

/** `count` small documents in one file. */
export function manyDocuments(count) {
  const documents = [];
  for (let n = 0; n < count; n++) {
    documents.push(
      n % 3 === 0
        ? `apiVersion: v1\nkind: Service\nmetadata:\n  name: web-${n}\nspec:\n  selector:\n    app: web-${n}\n  ports:\n    - port: 80\n      targetPort: 8080\n`
        : n % 3 === 1
          ? `apiVersion: v1\nkind: Pod\nmetadata:\n  name: web-${n} # one of many\nspec:\n  containers:\n    - name: web\n      image: nginx:1.27\n      ports:\n        - containerPort: 8080\n`
          : `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: web-${n}\ndata:\n  key: "value ${n}"\n  script: |\n    #!/bin/sh\n    echo hello\n`,
    );
  }
  return documents.join("---\n");
}
