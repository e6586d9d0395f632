/* One chart: its picture, the values one can choose in it by keyboard, and its numbers as a table. */

const PICKED = "picked";

function make(name, options = {}, ...children) {
  const element = document.createElement(name);
  const { text, ...attributes } = options;
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  element.append(...children);
  return element;
}

class ChartFigure {
  constructor(choose) {
    this.choose = choose;
    this.view = null;
    this.drawn = "";
    this.rowsText = "";
    this.waiting = null;
    this.caption = make("figcaption");
    this.plot = make("div", { class: "smm-plot", role: "img" });
    this.values = make("div", { class: "smm-values", role: "group" });
    this.summary = make("summary");
    this.numbers = make("details", { class: "smm-numbers" }, this.summary);
    this.element = make("figure", { class: "smm-chart" }, this.caption, this.plot, this.values, this.numbers);
    this.numbers.addEventListener("toggle", () => this.fillTable());
    this.sizes = new ResizeObserver(() => this.fit());
    this.sizes.observe(this.plot);
  }

  /* Draws what it is told; gives whether anything changed. The same structure gets other rows without a new picture. */
  async show(told) {
    this.told = told;
    const { chart, rows, picked, look } = told;
    const meta = chart.spec.usermeta?.smmetrics ?? {};
    this.key = chart.selects && meta.key ? meta.key : "";
    this.label = meta.label || this.key;
    this.columns = meta.columns ?? Object.keys(rows[0] ?? {}).map((field) => ({ field, title: field }));
    this.caption.textContent = chart.title;
    this.plot.setAttribute("aria-label", chart.description || chart.title);
    this.values.setAttribute("aria-label", `Choose in: ${chart.title}`);
    this.summary.textContent = `Numbers of: ${chart.title}`;
    this.element.dataset.chart = chart.name;
    if (!this.plot.clientWidth) {
      this.waiting = told;
      return false;
    }
    this.waiting = null;
    const structure = JSON.stringify([chart.spec, look.dark]);
    const rowsText = JSON.stringify(rows);
    const same = this.view !== null && structure === this.drawn;
    const changed = !same || rowsText !== this.rowsText || JSON.stringify(picked) !== JSON.stringify(this.picked);
    if (!changed) return false;
    if (same) {
      if (rowsText !== this.rowsText) this.view.data("table", rows);
      this.pick(picked);
      await this.view.runAsync();
    } else {
      await this.rebuild(chart.spec, rows, picked, look);
    }
    this.drawn = structure;
    this.rowsText = rowsText;
    this.fillValues();
    this.fillTable();
    return true;
  }

  async rebuild(spec, rows, picked, { config, dark }) {
    this.finalize();
    const params = (spec.params ?? []).map((each) => (each.name === PICKED ? { ...each, value: picked } : each));
    try {
      const result = await smmetricsEmbed(this.plot, { ...spec, params }, { rows, config, dark });
      this.view = result.view;
      this.end = () => result.finalize();
    } catch (error) {
      this.plot.replaceChildren(make("p", { role: "alert", text: `This chart cannot be drawn: ${error.message}` }));
      return;
    }
    // The figure's label tells what is drawn; the marks' own roles would say it again, piece by piece.
    for (const svg of this.plot.querySelectorAll("svg")) svg.setAttribute("aria-hidden", "true");
    this.picked = picked;
    this.width = this.plot.clientWidth;
    if (!this.key) return;
    this.view.addEventListener("click", (event, item) => {
      const value = ["symbol", "rect"].includes(item?.mark?.marktype) ? item.datum?.[this.key] : undefined;
      if (value !== undefined && value !== null && value !== "") {
        this.choose(this.told.chart.selects, String(value), event.ctrlKey || event.metaKey || event.shiftKey);
      }
    });
  }

  /* Shows which values are chosen. The caller runs the view. */
  pick(picked) {
    this.picked = picked;
    if ((this.told.chart.spec.params ?? []).some((each) => each.name === PICKED)) this.view.signal(PICKED, picked);
    for (const button of this.values.children) {
      button.setAttribute("aria-pressed", String(picked.includes(button.dataset.value)));
    }
  }

  async mark(picked) {
    if (this.view === null || JSON.stringify(picked) === JSON.stringify(this.picked)) return;
    this.pick(picked);
    await this.view.runAsync();
  }

  async fit() {
    const width = this.plot.clientWidth;
    if (width && this.waiting) {
      await this.show(this.waiting);
    } else if (width && this.view !== null && Math.abs(width - this.width) > 1) {
      this.width = width;
      await this.view.width(width).runAsync();
    }
  }

  /* Buttons for the values that marks stand for: Tab, Enter and Space do what a click does. */
  fillValues() {
    const found = new Map();
    if (this.key) for (const row of this.told.rows) found.set(String(row[this.key]), String(row[this.label]));
    const kept = [...this.values.children].map((button) => button.dataset.value);
    if (JSON.stringify(kept) !== JSON.stringify([...found.keys()])) {
      this.values.replaceChildren(
        ...[...found].map(([value, label]) => {
          const button = make("button", { type: "button", text: label, "data-value": value });
          button.addEventListener("click", () => this.choose(this.told.chart.selects, value, true));
          return button;
        }),
      );
    }
    this.values.hidden = found.size === 0;
    for (const button of this.values.children) {
      button.setAttribute("aria-pressed", String(this.told.picked.includes(button.dataset.value)));
    }
  }

  fillTable() {
    this.numbers.querySelector(".smm-scroll")?.remove();
    if (!this.numbers.open) return;
    const head = make("tr", {}, ...this.columns.map(({ title }) => make("th", { scope: "col", text: title })));
    const body = this.told.rows.map((row) =>
      make("tr", {}, ...this.columns.map(({ field }) => make("td", { text: row[field] ?? "" }))),
    );
    const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
    const attributes = { class: "smm-scroll", tabindex: "0", role: "region", "aria-label": this.summary.textContent };
    this.numbers.append(make("div", attributes, table));
  }

  finalize() {
    this.end?.();
    this.end = null;
    this.view = null;
    this.plot.replaceChildren();
  }

  remove() {
    this.sizes.disconnect();
    this.finalize();
    this.element.remove();
  }
}
