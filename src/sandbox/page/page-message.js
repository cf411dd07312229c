// One message as an element: who and when, what it answers, text, embeds, files and components.

import { element, unseen } from "./page-dom.js";
import { components } from "./page-components.js";
import { fileSize } from "./page-file.js";
import { inlineMarkup, markup, plainText } from "./page-markup.js";

/** How many colours the style sheet has for people without a picture. */
const AVATAR_COLOURS = 8;

/** The longest part of an answered message that is repeated above the answer. */
const REPLY_EXCERPT = 90;

/**
 * The list item of a message. `acts` has `press(details)` for buttons and selects, and `menu`,
 * which is null when there is nothing to offer; the item's `message` property is the message.
 */
export function messageItem(message, world, acts) {
  const name = world.authorName(message.author);
  const item = element(
    "li",
    { class: "message", tabindex: -1, "data-id": message.id, "data-author": message.author.id },
    avatar(message, world, name),
    answered(message, world),
    header(message, world, name),
    element("div", { class: "message-body" }, body(message, world, acts)),
    footer(message, world),
    acts.menu ? moreButton(message, name, acts) : null,
  );
  if (mentionsSpeaker(message, world)) item.classList.add("mentions-me");
  if (world.isEphemeral(message)) item.classList.add("ephemeral");
  return item;
}

/** A message as one short sentence for screen readers. */
export function spoken(message, world) {
  const embedded = (message.embeds ?? []).flatMap(({ title, description }) => [title, description]);
  const text = [message.content, ...embedded].filter(Boolean).join(". ");
  return `${world.authorName(message.author)}: ${plainText(text, world)}`;
}

function body(message, world, acts) {
  if (message.state === "thinking") {
    return element("p", { class: "thinking" }, `${world.bot.name} is thinking…`);
  }
  if (message.state === "failed") {
    return element("p", { class: "problem" }, message.content || "The application did not respond");
  }
  const embeds = message.embeds ?? [];
  const shown = new Set(embeds.flatMap(({ image, thumbnail }) => [image?.url, thumbnail?.url]));
  const files = (message.attachments ?? []).filter(({ url }) => !shown.has(url));
  return [
    message.content ? element("div", { class: "text" }, markup(message.content, world), edited(message)) : null,
    files.map(attachment),
    embeds.map((embed) => embedCard(embed, world)),
    // Discord says it after the text where there is one, else below the embeds.
    message.content ? null : edited(message),
    components(message, world, acts.press),
  ];
}

function header(message, world, name) {
  const badge = message.author.bot ? element("span", { class: "badge" }, "App") : null;
  const time = element("time", { datetime: message.timestamp, title: `${message.day}, ${message.local}` }, message.local);
  return element("div", { class: "message-header" }, dot(message, world), element("span", { class: "author" }, name), badge, time);
}

function dot(message, world) {
  const colour = world.colourOf(world.person(message.author.id));
  if (colour === null) return null;
  const node = element("span", { class: "role-dot", "aria-hidden": "true" });
  node.style.setProperty("--colour", cssColour(colour));
  return node;
}

function avatar(message, world, name) {
  if (world.isBot(message.author)) return element("img", { class: "avatar", src: "/icon.svg", alt: "" });
  const colour = Number(BigInt(message.author.id) % BigInt(AVATAR_COLOURS));
  return element("span", { class: `avatar colour-${colour}`, "aria-hidden": "true" }, initials(name));
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => word.charAt(0)).join("");
}

function answered(message, world) {
  if (message.command) {
    const { by, name } = message.command;
    return element("p", { class: "answered" }, `${by} used `, element("span", { class: "mention" }, name));
  }
  const original = message.referenced_message;
  if (!original) return null;
  const [embed] = original.embeds ?? [];
  const text = plainText(original.content || embed?.title || embed?.description || "", world);
  const excerpt = text.length > REPLY_EXCERPT ? `${text.slice(0, REPLY_EXCERPT)}…` : text;
  const author = element("span", { class: "author" }, world.authorName(original.author));
  return element("p", { class: "answered" }, unseen("In reply to "), author, ` ${excerpt}`);
}

