// An option of a command that takes a file.

import { count, element, freshId, unseen } from "./page-dom.js";
import { Frame } from "./page-field.js";

/** Discord takes no larger file from somebody who has not paid for it. */
const FILE_LARGEST = 10 * 1024 * 1024;

/**
 * A field for a file. `read()` gives the file itself, to be sent before the command is; or a
 * problem to mend first.
 */
export class FileField {
  #option;
  #frame;
  #input;
  #takeBack = element("button", { type: "button", class: "button secondary", hidden: true }, "Take back");
  #told = element("p", { class: "unseen", role: "status" });

  constructor(option) {
    this.#option = option;
    this.#input = element("input", { id: freshId("option-field"), type: "file" });
    this.#frame = new Frame(option, this.#input, `${option.description}. At most ${fileSize(FILE_LARGEST)}.`);
    this.#takeBack.append(unseen(" the file"));
    this.#input.after(this.#takeBack);
    this.#frame.node.append(this.#told);
    this.#input.addEventListener("change", () => this.#chosen());
    this.#takeBack.addEventListener("click", () => this.#clear());
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

  draft() {
    return { file: this.#file };
  }

  restore({ file }) {
    if (!file) return;
    // Nobody but the person can name a file to an input; one they have named can be handed back.
    const handing = new DataTransfer();
    handing.items.add(file);
    this.#input.files = handing.files;
    this.#chosen();
  }

  /** `{ value }` with the file, `{ value: undefined }` when left out, or `{ problem }`, also shown. */
  read() {
    const found = this.#file ? { value: this.#file, problem: this.#fault() } : this.#nothing();
    this.#frame.complain(found.problem ?? null);
    return found;
  }

  /** Files are not told while another field is completed. */
  peek() {
    return "";
  }

  get #file() {
    return this.#input.files[0];
  }

  #nothing() {
    return this.#option.required ? { problem: `Please choose a file for “${this.name}”.` } : { value: undefined };
  }

  #fault() {
    const { name, size } = this.#file;
    if (size === 0) return `“${name}” is empty. Please choose another file.`;
    if (size <= FILE_LARGEST) return undefined;
    const most = fileSize(FILE_LARGEST);
    return `“${name}” has ${fileSize(size)}, and a file has at most ${most}. Please choose a smaller one.`;
  }

  #chosen() {
    const file = this.#file;
    this.#takeBack.hidden = !file;
    this.#frame.complain(file ? (this.#fault() ?? null) : null);
    this.#told.textContent = file ? `${file.name}, ${fileSize(file.size)}, is chosen.` : "No file is chosen.";
  }

  #clear() {
    this.#input.value = "";
    this.#chosen();
    this.#input.focus();
  }
}

/** How much a file holds, in words; never less than it does. */
export function fileSize(bytes) {
  const kilobytes = bytes / 1024;
  if (kilobytes < 1) return count(bytes, "byte");
  if (kilobytes < 1024) return `${Math.ceil(kilobytes)} KB`;
  return `${Math.ceil((kilobytes * 10) / 1024) / 10} MB`;
}
