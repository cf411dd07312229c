// The list of suggestions an input owns: the input keeps the focus, the list follows the keys.

import { count, element, freshId } from "./page-dom.js";

/**
 * A listbox shown in `panel` for one input, which names the active option by
 * `aria-activedescendant`. A suggestion is `{ name, detail?, value? }`.
 */
export class Suggestions {
  #input;
  #panel;
  #label;
  #picked;
  #list = null;
  #choices = [];
  #active = -1;

  /** `picked(choice)` is called when one is chosen by key or pointer. */
  constructor(input, panel, { label, picked }) {
    this.#input = input;
    this.#panel = panel;
    this.#label = label;
    this.#picked = picked;
    input.setAttribute("aria-autocomplete", "list");
    input.addEventListener("blur", () => this.hide());
  }

  get isOpen() {
    return this.#list !== null;
  }

  /** Shows `choices`, the first of them active if `activate` is set, or `empty` if there are none. */
  show(choices, { activate = false, empty = "Nothing fits", label = this.#label } = {}) {
    this.hide();
    this.#choices = choices;
    this.#list = element("ul", { class: "suggestions", role: "listbox", id: freshId("list"), "aria-label": label });
    this.#list.append(...choices.map((choice) => this.#option(choice)));
    const heading = element("p", { class: "suggestions-label", "aria-hidden": "true" }, choices.length > 0 ? label : empty);
    const told = choices.length > 0 ? count(choices.length, "suggestion") : empty;
    this.#panel.replaceChildren(heading, ...(choices.length > 0 ? [this.#list] : []));
    this.#panel.hidden = false;
    this.#panel.scrollIntoView({ block: "nearest" });
    this.#announce(told);
    if (choices.length > 0) this.#input.setAttribute("aria-controls", this.#list.id);
    if (this.#input.role === "combobox") {
      this.#input.setAttribute("aria-expanded", String(choices.length > 0));
    }
    this.#activate(activate && choices.length > 0 ? 0 : -1);
  }

  hide() {
    if (!this.isOpen) return;
    this.#list = null;
    this.#choices = [];
    this.#active = -1;
    this.#panel.replaceChildren();
    this.#panel.hidden = true;
    this.#input.removeAttribute("aria-activedescendant");
    this.#input.removeAttribute("aria-controls");
    if (this.#input.role === "combobox") this.#input.setAttribute("aria-expanded", "false");
  }

  /** Lets the list have a key first; true if it took it. */
  takesKey(event) {
    if (!this.isOpen || event.isComposing) return false;
    const taken = this.#act(event);
    if (taken) event.preventDefault();
    // Tab takes the active suggestion and still moves on.
    return taken || event.key === "Tab";
  }

  #act({ key, shiftKey }) {
    const last = this.#choices.length - 1;
    switch (key) {
      case "ArrowDown":
        return this.#activate(this.#active >= last ? 0 : this.#active + 1);
      case "ArrowUp":
        return this.#activate(this.#active <= 0 ? last : this.#active - 1);
      case "Enter":
        return this.#pick(this.#choices[this.#active]);
      case "Tab":
        if (!shiftKey) this.#pick(this.#choices[this.#active]);
        return false;
      case "Escape":
        this.hide();
        return true;
      default:
        return false;
    }
  }

  #pick(choice) {
    if (!choice) return false;
    this.hide();
    this.#picked(choice);
    return true;
  }

  #activate(place) {
    const options = this.#list.children;
    options[this.#active]?.setAttribute("aria-selected", "false");
    this.#active = place;
    const option = options[place];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.#input.setAttribute("aria-activedescendant", option.id);
    else this.#input.removeAttribute("aria-activedescendant");
    return true;
  }

  #option(choice) {
    const detail = choice.detail ? element("span", { class: "detail" }, choice.detail) : null;
    return element(
      "li",
      {
        role: "option",
        id: freshId("option"),
        "aria-selected": "false",
        // Pressing must not take the focus from the input.
        onmousedown: (event) => event.preventDefault(),
        onclick: () => this.#pick(choice),
      },
      element("span", { class: "name" }, choice.name),
      detail,
    );
  }

  #announce(text) {
    document.getElementById("suggestions-told").textContent = text;
  }
}

/** How long to wait after a key before asking the server for completions. */
const TYPING_PAUSE_MS = 120;

/**
 * Makes `input` a combobox over `search(text)`, which gives suggestions at once or later. What was
 * picked is kept with its value until the text is changed.
 */
export class Combobox {
  #input;
  #suggestions;
  #search;
  #picked;
  #choice = null;
  #asked = 0;
  #timer = null;

  constructor(input, panel, { label, search, picked = () => {} }) {
    this.#input = input;
    this.#search = search;
    this.#picked = picked;
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("autocomplete", "off");
    this.#suggestions = new Suggestions(input, panel, { label, picked: (choice) => this.pick(choice) });
    input.addEventListener("input", () => this.#look());
    input.addEventListener("click", () => this.#lookIfClosed());
    input.addEventListener("focus", () => this.#lookIfEmpty());
    input.addEventListener("blur", () => this.#stopLooking());
    input.addEventListener("keydown", (event) => this.#key(event));
  }

  /** What was picked, if the text still says so. */
  get choice() {
    return this.#choice?.name === this.#input.value ? this.#choice : null;
  }

  get isOpen() {
    return this.#suggestions.isOpen;
  }

  pick(choice) {
    this.#choice = choice;
    this.#input.value = choice.name;
    this.#stopLooking();
    this.#picked(choice);
  }

  #key(event) {
    if (this.#suggestions.takesKey(event)) {
      event.stopPropagation();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      this.#ask("");
    }
  }

  #look() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(this.#input.value), TYPING_PAUSE_MS);
  }

  #lookIfEmpty() {
    if (this.#input.value === "") this.#ask("");
  }

  #lookIfClosed() {
    if (!this.isOpen) this.#ask(this.choice ? "" : this.#input.value);
  }

  #stopLooking() {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.#suggestions.hide();
  }

  async #ask(text) {
    this.#asked += 1;
    const question = this.#asked;
    const choices = await this.#search(text).catch((problem) => problem);
    // Only the answer to the latest question counts, and only while somebody is still there.
    if (question !== this.#asked || document.activeElement !== this.#input) return;
    if (choices instanceof Error) this.#suggestions.show([], { empty: choices.message });
    else this.#suggestions.show(choices, { activate: text !== "" });
  }
}
