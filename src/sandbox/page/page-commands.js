// The bot's commands as Discord registers them, taken apart: what can be typed and what it needs.

/** Discord's command types. */
const CommandType = { slash: 1, message: 3 };

/** Discord's option types. */
export const OptionType = {
  subcommand: 1,
  group: 2,
  text: 3,
  integer: 4,
  yesOrNo: 5,
  person: 6,
  channel: 7,
  role: 8,
  mentionable: 9,
  number: 10,
  attachment: 11,
};

/**
 * Every slash command one can type, sub-commands each on their own:
 * `{ typed: "/action show", command: "action", path: ["show"], description, options }`.
 */
export function typedCommands(commands) {
  return commands
    .filter(({ type }) => (type ?? CommandType.slash) === CommandType.slash)
    .flatMap((command) => branches(command, command.name, []));
}

function branches({ name, description, options = [] }, command, path) {
  const inner = options.filter(({ type }) => isBranch(type));
  if (inner.length > 0) {
    return inner.flatMap((option) => branches(option, command, [...path, option.name]));
  }
  const typed = `/${[command, ...path].join(" ")}`;
  return [{ typed, command, path, name, description, options: requiredFirst(options) }];
}

function isBranch(type) {
  return type === OptionType.subcommand || type === OptionType.group;
}

function requiredFirst(options) {
  return [...options.filter(({ required }) => required), ...options.filter(({ required }) => !required)];
}

/** The commands that fit what was typed so far, those that begin with it first. */
export function fittingCommands(commands, text) {
  const wanted = text.slice(1).trim().toLowerCase();
  const begins = ({ typed }) => typed.slice(1).startsWith(wanted);
  const has = ({ typed, description }) => `${typed} ${description}`.toLowerCase().includes(wanted);
  return [...commands.filter(begins), ...commands.filter((one) => !begins(one) && has(one))];
}

/** The commands in the menu of a message. */
export function messageCommands(commands) {
  return commands.filter(({ type }) => type === CommandType.message);
}
