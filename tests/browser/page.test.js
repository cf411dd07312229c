// What people do at the sandbox's page, with the real bot behind it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, visit } from "./town.js";

const NOTE = "Two awareness sessions are booked for January.";

test("the chair of CPEG logs a note and #cpeg reads one line", () =>
  visit(async (town, page) => {
    await town.speakAs("CPEG Chair");
    await town.choose("/update");
    await town.complete("action", "aware", /IP-1\.2/);
    await town.add("text", NOTE);
    await town.send();
    const confirmation = town.privateMessages.filter({ hasText: "IP-1.2" });
    await confirmation.waitFor();
    assert.match(await confirmation.textContent(), new RegExp(`Before.*Now.*${NOTE}`, "s"), "it says before and after");
    await confirmation.getByRole("button", { name: "Undo" }).waitFor();
    assert.equal(await page.getByRole("group", { name: "/update" }).count(), 0, "the command is put away");

    await town.goTo("cpeg");
    const line = town.publicMessages.filter({ hasText: NOTE });
    await line.waitFor();
    assert.equal(await line.count(), 1);
  }));

test("a member with no role is told who can log progress", () =>
  visit(async (town) => {
    await town.speakAs("no role");
    await town.choose("/update");
    await town.complete("action", "aware", /IP-1\.2/);
    await town.add("text", NOTE);
    await town.send();
    const refusal = town.privateMessages.last();
    await refusal.waitFor();
    assert.match(await refusal.textContent(), /CPEG|CP Support/);
    assert.doesNotMatch(await refusal.textContent(), /Logged/);

    await town.goTo("cpeg");
    assert.equal(await town.messages.filter({ hasText: NOTE }).count(), 0);
  }));

test("what is overdue is told in private and can be shared", () =>
  visit(async (town) => {
    await town.speakAs("CPEG Chair");
    await town.choose("/overdue");
    await town.send();
    const answer = town.privateMessages.filter({ hasText: "4.1" });
    await answer.waitFor();
    assert.equal(await town.publicMessages.filter({ hasText: "4.1" }).count(), 0);

    await answer.getByRole("button", { name: "Share here" }).click();
    await town.publicMessages.filter({ hasText: "4.1" }).waitFor();
    assert.equal(await town.publicMessages.filter({ hasText: "4.1" }).count(), 1);
  }));

test("a private answer can be dismissed", () =>
  visit(async (town) => {
    await town.choose("/overdue");
    await town.send();
    const answer = town.privateMessages.first();
    await answer.getByRole("button", { name: "Dismiss this message" }).click();
    await answer.waitFor({ state: "detached" });
  }));

test("a plain question to @Convener is answered", () =>
  visit(async (town, page) => {
    await town.message.pressSequentially("@Conv");
    await page.getByRole("option", { name: /^@Convener/ }).click();
    await town.message.pressSequentially("which actions are overdue?");
    await town.message.press("Enter");
    await town.publicMessages.filter({ hasText: "@Convener which actions are overdue?" }).first().waitFor();
    const answer = town.messages.filter({ hasText: "4.1" });
    await answer.waitFor();
    assert.equal(await town.message.inputValue(), "");
  }));

test("an update without words opens a form", () =>
  visit(async (town) => {
    await town.speakAs("CPEG Chair");
    await town.choose("/update");
    await town.complete("action", "aware", /IP-1\.2/);
    await town.send();
    await town.dialog.waitFor();

    const words = town.dialog.getByRole("textbox", { name: /required/ }).first();
    await words.fill("");
    await town.dialog.getByRole("button", { name: "Send" }).click();
    await town.dialog.getByText("Please write something here.").waitFor();

    await words.fill(NOTE);
    await town.dialog.getByRole("button", { name: "Send" }).click();
    await town.dialog.waitFor({ state: "detached" });
    await town.privateMessages.filter({ hasText: "IP-1.2" }).waitFor();
    await town.goTo("cpeg");
    await town.publicMessages.filter({ hasText: NOTE }).waitFor();
  }));

