// js/editor.js alone, through its border, on a page with the real security policy.
import { expect, expectAccessible, test } from "./support/studio.mjs";

const TEXT = 'apiVersion: v1 # "v1"\nkind: Pod\nmetadata:\n  name: web\n';

test.beforeEach(async ({ page }) => {
  // Only the shell: this is the editor's test, not the page's.
  await page.route(/boot[^/]*\.js$/, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await page.open();
});

async function create(page, options = {}) {
  await page.evaluate(
    async ({ options }) => {
      const { create } = await import(new URL("./editor.js", document.baseURI));
      const place = document.createElement("section");
      place.setAttribute("aria-label", "test");
      place.style.height = "400px";
      document.querySelector("#gallery").remove();
      document.querySelector("#app").replaceChildren(document.createElement("main"));
      const after = document.createElement("button");
      after.textContent = "after";
      const title = document.createElement("h1");
      title.textContent = "The editor";
      document.querySelector("main").append(title, place, after);
      const log = (globalThis.log = []);
      globalThis.editor = create(place, {
        onChange: (changes, kind) => log.push({ kind, changes }),
        onSelection: (head) => log.push({ head }),
        onUndo: () => log.push("undo"),
        onRedo: () => log.push("redo"),
        onAction: (id) => log.push({ action: id }),
        ...options,
        complete: options.complete && ((line, col) => ({ fromLine: line, fromCol: col, options: options.complete })),
        hover: options.hover && (() => options.hover),
      });
    },
    { options: { text: TEXT, ...options } },
  );
}

const changes = (page) => page.evaluate(() => log.splice(0).filter((entry) => entry.changes));
const text = (page) => page.evaluate(() => editor.getText());

test("what is typed, deleted and pasted is reported in the coordinates before it, with its kind", async ({ page }) => {
  await create(page);
  await page.evaluate(() => (editor.select(3, 11), editor.focus()));
  await page.keyboard.type("x");
  expect(await changes(page)).toEqual([
    { kind: "type", changes: [{ fromLine: 3, fromCol: 11, toLine: 3, toCol: 11, insert: "x" }] },
  ]);
  await page.keyboard.press("Backspace");
  expect(await changes(page)).toEqual([
    { kind: "delete", changes: [{ fromLine: 3, fromCol: 11, toLine: 3, toCol: 12, insert: "" }] },
  ]);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "a\r\nb");
    document.querySelector(".cm-content").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  expect(await changes(page)).toEqual([
    { kind: "paste", changes: [{ fromLine: 3, fromCol: 11, toLine: 3, toCol: 11, insert: "a\nb" }] },
  ]);
});

test("columns are UTF-16 units and lone carriage returns break lines", async ({ page }) => {
  await create(page, { text: "a: 🙂x\rb: 1\r\nc: 2\n" });
  await page.evaluate(() => (editor.select(0, 6), editor.focus()));
  await page.keyboard.press("Delete");
  expect(await changes(page)).toEqual([
    { kind: "delete", changes: [{ fromLine: 0, fromCol: 6, toLine: 1, toCol: 0, insert: "" }] },
  ]);
  expect(await text(page)).toBe("a: 🙂xb: 1\nc: 2\n");
});

test("what the page changes is not reported back, and the cursor stays where it was", async ({ page }) => {
  await create(page);
  await page.evaluate(() => {
    editor.select(3, 8);
    editor.applyChanges([
      { fromLine: 0, fromCol: 0, toLine: 0, toCol: 0, insert: "# one\r\n# two\r\n" },
      { fromLine: 1, fromCol: 6, toLine: 1, toCol: 9, insert: "Service" },
    ]);
  });
  expect(await text(page)).toBe(`# one\n# two\n${TEXT.replace("Pod", "Service")}`);
  expect(await page.evaluate(() => ({ log, at: editor.selection().head }))).toEqual({ log: [], at: { line: 5, col: 8 } });
  await page.evaluate(() => editor.setText(editor.getText().replace("# one\n", "").replace("web", "api"), true));
  expect(await text(page)).toBe(`# two\n${TEXT.replace("Pod", "Service").replace("web", "api")}`);
  expect(await page.evaluate(() => log)).toEqual([]);
  await page.evaluate(() => editor.setText("other: text", false));
  expect(await page.evaluate(() => editor.selection().head)).toEqual({ line: 0, col: 0 });
});

