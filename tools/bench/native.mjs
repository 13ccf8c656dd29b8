// Gathers what criterion has just measured into one table and bench/results/native.json.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";

const root = join(import.meta.dirname, "../..");
const from = join(root, "target/criterion");
const results = [];

function* estimates(dir) {
  for (const entry of readdirSync(dir, { withFileTypes: true })) {
    if (!entry.isDirectory()) continue;
    const path = join(dir, entry.name);
    if (entry.name === "new") yield path;
    else yield* estimates(path);
  }
}

for (const path of estimates(from)) {
  const { mean, median } = JSON.parse(readFileSync(join(path, "estimates.json"), "utf8"));
  const { full_id: name = relative(from, path), throughput } = JSON.parse(readFileSync(join(path, "benchmark.json"), "utf8"));
  const bytes = throughput?.Bytes;
  results.push({
    name,
    medianMs: median.point_estimate / 1e6,
    meanMs: mean.point_estimate / 1e6,
    ...(bytes && { mbPerSecond: bytes / 1e6 / (median.point_estimate / 1e9) }),
  });
}
results.sort((a, b) => a.name.localeCompare(b.name));
console.table(
  Object.fromEntries(
    results.map(({ name, medianMs, mbPerSecond }) => [name, { "median ms": +medianMs.toFixed(3), "MB/s": mbPerSecond ? +mbPerSecond.toFixed(1) : "" }]),
  ),
);
mkdirSync(join(root, "bench/results"), { recursive: true });
writeFileSync(join(root, "bench/results/native.json"), `${JSON.stringify({ when: new Date().toISOString(), results }, null, 2)}\n`);
