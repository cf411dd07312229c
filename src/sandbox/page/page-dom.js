// Building and finding elements; text given here stays text and is never read as markup.

/**
 * Makes an element. Attributes that are null, undefined or false are left out, `true` is an empty
 * attribute, and `onclick` and its kin are listeners, so that no inline script is ever written.
 */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : String(value));
  }
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined));
  return node;
}

/** The element of the page's skeleton with this id. */
export function part(id) {
  return document.getElementById(id);
}

let lastId = 0;

/** An id nobody else on the page has, for `aria-controls` and its kin. */
export function freshId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}

/** Words for screen readers alone. */
export function unseen(text) {
  return element("span", { class: "unseen" }, text);
}

/** One or many: `count(1, "message")` is "1 message", `count(2, "message")` is "2 messages". */
export function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/**
 * Lets the arrow keys, Home and End move the focus among `targets()`, of which only one is in the
 * tab order: a long list costs the keyboard a single Tab.
 */
export function rove(container, targets, { axis = "vertical" } = {}) {
  const [back, on] = axis === "vertical" ? ["ArrowUp", "ArrowDown"] : ["ArrowLeft", "ArrowRight"];
  container.addEventListener("keydown", (event) => {
    const list = targets();
    const here = list.indexOf(event.target);
    if (here < 0) return;
    const last = list.length - 1;
    const there = {
      [back]: Math.max(here - 1, 0),
      [on]: Math.min(here + 1, last),
      Home: 0,
      End: last,
    }[event.key];
    if (there === undefined) return;
    event.preventDefault();
    list[there].focus();
  });
  container.addEventListener("focusin", (event) => {
    const list = targets();
    const current = list.find((target) => target === event.target);
    if (current) settleRoving(list, current);
  });
}

/** Puts one target of a roving list in the tab order and takes the others out. */
export function settleRoving(targets, current) {
  for (const target of targets) target.tabIndex = target === current ? 0 : -1;
}
