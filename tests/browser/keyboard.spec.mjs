// The whole way once without a mouse: begin, fill in, mend, look, take away.
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";
import { t } from "./support/words.mjs";

const focused = (target) => expect(target).toBeFocused();

test("from the first screen to a copied manifest without a mouse", async ({ page, context, studio }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: studio.origin });
  // High enough that the editor shows the whole text.
  await page.setViewportSize({ width: 1440, height: 2000 });
  const { keyboard } = page;
  const press = async (...keys) => {
    for (const key of keys) await keyboard.press(key);
  };
  const form = person.form(page);
  const text = () => person.shownText(page);
  const shows = (part) => expect.poll(text, "the text on the screen").toContain(part);

  await page.open();
  await person.tabTo(page, page.getByRole("button", { name: "Deployment Service Web server" }));
  await press("Enter");
  await expect(person.line(page, "web", "Deployment")).toBeVisible();
  await expect(person.editor(page)).toBeVisible();

  // The list: to the Service and back.
  await person.tabTo(page, person.documents(page));
  await press("ArrowDown", "Enter");
  await expect(form.getByRole("heading", { level: 2 })).toHaveText("web");
  await expect(person.field(page, "Replicas")).toHaveCount(0);
  await press("ArrowUp", "Enter");
  await expect(person.field(page, "Replicas")).toHaveValue("3");

  // The form: a text, a number, a label, a variable, a port.
  await person.tabTo(page, person.field(page, "Name"));
  await press("Control+a");
  await keyboard.type("shop");
  await expect(person.line(page, "shop", "Deployment")).toBeVisible();
  const labels = form.getByRole("group", { name: /^Labels/ }).first();
  await person.tabTo(page, labels.getByRole("button", { name: "Label", exact: true }));
  await press("Enter");
  await focused(form.getByRole("textbox", { name: "Labels: key" }));
  await keyboard.type("tier");
  await press("Tab");
  await keyboard.type("front");
  await shows("    app.kubernetes.io/name: web\n    tier: front\nspec:");
  await press("Enter");
  await focused(labels.getByRole("button", { name: "Label", exact: true }));
  await person.tabTo(page, person.field(page, "Replicas"));
  await press("ArrowUp", "ArrowUp");
  await shows("replicas: 5");
  await person.tabTo(page, form.getByRole("button", { name: "Port", exact: true }));
  await press("Enter");
  const ports = form.getByLabel("Container port").and(form.locator("input"));
  await focused(ports.last());
  await press("Control+a");
  await keyboard.type("9090");
  await shows("containerPort: 9090");
  await person.tabTo(page, form.getByRole("button", { name: "Variable", exact: true }));
  await press("Enter");
  await press("Control+a");
  await keyboard.type("MODE");
  await person.tabTo(page, form.getByRole("textbox", { name: "Value", exact: true }));
  await keyboard.type("quick");
  await shows("          env:\n            - name: MODE\n              value: quick\n");

  // The text: a mistake at its end. It says how it is left.
  await press("F6");
  await focused(person.editor(page));
  await expect(page.getByText(t("ui.editor_leave"))).toBeVisible();
  await press("Control+End", "ArrowUp", "End", "Enter");
  await keyboard.type("protocl: TCP");
  const mistaken = await text();
  await press("Escape", "Tab");
  await focused(page.getByRole("tab", { name: "Problems 1" }));
  await expect(page.getByText(t("ui.editor_leave"))).toBeHidden();

  // The problem: mended by its button, back and forth in the history.
  await person.tabTo(page, person.problems(page).getByRole("button", { name: "Rename to protocol" }));
  await press("Enter");
  const mended = mistaken.replace("protocl", "protocol");
  await person.expectText(page, mended);
  await expect(person.problems(page)).toContainText("No problems.");
  await focused(person.problems(page));
  await press("Control+z");
  await person.expectText(page, mistaken);
  await press("Control+Shift+Z");
  await person.expectText(page, mended);

  // Back to the list, from part to part, and from the form with Tab alone, where one line's menu is in between.
  await press("Shift+F6", "Shift+F6");
  await expect(form.locator(":focus")).toHaveCount(1);
  await press("Shift+F6");
  await focused(person.documents(page));
  await press("Tab", "Tab");
  await focused(form.getByRole("tab", { name: "Essentials" }));
  await press("Shift+Tab", "Shift+Tab");
  await focused(person.documents(page));

  // The menu of a line: the document is in the clipboard as it is on the screen.
  await press("Home", "ArrowDown", "Enter", "Tab");
  await focused(page.getByRole("button", { name: t("ui.document_menu", { name: "shop" }) }));
  await press("Enter");
  await focused(page.getByRole("menuitem", { name: "Duplicate" }));
  await press("ArrowDown");
  await focused(page.getByRole("menuitem", { name: "Copy" }));
  await press("Enter");
  await expect(person.messages(page)).toContainText("Copied.");
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  const shown = await text();
  expect(shown).toBe(mended);
  expect(copied).toBe(shown.slice(0, shown.indexOf("---\n")));
  expect(copied).toContain("name: shop");
  await focused(page.getByRole("button", { name: t("ui.document_menu", { name: "shop" }) }));

  // And gone, with the keyboard still in the list.
  await press("Enter", "End", "Enter");
  await expect(person.line(page, "shop")).toHaveCount(0);
  await expect(person.documents(page).and(page.locator(":focus-within"))).toBeVisible();
});

test("where the focus is can be seen", async ({ page }) => {
  await person.begin(page, "apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\n");
  await expect(person.field(page, "Name")).toBeVisible();
  const seen = new Set();
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    const ring = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return null;
      const shown = (node) => {
        const style = getComputedStyle(node);
        const outline = style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) > 0;
        return outline || style.boxShadow !== "none";
      };
      const around = [element, element.parentElement, element.closest(".studio-text__body")].filter(Boolean);
      // A control drawn by its wrapper shows the focus there (PatternFly's form control: a border on ::after).
      const after = around.some((node) => {
        const style = getComputedStyle(node, "::after");
        return style.content !== "none" && Number.parseFloat(style.borderBlockEndWidth || "0") > 1;
      });
      const name = `${element.tagName} ${element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 40)} ${element.id}`;
      return { name, visible: around.some(shown) || after };
    });
    if (!ring) continue;
    if (seen.has(ring.name)) continue;
    seen.add(ring.name);
    expect(ring.visible, `focus on ${ring.name}`).toBe(true);
    if (ring.name.startsWith("DIV YAML")) await page.keyboard.press("Escape");
  }
  expect(seen.size).toBeGreaterThan(15);
});
