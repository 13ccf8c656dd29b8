// Reads the one JSON line of `cluster up` and says it to a person.
import { createInterface } from "node:readline";

// Ctrl-C ends the cluster, which closes our input; until then its last words are to be heard.
process.on("SIGINT", () => {});
for await (const line of createInterface({ input: process.stdin })) {
  if (!line.startsWith("{")) continue;
  const { url, version, nodes, kubeconfig, kubectl } = JSON.parse(line);
  console.log(`
  Kubernetes ${version}, nodes ${nodes.join(", ")}
  Open   ${url}
  Shell  ${kubectl} --kubeconfig=${kubeconfig} get pods -A
  End    Ctrl-C
`);
}
