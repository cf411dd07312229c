// What the page knows: people, channels, messages, the clock, and what has been read.

/** A message only one person sees: bit 6 of Discord's message flags. */
const EPHEMERAL = 1 << 6;

/**
 * The world as last told, kept current by events. It tells its own listeners with the events
 * `loaded`, `visited`, `message`, `deleted`, `read`, `typing`, `clock`, `commands`, `events` and
 * `bot`.
 */
export class World extends EventTarget {
  server = null;
  bot = null;
  channels = [];
  people = [];
  roles = [];
  commands = [];
  /** What the server has in its calendar, each with its name, its day and its place. */
  events = [];
  clock = null;
  /** The id of the person spoken as. */
  speaker = null;
  /** The id of the channel on show. */
  channel = null;
  #direct = null;
  #messages = new Map();
  #seen = null;
  #dismissed = new Set();

  /** Takes over a whole world as the server tells it. Nothing counts as unread the first time. */
  load(told, speaker) {
    const { server, bot, channels, people, roles, commands, events, clock, direct } = told;
    Object.assign(this, { server, bot, channels, people, roles, commands, events, clock, speaker });
    const directBefore = this.#direct;
    this.#direct = direct?.id ?? null;
    this.#messages = new Map();
    for (const [channel, messages] of Object.entries(told.messages)) {
      this.#messages.set(channel, messages.filter(({ id }) => !this.#dismissed.has(id)));
    }
    this.#seen ??= new Set([...this.#messages.values()].flat().map(({ id }) => id));
    this.channel = this.#stillThere(directBefore) ?? channels[0]?.id ?? this.#direct;
    this.#markRead(this.channel);
    this.#tell("loaded");
  }

  /** Takes in one event of the stream. */
  hear(event) {
    switch (event.kind) {
      case "message":
        return this.put(event.message);
      case "deleted":
        return this.#remove(event.channel, event.id);
      case "typing":
        return this.#tell("typing", { channel: event.channel });
      case "clock":
        this.clock = event.clock;
        return this.#tell("clock");
      case "commands":
        this.commands = event.commands;
        return this.#tell("commands");
      case "events":
        this.events = event.events;
        return this.#tell("events");
      case "bot":
        this.bot.online = event.online;
        return this.#tell("bot");
      default:
        // A newer server may tell of things this page does not know.
        return undefined;
    }
  }

  /** Adds a message, or replaces the one with its id. */
  put(message) {
    if (this.#dismissed.has(message.id) || !this.#isForSpeaker(message)) return;
    const messages = this.messagesIn(message.channel_id);
    const place = messages.findIndex(({ id }) => id === message.id);
    const isNew = place < 0;
    if (isNew) messages.push(message);
    else messages[place] = message;
    this.#messages.set(message.channel_id, messages);
    if (message.channel_id === this.channel || message.author.id === this.speaker) {
      this.#seen.add(message.id);
    }
    this.#tell("message", { message, isNew });
  }

  /** Shows another channel and counts it as read. */
  visit(channel) {
    this.channel = channel;
    this.#markRead(channel);
    this.#tell("visited");
  }

  /** Hides an ephemeral message for as long as the page is open. */
  dismiss(message) {
    this.#dismissed.add(message.id);
    this.#remove(message.channel_id, message.id);
  }

  messagesIn(channel) {
    return this.#messages.get(channel) ?? [];
  }

  unreadIn(channel) {
    return this.messagesIn(channel).filter(({ id }) => !this.#seen.has(id)).length;
  }

  /** All the places one can be in: the channels in order, then the direct messages. */
  places() {
    const channels = this.channels.map((channel) => ({ ...channel, isDirect: false }));
    if (!this.#direct) return channels;
    const topic = `Direct messages between you and ${this.bot.name}`;
    return [...channels, { id: this.#direct, name: this.bot.name, topic, isDirect: true }];
  }

  place(id) {
    return this.places().find((place) => place.id === id);
  }

  person(id) {
    return this.people.find((person) => person.id === id);
  }

  role(id) {
    return this.roles.find((role) => role.id === id);
  }

  /** The colour of the highest of a person's roles that has one, or null. */
  colourOf(person) {
    const coloured = this.roles.find(({ name, colour }) => colour && person?.roles.includes(name));
    return coloured?.colour ?? null;
  }

  /** The name to show for the author of a message. */
  authorName(author) {
    return this.person(author.id)?.name ?? author.global_name ?? author.username;
  }

  isBot(author) {
    return author.id === this.bot.id;
  }

  isEphemeral(message) {
    return (message.flags & EPHEMERAL) !== 0;
  }

  #isForSpeaker(message) {
    return !message.ephemeral_for || message.ephemeral_for === this.speaker;
  }

  // Somebody in their direct messages who becomes another person goes to that person's.
  #stillThere(directBefore) {
    if (this.channel && this.channel === directBefore) return this.#direct;
    return this.place(this.channel)?.id;
  }

  #markRead(channel) {
    for (const { id } of this.messagesIn(channel)) this.#seen.add(id);
  }

  #remove(channel, id) {
    this.#messages.set(channel, this.messagesIn(channel).filter((message) => message.id !== id));
    this.#tell("deleted", { channel, id });
  }

  #tell(kind, detail = {}) {
    this.dispatchEvent(new CustomEvent(kind, { detail }));
  }
}
