// The whole way once without a mouse: begin, fill in, mend, look, take away.
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";

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
