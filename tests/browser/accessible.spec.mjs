// axe finds nothing on any screen, light and dark, wide and narrow; no rule is left out.
import { expect, expectAccessible, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";
import { t } from "./support/words.mjs";

const SHOP = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  labels:
    app: shop
spec:
  replicas: "2"
  selector:
    matchLabels:
      app: shop
  template:
    metadata:
      labels:
        app: shop
    spec:
      containers:
        - name: shop
          image: nginx:1.29
          command: [sh, -c, "sleep 1"]
          ports:
            - containerPort: 80
          env:
            - name: A
              value: yes
            - name: B
              valueFrom:
                configMapKeyRef: {name: shop, key: b}
          resources:
            requests: {cpu: 100m}
          livenessProbe:
            httpGet: {path: /, port: 80}
          volumeMounts:
            - {name: data, mountPath: /data}
          securityContext: {runAsNonRoot: true}
      volumes:
        - name: data
          emptyDir: {}
      tolerations:
        - {key: a, operator: Exists}
      topologySpreadConstraints:
        - {maxSkew: 1, topologyKey: zone, whenUnsatisfiable: ScheduleAnyway}
---
apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector: {app: shop}
  ports:
    - port: 80
---
a: b: c
---
apiVersion: example.com/v1
kind: Widget
metadata:
  name: custom
`;

/** A dialog, looked at, and gone again. */
async function dialog(page, open, name) {
  await open();
  await expect(page.getByRole("dialog", { name })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
}

async function openShop(page) {
  await page.open();
  await expectAccessible(page);
  await dialog(page, () => page.getByRole("button", { name: "Paste YAML" }).click(), "Paste YAML");
  await person.pick(page, { name: "shop.yaml", text: SHOP });
}

for (const colorScheme of ["light", "dark"]) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test("the gallery, the form with every section, the text, findings", async ({ page }) => {
      await openShop(page);
      await person.line(page, "shop", "Deployment").click();
      await expect(person.problems(page)).toContainText("replicas takes a whole number");
      for (const section of ["Essentials", "Storage", "Health", "Scheduling", "Security", "Network", "Lifecycle", "Advanced"]) {
        await person.section(page, section);
        const tab = person.form(page).getByRole("tab", { name: section, includeHidden: true });
        await expect(tab).toHaveAttribute("aria-selected", "true");
        await expectAccessible(page);
      }
    });

    test("documents without a form, panels, menus, dialogs", async ({ page }) => {
      await openShop(page);
      const rows = person.documents(page).locator("[aria-level='2']");
      for (const row of [1, 2, 3]) {
        await rows.nth(row).click();
        await expect(rows.nth(row)).toHaveAttribute("aria-selected", "true");
        await expectAccessible(page);
      }
      await rows.nth(0).click();
      await person.form(page).getByRole("button", { name: "Add field…" }).last().click();
      await expect(person.form(page).getByRole("combobox", { name: t("pane.add_field_search") })).toBeFocused();
      await expectAccessible(page);
      await page.keyboard.press("Escape");
      await person.form(page).getByRole("button", { name: "Explain Replicas" }).click();
      await expect(person.form(page).getByText("Number of desired pods")).toBeVisible();
      await person.form(page).getByRole("button", { name: "80/TCP", exact: true }).click();
      await expectAccessible(page);
      await person.form(page).getByRole("button", { name: "More: type, values, versions" }).click();
      await expect(page.getByRole("tabpanel", { name: "Explain" })).toContainText("Number of desired pods");
      await expectAccessible(page);
      for (const panel of ["Cluster", "In the cluster now"]) {
        await person.panels(page).getByRole("tab", { name: panel, exact: true }).click();
        await expectAccessible(page);
      }
      for (const menu of [/^Workspace /, /^Kubernetes 1/, "No cluster", "Language", "Theme"]) {
        await page.getByRole("banner").getByRole("button", { name: menu }).click();
        await expect(page.getByRole("menu")).toBeVisible();
        await expectAccessible(page);
        await page.keyboard.press("Escape");
      }
      const banner = page.getByRole("banner");
      await dialog(page, () => page.getByRole("button", { name: "Add resource" }).click(), "Add resource");
      await dialog(page, () => banner.getByRole("button", { name: "Search or run" }).click(), "Search or run");
      await dialog(page, () => banner.getByRole("button", { name: "Keyboard" }).click(), "Keyboard");
      await dialog(page, () => person.fromMenu(page, "shop.yaml", "Rename"), "Rename the file");
      const manage = async () => {
        await banner.getByRole("button", { name: /^Workspace / }).click();
        await page.getByRole("menuitem", { name: "Manage workspaces…" }).click();
      };
      await dialog(page, manage, "Workspaces");
      await person.fromMenu(page, "shop.yaml", "Remove");
      await expect(person.form(page).getByRole("heading", { name: t("ui.empty") })).toBeVisible();
      await expectAccessible(page);
    });

    test.describe("narrow", () => {
      test.use({ viewport: { width: 420, height: 800 } });

      test("each part is a tab of its own", async ({ page }) => {
        await openShop(page);
        const parts = page.getByRole("tablist", { name: "Parts of the page" });
        const show = async (name) => {
          const called = new RegExp(`^${name}( \\d+)?$`);
          const tab = parts.getByRole("tab", { name: called });
          if ((await tab.count()) && (await tab.isVisible())) return tab.click();
          await page.getByRole("button", { name: "More", exact: true }).first().click();
          return page.getByRole("menuitemradio", { name: called }).click();
        };
        await show("Documents");
        await expect(person.documents(page)).toBeVisible();
        await expectAccessible(page);
        await person.line(page, "shop", "Deployment").click();
        await expect(person.field(page, "Replicas")).toBeVisible();
        await expect(person.editor(page)).toBeHidden();
        await expectAccessible(page);
        await show("YAML");
        await expect(person.editor(page)).toBeVisible();
        await expect(person.form(page)).toBeHidden();
        await expectAccessible(page);
        for (const panel of ["Problems", "Explain", "Cluster"]) {
          await show(panel);
          await expect(page.getByRole("tabpanel", { name: panel })).toBeVisible();
          await expectAccessible(page);
        }
        // Nothing is wider than the screen.
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(420);
      });
    });
  });
}

test("the theme can be chosen against the system's, and is remembered", async ({ page }) => {
  await page.open();
  const dark = () => page.evaluate(() => getComputedStyle(document.body).colorScheme + document.documentElement.classList.contains("pf-v6-theme-dark"));
  const light = await dark();
  await person.choose(page, "Theme", "Dark");
  await expect.poll(dark).not.toBe(light);
  await page.reload();
  await expect(page.getByRole("button", { name: "Paste YAML" })).toBeVisible();
  expect(await dark()).not.toBe(light);
  await person.choose(page, "Theme", t("ui.theme_system"));
  await expect.poll(dark).toBe(light);
});
