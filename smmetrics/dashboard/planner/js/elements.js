/* Elements out of names and texts. Nothing here reads a text as markup: what others wrote can only be read. */

function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
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
