// Search with completion: a combobox over everything that has a name.

const MOST_HITS = 14;
const box = byId("search");
const hits = byId("hits");
let found = [];
let current = -1;

/** How well a name fits the words: smaller is better, `null` not at all. */
function fits(name, words) {
  const lower = name.toLowerCase();
  const last = lower.slice(lower.lastIndexOf("::") + 1);
  let score = 0;
  for (const word of words) {
    const at = lower.indexOf(word);
    if (at < 0) return null;
    if (lower === word) score -= 100;
    else if (last.replace(/^:/, "") === word) score -= 60;
    else if (lower.endsWith(word)) score -= 30;
    else if (at === 0 || lower[at - 1] === ":") score -= 15;
  }
  return score + name.length / 10;
}

function search() {
  const words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
  const all = words.length === 0 ? [] : groups.all.filter((at) => at.parent && at.kind !== SELF && (state.tests || !at.test));
  const scored = all.map((at) => [fits(fullName(at), words), at]).filter(([score]) => score !== null);
  found = scored.sort((a, b) => a[0] - b[0]).slice(0, MOST_HITS).map(([, at]) => at);
  current = found.length > 0 ? 0 : -1;
  showHits(words.length > 0, scored.length);
}

function showHits(asked, total) {
  hits.replaceChildren(...found.map((at, i) => el("li", {
    role: "option", id: `hit-${i}`, "aria-selected": String(i === current),
    onpointerdown: (event) => { event.preventDefault(); take(at); },
  }, el("span", {}, fullName(at)), el("span", { class: "quiet" }, kindOf(at)))));
  if (asked && found.length === 0) hits.append(el("li", { class: "quiet" }, "nothing has that name"));
  if (total > found.length) hits.append(el("li", { class: "quiet", "aria-hidden": "true" }, `and ${number(total - found.length)} more`));
  hits.hidden = !asked;
  box.setAttribute("aria-expanded", String(asked));
  mark();
  if (asked) announce(plural(total, "hit"));
}

function mark() {
  [...hits.querySelectorAll("[role=option]")].forEach((hit, i) => hit.setAttribute("aria-selected", String(i === current)));
  if (current >= 0) {
    box.setAttribute("aria-activedescendant", `hit-${current}`);
    byId(`hit-${current}`).scrollIntoView({ block: "nearest" });
  } else {
    box.removeAttribute("aria-activedescendant");
  }
}

function take(at) {
  closeHits();
  box.value = fullName(at);
  reveal(at);
  if (state.tab === "graph") stage.focus();
}

function closeHits() {
  hits.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

box.addEventListener("input", search);
box.addEventListener("focus", () => box.select());
box.addEventListener("blur", closeHits);
box.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (hits.hidden) return search();
    const by = event.key === "ArrowDown" ? 1 : -1;
    current = found.length > 0 ? (current + by + found.length) % found.length : -1;
    mark();
  } else if (event.key === "Enter") {
    if (hits.hidden) search();
    if (found[current]) take(found[current]);
  } else if (event.key === "Escape") {
    if (hits.hidden) box.value = "";
    closeHits();
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
});
