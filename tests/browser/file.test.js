// Files that people give to a command at the sandbox's page.

import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";
import { PHONE, visit } from "./town.js";

const PLAN = { name: "plan 2020.csv", mimeType: "text/csv", buffer: Buffer.from("No,Activities\r\n1.1,Sessions\r\n") };
const HUGE = { ...PLAN, name: "huge.csv", buffer: Buffer.alloc(10 * 1024 * 1024 + 1, "x") };

async function chooseImport(town) {
  await town.speakAs("CP Support");
  await town.choose("/plan import");
  return town.page.getByLabel(/^file/);
}

test("a file is given to a command and comes to the bot", () =>
  visit(async (town, page) => {
    const file = await chooseImport(town);
    await town.tabTo(file);
    await file.setInputFiles(PLAN);
    await page.getByRole("status").filter({ hasText: "plan 2020.csv, 29 bytes, is chosen." }).waitFor();
    const commanded = page.waitForRequest(/\/sandbox\/command$/);
    await town.send();
    const { options } = (await commanded).postDataJSON();
    const [{ name, value }] = options;
    assert.equal(name, "file");
    assert.match(value, /^\d+$/, "the command speaks of the file by its id");
    const answer = town.privateMessages.last();
    await answer.waitFor();
    assert.match(await answer.textContent(), /\/plan import/);
    assert.match(await answer.textContent(), /Preview of plan 2020\.csv.*1 action in 1 area/s, "the bot has got it");
    assert.equal(await page.getByRole("group", { name: "/plan import" }).count(), 0, "the command is put away");
  }));

test("a file that is missing or too large is said before anything is sent, and can be taken back", () =>
  visit(async (town, page) => {
    const sent = [];
    page.on("request", (request) => sent.push(request.url()));
    const file = await chooseImport(town);
    await page.getByText("At most 10 MB.").waitFor();
    await town.send();
    await page.getByText("Please choose a file for “file”.").waitFor();
    assert.ok(await file.evaluate((node) => node === document.activeElement), "the focus is where it is to be mended");

    await file.setInputFiles(HUGE);
    await page.getByText("“huge.csv” has 10.1 MB, and a file has at most 10 MB.").waitFor();
    await town.send();
    await page.getByRole("button", { name: "Take back the file" }).click();
    await page.getByText("“huge.csv” has 10.1 MB").waitFor({ state: "hidden" });
    assert.equal(await file.inputValue(), "");
    assert.ok(await file.evaluate((node) => node === document.activeElement), "the focus is not lost");
    assert.deepEqual(sent.filter((url) => /attach|command/.test(url)), []);
  }));

test("a file that was chosen is still there when the command is left and chosen again", () =>
  visit(async (town, page) => {
    await (await chooseImport(town)).setInputFiles(PLAN);
    await page.getByRole("button", { name: "Leave this command" }).click();
    const file = await chooseImport(town);
    assert.match(await file.inputValue(), /plan 2020\.csv$/);
  }));

test("nothing about a file stands in anybody's way, on a phone either", () =>
  visit(
    async (town, page) => {
      await page.evaluate(axe.source);
      const file = await chooseImport(town);
      await file.setInputFiles(HUGE);
      await page.getByText("“huge.csv” has").waitFor();
      const { violations } = await page.evaluate(() => window.axe.run("#composer"));
      assert.deepEqual(violations.map(({ id, help }) => `${id}: ${help}`), []);
      if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
    },
    { viewport: PHONE },
  ));
