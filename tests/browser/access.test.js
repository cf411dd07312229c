// That the page can be used by everybody: axe finds nothing in any of its main states.

import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";
import { DESKTOP, PHONE, visit } from "./town.js";

for (const [size, viewport] of Object.entries({ desktop: DESKTOP, phone: PHONE })) {
  for (const colorScheme of ["light", "dark"]) {
    test(`nothing stands in anybody's way (${size}, ${colorScheme})`, () =>
      visit((town, page) => walkThrough(town, page), { viewport, colorScheme, dismissWelcome: false }));
  }
}

async function walkThrough(town, page) {
  await page.evaluate(axe.source);
  await check(page, "the welcome");
  await page.getByRole("button", { name: "Dismiss", exact: true }).click();

  await town.speakAs("CPEG Chair");
  await town.message.pressSequentially("/");
  await page.getByRole("option", { name: /^\/update/ }).waitFor();
  await check(page, "the list of commands");
  await reachTheLast(page);

  await town.choose("/update");
  await town.send();
  await page.getByText("Please fill in “action”.").waitFor();
  await page.getByRole("combobox", { name: /^action/ }).pressSequentially("aware");
  const offered = page.getByRole("option", { name: /IP-1\.2/ });
  await offered.waitFor();
  await check(page, "a command with its completion");

  await offered.click();
  await town.send();
  await town.dialog.waitFor();
  await check(page, "a form");
  await town.dialog.getByRole("button", { name: "Cancel" }).click();
  await town.dialog.waitFor({ state: "detached" });

  await town.message.waitFor();
  await town.choose("/overdue");
  await town.send();
  await town.privateMessages.filter({ hasText: "4.1" }).waitFor();
  await town.say("@Convener which actions are overdue?");
  await town.messages.filter({ hasText: "4.1" }).nth(1).waitFor();
  await check(page, "answers");

  await town.jumpTo("Thursday 12 November 2020, 09:00");
  await check(page, "after a journey");
  const open = page.getByRole("button", { name: /^☰?Channels/ });
  if (await open.isVisible()) {
    await open.click();
    await check(page, "the drawer");
    await page.keyboard.press("Escape");
  }
  await town.goTo("cpwd-board");
  await town.messages.first().waitFor();
  await check(page, "a digest");
}

async function check(page, state) {
  const { violations } = await page.evaluate(() => window.axe.run());
  const told = violations
    .map((violation) => ({ ...violation, nodes: violation.nodes.filter((node) => !isOwnedList(violation, node)) }))
    .filter(({ nodes }) => nodes.length > 0)
    .map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(" ")}`);
  assert.deepEqual(told, [], state);
}

/**
 * The list of suggestions is scrolled by the arrows of the field that owns it, which axe cannot see.
 * `reachTheLast` shows that it is.
 */
function isOwnedList({ id }, { target }) {
  return id === "scrollable-region-focusable" && target.join() === "#suggestions";
}

async function reachTheLast(page) {
  await page.keyboard.press("ArrowUp");
  const last = page.locator("#suggestions").getByRole("option").last();
  assert.equal(await last.getAttribute("aria-selected"), "true", "the arrows come to the last suggestion");
  const [option, list] = await Promise.all([last.boundingBox(), page.locator("#suggestions").boundingBox()]);
  assert.ok(option.y >= list.y && option.y + option.height <= list.y + list.height + 1, "and it is in view");
}
