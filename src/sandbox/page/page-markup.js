// Discord's markdown as elements. Nodes are built one by one, so nothing written can become markup.

import { element } from "./page-dom.js";
import { timestampWords } from "./page-time.js";

/** A message or embed text with everything: code blocks, quotes, headings, lists, and inline marks. */
export function markup(text, world) {
  return blocks(text.split("\n"), world);
}

/** A single line such as a title: inline marks only. */
export function inlineMarkup(text, world) {
  return inline(text, world);
}

/** The text without its marks, for screen readers' announcements and replies. */
export function plainText(text, world) {
  return element("div", {}, markup(text, world)).textContent.trim();
}

/** Rewrites the "in 3 days" of every relative time under `root` after the clock has moved. */
export function refreshRelativeTimes(root, world) {
  for (const time of root.querySelectorAll("time[data-relative]")) {
    const date = new Date(time.dateTime);
    time.textContent = timestampWords(date, "R", world.clock.zone, new Date(world.clock.now));
  }
}

// --- blocks ---------------------------------------------------------------------------------

const FENCE = /^```(.*)$/;
const FENCE_END = /^(.*?)```(.*)$/;
const LANGUAGE = /^[\w+#-]*$/;
const HEADING = /^(#{1,3}) +(.+)$/;
const SUBTEXT = /^-# +(.+)$/;
const QUOTE = /^> ?(.*)$/;
const QUOTE_REST = /^>>> ?(.*)$/;
const ITEM = /^( *)(?:[-*]|(\d+)\.) +(.+)$/;

/**
 * Each kind of block looks at the line `at` and, if the block is its own, returns the element, the
 * line after it and perhaps the `rest` of the last line. The order matters: `>>> ` is tried before
 * `> `, `-# ` before `- `. Discord puts no quote within a quote.
 */
const QUOTED_BLOCKS = [fence, heading, subtext, list];
const BLOCKS = [quoteRest, quote, ...QUOTED_BLOCKS];

function blocks(lines, world, kinds = BLOCKS) {
  const nodes = [];
  let plain = [];
  const flush = () => {
    if (plain.length > 0) nodes.push(paragraph(plain, world));
    plain = [];
  };
  let at = 0;
  while (at < lines.length) {
    const found = blockAt(lines, at, world, kinds);
    if (found) {
      flush();
      nodes.push(found.node);
      if (found.rest) plain.push(found.rest);
      at = found.next;
    } else {
      plain.push(lines[at]);
      at += 1;
    }
  }
  flush();
  return nodes;
}

function blockAt(lines, at, world, kinds) {
  for (const block of kinds) {
    const found = block(lines, at, world);
    if (found) return found;
  }
  return null;
}

function paragraph(lines, world) {
  return element("p", {}, inline(lines.join("\n"), world));
}

function fence(lines, at) {
  const opening = FENCE.exec(lines[at]);
  if (!opening) return null;
  const onOneLine = FENCE_END.exec(opening[1]);
  if (onOneLine) return { node: codeBlock(onOneLine[1]), rest: onOneLine[2], next: at + 1 };
  const end = lines.findIndex((line, index) => index > at && FENCE_END.test(line));
  if (end < 0) return null;
  const [, last, rest] = FENCE_END.exec(lines[end]);
  const first = LANGUAGE.test(opening[1]) ? [] : [opening[1]];
  const code = [...first, ...lines.slice(at + 1, end), ...(last ? [last] : [])];
  return { node: codeBlock(code.join("\n")), rest, next: end + 1 };
}

function codeBlock(code) {
  // A wide table scrolls sideways, so it can be reached by the keyboard.
  return element("pre", { tabindex: 0, role: "group", "aria-label": "Code" }, element("code", {}, code));
}

function heading(lines, at, world) {
  const match = HEADING.exec(lines[at]);
  if (!match) return null;
  // The day above is an h3. People choose # or ## for its size, so all are one level below the day.
  const size = `heading-${match[1].length}`;
  return { node: element("h4", { class: size }, inline(match[2], world)), next: at + 1 };
}

function subtext(lines, at, world) {
  const match = SUBTEXT.exec(lines[at]);
  if (!match) return null;
  return { node: element("p", { class: "subtext" }, inline(match[1], world)), next: at + 1 };
}

function quoteRest(lines, at, world) {
  const match = QUOTE_REST.exec(lines[at]);
  if (!match) return null;
  const inside = [match[1], ...lines.slice(at + 1)];
  return { node: element("blockquote", {}, blocks(inside, world, QUOTED_BLOCKS)), next: lines.length };
}

function quote(lines, at, world) {
  const inside = [];
  let next = at;
  while (next < lines.length && QUOTE.test(lines[next])) {
    inside.push(QUOTE.exec(lines[next])[1]);
    next += 1;
  }
  if (inside.length === 0) return null;
  return { node: element("blockquote", {}, blocks(inside, world, QUOTED_BLOCKS)), next };
}

function list(lines, at, world) {
  const first = ITEM.exec(lines[at]);
  if (!first) return null;
  const [, indent, number] = first;
  const node = element(number ? "ol" : "ul", { start: number });
  let next = at;
  while (next < lines.length) {
    const match = ITEM.exec(lines[next]);
    if (!match || match[1].length < indent.length) break;
    if (match[1].length > indent.length) {
      const nested = list(lines, next, world);
      node.lastElementChild.append(nested.node);
      next = nested.next;
    } else {
      node.append(element("li", {}, inline(match[3], world)));
      next += 1;
    }
  }
  return { node, next };
}

// --- inline ---------------------------------------------------------------------------------

/** Each pattern is tried at the place reached, in this order; the first that fits makes a node. */
const INLINE = [
  [/\\([^\sa-zA-Z0-9])/y, ([, character]) => character],
  [/(`+)(?!`)(.+?)(?<!`)\1(?!`)/sy, ([, , code]) => element("code", {}, code.trim())],
  [/\*\*\*(.+?)\*\*\*(?!\*)/sy, ([, text], world) => wrap(["strong", "em"], text, world)],
  [/\*\*(.+?)\*\*(?!\*)/sy, ([, text], world) => wrap(["strong"], text, world)],
  [/__(.+?)__(?!_)/sy, ([, text], world) => wrap(["u"], text, world)],
  [/\*(?![\s*])((?:\*\*[^*]+\*\*|[^*])+?)(?<!\s)\*(?!\*)/y, ([, text], world) => wrap(["em"], text, world)],
  [/_(?![\s_])((?:__[^_]+__|[^_])+?)(?<!\s)_(?!\w)/y, ([, text], world) => wrap(["em"], text, world)],
  [/~~(.+?)~~/sy, ([, text], world) => wrap(["s"], text, world)],
  [/\|\|(.+?)\|\|/sy, ([, text], world) => spoiler(text, world)],
  [/\[([^\]\n]+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/y, ([, text, url], world) => link(url, inline(text, world))],
  [/<(https?:\/\/[^\s>]+)>/y, ([, url]) => link(url, url)],
  [/https?:\/\/[^\s<]*[^\s<.,:;"')\]*_~|]/y, ([url]) => link(url, url)],
  [/<@!?(\d+)>/y, ([, id], world) => mention(`@${personName(id, world)}`, id === world.speaker)],
  [/<@&(\d+)>/y, ([, id], world) => mention(`@${world.role(id)?.name ?? "unknown role"}`, holds(id, world))],
  [/<#(\d+)>/y, ([, id], world) => channelMention(id, world)],
  [/<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y, ([, seconds, style], world) => timestamp(seconds, style, world)],
  [/<a?:(\w+):\d+>/y, ([, name]) => `:${name}:`],
  [/<\/([\w -]+):\d+>/y, ([, name]) => element("span", { class: "mention" }, `/${name}`)],
  [/@(?:everyone|here)\b/y, ([text]) => mention(text, true)],
  [/\n/y, () => element("br")],
];

/** A word character before `_` means a name such as `due_at`, not emphasis. */
const WORD_BEFORE = /\w$/;

function inline(text, world) {
  const nodes = [];
  let plain = "";
  let at = 0;
  while (at < text.length) {
    const found = inlineAt(text, at, plain, world);
    if (found) {
      if (plain) nodes.push(plain);
      plain = "";
      nodes.push(found.node);
      at = found.next;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain) nodes.push(plain);
  return nodes;
}

function inlineAt(text, at, before, world) {
  if (text[at] === "_" && WORD_BEFORE.test(before)) return null;
  for (const [pattern, make] of INLINE) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    // The making may use the same pattern further in, so its end is read first.
    const next = pattern.lastIndex;
    if (match) return { node: make(match, world), next };
  }
  return null;
}

function wrap(names, text, world) {
  return names.reduceRight((inside, name) => element(name, {}, inside), inline(text, world));
}

function spoiler(text, world) {
  const reveal = ({ currentTarget }) => currentTarget.setAttribute("aria-expanded", "true");
  const label = "Hidden text, press to show";
  const button = element("button", { class: "spoiler", type: "button", "aria-expanded": "false", title: label });
  button.append(element("span", {}, inline(text, world)));
  button.addEventListener("click", reveal);
  return button;
}

function link(url, text) {
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, text);
}

function personName(id, world) {
  if (id === world.bot.id) return world.bot.name;
  return world.person(id)?.name ?? "somebody who has left";
}

function holds(role, world) {
  return world.person(world.speaker)?.roles.includes(world.role(role)?.name) ?? false;
}

function mention(text, concernsSpeaker) {
  return element("span", { class: concernsSpeaker ? "mention mine" : "mention" }, text);
}

function channelMention(id, world) {
  const place = world.place(id);
  if (!place) return mention("#unknown channel", false);
  return element(
    "button",
    { class: "mention", type: "button", onclick: () => world.visit(id) },
    `#${place.name}`,
  );
}

function timestamp(seconds, style, world) {
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime())) return `<t:${seconds}>`;
  const { zone, now } = world.clock;
  return element(
    "time",
    {
      datetime: date.toISOString(),
      title: timestampWords(date, "F", zone, new Date(now)),
      "data-relative": style === "R",
    },
    timestampWords(date, style, zone, new Date(now)),
  );
}
