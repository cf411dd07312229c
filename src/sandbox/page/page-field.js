// One option of a command as a labelled field.

import { element, freshId } from "./page-dom.js";
import { Combobox } from "./page-suggestions.js";
import { OptionType } from "./page-commands.js";

/** Discord's longest text in an option. */
const TEXT_LONGEST = 6000;

const CHOOSE = "Choose one from the list.";

/**
 * A field for an option. `complete(option, text)` asks the bot for suggestions, `panel` is where
 * lists are shown. `read()` gives what Discord would be sent, or a problem to mend first.
 */
export class OptionField {
  #option;
  #input;
  #frame;
  #combobox = null;
  #choices = null;

  constructor(option, { world, panel, complete }) {
    this.#option = option;
    const id = freshId("option-field");
    this.#input = element("input", { id, type: "text", autocomplete: "off", ...this.#limits() });
    this.#frame = new Frame(option, this.#input, option.description);
    this.#input.addEventListener("input", () => this.#frame.complain(null));
    this.#offerChoices(world, panel, complete);
  }

  get node() {
    return this.#frame.node;
  }

  get name() {
    return this.#option.name;
  }

  focus() {
    this.#input.focus();
  }

  /** The text as typed and the choice behind it, to be put back with `restore`. */
  draft() {
    return { text: this.#input.value, choice: this.#combobox?.choice ?? null };
  }

  restore({ text, choice }) {
    if (choice) this.#combobox?.pick(choice);
    else this.#input.value = text;
  }

  /** `{ value }`, `{ value: undefined }` when left out, or `{ problem }`, which is also shown. */
  read() {
    const text = this.#input.value.trim();
    const found = text === "" ? this.#nothing() : this.#meaning(text);
    this.#frame.complain(found.problem ?? null);
    return found;
  }

  /** What the bot is shown while another field is completed: the value, however unfinished. */
  peek() {
    return this.#combobox?.choice?.value ?? this.#input.value;
  }

  #nothing() {
    return this.#option.required ? { problem: `Please fill in “${this.name}”.` } : { value: undefined };
  }

  #meaning(text) {
    if (this.#combobox?.choice) return { value: this.#combobox.choice.value };
    if (this.#choices) {
      const named = this.#choices.find(({ name }) => name.toLowerCase() === text.toLowerCase());
      return named ? { value: named.value } : { problem: CHOOSE };
    }
    return this.#isNumeric() ? this.#number(text) : this.#text(text);
  }

  #text(text) {
    const { min_length: least = 0 } = this.#option;
    return text.length < least ? { problem: `Please write at least ${least} characters.` } : { value: text };
  }

  #number(text) {
    const { type, min_value: least = -Infinity, max_value: most = Infinity } = this.#option;
    const number = Number(text);
    const isWhole = type !== OptionType.integer || Number.isInteger(number);
    if (Number.isNaN(number) || !isWhole) return { problem: "Please write a number." };
    if (number < least) return { problem: `The least is ${least}.` };
    if (number > most) return { problem: `The most is ${most}.` };
    return { value: number };
  }

  #isNumeric() {
    return [OptionType.integer, OptionType.number].includes(this.#option.type);
  }

  #limits() {
    if (this.#isNumeric()) return { inputmode: "decimal" };
    return { maxlength: this.#option.max_length ?? TEXT_LONGEST };
  }

  #offerChoices(world, panel, complete) {
    this.#choices = fixedChoices(this.#option, world);
    const label = this.#option.description;
    if (this.#option.autocomplete) {
      const search = (text) => complete(this.#option, text);
      this.#combobox = new Combobox(this.#input, panel, { label, search });
    } else if (this.#choices) {
      const search = async (text) => containing(this.#choices, text);
      this.#combobox = new Combobox(this.#input, panel, { label, search });
    }
  }
}

/** What stands around the input of an option: its label, what it is about, and what is wrong. */
export class Frame {
  #input;
  #problem;

  constructor(option, input, about) {
    this.#input = input;
    const { id } = input;
    this.#problem = element("p", { class: "problem", id: `${id}-problem`, hidden: true });
    input.setAttribute("aria-describedby", `${id}-about ${id}-problem`);
    if (option.required) input.setAttribute("aria-required", "true");
    const needed = option.required ? element("span", { class: "needed" }, " required") : null;
    this.node = element(
      "div",
      { class: "field" },
      element("label", { for: id }, option.name, needed),
      input,
      element("p", { class: "about", id: `${id}-about` }, about),
      this.#problem,
    );
  }

  /** Shows a problem, or with null none. */
  complain(problem) {
    this.#problem.textContent = problem ?? "";
    this.#problem.hidden = !problem;
    if (problem) this.#input.setAttribute("aria-invalid", "true");
    else this.#input.removeAttribute("aria-invalid");
  }
}

/** The choices whose name contains what was typed. */
export function containing(choices, text) {
  const wanted = text.trim().toLowerCase();
  return choices.filter(({ name }) => name.toLowerCase().includes(wanted));
}

function fixedChoices(option, world) {
  if (option.choices?.length > 0) return option.choices;
  switch (option.type) {
    case OptionType.yesOrNo:
      return [
        { name: "Yes", value: true },
        { name: "No", value: false },
      ];
    case OptionType.person:
      return peopleChoices(world);
    case OptionType.role:
      return roleChoices(world);
    case OptionType.mentionable:
      return [...peopleChoices(world), ...roleChoices(world)];
    case OptionType.channel:
      return channelChoices(world);
    default:
      return null;
  }
}

/** The people of the server as choices, their roles beside them; the bot is offered last, as Discord does. */
export function peopleChoices(world) {
  const people = world.people.map(({ id, name, roles }) => ({ name, value: id, detail: roles.join(", ") }));
  return [...people, { name: world.bot.name, value: world.bot.id, detail: "App" }];
}

/** The roles of the server as choices. */
export function roleChoices(world) {
  return world.roles.map(({ id, name }) => ({ name: `@${name}`, value: id }));
}

/** The channels of the server as choices. */
export function channelChoices(world) {
  return world.channels.map(({ id, name }) => ({ name: `#${name}`, value: id }));
}
