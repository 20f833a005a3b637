// The tree beside the stage: all groups, whatever the graph shows. Branches are made when they are first opened.

const treeOpen = new Set();

function buildTree() {
  const tree = byId("tree");
  tree.replaceChildren(...treeTops().map((at) => treeItem(at, 1)));
  tree.querySelector("[role=treeitem]")?.setAttribute("tabindex", "0");
}

const treeTops = () => treeChildren(groups.root);
const treeChildren = (at) => at.children.filter((child) => child.kind !== SELF && (state.tests || !child.test));

function treeItem(at, level) {
  const branch = treeChildren(at).length > 0;
  const component = componentOf(at);
  const row = el("div", { class: "row" },
    branch && el("span", { class: "twist", "aria-hidden": "true", onclick: (event) => { event.stopPropagation(); twist(item); } }),
    el("span", { class: "name" }, at.name),
    component?.layer && at.kind === "component" && el("span", { class: "chip" }, component.layer));
  const item = el("div", { role: "treeitem", tabindex: "-1", "aria-level": String(level), "aria-selected": "false",
    "aria-expanded": branch ? "false" : null, "aria-label": `${at.name}, ${kindOf(at)}`, "data-key": at.key }, row);
  row.addEventListener("click", () => { focusItem(item); reveal(at); });
  row.addEventListener("dblclick", () => branch && twist(item));
  return item;
}

/** Opens or closes a branch. */
function twist(item, open = item.getAttribute("aria-expanded") === "false") {
  if (!item.hasAttribute("aria-expanded")) return;
  item.setAttribute("aria-expanded", String(open));
  item.querySelector(":scope > [role=group]")?.remove();
  const at = groups.byKey.get(item.dataset.key);
  if (!open) return;
  const level = Number(item.getAttribute("aria-level")) + 1;
  item.append(el("div", { role: "group" }, treeChildren(at).map((child) => treeItem(child, level))));
}

function focusItem(item) {
  if (!item) return;
  byId("tree").querySelectorAll("[tabindex='0']").forEach((other) => other.setAttribute("tabindex", "-1"));
  item.setAttribute("tabindex", "0");
  item.focus();
}

/** Marks what is chosen, where its branch is open. */
function treeFollows() {
  const key = state.selected?.box;
  for (const item of byId("tree").querySelectorAll("[role=treeitem]")) {
    item.setAttribute("aria-selected", String(item.dataset.key === key || `${item.dataset.key}/self` === key));
  }
}

byId("tree").addEventListener("keydown", (event) => {
  const item = event.target.closest("[role=treeitem]");
  if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
  const items = [...byId("tree").querySelectorAll("[role=treeitem]")];
  const at = items.indexOf(item);
  const open = item.getAttribute("aria-expanded");
  const above = item.parentElement.closest("[role=treeitem]");
  const actions = {
    ArrowDown: () => focusItem(items[at + 1]),
    ArrowUp: () => focusItem(items[at - 1]),
    ArrowRight: () => (open === "false" ? twist(item, true) : focusItem(item.querySelector("[role=treeitem]"))),
    ArrowLeft: () => (open === "true" ? twist(item, false) : focusItem(above)),
    Home: () => focusItem(items[0]),
    End: () => focusItem(items[items.length - 1]),
    Enter: () => reveal(groups.byKey.get(item.dataset.key)),
    " ": () => reveal(groups.byKey.get(item.dataset.key)),
  };
  if (!actions[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  actions[event.key]();
});
