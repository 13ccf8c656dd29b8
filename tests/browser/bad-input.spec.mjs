// What people drop by mistake or out of malice: a clear message with the place, a page that lives, nothing lost.
import { open, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";
import { t } from "./support/words.mjs";

const POD = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: mine\nspec:\n  containers:\n    - name: a\n      image: nginx:1.29\n";

/** The page answers: what was there is there, and a field can still be written. */
async function expectAlive(page) {
  await person.line(page, "mine", "Pod").click();
  await person.field(page, "Name").fill("still-mine");
  await expect.poll(() => person.shownText(page)).toContain("name: still-mine");
}

async function alsoOpen(page, ...files) {
  await person.toGallery(page);
  await person.pick(page, ...files);
}

test("files that are no text are refused with what they are and where", async ({ page }) => {
  await person.begin(page, POD);
  await alsoOpen(
    page,
    { name: "logo.png", bytes: Buffer.from("\x89PNG\r\n\x1a\n\0\0", "latin1") },
    { name: "chart.tgz", bytes: Buffer.from([0x1f, 0x8b, 8, 0, 0, 0]) },
    { name: "nul.yaml", bytes: Buffer.from("a: 1\0") },
    { name: "latin.yaml", bytes: Buffer.from("name: ok\nname: M\xfcller\n", "latin1") },
  );
  const said = person.messages(page);
  await expect(said).toContainText(t("transfer.format", { name: "logo.png", format: "PNG" }));
  await expect(said).toContainText(t("transfer.format", { name: "chart.tgz", format: "gzip" }));
  await expect(said).toContainText(t("transfer.binary", { name: "nul.yaml", at: 5 }));
  await expect(said).toContainText(t("transfer.encoding", { name: "latin.yaml", line: 2, column: 8, byte: "0xFC" }));
  await page.getByRole("button", { name: /^Continue/ }).click();
  await expectAlive(page);
});

test("a file above the limit is refused by its size, before it is read", async ({ page }) => {
  const folder = await mkdtemp(join(tmpdir(), "studio-"));
  const path = join(folder, "huge.yaml");
  const file = await open(path, "w");
  await file.truncate(50 * 1024 * 1024);
  await file.close();
  await page.addInitScript(() => {
    const read = Blob.prototype.arrayBuffer;
    Blob.prototype.arrayBuffer = function () {
      if (this.size > 1e6) console.error("a large file was read");
      return read.call(this);
    };
  });
  await person.begin(page, POD);
  await person.drop(page, path);
  await expect(person.messages(page)).toContainText(t("transfer.too_large", { name: "huge.yaml", size: 50, limit: 20 }));
  await expectAlive(page);
  await rm(folder, { recursive: true });
});

test("UTF-16, a byte order mark, lone CRs, emoji and right-to-left text", async ({ page }) => {
  await person.begin(page, POD);
  const utf16 = Buffer.from(`\ufeff${POD.replace("mine", "utf16")}`, "utf16le");
  const bom = `\ufeff${POD.replace("mine", "bom")}`;
  const lone = POD.replace("mine", "lone").replaceAll("\n", "\r");
  const odd = POD.replace("mine", "odd").replace("spec:", "  annotations:\n    note: \"🙂 שלום 你好\"\nspec:");
  await alsoOpen(
    page,
    { name: "utf16.yaml", bytes: utf16 },
    { name: "bom.yaml", text: bom },
    { name: "lone.yaml", text: lone },
    { name: "שלום🙂.yaml", text: odd },
  );
  await expect(person.messages(page)).toContainText(t("notice.converted", { name: "utf16.yaml" }));
  for (const [name, text] of Object.entries({ bom, lone, odd })) {
    await person.line(page, name, "Pod").click();
    await expect(person.field(page, "Name")).toHaveValue(name);
    await person.field(page, "Name").fill(`${name}-2`);
    await person.expectFile(page, text.replace(`name: ${name}`, `name: ${name}-2`));
  }
  await person.line(page, "utf16", "Pod").click();
  await person.expectFile(page, POD.replace("mine", "utf16"));
});

test("an alias bomb and ten thousand nested lists are refused with their line; everything else goes on", async ({ page }) => {
  const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${"bcdefghij".split("").map((c, i) => `${c}: &${c} [${Array(9).fill(`*${"abcdefghij"[i]}`)}]`).join("\n")}\n`;
  await person.begin(page, POD);
  await alsoOpen(page, { name: "bomb.yaml", text: bomb }, { name: "deep.yaml", text: `a: ${"[".repeat(10_000)}${"]".repeat(10_000)}\n` });
  await expect(person.problems(page)).toContainText(t("check.yaml.excessive_aliasing"));
  await expect(person.problems(page)).toContainText(t("check.yaml.too_deep"));
  await expect(person.problems(page).getByRole("button", { name: /· line \d+$/ }).first()).toBeVisible();
  await expectAlive(page);
});

test("a name of odd characters and a very long line do not stop the page", async ({ page }) => {
  await page.open();
  await person.paste(page, `${POD}---\napiVersion: v1\nkind: Pod\nmetadata:\n  name: "\u202e<img src=x onerror=alert(1)>🙂"\n  annotations:\n    long: "${"x".repeat(200_000)}"\n`);
  await expect(person.documents(page).locator("[aria-level='2']")).toHaveCount(2);
  await person.documents(page).locator("[aria-level='2']").nth(1).click();
  await expect(person.field(page, "Name")).toHaveValue("\u202e<img src=x onerror=alert(1)>🙂");
  await expectAlive(page);
});