test("the page may answer a change at once, from within its callback", async ({ page }) => {
  await create(page, { text: "a\n" });
  await page.evaluate(() => {
    const place = document.querySelector("section");
    editor.destroy();
    return import(new URL("./editor.js", document.baseURI)).then(({ create }) => {
      globalThis.editor = create(place, {
        text: "a\n",
        onChange: (changes) => {
          log.push(changes[0].insert);
          editor.setDiagnostics([{ fromLine: 0, fromCol: 0, toLine: 0, toCol: 1, severity: "info", message: "seen" }]);
          editor.applyChanges([{ fromLine: 1, fromCol: 0, toLine: 1, toCol: 0, insert: "+" }]);
        },
      });
      editor.focus();
    });
  });
  await page.keyboard.type("xy");
  expect(await text(page)).toBe("xya\n++");
  expect(await page.evaluate(() => log)).toEqual(["x", "y"]);
});

test("a place outside the text does not stop the editor", async ({ page }) => {
  await create(page, { text: "a: 1" });
  await page.evaluate(() => {
    editor.setDiagnostics([{ fromLine: 90, fromCol: 5, toLine: 2, toCol: 1, severity: "error", message: "far away" }]);
    editor.highlight(-3, 900);
    editor.revealLine(700);
    editor.applyChanges([{ fromLine: 7, fromCol: 0, toLine: 8, toCol: 2, insert: "\nb: 2" }]);
  });
  expect(await text(page)).toBe("a: 1\nb: 2");
});

test("undo and redo are asked of the page, which has the history", async ({ page }) => {
  await create(page);
  await page.evaluate(() => editor.focus());
  await page.keyboard.type("x");
  await page.keyboard.press("Control+z");
  await page.keyboard.press("Control+y");
  await page.keyboard.press("Control+Shift+Z");
  expect(await page.evaluate(() => log.filter((entry) => typeof entry === "string"))).toEqual(["undo", "redo", "redo"]);
  expect(await text(page)).toBe(`x${TEXT}`);
});

test("Tab indents by spaces; Escape, then Tab leaves", async ({ page }) => {
  await create(page, { text: "a:\n" });
  await page.evaluate(() => (editor.select(1, 0), editor.focus()));
  await page.keyboard.press("Tab");
  expect(await text(page)).toBe("a:\n  ");
  await page.keyboard.press("Shift+Tab");
  expect(await text(page)).toBe("a:\n");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => editor.hasFocus())).toBe(false);
  await expect(page.getByRole("button", { name: "after" })).toBeFocused();
});

test("Escape, then Tab leaves while completions are open, too", async ({ page }) => {
  await create(page, { text: "", complete: [{ label: "metadata" }] });
  await page.evaluate(() => editor.focus());
  await page.keyboard.type("me");
  await expect(page.getByRole("listbox")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("listbox")).toHaveCount(0);
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "after" })).toBeFocused();
  expect(await text(page)).toBe("me");
});