test("jumping the clock brings the board its digest on the day its papers are due", () =>
  visit(async (town, page) => {
    assert.equal(await town.clock(), "Monday 26 October 2020, 09:00");
    await town.jumpTo("Thursday 12 November 2020, 09:00");
    const notice = page.getByRole("button", { name: /^#cpwd-board/ });
    await notice.click();
    await page.getByRole("heading", { name: "#cpwd-board", exact: true }).waitFor();
    await page.getByRole("heading", { name: "Thursday 12 November 2020", exact: true }).waitFor();
    // Before it stand the requests for an update to whoever has the chair's role.
    const digest = town.messages.filter({ hasText: "CPWD board digest: meeting on" });
    assert.equal(await digest.count(), 1);
    assert.equal(await digest.getByRole("time").first().textContent(), "09:00");
  }));

test("the clock does not go back, and says so", () =>
  visit(async (town, page) => {
    await page.getByLabel("Go to").fill("2020-10-01T09:00");
    await page.getByRole("button", { name: "Go", exact: true }).click();
    await page.getByRole("region", { name: "Clock" }).getByRole("alert").filter({ hasText: /\w/ }).waitFor();
    assert.equal(await town.clock(), "Monday 26 October 2020, 09:00");
    // The refusal is an answer with a 4xx status, which the browser notes by itself.
    assert.equal(town.wrongs.length, 1);
    assert.match(town.wrongs.pop(), /status of 4\d\d/);
  }));

test("the keyboard alone does everything", () =>
  visit(
    async (town, page) => {
      const keys = page.keyboard;
      await town.tabTo(page.getByRole("button", { name: "Dismiss", exact: true }));
      await keys.press("Enter");
      await town.tabTo(page.getByRole("combobox", { name: "Speak as" }));
      await town.tabTo(town.message, "Shift+Tab");

      // A command chosen with the arrows, its option completed, Escape and back again.
      await keys.type("/upd");
      await page.getByRole("option", { name: /^\/update/ }).waitFor();
      await keys.press("Enter");
      const action = page.getByRole("combobox", { name: /^action/ });
      await action.waitFor();
      await keys.type("aware");
      await page.getByRole("option", { name: /IP-1\.2/, selected: true }).waitFor();
      await keys.press("Tab");
      assert.match(await action.inputValue(), /IP-1\.2/);
      await keys.press("Escape");
      assert.equal(await town.message.inputValue(), "/update");
      await keys.press("Enter");
      assert.match(await action.inputValue(), /IP-1\.2/, "what was filled in came back");
      await keys.press("Escape");

      // An answer, and its button.
      await town.message.fill("");
      await keys.type("/overdue");
      await keys.press("Enter");
      await page.getByRole("group", { name: "/overdue" }).waitFor();
      await keys.press("Enter");
      const share = page.getByRole("button", { name: "Share here" });
      await share.waitFor();
      await town.tabTo(share, "Shift+Tab");
      await keys.press("Enter");
      const shared = town.publicMessages.filter({ hasText: "4.1" });
      await shared.waitFor();

      // Messages and their menu by the arrows.
      await town.tabTo(town.message);
      await town.tabTo(town.messages.and(page.locator("[tabindex='0']")), "Shift+Tab");
      await keys.press("Home");
      assert.ok(await town.messages.first().evaluate((node) => node === document.activeElement));
      await keys.press("End");
      // A message has a menu where the bot has declared a command for messages.
      const more = shared.getByRole("button", { name: /^More for the message/ });
      if ((await more.count()) > 0) {
        await town.tabTo(more);
        await keys.press("Enter");
        await page.getByRole("menuitem").first().waitFor();
        await keys.press("Escape");
        assert.ok(await more.evaluate((node) => node === document.activeElement), "the focus is returned");
      }

      // Another channel.
      const channels = page.getByRole("navigation");
      await town.tabTo(channels.getByRole("button", { name: /^#?\s*general/ }), "Shift+Tab");
      await keys.press("ArrowDown");
      await keys.press("ArrowDown");
      await keys.press("Enter");
      await page.getByRole("heading", { name: "#cpeg", exact: true }).waitFor();
    },
    { dismissWelcome: false },
  ));

test("what was typed survives a send that fails", () =>
  visit(async (town, page) => {
    await page.route("**/sandbox/say", (route) => route.abort());
    await town.say("Please keep this");
    await page.getByRole("alert").filter({ hasText: "cannot be reached" }).waitFor();
    assert.equal(await town.message.inputValue(), "Please keep this");
    await page.unroute("**/sandbox/say");
    await town.message.press("Enter");
    await town.publicMessages.filter({ hasText: "Please keep this" }).waitFor();
    assert.equal(await town.message.inputValue(), "");
    assert.equal(town.wrongs.length, 1);
    assert.match(town.wrongs.pop(), /ERR_FAILED/);
  }));

test("what people write is shown as Discord would, and never run", () =>
  visit(async (town) => {
    await town.say("**bold** and *leaning* `code` <img src=x onerror=alert(1)> [site](javascript:alert(1))");
    const said = town.publicMessages.last();
    await said.locator("strong", { hasText: "bold" }).waitFor();
    await said.locator("em", { hasText: "leaning" }).waitFor();
    await said.locator("code", { hasText: "code" }).waitFor();
    assert.match(await said.textContent(), /<img src=x onerror=alert\(1\)> \[site\]\(javascript:alert\(1\)\)/);
    assert.equal(await said.locator("img[src='x'], a").count(), 0);
  }));

test("the person chosen and the dismissed welcome are kept for the tab", () =>
  visit(async (town, page) => {
    await town.speakAs("CP Support");
    await page.reload();
    await town.message.waitFor();
    const chooser = page.getByRole("combobox", { name: "Speak as" });
    await chooser.getByRole("option").first().waitFor({ state: "attached" });
    assert.match(await chooser.evaluate((node) => node.selectedOptions[0].textContent), /CP Support/);
    assert.equal(await page.getByRole("heading", { name: "Welcome to the sandbox" }).count(), 0);
    assert.equal(await page.evaluate(() => localStorage.length), 0);
    assert.equal(await page.evaluate(() => document.cookie), "");
  }));

test("a phone has the channels in a drawer and never scrolls sideways", () =>
  visit(
    async (town, page) => {
      const width = () => page.evaluate(() => document.scrollingElement.scrollWidth);
      assert.equal(await width(), 360);
      await town.choose("/overdue");
      assert.equal(await width(), 360);
      await town.send();
      await town.privateMessages.first().waitFor();
      assert.equal(await width(), 360);

      const open = page.getByRole("button", { name: /^☰?Channels/ });
      await open.click();
      await page.keyboard.press("Escape");
      assert.ok(await open.evaluate((node) => node === document.activeElement), "the focus is returned");
      await town.goTo("cpwd-board");
      assert.equal(await width(), 360);
    },
    { viewport: { ...PHONE, width: 360 } },
  ));
