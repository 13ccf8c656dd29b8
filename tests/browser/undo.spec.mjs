// Point 4: one history for everything, in steps as a person thinks of them, and after a reload.
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";

const POD = `apiVersion: v1
kind: Pod
metadata:
  name: web # its name
spec:
  containers:
    - name: web
      image: nginx:1.29
`;

const undo = (page) => page.getByRole("button", { name: "Undo" }).click();
const redo = (page) => page.getByRole("button", { name: "Redo" }).click();

test("form, text, pasting, adding and removing are undone and done again in their order", async ({ page }) => {
  await person.begin(page, POD);
  const states = [POD];
  const now = async (text) => {
    await person.expectFile(page, text);
    states.push(text);
  };
  // One field of the form is one step, however many letters.
  await person.field(page, "Name").fill("");
  await person.field(page, "Name").pressSequentially("shop");
  await now(POD.replace("name: web #", "name: shop #"));
  // One word in the text.
  await person.cursorAfter(page, "image: nginx");
  await page.keyboard.type("-alpine");
  await now(states.at(-1).replace("nginx:1.29", "nginx:1.29-alpine"));
  // A paste.
  await person.editor(page).evaluate((node) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "\n      tty: true");
    node.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
  });
  await now(states.at(-1).replace("-alpine\n", "-alpine\n      tty: true\n"));
  // A document more, and one less.
  await person.fromMenu(page, "shop", "Duplicate");
  await expect(person.line(page, "shop-2", "Pod")).toBeVisible();
  states.push(await person.fileBytes(page));
  await person.fromMenu(page, "shop", "Remove");
  await expect(person.line(page, "shop", "Pod")).toHaveCount(0);
  states.push(await person.fileBytes(page));

  for (const text of states.slice(0, -1).reverse()) {
    await undo(page);
    await person.expectFile(page, text);
  }
  await expect(person.field(page, "Name")).toHaveValue("web");
  for (const text of states.slice(1)) {
    await redo(page);
    await person.expectFile(page, text);
  }
  await expect(page.getByRole("button", { name: "Redo" })).toBeDisabled();
});

test("words typed one after the other are undone one by one", async ({ page }) => {
  await person.begin(page, POD);
  await person.cursorAfter(page, "# its name");
  await page.keyboard.type("s for now");
  await person.expectText(page, POD.replace("# its name", "# its names for now"));
  for (const left of ["s for ", "s ", ""]) {
    await page.keyboard.press("Control+z");
    await person.expectText(page, POD.replace("# its name", `# its name${left}`));
  }
  for (let word = 0; word < 3; word++) await page.keyboard.press("Control+y");
  await person.expectText(page, POD.replace("# its name", "# its names for now"));
});

test("undo from the keyboard works in a field of the form and keeps the place", async ({ page }) => {
  await person.begin(page, POD);
  const name = person.field(page, "Name");
  await name.fill("other");
  await person.expectText(page, POD.replace("name: web #", "name: other #"));
  await name.press("Control+z");
  await person.expectText(page, POD);
  await expect(name).toHaveValue("web");
  await name.press("Control+Shift+Z");
  await expect(name).toHaveValue("other");
});

test("the history is still there after a reload", async ({ page }) => {
  await person.begin(page, POD);
  await person.field(page, "Name").fill("shop");
  await person.cursorAfter(page, "image: nginx");
  await page.keyboard.type("-alpine");
  const after = POD.replace("name: web #", "name: shop #").replace("1.29", "1.29-alpine");
  await person.expectText(page, after);
  await page.reload();
  await person.expectText(page, after);
  await undo(page);
  await person.expectText(page, POD.replace("name: web #", "name: shop #"));
  await undo(page);
  await person.expectText(page, POD);
  await page.reload();
  await person.expectText(page, POD);
  await redo(page);
  await redo(page);
  await person.expectFile(page, after);
});
