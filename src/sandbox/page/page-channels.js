// The column of channels and of what the server has in its calendar, a drawer on narrow screens.

import { element, part, rove, settleRoving, unseen } from "./page-dom.js";

/** As narrow as this the column becomes a drawer; the style sheet has the same figure. */
const NARROW = matchMedia("(max-width: 900px)");

/** The column of channels and direct messages with their unread marks. */
export class Channels {
  #world;
  #column = part("channels");
  #opener = part("channels-open");

  constructor(world) {
    this.#world = world;
    rove(this.#column, () => this.#buttons());
    for (const kind of ["loaded", "visited", "message", "deleted"]) {
      world.addEventListener(kind, () => this.#show());
    }
    for (const kind of ["loaded", "events"]) {
      world.addEventListener(kind, () => this.#showEvents());
    }
    this.#opener.addEventListener("click", () => this.#open());
    part("channels-close").addEventListener("click", () => this.#close());
    part("drawer-shade").addEventListener("click", () => this.#close());
    this.#column.addEventListener("keydown", ({ key }) => {
      if (key === "Escape" && NARROW.matches) this.#close();
    });
    NARROW.addEventListener("change", () => this.#setOpen(false));
    this.#setOpen(false);
  }

  #buttons() {
    return [...this.#column.querySelectorAll("ul button")];
  }

  #show() {
    const focused = document.activeElement?.dataset?.place;
    const places = this.#world.places();
    part("server-name").textContent = this.#world.server.name;
    part("channel-list").replaceChildren(...places.filter(({ isDirect }) => !isDirect).map((place) => this.#entry(place)));
    part("direct-list").replaceChildren(...places.filter(({ isDirect }) => isDirect).map((place) => this.#entry(place)));
    const buttons = this.#buttons();
    settleRoving(buttons, buttons.find((button) => button.ariaCurrent) ?? buttons[0]);
    if (focused) buttons.find(({ dataset }) => dataset.place === focused)?.focus();
    const unread = places.some(({ id }) => this.#world.unreadIn(id) > 0);
    part("channels-unread").textContent = unread ? ", unread messages" : "";
    this.#opener.classList.toggle("unread", unread);
  }

  #showEvents() {
    const { events } = this.#world;
    part("events").hidden = events.length === 0;
    const line = (kind, text) => element("span", { class: kind }, text);
    part("event-list").replaceChildren(
      ...events.map(({ name, day, place }) =>
        element("li", { class: "event" }, line("event-name", name), line("event-when", day), line("event-where", place)),
      ),
    );
  }

  #entry({ id, name, isDirect }) {
    const unread = this.#world.unreadIn(id);
    const isHere = id === this.#world.channel;
    const button = element(
      "button",
      {
        type: "button",
        "data-place": id,
        "aria-current": isHere ? "page" : null,
        class: unread > 0 ? "place unread" : "place",
        onclick: () => this.#visit(id),
      },
      isDirect ? element("img", { src: "/icon.svg", alt: "" }) : element("span", { class: "hash", "aria-hidden": "true" }, "#"),
      element("span", { class: "place-name" }, name),
    );
    if (unread > 0) {
      button.append(element("span", { class: "unread-count" }, unseen(", "), String(unread), unseen(" unread")));
    }
    return element("li", {}, button);
  }

  #visit(id) {
    this.#world.visit(id);
    if (NARROW.matches) this.#close();
  }

  #open() {
    this.#setOpen(true);
    this.#buttons().find((button) => button.tabIndex === 0)?.focus();
  }

  #close() {
    if (!document.body.classList.contains("drawer-open")) return;
    this.#setOpen(false);
    this.#opener.focus();
  }

  // Behind an open drawer nothing can be reached, and a closed one is out of reach itself.
  #setOpen(isOpen) {
    document.body.classList.toggle("drawer-open", isOpen);
    this.#opener.setAttribute("aria-expanded", String(isOpen));
    this.#column.inert = NARROW.matches && !isOpen;
    part("place").inert = isOpen;
    part("top").inert = isOpen;
  }
}
