// Talking with the sandbox: questions with an answer, and the stream of what happens.

/** What went wrong, as a sentence to show near what caused it. */
export class Problem extends Error {}

const UNREACHABLE = "The sandbox cannot be reached. Is it still running? What you typed is kept.";

/** The first wait before connecting again, and the longest; each wait doubles the one before. */
const WAIT_FIRST_MS = 500;
const WAIT_LONGEST_MS = 15_000;

/** Everything the sandbox knows, as the person `speaker` sees it, or without one when null. */
export function askWorld(speaker) {
  return ask(address("/sandbox/world", speaker));
}

/** Sends one thing that was said, pressed or asked; `what` is the last part of the address. */
export function tell(what, details) {
  return ask(`/sandbox/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(details),
  });
}

/** Sends a file ahead of the command that it is given to; gives the id to speak of it by. */
export async function attach(file) {
  const { id } = await ask(`/sandbox/attach?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file });
  return id;
}

async function ask(url, request) {
  let response;
  try {
    response = await fetch(url, request);
  } catch {
    throw new Problem(UNREACHABLE);
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Problem(body?.problem ?? `The sandbox answered ${response.status}.`);
  return body;
}

function address(path, speaker) {
  return speaker ? `${path}?as=${encodeURIComponent(speaker)}` : path;
}

/**
 * The events that concern one person. After a gap it connects again by itself, waiting longer each
 * time; `opened` is called at every connection, because what happened in the gap is not repeated.
 */
export class EventStream {
  #speaker;
  #listener;
  #socket = null;
  #timer = null;
  #failures = 0;
  #closed = false;

  /** `listener` has `opened()`, `heard(event)` and `lost()`. */
  constructor(speaker, listener) {
    this.#speaker = speaker;
    this.#listener = listener;
    this.#connect();
  }

  /** Ends the stream for good. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    this.#socket?.close();
  }

  /** Drops the connection and makes another after a wait, as if it had been lost. */
  reopen() {
    this.#socket.close();
  }

  #connect() {
    const url = new URL(address("/sandbox/events", this.#speaker), location.href);
    url.protocol = location.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    this.#socket = socket;
    socket.addEventListener("open", () => {
      if (this.#closed) return;
      this.#listener.opened();
    });
    socket.addEventListener("message", ({ data }) => {
      if (this.#closed) return;
      this.#failures = 0;
      this.#listener.heard(JSON.parse(data));
    });
    socket.addEventListener("close", () => this.#connectLater());
  }

  #connectLater() {
    if (this.#closed) return;
    this.#listener.lost();
    const wait = Math.min(WAIT_FIRST_MS * 2 ** this.#failures, WAIT_LONGEST_MS);
    this.#failures += 1;
    // A little chance keeps many open pages from returning at the same moment.
    this.#timer = setTimeout(() => this.#connect(), wait * (0.75 + Math.random() / 2));
  }
}