test("what is typed at the end of a mark is marked, and the line is not drawn again when that is said", async ({ page }) => {
  await create(page, { text: "name: web\nkind: Pod\n" });
  const marked = page.locator(".cm-lintRange");
  const mark = (toCol, message) => page.evaluate(([toCol, message]) => editor.setDiagnostics([{ fromLine: 0, fromCol: 6, toLine: 0, toCol, severity: "warning", message }]), [toCol, message]);
  await mark(9, "too short");
  await page.locator(".cm-line").first().click();
  await page.keyboard.press("End");
  await page.keyboard.press("x");
  await expect(marked).toHaveText("webx");
  await page.evaluate(() => {
    globalThis.drawn = new MutationObserver(() => {});
    globalThis.drawn.observe(document.querySelector(".cm-content"), { subtree: true, childList: true, characterData: true });
  });
  await mark(10, "still too short");
  expect(await page.evaluate(() => globalThis.drawn.takeRecords().length)).toBe(0);
  await expect(marked).toHaveText("webx");
  // Another line is not part of what was wrong.
  await page.keyboard.press("Enter");
  await page.keyboard.press("y");
  await expect(marked).toHaveText("webx");
});

test("a line is brought into view wherever one has scrolled since, and when the room got smaller", async ({ page }) => {
  await create(page, { text: Array.from({ length: 300 }, (_, line) => `line${line}: 1\n`).join("") });
  const height = (pixels) => page.evaluate((pixels) => void (document.querySelector(".cm-editor").style.height = `${pixels}px`), pixels);
  await height(400);
  const line = page.getByText("line250", { exact: false });
  const once = () => page.evaluate(() => editor.revealLine(250));
  // A new height is noticed after a moment, and a line that was scrolled to is only then taken for being there.
  const reveal = async () => {
    await expect(async () => {
      await once();
      await expect(line).toBeInViewport({ timeout: 100 });
    }).toPass();
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await once();
  };
  await reveal();
  await page.locator(".cm-scroller").evaluate((scroller) => void (scroller.scrollTop -= 200));
  await expect(line).not.toBeInViewport();
  await reveal();
  await height(120);
  await expect(line).not.toBeInViewport();
  await reveal();
  await page.evaluate(() => editor.applyChanges([{ fromLine: 0, fromCol: 0, toLine: 0, toCol: 0, insert: "above\n".repeat(100) }]));
  await page.evaluate(() => editor.revealLine(350));
  await expect(line).toBeInViewport();
});

test("what the page does while one is elsewhere leaves the cursor where it was", async ({ page }) => {
  await create(page);
  await page.evaluate(() => {
    document.querySelector("main").append(Object.assign(document.createElement("input"), { ariaLabel: "field", value: "some" }));
    editor.select(3, 11);
    editor.focus();
  });
  await page.getByLabel("field").click();
  await page.keyboard.type("thing");
  await page.evaluate(() => editor.applyChanges([{ fromLine: 0, fromCol: 0, toLine: 0, toCol: 0, insert: "# above\n" }, { fromLine: 3, fromCol: 8, toLine: 3, toCol: 8, insert: "my-" }]));
  await page.evaluate(() => editor.focus());
  await page.keyboard.type("x");
  expect(await text(page)).toBe(`# above\n${TEXT.replace("web", "my-webx")}`);
  expect(await page.evaluate(() => document.querySelector(".cm-content").contains(getSelection().focusNode))).toBe(true);
});

test("findings show at their place with their fixes", async ({ page }) => {
  await create(page);
  await page.evaluate(() => {
    editor.setDiagnostics([
      {
        fromLine: 1,
        fromCol: 6,
        toLine: 1,
        toCol: 9,
        severity: "error",
        message: "no such kind",
        actions: [{ name: "Change to Pod", id: "fix-1" }],
      },
    ]);
    editor.highlight(2, 3);
  });
  await expect(page.locator(".cm-lintRange-error")).toHaveText("Pod");
  await expect(page.locator(".cm-lit")).toHaveCount(2);
  await page.locator(".cm-lintRange-error").hover();
  await expect(page.getByText("no such kind")).toBeVisible();
  await page.getByRole("button", { name: "Change to Pod" }).click();
  expect(await page.evaluate(() => log.filter((entry) => entry.action))).toEqual([{ action: "fix-1" }]);
});

