/* Elements out of a tree of names, attributes and texts: a text is made a text and never read as markup. */

function make(name, options = {}, ...children) {
  const element = document.createElement(name);
  const { text, ...attributes } = options;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  element.append(...children);
  return element;
}

const SVG = "http://www.w3.org/2000/svg";
const DRAWN = new Set(["svg", "title", "polyline", "circle"]);
const KNOWN = new Set(
  (
    "article button code dd details div dl dt h2 h3 h4 h5 h6 li p section span summary table tbody td th thead tr ul"
  ).split(" "),
);
const GIVEN = new Set(
  (
    "class cx cy data-reading fill points preserveAspectRatio r role scope stroke stroke-width tabindex type " +
    "vector-effect viewBox"
  ).split(" "),
);

function grow(tree) {
  return tree.map((part) => {
    if (typeof part === "string") return document.createTextNode(part);
    const [name, attributes, children] = part;
    if (!DRAWN.has(name) && !KNOWN.has(name)) throw new Error(`${name} is no element of a panel`);
    const element = DRAWN.has(name) ? document.createElementNS(SVG, name) : document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (GIVEN.has(key) || key.startsWith("aria-")) element.setAttribute(key, value);
    }
    element.append(...grow(children));
    return element;
  });
}

/* Gives an element these children; what stands there already stays, with its focus and what is unfolded in it. */
function place(parent, children) {
  const same = parent.children.length === children.length && children.every((each, at) => parent.children[at] === each);
  if (!same) parent.replaceChildren(...children);
}
