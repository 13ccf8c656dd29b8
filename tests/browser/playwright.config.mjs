// The browser tests: Debian's Chromium against the release build. tools/test.sh runs them; by hand, after a build:
//   npx playwright test -c tests/browser/playwright.config.mjs [-g "words of a title"] [--headed]
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "@playwright/test";
import { chromium } from "./support/chromium.mjs";

const here = import.meta.dirname;

export default defineConfig({
  testDir: here,
  testMatch: process.env.STUDIO_CLUSTER ? "**/cluster/*.spec.mjs" : "**/browser/*.spec.mjs",
  outputDir: join(here, "results"),
  fullyParallel: true,
  workers: process.env.STUDIO_CLUSTER ? 1 : Math.max(1, Math.min(4, availableParallelism())),
  forbidOnly: true,
  retries: 0,
  // A test looks with axe at many screens, on two cores that the other worker uses too.
  timeout: 180_000,
  expect: { timeout: 10_000 },
  reporter: [["dot"]],
  use: {
    actionTimeout: 10_000,
    viewport: { width: 1440, height: 900 },
    locale: "en-US",
    launchOptions: chromium(),
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
  },
});