test("the marks of one group are replaced where those of others stay, moved along with their text", async ({ page }) => {
  await create(page, { text: "a: one\n---\nb: two\n---\nc: three\n" });
  const marked = () => page.locator(".cm-lintRange").allTextContents();
  await page.evaluate(() => {
    const mark = (group, line, message) => ({ fromLine: line, fromCol: 3, toLine: line, toCol: 10, severity: "error", message, group, actions: [{ name: `Mend ${group}`, id: `mend-${group}` }] });
    editor.setDiagnostics([mark(1, 0, "no one"), mark(2, 2, "no two"), mark(3, 4, "no three")]);
    editor.applyChanges([{ fromLine: 0, fromCol: 0, toLine: 0, toCol: 0, insert: "# above\n" }, { fromLine: 3, fromCol: 0, toLine: 4, toCol: 0, insert: "" }]);
    editor.amendDiagnostics([2, 3], [mark(3, 4, "still no three")]);
  });
  expect(await marked()).toEqual(["one", "three"]);
  await page.locator(".cm-lintRange").first().hover();
  await page.getByRole("button", { name: "Mend 1" }).click();
  expect(await page.evaluate(() => log.filter((entry) => entry.action))).toEqual([{ action: "mend-1" }]);
});

test("what is said of a mark stays open while the same is found again, and goes when another is", async ({ page }) => {
  await create(page, { text: "a: one\n" });
  const amend = (message) => page.evaluate((message) => editor.amendDiagnostics([1], [{ fromLine: 0, fromCol: 3, toLine: 0, toCol: 6, severity: "error", message, group: 1, actions: [] }]), message);
  await amend("no one");
  await page.locator(".cm-lintRange").hover();
  const said = await page.getByText("no one").elementHandle();
  const stays = () => said.evaluate((element) => element.isConnected);
  await amend("no one");
  expect(await stays()).toBe(true);
  await amend("not one");
  expect(await stays()).toBe(false);
  await expect(page.getByText("no one")).toHaveCount(0);
});

test("what is found again in other words says them, and nothing is drawn for it", async ({ page }) => {
  await create(page, { text: "a: one\n" });
  const drawn = await page.evaluate(async () => {
    const amend = (message, id) => editor.amendDiagnostics([1], [{ fromLine: 0, fromCol: 3, toLine: 0, toCol: 6, severity: "error", message, group: 1, actions: [{ name: "Mend", id }] }]);
    amend("no one", "first");
    const changes = new MutationObserver(() => {});
    changes.observe(document.querySelector(".cm-editor"), { subtree: true, childList: true, characterData: true, attributes: true });
    amend("not one", "second");
    return changes.takeRecords().length;
  });
  expect(drawn).toBe(0);
  await page.locator(".cm-lintRange").hover();
  await expect(page.getByText("not one")).toBeVisible();
  await page.getByRole("button", { name: "Mend" }).click();
  expect(await page.evaluate(() => log.filter((entry) => entry.action))).toEqual([{ action: "second" }]);
});

test("completion and hover come from the page", async ({ page }) => {
  await create(page, {
    complete: [{ label: "labels", apply: "labels:\n    ", detail: "map", info: "Map of string keys and values." }],
    hover: { fromLine: 2, fromCol: 0, toLine: 2, toCol: 8, title: "metadata", text: "Standard object's metadata." },
  });
  await page.evaluate(() => (editor.select(4, 0), editor.focus()));
  await page.keyboard.type("  l");
  await page.keyboard.press("Control+Space");
  await expect(page.getByRole("option", { name: "labels" })).toBeVisible();
  await expect(page.getByText("Map of string keys and values.")).toBeVisible();
  await page.waitForTimeout(150); // CodeMirror takes no Enter in the first moments, lest it be meant for the text
  await page.keyboard.press("Enter");
  expect(await text(page)).toBe(`${TEXT}  l${"labels:\n    "}`);
  expect((await changes(page)).at(-1).kind).toBe("complete");
  await page.getByText("metadata", { exact: true }).hover();
  await expect(page.getByText("Standard object's metadata.")).toBeVisible();
});

