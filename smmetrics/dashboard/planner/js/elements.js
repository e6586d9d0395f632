/* Elements out of names and texts. Nothing here reads a text as markup: what others wrote can only be read. */

/* JupyterLab takes single letters as orders (c copies a cell), even while one chooses in a list by typing. What can
   have the focus must say so itself that its keys are its own; saying it of what is around it does not help. */
const KEYS_ARE_OWN = "data-lm-suppress-shortcuts";
const FOCUSABLE = new Set(["button", "input", "select", "summary", "textarea"]);

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  if (FOCUSABLE.has(name) || "tabindex" in attributes) element.setAttribute(KEYS_ARE_OWN, "true");
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    element.setAttribute(key, value === true ? "" : String(value));
  }
  element.append(...children.filter((child) => child !== undefined && child !== null && child !== ""));
  return element;
}

/* The markup that the kernel built as a tree: texts, and elements as name, attributes, children. */
function grow(tree) {
  return (tree ?? []).map((part) =>
    typeof part === "string" ? document.createTextNode(part) : make(part[0], part[1], ...grow(part[2])),
  );
}

/* Remarks as a list: glyph, word, sentence. */
function remarks(notes) {
  return (notes ?? []).map((note) =>
    make("li", { class: `smm-plan-${note.level}` },
      make("span", { "aria-hidden": "true" }, `${note.glyph} `), make("strong", {}, note.word), `: ${note.text} `,
      note.hint ? make("span", { class: "smm-soft" }, note.hint) : ""),
  );
}

/* Puts remarks into a list, where they are others than before. */
function remark(list, notes) {
  const told = JSON.stringify(notes ?? []);
  if (list.dataset.told === told) return;
  list.dataset.told = told;
  list.replaceChildren(...remarks(notes));
  list.hidden = !(notes ?? []).length;
}
