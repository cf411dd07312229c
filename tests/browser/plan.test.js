// The plan as files at the sandbox's page: what comes with a digest, and a plan that is given and applied.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import axe from "axe-core";
import { DESKTOP, PHONE, visit } from "./town.js";

const PRINTED = readFileSync(new URL("../../config/cpwd-plan.csv", import.meta.url), "utf8");
/** The printed plan with one action dated later. */
const REVISED = PRINTED.replace("CP Support,June 2021", "CP Support,September 2021");
const PLAN = { name: "revised.csv", mimeType: "text/csv", buffer: Buffer.from(REVISED) };

/** Follows a link to a file, and reads what it gives. */
async function downloaded(page, link) {
  const [download] = await Promise.all([page.waitForEvent("download"), link.click()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

async function noBarriers(page) {
  const { violations } = await page.evaluate(() => window.axe.run("main"));
  assert.deepEqual(violations.map(({ id, help }) => `${id}: ${help}`), []);
}

for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  test(`the board's digest brings the plan on a page, said in words, and its files (${size})`, () =>
    visit(
      async (town, page) => {
        await town.jumpTo("Thursday 12 November 2020, 09:00");
        await town.goTo("cpwd-board");
        const digest = town.publicMessages.filter({ hasText: "CPWD board digest" });
        const picture = digest.getByRole("img", { name: /^Improvement Plan 2020-2022, .*Overdue, longest first: IP-4\.1 by 43 days/ });
        await picture.waitFor();
        await page.waitForFunction((node) => node.complete && node.naturalWidth > 300, await picture.elementHandle());
        assert.ok((await picture.boundingBox()).width <= viewport.width, "it fits beside nothing and over no edge");

        const begins = { docx: "PK", csv: "\ufeffImprovement Area,No.", png: "\ufffdPNG" };
        for (const [ending, first] of Object.entries(begins)) {
          const link = digest.getByRole("link", { name: new RegExp(`\\.${ending}$`) });
          const { name, bytes } = await downloaded(page, link);
          assert.equal(name, await link.textContent());
          assert.ok(bytes.toString("utf8").startsWith(first), `${name} is what its name says`);
        }
        await page.evaluate(axe.source);
        await noBarriers(page);
      },
      { viewport },
    ));
}

test("a plan is previewed, its doubts are answered in the form, and it is applied once", () =>
  visit(
    async (town, page) => {
      await town.speakAs("CP Support");
      await town.choose("/plan import");
      await page.getByLabel(/^file/).setInputFiles(PLAN);
      await town.send();
      const first = town.privateMessages.filter({ hasText: "Preview of revised.csv" }).first();
      await first.getByText("IP-1.3 is due September 2021, was June 2021").waitFor();
      await first.getByText("No lead is printed; CPEG leads its neighbours. Choose who leads.").first().waitFor();
      const { name, bytes } = await downloaded(page, first.getByRole("link", { name: /^preview-\d+\.csv$/ }));
      assert.match(name, /^preview-\d+\.csv$/);
      assert.match(bytes.toString("utf8"), /September 2021.*No lead is printed/s);

      await first.getByRole("button", { name: "Answer the doubts" }).click();
      const form = town.dialog.getByRole("textbox");
      assert.match(await form.inputValue(), /^3\.1 lead: \[who leads it\?/);
      await form.fill("3.1 lead: CPEG\n3.2 date: none\n3.3 date: none\n3.3 lead: none");
      await page.evaluate(axe.source);
      await noBarriers(page);
      await town.dialog.getByRole("button", { name: "Send" }).click();
      const answered = town.privateMessages.filter({ hasText: "IP-3.1 is led by CPEG" });
      await answered.waitFor();
      assert.doesNotMatch(await answered.textContent(), /To look at/, "nothing is doubtful any more");

      await answered.getByRole("button", { name: "Apply", exact: true }).click();
      await town.privateMessages.filter({ hasText: "Applied: revised.csv" }).waitFor();
      await answered.getByRole("button", { name: "Apply", exact: true }).click();
      await town.privateMessages.filter({ hasText: "was applied already" }).waitFor();

      await town.goTo("cpwd-board");
      const line = town.publicMessages.filter({ hasText: "was changed by Priya Nair from revised.csv" });
      await line.waitFor();
      assert.equal(await line.count(), 1);
    },
    { viewport: PHONE },
  ));
