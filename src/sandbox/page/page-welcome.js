// The panel a first visit begins with: what to try, each a press away.

import { part } from "./page-dom.js";

const DISMISSED = "welcome-dismissed";

/** Shows the panel until it is dismissed; `acts` has `speakAs(role)`, `propose(text)` and `jump()`. */
export function welcome(world, acts) {
  const panel = part("welcome");
  const show = (isShown) => {
    panel.hidden = !isShown;
    part("welcome-open").setAttribute("aria-expanded", String(isShown));
  };
  show(sessionStorage.getItem(DISMISSED) === null);
  part("welcome-dismiss").addEventListener("click", () => {
    sessionStorage.setItem(DISMISSED, "yes");
    show(false);
    part("welcome-open").focus();
  });
  part("welcome-open").addEventListener("click", () => {
    sessionStorage.removeItem(DISMISSED);
    show(panel.hidden);
    if (!panel.hidden) panel.scrollIntoView({ block: "nearest" });
  });
  part("try-speak").addEventListener("click", () => acts.speakAs("CPEG Chair"));
  part("try-overdue").addEventListener("click", () => acts.propose("/overdue"));
  part("try-ask").addEventListener("click", () => acts.propose(`@${world.bot.name} which actions are overdue?`));
  part("try-jump").addEventListener("click", () => acts.jump());
}
