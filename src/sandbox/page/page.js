// The sandbox's page: puts its parts together and keeps them in step with the server.

import { element, part } from "./page-dom.js";
import { Channels } from "./page-channels.js";
import { Clock } from "./page-clock.js";
import { Composer } from "./page-composer.js";
import { openForm } from "./page-form.js";
import { Log } from "./page-log.js";
import { askWorld, attach, EventStream, Problem, tell } from "./page-server.js";
import { welcome } from "./page-welcome.js";
import { World } from "./page-world.js";

/** Where the person chosen is remembered, for this tab alone. */
const SPEAKER = "speaker";

/** How long to wait before asking again for a world that could not be had. */
const AGAIN_MS = 2_000;

const world = new World();
let stream = null;

/** Who speaks and where: said with everything that is sent. */
function whoAndWhere() {
  return { as: world.speaker, channel: world.channel };
}

/** Sends something the bot answers: the answer comes as a message, unless it is a form. */
async function interact(what, details) {
  const place = whoAndWhere();
  const outcome = await tell(what, { ...place, ...details });
  if (outcome.kind === "failed") throw new Problem(outcome.problem);
  if (outcome.kind !== "form") return;
  const { form } = outcome;
  openForm(form, (values) => interact("submit", { ...place, form: form.id, values }));
}

const send = {
  async say(content) {
    const { message } = await tell("say", { ...whoAndWhere(), content });
    world.put(message);
  },
  attach,
  command: (details) => interact("command", details),
  complete: (details) => tell("complete", { ...whoAndWhere(), ...details }),
  press: (details) => interact("press", details),
  menu: (details) => interact("menu", details),
};

/** Finds out who there is, and speaks as the person chosen before or the first. */
async function begin() {
  try {
    const { people } = await askWorld(null);
    const chosen = people.find(({ id }) => id === sessionStorage.getItem(SPEAKER)) ?? people[0];
    speakAs(chosen.id);
  } catch (problem) {
    showConnection(problem.message);
    setTimeout(begin, AGAIN_MS);
  }
}

/** Becomes `speaker`: a new stream, and the world anew each time it opens, for what was missed. */
function speakAs(speaker) {
  stream?.close();
  // Events that come while the world is being fetched are newer than it, and wait for it.
  let waiting = [];
  const mine = new EventStream(speaker, {
    async opened() {
      waiting = [];
      try {
        const told = await askWorld(speaker);
        if (stream !== mine) return;
        world.load(told, speaker);
        showConnection("");
        for (const event of waiting) world.hear(event);
        waiting = null;
      } catch (problem) {
        if (stream === mine) showConnection(problem.message);
        mine.reopen();
      }
    },
    lost: () => showConnection("The connection to the sandbox is lost. Trying again…"),
    heard: (event) => (waiting ? waiting.push(event) : world.hear(event)),
  });
  stream = mine;
}

function showConnection(sentence) {
  part("connection").textContent = sentence;
  part("connection").hidden = sentence === "";
}

function showBot() {
  const { name, online } = world.bot;
  part("offline").hidden = online;
  part("offline").textContent = online ? "" : `${name} is offline. Commands and buttons are not answered until it is back.`;
}

function showSpeakers() {
  const chooser = part("speaker");
  chooser.replaceChildren(
    ...world.people.map(({ id, name, roles }) =>
      element("option", { value: id, selected: id === world.speaker }, `${name} · ${roles.join(", ") || "no role"}`),
    ),
  );
  part("speaker-note").textContent = world.person(world.speaker)?.note ?? "";
}

function choose(speaker) {
  sessionStorage.setItem(SPEAKER, speaker);
  part("told").textContent = `You now speak as ${world.person(speaker).name}.`;
  speakAs(speaker);
}

const composer = new Composer(world, send);
const clock = new Clock(world, (where) => tell("clock", where));
new Log(world, send);
new Channels(world);
world.addEventListener("loaded", showBot);
world.addEventListener("loaded", showSpeakers);
world.addEventListener("bot", showBot);
part("speaker").addEventListener("change", ({ target }) => choose(target.value));
welcome(world, {
  speakAs(role) {
    const person = world.people.find(({ roles }) => roles.includes(role));
    if (person) choose(person.id);
  },
  propose: (text) => composer.propose(text),
  jump: () => clock.jump(),
});
begin();
