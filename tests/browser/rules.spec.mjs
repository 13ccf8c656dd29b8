// What a real API server would say, without one: its rules at line and field with what mends them, what it fills in,
// and what does not fit between documents.
import { expect, test } from "./support/studio.mjs";
import * as person from "./support/person.mjs";

const JOB = `apiVersion: batch/v1
kind: Job
metadata:
  name: count
spec:
  template:
    spec:
      containers:
        - name: count # only once
          image: busybox:1.37
`;
const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: My_Web
spec:
  selector:
    app: wbe
  ports:
    - port: 80
`;
const DEPLOYMENT = person.DEPLOYMENT.replace("nginx:1.29\n", "nginx\n          ports:\n            - containerPort: 80\n");

const problem = (page, text) => person.problems(page).getByRole("listitem").filter({ hasText: text });

test("a rule of the API server is said in plain words and in the server's own, and mended by a button", async ({ page }) => {
  await person.begin(page, JOB);
  const row = problem(page, "restartPolicy must be Never or OnFailure");
  await expect(row).toContainText('spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"');
  const field = person.field(page, "Restart policy", "combobox");
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await row.getByRole("button", { name: "Set restartPolicy to Never" }).click();
  await expect(person.problems(page)).toContainText("No problems.");
  await expect(field).not.toHaveAttribute("aria-invalid", "true");
  await expect(person.editor(page)).toContainText("# only once");
  await expect(person.editor(page)).toContainText("restartPolicy: Never");
});

test("documents that do not fit each other are pointed out", async ({ page }) => {
  await person.begin(page, `${DEPLOYMENT}---\n${SERVICE.replace("My_Web", "web")}`);
  await expect(person.problems(page)).toContainText("app");
  await expect(person.problems(page).getByRole("listitem")).not.toHaveCount(0);
  const fix = person.problems(page).getByRole("listitem").first().getByRole("button").last();
  await fix.click();
  await expect(person.problems(page)).toContainText("No problems.");
  await expect(person.editor(page)).not.toContainText("wbe");
});

test("the object as the server would store it is shown, explained, and taken into the text", async ({ page }) => {
  await person.begin(page, DEPLOYMENT);
  await page.getByRole("tab", { name: "Effective" }).click();
  const panel = page.getByRole("tabpanel", { name: "Effective" });
  const line = panel.getByRole("listitem").filter({ hasText: "imagePullPolicy: Always" });
  await expect(line).toContainText("latest");
  await line.getByRole("button").click();
  await expect(person.editor(page)).toContainText("imagePullPolicy: Always");
  await expect(panel.getByRole("listitem").filter({ hasText: "imagePullPolicy: Always" }).getByRole("button")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(person.editor(page)).not.toContainText("imagePullPolicy");
});

test("another version of Kubernetes has other rules", async ({ page }) => {
  await person.begin(page, SERVICE.replace("My_Web", "1web"));
  await expect(person.problems(page)).toContainText("No problems.");
  await page.getByRole("button", { name: /Kubernetes 1\.37/ }).click();
  await page.getByRole("option", { name: /1\.35/ }).or(page.getByRole("menuitemradio", { name: /1\.35/ })).first().click();
  await expect(problem(page, "name cannot be 1web")).toBeVisible();
});
