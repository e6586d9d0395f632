/* All panels and charts of a dashboard: which there are, in which order, and what is chosen in them. */

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
    this.sections = new Map();
    this.specs = new Map();
    this.asked = false;
    this.running = Promise.resolve();
    this.clicked = 0;
    element.classList.add("smm-grid");
    this.panels = element.appendChild(make("div"));
    this.evidence = new Evidence(element, (reading, page) => model.send({ reading, page }));
    this.hider = null;
  }

  /* The copy for readers without a kernel is not seen while this is: the rule goes where this goes, and comes once, for
     each new sheet has the page styled anew. `body:has(...)` in the copy itself would say the same, and have the browser
     look through the whole notebook at every change in it. */
  hideCopy(own) {
    if (this.hider || !own) return;
    const copy = `.smm-static[data-of="${CSS.escape(own)}"]`;
    const text = `${copy}, .jp-OutputArea-child:has(> * > ${copy}) { display: none; }`;
    this.hider = this.element.appendChild(make("style", { text }));
  }

  /* Asks for one update after all changes that came together. */
  ask() {
    if (this.asked) return this.running;
    this.asked = true;
    this.running = this.running.then(() => {
      this.asked = false;
      return this.update().catch((error) => console.error(error));
    });
    return this.running;
  }

  async update() {
    const arrived = performance.now();
    const dark = isDark(this.model.get("dark"));
    const look = { dark, config: this.model.get("themes")[dark ? "dark" : "light"] ?? {} };
    const rows = this.model.get("rows");
    const words = this.model.get("words");
    const charts = this.model.get("charts").map((each) => this.read({ ...each, ...words[each.name] }));
    this.element.dataset.dark = String(dark);
    this.arrange(charts);
    this.evidence.show(this.model.get("evidence"));
    await takeIn(this.model);
    const shown = charts.map((chart) =>
      this.figures.get(chart.name).show({ chart, rowsText: rows[chart.name] ?? "[]", picked: this.picked(chart), look }),
    );
    const changed = await Promise.all(shown);
    this.element.dataset.ready = "true";
    this.hideCopy(this.model.get("own"));
    if (this.clicked && changed.some(Boolean)) this.measure(arrived);
  }

  /* A chart with its specification, which comes as text: one that stays is read once. */
  read(chart) {
    const known = this.specs.get(chart.name);
    const spec = known?.text === chart.spec ? known.spec : JSON.parse(chart.spec);
    this.specs.set(chart.name, { text: chart.spec, spec });
    return { ...chart, spec, specText: chart.spec };
  }

  /* Keeps the sections and figures that stay, in the order of the panels; without panels the charts stand alone. */
  arrange(charts) {
    const panels = this.model.get("sections");
    const told = panels.length ? panels : [{ key: "", charts: charts.map((chart) => chart.name) }];
    const byName = new Map(charts.map((chart) => [chart.name, chart]));
    this.drop(this.figures, new Set(byName.keys()));
    for (const name of this.specs.keys()) if (!byName.has(name)) this.specs.delete(name);
    this.drop(this.sections, new Set(told.map((each) => each.key)));
    const clear = (dimension) => this.clear(dimension);
    for (const each of told) {
      if (!this.sections.has(each.key)) this.sections.set(each.key, new PanelSection(each.folded));
      const figures = each.charts.map((name) => ({ element: this.figure(name).element, chart: byName.get(name) }));
      this.sections.get(each.key).show(each, figures, (chart) => this.picked(chart), clear);
    }
    place(this.panels, told.map((each) => this.sections.get(each.key).element));
  }

  drop(kept, names) {
    for (const [name, each] of kept) {
      if (names.has(name)) continue;
      each.remove();
      kept.delete(name);
    }
  }

  figure(name) {
    if (!this.figures.has(name)) {
      const choose = (...chosen) => this.choose(...chosen);
      this.figures.set(name, new ChartFigure(choose, (dimension) => this.clear(dimension)));
    }
    return this.figures.get(name);
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

  clear(dimension) {
    this.clicked = performance.now();
    const { [dimension]: _, ...others } = this.model.get("selection");
    this.model.set("selection", others);
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

/* JupyterLab takes single letters as orders (c copies a cell), even while one chooses in a list by typing. What has the
   focus must say itself that its keys are its own. */
const OURS = ".smm-controls, .smm-grid";

function keepKeys(event) {
  const element = event.target;
  if (element.closest?.(OURS)) element.setAttribute("data-lm-suppress-shortcuts", "true");
}

function render({ model, el }) {
  const grid = new ChartGridView(model, el.appendChild(make("div")));
  const ask = () => grid.ask();
  const mark = () => grid.mark();
  const asks = ["change:charts", "change:rows", "change:words", "change:themes", "change:dark", "change:sections", "change:evidence"];
  for (const event of asks) model.on(event, ask);
  model.on("change:selection", mark);
  const look = new MutationObserver(ask);
  look.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light", "class"] });
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", ask);
  document.addEventListener("focusin", keepKeys);
  ask();
  hear(model);
  return () => {
    document.removeEventListener("focusin", keepKeys);
    for (const event of asks) model.off(event, ask);
    model.off("change:selection", mark);
    look.disconnect();
    scheme.removeEventListener("change", ask);
    grid.remove();
  };
}

export default { render };
