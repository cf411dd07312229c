// Where one writes: plain text, `@Convener`, or `/` and a command whose options become fields.

import { element, part, unseen } from "./page-dom.js";
import { OptionType, fittingCommands, typedCommands } from "./page-commands.js";
import { OptionField } from "./page-field.js";
import { FileField } from "./page-file.js";
import { Suggestions } from "./page-suggestions.js";

/** A word being typed that starts with @, at the end of the text before the caret. */
const AT_WORD = /(^|\s)@([\w ]{0,32})$/;

/** The composer at the foot of a channel. */
export class Composer {
  #world;
  #send;
  #text = part("composer-text");
  #panel = part("suggestions");
  #problem = part("composer-problem");
  #suggestions;
  #command = null;
  #drafts = new Map();

  /** `send` has `say(content)`, `attach(file)`, `command(details)` and `complete(details)`. */
  constructor(world, send) {
    this.#world = world;
    this.#send = send;
    this.#suggestions = new Suggestions(this.#text, this.#panel, {
      label: "Commands",
      picked: (choice) => choice.picked(),
    });
    this.#text.addEventListener("input", () => this.#typed());
    this.#text.addEventListener("keydown", (event) => this.#key(event));
    part("composer").addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.#command) this.#sendCommand();
      else this.#sendText();
    });
    part("command-cancel").addEventListener("click", () => this.#leaveCommand());
    part("command").addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#leaveCommand();
    });
    // The bot may come back with other commands while somebody is choosing one.
    world.addEventListener("commands", () => document.activeElement === this.#text && this.#typed());
    world.addEventListener("loaded", () => this.#describePlace());
    world.addEventListener("visited", () => this.#describePlace());
  }

  focus() {
    if (this.#command) this.#command.focus();
    else this.#text.focus();
  }

  /** Writes `text` for the person to look at and send; what they had typed is kept after it. */
  propose(text) {
    if (this.#command) this.#leaveCommand();
    const before = this.#text.value.trim();
    this.#text.value = before && !before.startsWith("/") ? `${text} ${before}` : text;
    this.#text.focus();
    this.#typed();
  }

  // --- plain text ---------------------------------------------------------------------------

  #describePlace() {
    const place = this.#world.place(this.#world.channel);
    const name = place.isDirect ? place.name : `#${place.name}`;
    part("composer-label").textContent = `Message ${name}`;
    this.#text.placeholder = `Message ${name} or type /`;
  }

  #typed() {
    this.#complain(null);
    this.#fit();
    const text = this.#text.value;
    if (text.startsWith("/") && !text.includes("\n")) this.#suggestCommands(text);
    else if (AT_WORD.test(this.#beforeCaret())) this.#suggestBot();
    else this.#suggestions.hide();
  }

  // The box grows with what is written, up to the height the style sheet allows.
  #fit() {
    this.#text.style.height = "auto";
    this.#text.style.height = `${this.#text.scrollHeight + 2}px`;
  }

  #suggestCommands(text) {
    const fitting = fittingCommands(typedCommands(this.#world.commands), text);
    const choices = fitting.map((command) => ({
      name: command.typed,
      detail: command.description,
      picked: () => this.#enterCommand(command),
    }));
    this.#suggestions.show(choices, { activate: true, empty: "No command fits" });
  }

  #suggestBot() {
    const [, , typed] = AT_WORD.exec(this.#beforeCaret());
    const { name } = this.#world.bot;
    if (!name.toLowerCase().startsWith(typed.toLowerCase())) return this.#suggestions.hide();
    const picked = () => this.#completeBot(typed.length, name);
    const choice = { name: `@${name}`, detail: "Ask a question in your own words", picked };
    return this.#suggestions.show([choice], { activate: typed !== name, label: "Who to ask" });
  }

  #completeBot(typedLength, name) {
    const caret = this.#text.selectionStart;
    this.#text.setRangeText(`${name} `, caret - typedLength, caret, "end");
    this.#typed();
    this.#suggestions.hide();
  }

  #beforeCaret() {
    return this.#text.value.slice(0, this.#text.selectionStart);
  }

  #key(event) {
    if (this.#suggestions.takesKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      this.#sendText();
    }
  }

  async #sendText() {
    const written = this.#text.value;
    if (written.trim() === "") return;
    if (written.startsWith("/")) {
      const command = typedCommands(this.#world.commands).find(({ typed }) => typed === written.trim());
      if (command) this.#enterCommand(command);
      else this.#complain(`There is no command “${written.trim()}”. Type / to see them all.`);
      return;
    }
    await this.#busyWhile(async () => {
      await this.#send.say(this.#withMentions(written.trim()));
      // Somebody may have typed on while it was on its way.
      if (this.#text.value === written) this.#text.value = "";
      this.#suggestions.hide();
      this.#fit();
    });
  }

  // People write "@Convener"; Discord sends the bot's id.
  #withMentions(content) {
    const { id, name } = this.#world.bot;
    const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    return content.replace(new RegExp(`@${escaped}(?!\\w)`, "gi"), `<@${id}>`);
  }

  // --- a command ----------------------------------------------------------------------------

  #enterCommand(command) {
    const complete = (option, text) => this.#complete(command, option, text);
    const around = { world: this.#world, panel: this.#panel, complete };
    this.#command = new CommandForm(command, around, this.#drafts.get(command.typed));
    this.#complain(null);
    this.#text.value = "";
    this.#fit();
    part("composer").classList.add("has-command");
    this.#command.focus();
  }

  #leaveCommand() {
    if (!this.#command) return;
    // What was filled in comes back when the same command is chosen again.
    this.#drafts.set(this.#command.typed, this.#command.draft());
    const { typed } = this.#command;
    this.#closeCommand();
    this.#text.value = typed;
    this.#text.focus();
    this.#fit();
  }

  #closeCommand() {
    this.#command.close();
    this.#command = null;
    this.#complain(null);
    part("composer").classList.remove("has-command");
  }

  async #complete(command, option, text) {
    const others = this.#command.peek().filter(({ name }) => name !== option.name);
    const { choices } = await this.#send.complete({
      command: command.command,
      path: command.path,
      options: [...others, { name: option.name, value: text }],
      focused: option.name,
    });
    return choices;
  }

  async #sendCommand() {
    const sent = this.#command;
    const options = sent.read();
    if (!options) return;
    await this.#busyWhile(async () => {
      this.#drafts.set(sent.typed, sent.draft());
      const given = await Promise.all(options.map((option) => this.#uploaded(option)));
      await this.#send.command({ command: sent.command, path: sent.path, options: given });
      this.#drafts.delete(sent.typed);
      if (this.#command !== sent) return;
      // Somebody who has gone elsewhere meanwhile, or to a form that opened, is left there.
      const isHere = part("composer").contains(document.activeElement);
      this.#closeCommand();
      if (isHere) this.#text.focus();
    });
  }

  // A file goes ahead of its command, which then speaks of it by its id.
  async #uploaded({ name, value }) {
    return { name, value: value instanceof File ? await this.#send.attach(value) : value };
  }

  // --- both ---------------------------------------------------------------------------------

  async #busyWhile(work) {
    const composer = part("composer");
    if (composer.getAttribute("aria-busy") === "true") return;
    composer.setAttribute("aria-busy", "true");
    this.#complain(null);
    try {
      await work();
    } catch (problem) {
      this.#complain(problem.message);
    } finally {
      composer.setAttribute("aria-busy", "false");
    }
  }

  #complain(problem) {
    this.#problem.textContent = problem ?? "";
    this.#problem.hidden = !problem;
  }
}

