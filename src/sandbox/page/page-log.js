// The messages of the channel on show, by day, and what screen readers are told of new ones.

import { element, freshId, part, rove, settleRoving } from "./page-dom.js";
import { messageCommands } from "./page-commands.js";
import { refreshRelativeTimes } from "./page-markup.js";
import { messageItem, spoken } from "./page-message.js";
import { openMenu } from "./page-menu.js";

/** How near its end the list counts as read to the end. */
const NEAR_END_PX = 80;

/** How long "is typing" stands when nothing follows; Discord's own is ten seconds. */
const TYPING_LASTS_MS = 10_000;

/** The message list in the middle of the page. */
export class Log {
  #world;
  #acts;
  #scroller = part("log");
  #days = part("days");
  #typingTimer = null;
  #wasAtEnd = true;

  /** `send` has `press(details)` and `menu(details)`. */
  constructor(world, send) {
    this.#world = world;
    this.#acts = {
      press: (details) => send.press(details),
      openMenu: (message, opener) => this.#openMenu(message, opener, send),
    };
    rove(this.#days, () => this.#items());
    this.#days.addEventListener("focusin", ({ target }) => {
      this.#settle(this.#items(), target.closest(".message"));
    });
    world.addEventListener("loaded", () => this.#showChannel());
    world.addEventListener("visited", () => this.#showChannel());
    world.addEventListener("commands", () => this.#showChannel());
    world.addEventListener("message", ({ detail }) => this.#showMessage(detail));
    world.addEventListener("deleted", ({ detail }) => this.#removeMessage(detail));
    world.addEventListener("typing", ({ detail }) => this.#showTyping(detail));
    world.addEventListener("clock", () => refreshRelativeTimes(this.#days, world));
    part("newest").addEventListener("click", () => this.#scrollToEnd());
    this.#scroller.addEventListener("scroll", () => this.#noticeEnd());
    // A notice or a tall composer takes room away: whoever was reading the end still does.
    new ResizeObserver(() => this.#wasAtEnd && this.#scrollToEnd()).observe(this.#scroller);
  }

  #items() {
    return [...this.#days.querySelectorAll(".message")];
  }

  #showChannel() {
    const { channel } = this.#world;
    const place = this.#world.place(channel);
    const name = place.isDirect ? place.name : `#${place.name}`;
    part("channel-name").textContent = name;
    part("channel-topic").textContent = place.topic ?? "";
    document.title = `${name} · ${this.#world.server.name}`;
    this.#scroller.setAttribute("aria-label", `Messages in ${name}`);
    this.#hideTyping();
    const hadFocus = this.#days.contains(document.activeElement);
    this.#days.replaceChildren();
    for (const message of this.#world.messagesIn(channel)) this.#append(message);
    this.#arrange();
    this.#scrollToEnd();
    if (hadFocus) this.#scroller.focus();
  }

  #showMessage({ message, isNew }) {
    if (message.channel_id !== this.#world.channel) return;
    const wasAtEnd = this.#isAtEnd();
    if (isNew) this.#append(message);
    else this.#replace(message);
    this.#arrange();
    if (this.#world.isBot(message.author)) this.#hideTyping();
    if (message.state === "sent" && message.author.id !== this.#world.speaker) {
      part("told").textContent = spoken(message, this.#world);
    }
    if (wasAtEnd || message.author.id === this.#world.speaker) this.#scrollToEnd();
    else if (isNew) part("newest").hidden = false;
  }

  #append(message) {
    const day = this.#days.lastElementChild;
    const list = day?.dataset.day === message.day ? day.querySelector("ol") : this.#startDay(message.day);
    list.append(this.#item(message));
  }

  #startDay(name) {
    const id = freshId("day");
    const list = element("ol", { "aria-labelledby": id });
    this.#days.append(element("section", { class: "day", "data-day": name }, element("h3", { id }, name), list));
    return list;
  }

  #item(message) {
    const offersMenu = messageCommands(this.#world.commands).length > 0 && !this.#world.isEphemeral(message);
    const { press, openMenu: menu } = this.#acts;
    return messageItem(message, this.#world, { press, menu: offersMenu ? menu : null });
  }

  // A replaced message gives the focus back to the same button, or to itself.
  #replace(message) {
    const before = this.#find(message.id);
    if (!before) return;
    const after = this.#item(message);
    const focused = before.contains(document.activeElement) ? document.activeElement : null;
    const target = focused?.dataset.focus;
    before.replaceWith(after);
    if (!focused) return;
    const again = [...after.querySelectorAll("[data-focus]:not(:disabled)")].find(({ dataset }) => dataset.focus === target);
    (again ?? after).focus();
  }

  #removeMessage({ channel, id }) {
    if (channel !== this.#world.channel) return;
    const item = this.#find(id);
    if (!item) return;
    const hadFocus = item.contains(document.activeElement);
    const list = item.parentElement;
    item.remove();
    if (list.children.length === 0) list.parentElement.remove();
    this.#arrange();
    if (hadFocus) (this.#items().at(-1) ?? part("composer-text")).focus();
  }

  #find(id) {
    return this.#items().find((item) => item.dataset.id === id);
  }

  // Messages of one author in a row share a heading; one of them all is in the tab order.
  #arrange() {
    for (const list of this.#days.querySelectorAll(".day > ol")) {
      for (const item of list.children) item.classList.toggle("follows", this.#follows(item));
    }
    const items = this.#items();
    this.#settle(items, items.find((item) => item.contains(document.activeElement)) ?? items.at(-1));
    part("empty").hidden = items.length > 0;
  }

  #settle(items, current) {
    settleRoving(items, current);
    for (const item of items) {
      const more = item.querySelector(".more");
      if (more) more.tabIndex = item === current ? 0 : -1;
    }
  }

  #follows(item) {
    const before = item.previousElementSibling;
    if (!before || item.querySelector(".answered")) return false;
    const sameAuthor = before.dataset.author === item.dataset.author;
    const sameMinute = time(before) === time(item);
    const sameEyes = before.classList.contains("ephemeral") === item.classList.contains("ephemeral");
    return sameAuthor && sameMinute && sameEyes;
  }

  #openMenu(message, opener, send) {
    const commands = messageCommands(this.#world.commands);
    const entries = commands.map(({ name }) => ({
      name,
      run: () => send.menu({ command: name, message: message.id }),
    }));
    openMenu(opener, entries);
  }

  #showTyping({ channel }) {
    if (channel !== this.#world.channel) return;
    part("typing").textContent = `${this.#world.bot.name} is typing…`;
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => this.#hideTyping(), TYPING_LASTS_MS);
  }

  #hideTyping() {
    clearTimeout(this.#typingTimer);
    part("typing").textContent = "";
  }

  #isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  #noticeEnd() {
    this.#wasAtEnd = this.#isAtEnd();
    if (this.#wasAtEnd) part("newest").hidden = true;
  }

  #scrollToEnd() {
    // Where nothing has been said the welcome is read from its beginning.
    this.#scroller.scrollTop = this.#items().length > 0 ? this.#scroller.scrollHeight : 0;
    this.#wasAtEnd = true;
    part("newest").hidden = true;
  }
}

function time(item) {
  return item.querySelector(".message-header time").textContent;
}
