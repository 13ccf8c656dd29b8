import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** What Playwright needs to start the system's browser, quiet: it asks nobody for anything. */
export function chromium() {
  return {
    executablePath: process.env.STUDIO_CHROMIUM || onPath(["chromium", "google-chrome"]),
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}

function onPath(names) {
  for (const name of names) {
    for (const dir of (process.env.PATH ?? "").split(delimiter)) {
      const path = join(dir, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // not here
      }
    }
  }
  throw new Error(`no browser: none of ${names.join(", ")} is on PATH; tools/setup.sh test installs one`);
}
