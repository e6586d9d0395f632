/* One panel: its heading, its words and cards, its charts, its tables. A part that did not change stays as it is. */

class PanelSection {
  constructor(folded) {
    this.shown = {};
    this.groups = new Map();
    this.parts = {
      head: make(folded ? "summary" : "div"),
      top: make("div"),
      end: make("div"),
    };
    this.charts = make("div", { class: "smm-charts" });
    const inside = [this.parts.head, this.parts.top, this.charts, this.parts.end];
    this.element = make("section", {}, ...(folded ? [make("details", {}, ...inside)] : inside));
  }

  show(told, figures, picked, clear) {
    this.element.className = told.class ?? "smm";
    if (told.label) this.element.setAttribute("aria-label", told.label);
    for (const [name, part] of Object.entries(this.parts)) {
      const text = told[name] ?? "[]";
      if (text === (this.shown[name] ?? "[]")) continue;
      this.shown[name] = text;
      part.replaceChildren(...grow(JSON.parse(text)));
    }
    this.charts.hidden = figures.length === 0;
    this.arrange(figures, picked, clear);
  }

  /* Charts in their order; those of one group stand together under what they all show. */
  arrange(figures, picked, clear) {
    const order = new Set();
    const inside = new Map();
    for (const { element, chart } of figures) {
      const { group = "", about = "" } = chart.spec.usermeta?.smmetrics ?? {};
      if (!group) {
        order.add(element);
        continue;
      }
      const box = this.group(group);
      box.title.textContent = about;
      box.clear.hidden = picked(chart).length === 0;
      box.clear.onclick = () => clear(chart.selects);
      inside.set(box.inside, [...(inside.get(box.inside) ?? []), element]);
      order.add(box.element);
    }
    for (const [parent, elements] of inside) place(parent, elements);
    place(this.charts, [...order]);
  }

  group(name) {
    if (!this.groups.has(name)) {
      const title = make("span");
      const clear = make("button", { type: "button", class: "smm-clear", text: ALL });
      const inside = make("div", { class: "smm-several" });
      const about = make("p", { class: "smm-about" }, title, " ", clear);
      this.groups.set(name, { title, clear, inside, element: make("div", { class: "smm-group" }, about, inside) });
    }
    return this.groups.get(name);
  }

  remove() {
    this.element.remove();
  }
}