function edited({ edited_timestamp: at, command }) {
  // The answer to a command is often written in two steps; that is no correction.
  return at && !command ? element("span", { class: "edited" }, " (edited)") : null;
}

function footer(message, world) {
  if (!world.isEphemeral(message)) return null;
  const dismiss = element(
    "button",
    { type: "button", class: "link", "data-focus": "dismiss", onclick: () => world.dismiss(message) },
    "Dismiss",
    unseen(" this message"),
  );
  return element("p", { class: "only-you" }, "Only you can see this · ", dismiss);
}

function moreButton(message, name, acts) {
  return element(
    "button",
    {
      type: "button",
      class: "more",
      tabindex: -1,
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      "aria-label": `More for the message by ${name} at ${message.local}`,
      "data-focus": "more",
      onclick: ({ currentTarget }) => acts.menu(message, currentTarget),
    },
    element("span", { "aria-hidden": "true" }, "⋯"),
  );
}

function mentionsSpeaker(message, world) {
  const roles = world.person(world.speaker)?.roles ?? [];
  const named = (message.mentions ?? []).some(({ id }) => id === world.speaker);
  return named || (message.mention_roles ?? []).some((id) => roles.includes(world.role(id)?.name));
}

// --- embeds and files -----------------------------------------------------------------------

function embedCard(embed, world) {
  const { title, url, description, author, fields = [], footer: foot, image, thumbnail } = embed;
  const card = element(
    "div",
    { class: "embed" },
    thumbnail ? picture(thumbnail.url, title ?? "", "thumbnail") : null,
    author ? element("p", { class: "embed-author" }, author.name) : null,
    title ? element("p", { class: "embed-title" }, embedTitle(title, url, world)) : null,
    description ? element("div", { class: "text" }, markup(description, world)) : null,
    fields.length > 0 ? element("dl", { class: "embed-fields" }, fields.map((field) => embedField(field, world))) : null,
    image ? picture(image.url, image.description ?? title ?? "Picture", "embed-image") : null,
    foot || embed.timestamp ? element("p", { class: "embed-footer" }, foot?.text ?? "") : null,
  );
  if (Number.isInteger(embed.color)) card.style.setProperty("--colour", cssColour(embed.color));
  return card;
}

function embedTitle(title, url, world) {
  const words = inlineMarkup(title, world);
  return url ? element("a", { href: safeAddress(url), target: "_blank", rel: "noopener noreferrer" }, words) : words;
}

function embedField({ name, value, inline }, world) {
  return element(
    "div",
    { class: inline ? "embed-field inline" : "embed-field" },
    element("dt", {}, inlineMarkup(name, world)),
    element("dd", { class: "text" }, markup(value, world)),
  );
}

function attachment({ filename, url, size, description, content_type: type }) {
  const link = element("a", { href: safeAddress(url), download: filename }, filename);
  const file = element("p", { class: "attachment" }, link, element("span", { class: "detail" }, ` ${fileSize(size)}`));
  if (!type?.startsWith("image/")) return file;
  // What is drawn small on a page is read in a window of its own.
  return [picture(url, description ?? filename, "attachment-image"), file];
}

// Nothing is loaded from elsewhere: a picture on another address becomes a link to it.
function picture(url, alt, kind) {
  const address = safeAddress(url);
  if (new URL(address, location.href).origin === location.origin) {
    return element("img", { class: kind, src: address, alt });
  }
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, alt || "Picture");
}

/** The names a machine has for itself: the same server under another is still our own origin. */
const LOOPBACK = ["127.0.0.1", "localhost", "[::1]"];

function safeAddress(address) {
  const url = URL.canParse(address, location.href) ? new URL(address, location.href) : null;
  if (!url || !["http:", "https:"].includes(url.protocol)) return "#";
  const isOurs = LOOPBACK.includes(url.hostname) && url.port === location.port;
  return isOurs ? `${url.pathname}${url.search}` : url.href;
}

/** Discord gives colours as numbers. */
function cssColour(number) {
  return `#${number.toString(16).padStart(6, "0")}`;
}
