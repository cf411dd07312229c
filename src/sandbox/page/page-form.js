// A form the bot opens, as a dialog.

import { element, freshId, part } from "./page-dom.js";

/** Discord's style of a text input with several lines. */
const PARAGRAPH = 2;

/** Discord's longest answer. */
const ANSWER_LONGEST = 4000;

/**
 * Opens `form` and sends it with `submit(values)`. It closes when the bot has taken it; a problem
 * is shown in it and what was typed stays. Once something is typed, Escape asks first.
 */
export function openForm(form, submit) {
  const inputs = form.components.flatMap((row) => row.components ?? [row.component]).filter(Boolean).map(formInput);
  const problem = element("p", { class: "problem", role: "alert" });
  const titleId = freshId("form-title");
  const send = element("button", { type: "submit", class: "button primary" }, "Send");
  const body = element(
    "form",
    { novalidate: true },
    element("h2", { id: titleId }, form.title),
    inputs.map(({ node }) => node),
    problem,
    element(
      "div",
      { class: "form-buttons" },
      element("button", { type: "button", class: "button secondary", onclick: () => dialog.close() }, "Cancel"),
      send,
    ),
  );
  const dialog = element("dialog", { class: "form", "aria-labelledby": titleId }, body);

  guardWhatWasTyped(dialog, inputs, problem);
  dialog.addEventListener("keydown", ({ key, ctrlKey, metaKey }) => {
    if (key === "Enter" && (ctrlKey || metaKey)) body.requestSubmit();
  });
  body.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (send.hasAttribute("aria-busy")) return undefined;
    const wrong = inputs.filter((input) => !input.isRight());
    if (wrong.length > 0) return wrong[0].focus();
    send.setAttribute("aria-busy", "true");
    problem.textContent = "";
    try {
      await submit(Object.fromEntries(inputs.map((input) => [input.customId, input.value()])));
      dialog.close();
    } catch (failure) {
      problem.textContent = failure.message;
    } finally {
      send.removeAttribute("aria-busy");
    }
    return undefined;
  });
  const opener = document.activeElement;
  dialog.addEventListener("close", () => {
    dialog.remove();
    // What opened it may have gone or been hidden meanwhile.
    if (opener?.isConnected && opener.offsetParent) opener.focus();
    else part("composer-text").focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  inputs[0]?.focus();
}

// The first Escape after something was typed only warns; the second closes. The key itself is held,
// because the browser asks `cancel` but once.
function guardWhatWasTyped(dialog, inputs, problem) {
  let hasWarned = false;
  const hold = (event) => {
    if (hasWarned || !inputs.some((input) => input.isChanged())) return;
    event.preventDefault();
    hasWarned = true;
    problem.textContent = "Press Escape again to close this and lose what you typed.";
  };
  dialog.addEventListener("cancel", hold);
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hold(event);
  });
}

function formInput(one) {
  const { custom_id: customId, label, style, value = "", placeholder, required = true } = one;
  const { min_length: least = 0, max_length: most = ANSWER_LONGEST } = one;
  const id = freshId("form-input");
  const attributes = {
    id,
    placeholder,
    maxlength: most,
    "aria-describedby": `${id}-length ${id}-problem`,
    "aria-required": required ? "true" : null,
  };
  const input =
    style === PARAGRAPH ? element("textarea", { ...attributes, rows: 5 }) : element("input", { ...attributes, type: "text" });
  input.value = value;
  const problem = element("p", { class: "problem", id: `${id}-problem`, hidden: true });
  const length = element("p", { class: "about", id: `${id}-length` });
  const tellLength = () => {
    length.textContent = `${input.value.length} of at most ${most} characters`;
  };
  const complain = (sentence) => {
    problem.textContent = sentence;
    problem.hidden = sentence === "";
    if (sentence) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
    return sentence === "";
  };
  input.addEventListener("input", () => {
    tellLength();
    complain("");
  });
  tellLength();
  return {
    customId,
    node: element(
      "div",
      { class: "field" },
      element("label", { for: id }, label, element("span", { class: "needed" }, required ? " required" : " optional")),
      input,
      length,
      problem,
    ),
    value: () => input.value,
    focus: () => input.focus(),
    isChanged: () => input.value !== value,
    isRight() {
      const written = input.value.trim();
      if (required && written === "") return complain("Please write something here.");
      if (written !== "" && written.length < least) return complain(`Please write at least ${least} characters.`);
      return complain("");
    },
  };
}
