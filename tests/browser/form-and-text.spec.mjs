// Point 3: the form and the text are one, and what was not edited stays as it was, to the byte.
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";

const DEPLOYMENT = person.DEPLOYMENT.replace("spec:\n", "spec:\n  replicas: 2\n");

// Much that a careless tool would tidy: line ends, comments, an anchor, quotes, blank lines, an odd order.
const HANDMADE = [
  "# kept by hand, äöü 你好 🙂",
  "kind:   Deployment   # kind first",
  "apiVersion: 'apps/v1'",
  "",
  "",
  'metadata: {name: "web",   labels: &labels {app: "web"}}',
  "spec:",
  "    selector: {matchLabels: *labels}",
  "    # as many as we can pay for",
  "    replicas: 3    # not more",
  "    template:",
  "        metadata: {labels: *labels}",
  "        spec:",
  "            containers:",
  "            -   image: >-",
  "                    nginx:1.29",
  "                name: web\t# tab",
  "                env:",
  "                - {name: A, value: 'it''s'}",
  "...",
  "# behind the end",
].join("\r\n");

/** Something out of the menu of a card. */
async function cardMenu(page, name, choice) {
  await person.form(page).getByRole("button", { name: `Actions for ${name}`, exact: true }).click();
  await page.getByRole("menu").getByRole("menuitem", { name: choice, exact: true }).click();
}

test("the form writes into the text character by character, and the text into the form", async ({ page }) => {
  await person.begin(page, DEPLOYMENT);
  const name = person.field(page, "Name");
  await name.fill("");
  for (const so_far of ["s", "sh", "sho", "shop"]) {
    await name.press(so_far.at(-1));
    await expect(name).toHaveValue(so_far);
    await person.expectText(page, DEPLOYMENT.replace("name: web\nspec", `name: ${so_far}\nspec`));
  }
  await person.cursorAfter(page, "replicas: 2");
  await page.keyboard.type("5");
  await expect(person.field(page, "Replicas")).toHaveValue("25");
  await page.keyboard.press("Backspace");
  await page.keyboard.press("Backspace");
  await page.keyboard.type("7");
  await expect(person.field(page, "Replicas")).toHaveValue("7");
  await expect(person.line(page, "shop", "Deployment")).toBeVisible();
});

test("comments, order, quotes, anchors and CRLF stay to the byte", async ({ page }) => {
  await person.begin(page, HANDMADE, "handmade.yaml");
  await person.expectFile(page, HANDMADE);
  const replicas = person.field(page, "Replicas");
  await expect(replicas).toHaveValue("3");
  await replicas.fill("12");
  const edited = HANDMADE.replace("replicas: 3 ", "replicas: 12 ");
  await person.expectFile(page, edited);
  // In the text, too: what is typed is a line of that file, with its line end.
  await person.cursorAfter(page, "# as many as");
  await page.keyboard.press("Enter");
  await page.keyboard.type("# and more");
  await person.expectFile(page, edited.replace("pay for\r\n", "pay for\r\n    # and more\r\n"));
});

test("clearing a field takes it out of the text, and its parent when that became empty", async ({ page }) => {
  const text = DEPLOYMENT.replace("  replicas: 2\n", "  replicas: 2\n  strategy:\n    type: Recreate\n");
  await person.begin(page, text);
  await person.field(page, "Replicas").fill("");
  await person.expectText(page, text.replace("  replicas: 2\n", ""));
  await person.section(page, "Lifecycle");
  await person.form(page).getByRole("button", { name: "Remove Update strategy" }).click();
  await person.expectText(page, DEPLOYMENT.replace("  replicas: 2\n", ""));
});

test("a field shows its key, what it is when left out, and what it is for", async ({ page }) => {
  await person.begin(page, DEPLOYMENT.replace("  replicas: 2\n", ""));
  const form = person.form(page);
  await expect(form.getByText("When left out: 1", { exact: true })).toBeVisible();
  await expect(form.getByText("spec.replicas", { exact: true })).toBeVisible();
  // By keyboard: the next stop behind the field. Below the field, and on to all that is known of it.
  await person.field(page, "Replicas").focus();
  await page.keyboard.press("Tab");
  const ask = form.getByRole("button", { name: "Explain Replicas" });
  await expect(ask).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(ask).toHaveAttribute("aria-expanded", "true");
  await expect(form.getByText("Number of desired pods")).toBeVisible();
  await form.getByRole("button", { name: "More: type, values, versions" }).click();
  const explained = page.getByRole("tabpanel", { name: "Explain" });
  await expect(explained).toContainText("Number of desired pods");
  await expect(explained).toContainText("spec.replicas");
});

test("add field finds what no layout shows, by name and by what it is for", async ({ page }) => {
  await person.begin(page, DEPLOYMENT);
  const form = person.form(page);
  await person.section(page, "Lifecycle");
  await form.getByRole("button", { name: "Add field…" }).last().click();
  const search = form.getByRole("combobox", { name: "Search fields by name or description" });
  await search.fill("minready");
  await expect(form.getByRole("option", { name: /minReadySeconds/ })).toBeVisible();
  await search.press("Enter");
  await expect.poll(() => person.shownText(page)).toContain("minReadySeconds:");
});