/** The options of one command as fields: required ones first, the others offered by name. */
class CommandForm {
  #command;
  #around;
  #fields = [];
  #body = part("command-fields");
  #offers = element("div", { class: "offers", role: "group", "aria-label": "Add an option" });

  constructor(command, around, draft = []) {
    this.#command = command;
    this.#around = around;
    part("command-name").textContent = command.typed;
    part("command-about").textContent = command.description;
    part("command").hidden = false;
    this.#body.replaceChildren(this.#offers);
    const kept = new Map(draft.map(({ name, ...text }) => [name, text]));
    for (const option of command.options) {
      if (option.required || kept.has(option.name)) {
        this.#add(option, kept.get(option.name));
      } else {
        this.#offer(option);
      }
    }
  }

  get typed() {
    return this.#command.typed;
  }

  get command() {
    return this.#command.command;
  }

  get path() {
    return this.#command.path;
  }

  focus() {
    if (this.#fields.length > 0) this.#fields[0].focus();
    else part("composer-send").focus();
  }

  close() {
    this.#body.replaceChildren();
    part("command").hidden = true;
  }

  draft() {
    return this.#fields.map((field) => ({ name: field.name, ...field.draft() }));
  }

  /** The values so far, for the bot to complete another option by. */
  peek() {
    return this.#fields
      .map((field) => ({ name: field.name, value: field.peek() }))
      .filter(({ value }) => value !== "");
  }

  /** The options to send, or null when a field has something to mend, which then has the focus. */
  read() {
    const readings = this.#fields.map((field) => ({ field, ...field.read() }));
    const wrong = readings.find(({ problem }) => problem);
    if (wrong) {
      wrong.field.focus();
      return null;
    }
    return readings
      .filter(({ value }) => value !== undefined)
      .map(({ field, value }) => ({ name: field.name, value }));
  }

  #add(option, kept) {
    const isFile = option.type === OptionType.attachment;
    const field = isFile ? new FileField(option) : new OptionField(option, this.#around);
    if (kept) field.restore(kept);
    this.#fields.push(field);
    this.#offers.before(field.node);
    return field;
  }

  #offer(option) {
    const button = element("button", { type: "button", class: "offer", title: option.description });
    button.append(unseen("Add option "), option.name);
    button.addEventListener("click", () => {
      button.remove();
      this.#add(option).focus();
    });
    this.#offers.append(button);
  }
}