test("plain scalars have the colour of what Kubernetes reads", async ({ page }) => {
  await create(page, { text: "on: yes\nmode: 0777\nbig: 1e3\nname: web\nquoted: 'no'\nversion: 1.27.3\nnone: ~\nodd: yEs\n" });
  expect(await page.locator(".cm-studio-scalar").allTextContents()).toEqual(["on", "yes", "0777", "1e3", "~"]);
});

test("a letter changes the colour of its scalar, and of those behind it when the typing pauses", async ({ page }) => {
  await create(page, { text: "a: yes\nb: no\n" });
  const scalars = page.locator(".cm-studio-scalar");
  await expect(scalars).toHaveText(["yes", "no"]);
  const typed = (line, col, text) => page.evaluate(([line, col, insert]) => {
    editor.applyChanges([{ fromLine: line, fromCol: col, toLine: line, toCol: col, insert }]);
    return [...document.querySelectorAll(".cm-studio-scalar")].map((mark) => mark.textContent);
  }, [line, col, text]);
  expect(await typed(0, 6, "x")).toEqual(["no"]);
  expect(await typed(1, 5, "n")).toEqual([]);
  await page.evaluate(() => editor.setText("a: yes\nb: no\n"));
  await expect(scalars).toHaveText(["yes", "no"]);
  await typed(0, 3, '"');
  await expect(scalars).toHaveCount(0);
});

test("what can be folded has an arrow that folds it, once the typing pauses", async ({ page }) => {
  await create(page, { text: "a:\n  b: 1\n#c:\n  d: 2\n" });
  // The gutter keeps one that is not seen, for its width.
  const [open, folded] = ["Fold line", "Unfold line"].map((title) => page.getByTitle(title, { exact: true }).filter({ visible: true }));
  await expect(open).toHaveCount(1);
  await page.evaluate(() => (editor.select(2, 0), editor.focus()));
  await page.keyboard.press("Delete");
  await expect(open).toHaveCount(2);
  await open.first().click();
  await expect(page.locator(".cm-content")).not.toContainText("b: 1");
  await expect(open).toHaveCount(1);
  await folded.click();
  await expect(page.locator(".cm-content")).toContainText("b: 1");
  expect(await text(page)).toBe("a:\n  b: 1\nc:\n  d: 2\n");
});

test("read-only text can be read and selected, not changed", async ({ page }) => {
  await create(page, { readOnly: true });
  await page.evaluate(() => editor.focus());
  await page.keyboard.type("x");
  expect(await text(page)).toBe(TEXT);
  await page.evaluate(() => editor.setReadOnly(false));
  await page.keyboard.type("x");
  expect(await text(page)).toBe(`x${TEXT}`);
});

for (const dark of [false, true]) {
  test(`its colours can be read, ${dark ? "dark" : "light"}, and it has a name and says how to leave`, async ({ page }) => {
    await page.evaluate((on) => document.documentElement.classList.toggle("pf-v6-theme-dark", on), dark);
    await create(page, {
      dark,
      text: "# comment\nname: &a web\nquoted: 'x'\nnumber: 5\nyes: on\ntag: !!str y\nalias: *a\nblock: |\n  text\n",
      phrases: { "editor.label": "YAML of web.yaml", "editor.leave": "Escape, then Tab" },
    });
    await page.evaluate(() => editor.highlight(1, 6));
    const field = page.getByRole("textbox", { name: "YAML of web.yaml" });
    await expect(field).toHaveAttribute("aria-description", "Escape, then Tab");
    await expectAccessible(page);
    // The rules are there although the policy refuses <style> elements.
    expect(await page.evaluate(() => document.querySelectorAll("style").length)).toBe(0);
    expect(await field.evaluate((node) => getComputedStyle(node.closest(".cm-editor")).display)).toBe("flex");
  });
}
