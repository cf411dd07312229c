// The buttons and selects under a message.

import { element, freshId } from "./page-dom.js";
import { channelChoices, containing, peopleChoices, roleChoices } from "./page-field.js";
import { Combobox } from "./page-suggestions.js";

/** Discord's component types. */
const ComponentType = {
  row: 1,
  button: 2,
  textSelect: 3,
  personSelect: 5,
  roleSelect: 6,
  mentionableSelect: 7,
  channelSelect: 8,
};

/** Discord's button styles by number, as classes of the style sheet. */
const BUTTON_STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "secondary" };

const LINK_STYLE = 5;

/** The rows of a message; `press({ message, custom_id, values? })` tells the bot, and may fail. */
export function components(message, world, press) {
  const rows = (message.components ?? []).filter(({ type }) => type === ComponentType.row);
  if (rows.length === 0) return null;
  const problem = element("p", { class: "problem", role: "alert" });
  const attempt = attempts(message, press, problem);
  return element(
    "div",
    { class: "components" },
    rows.map((row) => element("div", { class: "row" }, row.components.map((one) => component(one, world, attempt)))),
    problem,
  );
}

// One press at a time; what went wrong is said beneath the rows.
function attempts(message, press, problem) {
  let isBusy = false;
  return async (control, details) => {
    if (isBusy) return;
    isBusy = true;
    problem.textContent = "";
    control.setAttribute("aria-busy", "true");
    try {
      await press({ message: message.id, ...details });
    } catch (failure) {
      problem.textContent = failure.message;
    } finally {
      isBusy = false;
      control.removeAttribute("aria-busy");
    }
  };
}

function component(one, world, attempt) {
  if (one.type === ComponentType.button) return button(one, attempt);
  const choices = selectChoices(one, world);
  if (!choices) return null;
  return (one.max_values ?? 1) > 1 ? checklist(one, choices, attempt) : select(one, choices, attempt);
}

function button({ style, label, emoji, custom_id, url, disabled }, attempt) {
  const text = [emoji?.name, label].filter(Boolean).join(" ");
  const kind = `button ${BUTTON_STYLES[style] ?? "secondary"}`;
  if (style === LINK_STYLE) {
    return element("a", { class: kind, href: url, target: "_blank", rel: "noopener noreferrer" }, `${text} ↗`);
  }
  return element(
    "button",
    {
      type: "button",
      class: kind,
      disabled,
      "data-focus": custom_id,
      onclick: ({ currentTarget }) => attempt(currentTarget, { custom_id }),
    },
    text,
  );
}

function selectChoices({ type, options = [] }, world) {
  switch (type) {
    case ComponentType.textSelect:
      return options.map(({ label, value, description, default: chosen }) => ({ name: label, value, detail: description, chosen }));
    case ComponentType.personSelect:
      return peopleChoices(world);
    case ComponentType.roleSelect:
      return roleChoices(world);
    case ComponentType.mentionableSelect:
      return [...peopleChoices(world), ...roleChoices(world)];
    case ComponentType.channelSelect:
      return channelChoices(world);
    default:
      return null;
  }
}

function select({ custom_id, placeholder = "Choose one", disabled }, choices, attempt) {
  const chosen = choices.find((choice) => choice.chosen);
  const input = element("input", {
    type: "text",
    class: "select",
    placeholder,
    "aria-label": placeholder,
    disabled,
    "data-focus": custom_id,
    value: chosen?.name,
  });
  const panel = element("div", { class: "panel", hidden: true });
  new Combobox(input, panel, {
    label: placeholder,
    search: async (text) => containing(choices, text),
    picked: ({ value }) => attempt(input, { custom_id, values: [value] }),
  });
  return element("div", { class: "select-box" }, input, panel);
}

function checklist({ custom_id, placeholder = "Choose some", min_values: least = 1, max_values: most, disabled }, choices, attempt) {
  const problem = element("p", { class: "problem", role: "alert" });
  const boxes = choices.map(({ name, value, detail, chosen }) => checkbox(name, value, detail, chosen));
  const confirm = element("button", { type: "button", class: "button primary", "data-focus": custom_id }, "Confirm");
  confirm.addEventListener("click", () => {
    const values = boxes.filter(({ box }) => box.checked).map(({ value }) => value);
    const fits = values.length >= least && values.length <= most;
    problem.textContent = fits ? "" : `Choose from ${least} to ${most}.`;
    if (fits) attempt(confirm, { custom_id, values });
  });
  return element(
    "fieldset",
    { class: "checklist", disabled },
    element("legend", {}, placeholder),
    boxes.map(({ node }) => node),
    confirm,
    problem,
  );
}

function checkbox(name, value, detail, chosen) {
  const id = freshId("check");
  const box = element("input", { type: "checkbox", id, checked: chosen });
  const about = detail ? element("span", { class: "detail" }, ` ${detail}`) : null;
  return { box, value, node: element("div", {}, box, element("label", { for: id }, name, about)) };
}
