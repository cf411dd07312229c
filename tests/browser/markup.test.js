// Discord's markdown: what is written on the left is shown as the elements on the right.

import assert from "node:assert/strict";
import { test } from "node:test";
import { visit } from "./town.js";

/** A small world for mentions and times, in the shape the page keeps its own. */
const WORLD = {
  speaker: "1",
  bot: { id: "9", name: "Convener" },
  people: { 1: { name: "Morag", roles: ["CPEG Chair"] }, 2: { name: "Iain", roles: [] } },
  roles: { 5: { name: "CPEG Chair" } },
  places: { 7: { name: "cpeg" } },
  clock: { now: "2020-10-26T09:00:00Z", zone: "Europe/London" },
};

const CASES = [
  ["plain", "<p>plain</p>"],
  ["one\ntwo", "<p>one<br>two</p>"],
  ["**bold** *it* _it_ __under__ ~~gone~~", "<p><strong>bold</strong> <em>it</em> <em>it</em> <u>under</u> <s>gone</s></p>"],
  ["***both***", "<p><strong><em>both</em></strong></p>"],
  ["**bold *and* more**", "<p><strong>bold <em>and</em> more</strong></p>"],
  ["**bold** and **bold**", "<p><strong>bold</strong> and <strong>bold</strong></p>"],
  ["due_at and set_by stay", "<p>due_at and set_by stay</p>"],
  ["*it **and bold** it* **open *", "<p><em>it <strong>and bold</strong> it</em> **open *</p>"],
  ["2 * 3 * 4", "<p>2 * 3 * 4</p>"],
  ["\\*not\\*", "<p>*not*</p>"],
  ["`**code**` ``a`b``", "<p><code>**code**</code> <code>a`b</code></p>"],
  ["# One\n## Two\ntext", '<h4 class="heading-1">One</h4><h4 class="heading-2">Two</h4><p>text</p>'],
  ["#cpeg is no heading", "<p>#cpeg is no heading</p>"],
  ["-# small", '<p class="subtext">small</p>'],
  ["> one\n> **two**\nthree", "<blockquote><p>one<br><strong>two</strong></p></blockquote><p>three</p>"],
  [">>> one\ntwo", "<blockquote><p>one<br>two</p></blockquote>"],
  ["- a\n- b\n  - c\n- d", "<ul><li>a</li><li>b<ul><li>c</li></ul></li><li>d</li></ul>"],
  ["3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'],
  [
    "```\na  b\n```after",
    '<pre tabindex="0" role="group" aria-label="Code"><code>a  b</code></pre><p>after</p>',
  ],
  ["```rust\nfn main() {}\n```", '<pre tabindex="0" role="group" aria-label="Code"><code>fn main() {}</code></pre>'],
  ["```one line```", '<pre tabindex="0" role="group" aria-label="Code"><code>one line</code></pre>'],
  ["```never closed", "<p>```never closed</p>"],
  ["<@1> <@2> <@9> <@3>", '<p><span class="mention mine">@Morag</span> <span class="mention">@Iain</span> <span class="mention">@Convener</span> <span class="mention">@somebody who has left</span></p>'],
  ["<@&5>", '<p><span class="mention mine">@CPEG Chair</span></p>'],
  ["<#7>", '<p><button class="mention" type="button">#cpeg</button></p>'],
  ["<t:1605171600:D>", `<p>${moment("12 November 2020")}</p>`],
  ["<t:1605171600:R>", `<p>${moment("in 17 days", ' data-relative=""')}</p>`],
  ["<t:1605171600>", `<p>${moment("12 November 2020, 09:00")}</p>`],
  ["<t:1605171600:t> <t:1605171600:d>", `<p>${moment("09:00")} ${moment("12/11/2020")}</p>`],
  ["<t:99999999999999:F>", "<p>&lt;t:99999999999999:F&gt;</p>"],
  [
    "[the *plan*](https://example.org/a_b)",
    '<p><a href="https://example.org/a_b" target="_blank" rel="noopener noreferrer">the <em>plan</em></a></p>',
  ],
  ["see https://example.org/x_y_z.", '<p>see <a href="https://example.org/x_y_z" target="_blank" rel="noopener noreferrer">https://example.org/x_y_z</a>.</p>'],
  ["[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"],
  ["<script>alert(1)</script> & <b>", "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;</p>"],
  ["**open *and _never ~~closed", "<p>**open *and _never ~~closed</p>"],
];

test("Discord's markdown becomes elements", () =>
  visit(async (_, page) => {
    for (const [written, shown] of CASES) assert.equal(await render(page, written), shown, written);
  }));

test("a long message of nothing but marks is shown without delay", () =>
  visit(async (_, page) => {
    const began = performance.now();
    for (const mark of ["*", "**a", "_", "`", "[", "> ", "||", "<@"]) {
      await render(page, mark.repeat(4096 / mark.length));
    }
    assert.ok(performance.now() - began < 4000);
  }));

/** The element of Thursday 12 November 2020, 09:00, shown as `words`. */
function moment(words, more = "") {
  return `<time datetime="2020-11-12T09:00:00.000Z" title="Thursday 12 November 2020, 09:00"${more}>${words}</time>`;
}

function render(page, written) {
  return page.evaluate(
    async ([text, { people, roles, places, ...world }]) => {
      const { markup } = await import("/page-markup.js");
      const known = { ...world, person: (id) => people[id], role: (id) => roles[id], place: (id) => places[id] };
      const box = document.createElement("div");
      box.append(...markup(text, known));
      return box.innerHTML;
    },
    [written, WORLD],
  );
}
