// The clock: what time it is for the partnership, and travelling on to a later one.

import { count, element, part } from "./page-dom.js";
import { daysLater, wallClock } from "./page-time.js";

/** Messages may follow the arrival by a moment; they still belong to the journey. */
const STRAGGLERS_MS = 400;

/** The clock at the top of the page, and the notice of what was posted on a journey. */
export class Clock {
  #world;
  #travel;
  #isTravelling = false;
  #posted = [];

  /** `travel(details)` moves the clock and gives it back when it has arrived. */
  constructor(world, travel) {
    this.#world = world;
    this.#travel = travel;
    part("clock-jump").addEventListener("click", () => this.#go({ jump: true }));
    part("clock-day").addEventListener("click", () => this.#goOn(1));
    part("clock-week").addEventListener("click", () => this.#goOn(7));
    part("clock-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#goTo(part("clock-to").value);
    });
    part("clock-more").addEventListener("click", () => this.#unfold());
    part("journey-dismiss").addEventListener("click", () => this.#closeNotice());
    world.addEventListener("loaded", () => this.#show());
    world.addEventListener("clock", () => this.#show());
    world.addEventListener("message", ({ detail }) => this.#note(detail));
    world.addEventListener("visited", () => this.#crossOff(world.channel));
  }

  /** Moves to the next thing that happens. */
  async jump() {
    await this.#go({ jump: true });
  }

  #show() {
    const { local, next, now, zone, travelling } = this.#world.clock;
    part("clock-now").textContent = local;
    part("clock-now").setAttribute("datetime", now);
    part("clock-next").replaceChildren(
      ...(next ? [element("strong", {}, "Next: "), `${next.what}, ${next.local}`] : ["Nothing is due to happen."]),
    );
    const to = part("clock-to");
    to.min = wallClock(now, zone);
    if (document.activeElement !== to) to.value = wallClock(next?.at ?? now, zone);
    this.#showTravelling(travelling || this.#isTravelling);
  }

  #showTravelling(isTravelling) {
    part("clock").classList.toggle("travelling", isTravelling);
    part("clock-travelling").textContent = isTravelling ? "Travelling…" : "";
    // Not `disabled`, which would take the focus away.
    for (const button of part("clock").querySelectorAll("button:not(#clock-more)")) {
      button.setAttribute("aria-disabled", String(isTravelling));
    }
  }

  #goOn(days) {
    const { now, zone } = this.#world.clock;
    return this.#goTo(daysLater(wallClock(now, zone), days));
  }

  #goTo(wall) {
    if (!wall) return this.#complain("Choose a day and a time to go to.");
    return this.#go({ to_local: wall.replace("T", " ") });
  }

  async #go(where) {
    if (this.#isTravelling || this.#world.clock.travelling) return;
    this.#isTravelling = true;
    this.#posted = [];
    this.#complain("");
    this.#closeNotice();
    this.#showTravelling(true);
    try {
      const { clock } = await this.#travel(where);
      await new Promise((settled) => setTimeout(settled, STRAGGLERS_MS));
      this.#world.hear({ kind: "clock", clock });
      this.#tellJourney();
    } catch (problem) {
      this.#complain(problem.message);
    } finally {
      this.#isTravelling = false;
      this.#showTravelling(false);
    }
  }

  #note({ message, isNew }) {
    if (this.#isTravelling && isNew && this.#world.isBot(message.author)) this.#posted.push(message.channel_id);
  }

  #tellJourney() {
    const places = this.#world
      .places()
      .map((place) => ({ ...place, posted: this.#posted.filter((id) => id === place.id).length }))
      .filter(({ posted }) => posted > 0);
    const opening = `It is now ${this.#world.clock.local}. `;
    const total = places.reduce((sum, { posted }) => sum + posted, 0);
    const told = opening + (total > 0 ? `${count(total, "message")} posted meanwhile:` : "Nothing was posted meanwhile.");
    part("journey-told").textContent = told;
    const named = places.map(({ name, isDirect, posted }) => `${posted} in ${isDirect ? "direct messages" : name}`);
    part("journey-status").textContent = `${told} ${named.join(", ")}`;
    part("journey-places").replaceChildren(...places.map((place) => this.#placeButton(place)));
    part("journey").hidden = false;
  }

  #placeButton({ id, name, isDirect, posted }) {
    const label = isDirect ? `Direct messages ${posted}` : `#${name} ${posted}`;
    const visit = () => {
      part("log").focus();
      this.#world.visit(id);
    };
    return element("button", { type: "button", class: "button secondary", "data-place": id, onclick: visit }, label);
  }

  // The notice goes once every place it names has been seen.
  #crossOff(id) {
    const places = part("journey-places");
    places.querySelector(`[data-place="${id}"]`)?.remove();
    if (this.#posted.length > 0 && places.children.length === 0) this.#closeNotice();
  }

  #closeNotice() {
    const notice = part("journey");
    if (notice.contains(document.activeElement)) part("clock-jump").focus();
    notice.hidden = true;
  }

  #unfold() {
    const isOpen = part("clock").classList.toggle("unfolded");
    part("clock-more").setAttribute("aria-expanded", String(isOpen));
  }

  #complain(problem) {
    part("clock-problem").textContent = problem;
  }
}
