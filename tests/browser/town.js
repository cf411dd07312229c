// A sandbox of one's own, and somebody at its page with a keyboard and a mouse.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const PROGRAM = process.env.CONVENER_BIN ?? fileURLToPath(new URL("../../target/debug/convener", import.meta.url));
const BROWSER = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Nothing but the page itself may use the network, and no sandbox in a container. */
const BROWSER_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** How long the program may take to say where it listens. */
const START_MS = 20_000;

/** How long anything on the page may take. */
const PATIENCE_MS = 8_000;

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 800 };

/** Runs `story` with a fresh sandbox and page, then checks that nothing went wrong unseen. */
export async function visit(story, { viewport = DESKTOP, colorScheme = "light", dismissWelcome = true } = {}) {
  const program = spawn(PROGRAM, ["sandbox", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  let browser = null;
  try {
    const address = await addressOf(program);
    browser = await chromium.launch({ executablePath: BROWSER, args: BROWSER_FLAGS });
    const context = await browser.newContext({ viewport, colorScheme, locale: "en-GB", reducedMotion: "reduce" });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE_MS);
    const town = new Town(page, address);
    await page.goto(address);
    await town.message.waitFor();
    await page.getByRole("combobox", { name: "Speak as" }).getByRole("option").first().waitFor({ state: "attached" });
    if (dismissWelcome) await page.getByRole("button", { name: "Dismiss", exact: true }).click();
    await story(town, page);
    assert.deepEqual(town.wrongs, [], "the page made no error and asked nobody else for anything");
  } finally {
    await browser?.close();
    await stop(program);
  }
}

async function addressOf(program) {
  let said = "";
  const found = new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`no address within ${START_MS} ms; it said: ${said}`)), START_MS);
    program.once("error", reject);
    program.once("exit", (code) => reject(new Error(`${PROGRAM} ended with ${code}; it said: ${said}`)));
    program.stdout.on("data", (chunk) => {
      said += chunk;
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (!address) return;
      clearTimeout(late);
      resolve(address[0]);
    });
  });
  return found;
}

async function stop(program) {
  if (program.exitCode !== null || program.signalCode !== null || program.pid === undefined) return;
  program.kill("SIGTERM");
  await once(program, "exit");
}

/** The page as a person uses it. */
export class Town {
  /** Errors of the page, and requests to other addresses. */
  wrongs = [];

  constructor(page, address) {
    this.page = page;
    const { origin, host } = new URL(address);
    page.on("pageerror", (error) => this.wrongs.push(String(error)));
    page.on("console", (line) => {
      if (["error", "warning"].includes(line.type())) this.wrongs.push(line.text());
    });
    page.on("request", (request) => {
      if (new URL(request.url()).origin !== origin) this.wrongs.push(`a request to ${request.url()}`);
    });
    page.on("websocket", (socket) => {
      if (new URL(socket.url()).host !== host) this.wrongs.push(`a socket to ${socket.url()}`);
    });
  }

  /** Where one writes. */
  get message() {
    return this.page.getByRole("textbox", { name: /^Message / });
  }

  /** The messages on show, leaving out lists within them. */
  get messages() {
    return this.page.getByRole("region", { name: /^Messages in / }).locator("section > ol > li");
  }

  /** The messages on show that everybody sees. */
  get publicMessages() {
    return this.messages.filter({ hasNotText: "Only you can see this" });
  }

  get privateMessages() {
    return this.messages.filter({ hasText: "Only you can see this" });
  }

  get dialog() {
    return this.page.getByRole("dialog");
  }

  /** Becomes the first person whose roles read as `role`. */
  async speakAs(role) {
    const chooser = this.page.getByRole("combobox", { name: "Speak as" });
    const label = await chooser.getByRole("option").filter({ hasText: role }).first().textContent();
    const loaded = this.page.waitForResponse(/\/sandbox\/world\?as=/);
    const before = await chooser.inputValue();
    await chooser.selectOption({ label });
    if ((await chooser.inputValue()) !== before) await loaded;
    else loaded.catch(() => {});
    await this.page.getByRole("button", { name: "Send" }).waitFor();
  }

  async goTo(channel) {
    const open = this.page.getByRole("button", { name: /^☰?Channels/ });
    if (await open.isVisible()) await open.click();
    const channels = this.page.getByRole("navigation");
    await channels.getByRole("button", { name: new RegExp(`^#?\\s*${channel}(?![\\w-])`) }).click();
    await this.page.getByRole("heading", { name: `#${channel}`, exact: true }).waitFor();
  }

  async say(text) {
    await this.message.fill(text);
    await this.message.press("Enter");
  }

  /** Chooses a command from the list that opens on `/`. */
  async choose(command) {
    await this.message.fill("");
    await this.message.pressSequentially(command);
    await this.page.getByRole("option", { name: new RegExp(`^${command}\\b`) }).first().click();
    await this.page.getByRole("group", { name: command, exact: true }).waitFor();
  }

  /** Types into an option that completes, and picks what is offered. */
  async complete(option, typed, offered) {
    await this.page.getByRole("combobox", { name: new RegExp(`^${option}\\b`) }).pressSequentially(typed);
    await this.page.getByRole("option", { name: offered }).click();
  }

  /** Fills in an option that is offered. */
  async add(option, text) {
    await this.page.getByRole("button", { name: `Add option ${option}`, exact: true }).click();
    await this.page.getByLabel(new RegExp(`^${option}\\b`)).fill(text);
  }

  async send() {
    await this.page.getByRole("button", { name: "Send" }).last().click();
  }

  /** What time it is for the partnership, in words. */
  async clock() {
    return this.page.getByRole("region", { name: "Clock" }).getByRole("time").first().textContent();
  }

  /** Jumps until the clock reads `words`. */
  async jumpTo(words) {
    const jump = this.page.getByRole("button", { name: "Jump to the next thing that happens" });
    for (let jumps = 0; jumps < 20; jumps += 1) {
      if ((await this.clock()) === words) return;
      await jump.click();
      await this.page.locator("button[aria-disabled=true]").first().waitFor({ state: "detached" });
    }
    assert.equal(await this.clock(), words);
  }

  /** Presses Tab (or Shift+Tab) until `target` has the focus. */
  async tabTo(target, key = "Tab") {
    for (let presses = 0; presses < 60; presses += 1) {
      if (await target.evaluate((node) => node === document.activeElement)) return;
      await this.page.keyboard.press(key);
    }
    assert.fail(`the focus never came to ${target}`);
  }
}