test("lists grow, shrink and change their order as cards", async ({ page }) => {
  await person.begin(page, DEPLOYMENT);
  const form = person.form(page);
  const list = form.getByRole("group", { name: "Containers", exact: true });
  await list.getByRole("button", { name: "Container", exact: true }).click();
  const names = list.getByRole("textbox", { name: "Container name", exact: true });
  await expect(names).toHaveCount(2);
  await names.last().fill("helper");
  await list.getByRole("textbox", { name: "Image: name" }).last().fill("busybox");
  await expect.poll(() => person.shownText(page)).toContain("        - name: helper\n          image: busybox\n");
  await cardMenu(page, "helper", "Move up");
  await expect.poll(async () => (await person.shownText(page)).match(/- name: \w+/g)).toEqual(["- name: helper", "- name: web"]);
  await cardMenu(page, "helper", "Remove");
  await person.expectText(page, DEPLOYMENT);
});

test("ports are chips that open into their fields, by keyboard too", async ({ page }) => {
  await person.begin(page, `${DEPLOYMENT}          ports:\n            - {name: http, containerPort: 80}\n`);
  const form = person.form(page);
  const chip = form.getByRole("button", { name: "http 80/TCP", exact: true });
  const number = form.getByLabel(/^Container port/);
  await expect(number).toHaveCount(0);
  await chip.press("Enter");
  await expect(chip).toHaveAttribute("aria-expanded", "true");
  await expect(number).toBeFocused();
  await number.fill("8080");
  await page.keyboard.press("Escape");
  await expect(number).toHaveCount(0);
  await expect(form.getByRole("button", { name: "http 8080/TCP", exact: true })).toBeFocused();
  await person.expectText(page, `${DEPLOYMENT}          ports:\n            - {name: http, containerPort: 8080}\n`);
  await form.getByRole("button", { name: "Remove http" }).click();
  await person.expectText(page, DEPLOYMENT);
  await expect(form.getByRole("button", { name: "Port", exact: true })).toBeFocused();
});

test("file modes are octal for people, and stay as they are written", async ({ page }) => {
  const pod = (first, second) =>
    `apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers: [{name: a, image: b:1}]\n  volumes:\n    - {name: a, secret: {secretName: s, defaultMode: ${first}}}\n    - {name: b, secret: {secretName: s, defaultMode: ${second}}}\n`;
  await person.begin(page, pod("0644", "420"));
  await person.section(page, "Storage");
  const form = person.form(page);
  for (const folded of await form.getByRole("button", { name: /^b secret/, expanded: false }).all()) await folded.click();
  const modes = form.getByRole("textbox", { name: "File mode", exact: true });
  await expect(modes.first()).toHaveValue("0644");
  await expect(modes.last()).toHaveValue("0644");
  await modes.first().fill("0600");
  await modes.last().fill("0400");
  await expect(form.getByText("r-------- for owner, group and others; 256 in decimal")).toBeVisible();
  await person.expectText(page, pod("0600", "256"));
});

test("of a list of choices each says what it means", async ({ page }) => {
  const text = `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec:\n  ports: [{port: 80}]\n`;
  await person.begin(page, text);
  await person.section(page, "Network");
  const form = person.form(page);
  const families = form.getByRole("group", { name: "IP families" });
  await families.getByRole("checkbox", { name: "IPv6" }).check();
  await person.expectText(page, `${text}  ipFamilies:\n    - IPv6\n`);
  await families.getByRole("checkbox", { name: "IPv6" }).uncheck();
  await person.expectText(page, text);
});

test("the field in focus is lit in the text; the cursor in the text leads to its field", async ({ page }) => {
  await person.begin(page, DEPLOYMENT);
  await person.field(page, "Replicas").focus();
  await expect(person.editor(page).locator(".cm-lit")).toHaveText("  replicas: 2");
  await person.section(page, "Lifecycle");
  await person.cursorAfter(page, "name: web");
  await expect(person.field(page, "Name")).toBeVisible();
  await expect(person.form(page).getByRole("tab", { name: "Essentials" })).toHaveAttribute("aria-selected", "true");
});

test("labels, ports, variables, resources, probes and volumes can be filled in without knowing YAML", async ({ page }) => {
  await page.open();
  await page.getByRole("group", { name: "Start empty" }).getByRole("button", { name: "Pod" }).click();
  const form = person.form(page);
  await person.field(page, "Name").fill("db");
  const labels = form.getByRole("group", { name: "Labels", exact: true });
  await labels.getByRole("button", { name: "Label", exact: true }).click();
  // Typed through: the sign goes on to the value, Enter to the next label, as long as there is one.
  await page.keyboard.type("app=db");
  await page.keyboard.press("Enter");
  await expect(labels.getByRole("button", { name: "Label", exact: true })).toBeFocused();
  await form.getByRole("button", { name: "Container", exact: true }).click();
  await form.getByRole("textbox", { name: "Container name", exact: true }).fill("db");
  await form.getByRole("textbox", { name: "Image: name" }).fill("postgres:18");
  await expect(form.getByRole("textbox", { name: "Image: tag" })).toHaveValue("18");
  await form.getByRole("button", { name: "Port", exact: true }).click();
  await form.getByLabel(/^Container port/).fill("5432");
  await form.getByRole("button", { name: "Variable", exact: true }).click();
  await form.getByRole("textbox", { name: "Variable", exact: true }).fill("PGDATA");
  await form.getByRole("textbox", { name: "Value", exact: true }).fill("/data/pg");
  await expect
    .poll(() => person.shownText(page))
    .toBe(`apiVersion: v1
kind: Pod
metadata:
  name: db
  labels:
    app: db
spec:
  containers:
    - name: db
      image: postgres:18
      ports:
        - containerPort: 5432
      env:
        - name: PGDATA
          value: /data/pg
`);
  await expect(person.line(page, "db", "Pod").getByText("No problems", { exact: true })).toBeAttached();
});
