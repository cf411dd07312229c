// The menu of a message.

import { element, rove } from "./page-dom.js";

/**
 * Opens a menu beside `opener`. An entry is `{ name, run }`; when `run` fails, the sentence stands
 * where the menu was. Escape and leaving it close it, and the focus goes back to `opener`.
 */
export function openMenu(opener, entries) {
  const isOpen = opener.getAttribute("aria-expanded") === "true";
  const message = opener.closest(".message");
  message.querySelector(".menu-problem")?.remove();
  if (isOpen) {
    message.querySelector(".menu").remove();
    opener.setAttribute("aria-expanded", "false");
    return;
  }
  const menu = element("div", { class: "menu", role: "menu", "aria-label": "For this message" });
  let isGone = false;
  const close = () => {
    // Taking the menu away takes the focus out of it, which would close it again.
    if (isGone) return;
    isGone = true;
    opener.setAttribute("aria-expanded", "false");
    menu.remove();
  };
  const run = async (entry) => {
    close();
    opener.focus();
    await entry.run().catch((problem) => {
      message.append(element("p", { class: "problem menu-problem", role: "alert" }, problem.message));
    });
  };
  const items = entries.map((entry) =>
    element("button", { type: "button", role: "menuitem", tabindex: -1, onclick: () => run(entry) }, entry.name),
  );
  menu.append(...items);
  rove(menu, () => items);
  menu.addEventListener("keydown", (event) => {
    // The list of messages has arrow keys of its own.
    event.stopPropagation();
    if (event.key === "Escape") {
      close();
      opener.focus();
    }
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    // A press on the opener closes it by itself.
    if (relatedTarget !== opener && !menu.contains(relatedTarget)) close();
  });
  opener.setAttribute("aria-expanded", "true");
  opener.after(menu);
  menu.scrollIntoView({ block: "nearest" });
  items[0].focus();
}
