// What people do from the menu of a message.

import assert from "node:assert/strict";
import { test } from "node:test";
import axe from "axe-core";
import { PHONE, visit } from "./town.js";

const SAID = "The hall in Clydebank is booked for two sessions.";

/** Somebody without a role says something in #general, and the chair of CPEG reads it. */
async function read(town) {
  await town.goTo("general");
  await town.speakAs("no role");
  await town.say(SAID);
  await town.publicMessages.filter({ hasText: SAID }).waitFor();
  await town.speakAs("CPEG Chair");
  const message = town.publicMessages.filter({ hasText: SAID });
  await message.waitFor();
  return message;
}

const more = (message) => message.getByRole("button", { name: /^More for the message by Tom Walker at / });

test("what somebody said is logged from the menu of their message", () =>
  visit(async (town, page) => {
    const message = await read(town);
    await message.hover();
    await more(message).click();
    await page.getByRole("menuitem", { name: "Log as progress" }).click();
    await town.dialog.waitFor();
    await town.dialog.getByRole("heading", { name: "Log progress: what Tom Walker wrote" }).waitFor();
    const words = town.dialog.getByRole("textbox", { name: /^What has happened\?/ });
    assert.match(await words.inputValue(), new RegExp(`^${SAID}\\nhttps://discord\\.com/channels/\\d+/\\d+/\\d+$`));

    await town.dialog.getByRole("button", { name: "Send" }).click();
    await town.dialog.getByText("Please write something here.").waitFor();
    await town.dialog.getByRole("textbox", { name: /^Which action\?/ }).fill("1.2");
    await town.dialog.getByRole("button", { name: "Send" }).click();
    await town.dialog.waitFor({ state: "detached" });
    await town.privateMessages.filter({ hasText: "Logged: IP-1.2" }).waitFor();
    await town.goTo("cpeg");
    await town.publicMessages.filter({ hasText: SAID }).waitFor();
  }));

test("the menu of a message is used by the keyboard alone", () =>
  visit(async (town, page) => {
    const message = await read(town);
    const keys = page.keyboard;
    await town.message.focus();
    await town.tabTo(more(message), "Shift+Tab");
    await keys.press("Enter");
    const item = page.getByRole("menuitem", { name: "Log as progress" });
    await item.waitFor();
    assert.ok(await item.evaluate((node) => node === document.activeElement), "the focus is in the menu");
    await keys.press("Enter");
    const action = town.dialog.getByRole("textbox", { name: /^Which action\?/ });
    await action.waitFor();
    assert.ok(await action.evaluate((node) => node === document.activeElement), "the focus is in the form");
    await keys.type("1.2");
    await keys.press("Control+Enter");
    await town.privateMessages.filter({ hasText: "Logged: IP-1.2" }).waitFor();
    assert.ok(await more(message).evaluate((node) => node === document.activeElement), "the focus is returned");
  }));

test("somebody who answers for nothing is told so, and no form opens", () =>
  visit(async (town, page) => {
    const message = await read(town);
    await town.speakAs("no role");
    await message.waitFor();
    await message.hover();
    await more(message).click();
    await page.getByRole("menuitem", { name: "Log as progress" }).click();
    const refusal = town.privateMessages.last();
    await refusal.waitFor();
    assert.match(await refusal.textContent(), /CP Support/);
    assert.equal(await town.dialog.count(), 0);
    assert.equal(await refusal.getByRole("button", { name: /^More for the message/ }).count(), 0, "a private answer has no menu");
  }));

test("nothing about the menu of a message stands in anybody's way, on a phone either", () =>
  visit(
    async (town, page) => {
      await page.evaluate(axe.source);
      const message = await read(town);
      await more(message).click();
      await page.getByRole("menuitem", { name: "Log as progress" }).waitFor();
      const { violations } = await page.evaluate(() => window.axe.run("#log"));
      assert.deepEqual(violations.map(({ id, help }) => `${id}: ${help}`), []);
      if (process.env.SHOT_MENU) await page.screenshot({ path: process.env.SHOT_MENU });
      const width = await page.evaluate(() => document.scrollingElement.scrollWidth);
      assert.equal(width, PHONE.width);
    },
    { viewport: PHONE },
  ));

test("a message that was changed says so, be it words or a card", () =>
  visit(async (town, page) => {
    await town.speakAs("CPEG Chair");
    await town.choose("/update");
    await town.complete("action", "aware", /IP-1\.2/);
    await town.add("text", SAID);
    await town.send();
    await town.privateMessages.filter({ hasText: "Logged: IP-1.2" }).waitFor();
    await town.goTo("cpeg");
    await town.publicMessages.filter({ hasText: SAID }).waitFor();
    await town.say("Well done");
    await town.publicMessages.filter({ hasText: "Well done" }).waitFor();
    assert.equal(await town.publicMessages.filter({ hasText: "(edited)" }).count(), 0);

    await page.route("**/sandbox/world?*", async (route) => {
      const answer = await route.fetch();
      const told = await answer.json();
      for (const message of Object.values(told.messages).flat()) message.edited_timestamp = message.timestamp;
      await route.fulfill({ response: answer, json: told });
    });
    await page.reload();
    await town.goTo("cpeg");
    const edited = town.publicMessages.filter({ hasText: "(edited)" });
    await edited.nth(1).waitFor();
    assert.equal(await edited.count(), 2);
    assert.match(await edited.first().textContent(), new RegExp(`${SAID}.*\\(edited\\)`, "s"));
    if (process.env.SHOT) await page.screenshot({ path: process.env.SHOT });
  }));

test("somebody is picked from the people of the server", () =>
  visit(async (town, page) => {
    // A command that takes somebody, whatever those of the bot take.
    const option = { type: 6, name: "person", description: "Who it is", required: true };
    const command = { id: "1", type: 1, name: "pick", description: "Pick somebody", options: [option] };
    await page.route("**/sandbox/world?*", async (route) => {
      const answer = await route.fetch();
      const told = await answer.json();
      await route.fulfill({ response: answer, json: { ...told, commands: [...told.commands, command] } });
    });
    const sent = [];
    await page.route("**/sandbox/command", (route) => {
      sent.push(route.request().postDataJSON().options);
      return route.fulfill({ json: { kind: "answered" } });
    });
    await page.reload();
    await town.message.waitFor();
    await page.getByRole("combobox", { name: "Speak as" }).getByRole("option").first().waitFor({ state: "attached" });

    await town.choose("/pick");
    const person = page.getByRole("combobox", { name: /^person/ });
    await person.pressSequentially("fiona");
    await page.getByRole("option", { name: /^Fiona Campbell/, selected: true }).waitFor();
    await page.keyboard.press("Tab");
    assert.equal(await person.inputValue(), "Fiona Campbell");
    await town.send();
    await page.getByRole("group", { name: "/pick" }).waitFor({ state: "hidden" });

    await town.choose("/pick");
    await page.getByRole("combobox", { name: /^person/ }).fill("nobody of that name");
    await town.send();
    await page.getByText("Choose one from the list.").waitFor();
    const speakers = page.getByRole("combobox", { name: "Speak as" }).getByRole("option");
    const id = await speakers.filter({ hasText: "Fiona Campbell" }).getAttribute("value");
    assert.deepEqual(sent, [[{ name: "person", value: id }]]);
  }));
