/* All charts of a dashboard: which there are, how they stand beside each other, and what is chosen in them. */

function isDark(wish) {
  if (wish === "light" || wish === "dark") return wish === "dark";
  const lab = document.body.dataset.jpThemeLight;
  if (lab !== undefined) return lab === "false";
  return document.body.classList.contains("vscode-dark") || matchMedia("(prefers-color-scheme: dark)").matches;
}

class ChartGridView {
  constructor(model, element) {
    this.model = model;
    this.element = element;
    this.figures = new Map();
    this.groups = new Map();
    this.asked = false;
    this.running = Promise.resolve();
    this.clicked = 0;
    element.classList.add("smm-grid");
  }

  /* Asks for one update after all changes that came together. */
  ask() {
    if (this.asked) return this.running;
    this.asked = true;
    this.running = this.running.then(() => {
      this.asked = false;
      return this.update();
    });
    return this.running;
  }

  async update() {
    await takeIn(this.model);
    const arrived = performance.now();
    const dark = isDark(this.model.get("dark"));
    const look = { dark, config: this.model.get("themes")[dark ? "dark" : "light"] ?? {} };
    const charts = this.model.get("charts");
    const rows = this.model.get("rows");
    const words = this.model.get("words");
    this.element.dataset.dark = String(dark);
    this.arrange(charts);
    const shown = charts.map((each) => {
      const chart = { ...each, ...words[each.name] };
      return this.figures.get(chart.name).show({ chart, rows: rows[chart.name] ?? [], picked: this.picked(chart), look });
    });
    const changed = await Promise.all(shown);
    this.element.dataset.ready = "true";
    if (this.clicked && changed.some(Boolean)) this.measure(arrived);
  }

  /* Keeps the figures of charts that stay, in the order of the charts; those of one group stand together. */
  arrange(charts) {
    const names = new Set(charts.map((chart) => chart.name));
    for (const [name, figure] of this.figures) {
      if (names.has(name)) continue;
      figure.remove();
      this.figures.delete(name);
    }
    const order = new Set();
    const inside = new Map();
    for (const chart of charts) {
      if (!this.figures.has(chart.name)) {
        this.figures.set(chart.name, new ChartFigure((...chosen) => this.choose(...chosen)));
      }
      const figure = this.figures.get(chart.name).element;
      const { group = "", about = "" } = chart.spec.usermeta?.smmetrics ?? {};
      const box = group && this.group(group, about);
      if (box) inside.set(box.inside, [...(inside.get(box.inside) ?? []), figure]);
      order.add(box ? box.element : figure);
    }
    for (const [parent, figures] of inside) this.place(parent, figures);
    this.place(this.element, [...order]);
  }

  group(name, about) {
    if (!this.groups.has(name)) {
      const title = make("p", { class: "smm-about" });
      const inside = make("div", { class: "smm-several" });
      this.groups.set(name, { title, inside, element: make("div", { class: "smm-group" }, title, inside) });
    }
    const box = this.groups.get(name);
    box.title.textContent = about;
    return box;
  }

  place(parent, children) {
    const same = parent.children.length === children.length && children.every((each, at) => parent.children[at] === each);
    if (!same) parent.replaceChildren(...children);
  }

  picked(chart) {
    return this.model.get("selection")[chart.selects] ?? [];
  }

  /* Choosing what alone is chosen takes it back; `more` adds to what is chosen, or takes away. */
  choose(dimension, value, more) {
    this.clicked = performance.now();
    const selection = { ...this.model.get("selection") };
    const before = selection[dimension] ?? [];
    const has = before.includes(value);
    const others = more ? before.filter((each) => each !== value) : [];
    selection[dimension] = has && (more || before.length === 1) ? others : [...others, value];
    if (!selection[dimension].length) delete selection[dimension];
    this.model.set("selection", selection);
    this.model.save_changes();
  }

  mark() {
    for (const figure of this.figures.values()) {
      if (figure.key) figure.mark(this.picked(figure.told.chart));
    }
  }

  /* From the click to the picture, until the browser has painted; its detail is what the kernel and drawing took. */
  measure(arrived) {
    const start = this.clicked;
    this.clicked = 0;
    requestAnimationFrame(() =>
      setTimeout(() => {
        const end = performance.now();
        performance.measure("smmetrics:repaint", { start, end, detail: { kernel: arrived - start, drawing: end - arrived } });
      }),
    );
  }

  remove() {
    for (const figure of this.figures.values()) figure.remove();
    this.figures.clear();
  }
}

function render({ model, el }) {
  const grid = new ChartGridView(model, el.appendChild(make("div")));
  const ask = () => grid.ask();
  const mark = () => grid.mark();
  const asks = ["change:charts", "change:rows", "change:words", "change:themes", "change:dark"];
  for (const event of asks) model.on(event, ask);
  model.on("change:selection", mark);
  const look = new MutationObserver(ask);
  look.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", ask);
  ask();
  return () => {
    for (const event of asks) model.off(event, ask);
    model.off("change:selection", mark);
    look.disconnect();
    scheme.removeEventListener("change", ask);
    grid.remove();
  };
}

export default { render };
