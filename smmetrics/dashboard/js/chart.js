/* One chart: its picture, the values one can choose in it by keyboard, and its numbers as a table. */

const PICKED = "picked";

const ALL = "Show all again";

/* Pictures are drawn one at a time, and between two of them the page does what else it has to do: JupyterLab gives a
   widget two seconds to begin, and one that the pictures of another kept from it hears nothing of its kernel ever after. */
let drawn = Promise.resolve();

function turn() {
  drawn = drawn.then(() => new Promise((done) => setTimeout(done)));
  return drawn;
}

class ChartFigure {
  constructor(choose, clear) {
    this.choose = choose;
    this.all = make("button", { type: "button", class: "smm-clear", text: ALL });
    this.all.addEventListener("click", () => clear(this.told.chart.selects));
    this.view = null;
    this.drawn = "";
    this.rowsText = "";
    this.rows = [];
    this.waiting = null;
    this.gone = false;
    this.caption = make("figcaption");
    this.plot = make("div", { class: "smm-plot", role: "img" });
    this.values = make("div", { class: "smm-values", role: "group" });
    this.summary = make("summary", { text: "Numbers" });
    this.numbers = make("details", { class: "smm-numbers" }, this.summary);
    this.element = make("figure", { class: "smm-chart" }, this.caption, this.plot, this.values, this.numbers);
    this.numbers.addEventListener("toggle", () => this.fillTable());
    this.sizes = new ResizeObserver(() => this.fit());
    this.sizes.observe(this.plot);
  }

  /* Draws what it is told; gives whether anything changed. The same structure gets other rows without a new picture. */
  async show(told) {
    const { chart, rowsText, picked, look } = told;
    const sameRows = rowsText === this.rowsText;
    const rows = sameRows ? this.rows : JSON.parse(rowsText);
    this.told = { ...told, rows };
    const meta = chart.spec.usermeta?.smmetrics ?? {};
    this.key = chart.selects && meta.key ? meta.key : "";
    this.label = meta.label || this.key;
    this.columns = meta.columns ?? Object.keys(rows[0] ?? {}).map((field) => ({ field, title: field }));
    this.caption.textContent = chart.title;
    this.plot.setAttribute("aria-label", chart.description || chart.title);
    this.values.setAttribute("aria-label", `Choose in: ${chart.title}`);
    this.summary.setAttribute("aria-label", `Numbers of: ${chart.title}`);
    this.element.dataset.chart = chart.name;
    if (!this.plot.clientWidth) {
      this.waiting = told;
      // What was hidden and is shown again at its former width changes no size: only a new watch tells of it.
      this.sizes.unobserve(this.plot);
      this.sizes.observe(this.plot);
      return false;
    }
    this.waiting = null;
    const structure = `${look.dark} ${chart.specText}`;
    const same = this.view !== null && structure === this.drawn;
    const changed = !same || !sameRows || JSON.stringify(picked) !== JSON.stringify(this.picked);
    if (!changed) return false;
    if (same) {
      if (!sameRows) this.view.data("table", rows);
      this.pick(picked);
      await this.view.runAsync();
    } else {
      await this.rebuild(chart.spec, rows, picked, look);
    }
    this.drawn = structure;
    this.rowsText = rowsText;
    this.rows = rows;
    this.fillValues();
    this.fillTable();
    return true;
  }

  async rebuild(spec, rows, picked, { config, dark }) {
    await turn();
    if (this.gone) return;
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
    this.press(picked);
  }

  /* Marks what is chosen, in words and in looks, and offers to take it back where no group does. */
  press(picked) {
    const values = [...this.values.querySelectorAll("[data-value]")];
    for (const button of values) {
      button.setAttribute("aria-pressed", String(picked.includes(button.dataset.value)));
    }
    const own = values.some((button) => picked.includes(button.dataset.value));
    this.element.dataset.picked = picked.length === 0 ? "" : own ? "yes" : "no";
    if (picked.length && values.length > 1) this.values.append(this.all);
    else this.all.remove();
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
    const kept = [...this.values.querySelectorAll("[data-value]")].map((button) => button.dataset.value);
    const only = this.told.chart.spec.usermeta?.smmetrics?.group ? "Only " : "";
    if (JSON.stringify(kept) !== JSON.stringify([...found.keys()])) {
      this.values.replaceChildren(
        ...[...found].map(([value, label]) => {
          const button = make("button", { type: "button", text: only + label, "data-value": value });
          button.addEventListener("click", () => this.choose(this.told.chart.selects, value, true));
          return button;
        }),
      );
    }
    this.values.hidden = found.size === 0;
    this.press(this.told.picked);
  }

  fillTable() {
    this.numbers.querySelector(".smm-scroll")?.remove();
    if (!this.numbers.open) return;
    const head = make("tr", {}, ...this.columns.map(({ title }) => make("th", { scope: "col", text: title })));
    const body = this.told.rows.map((row) =>
      make("tr", {}, ...this.columns.map(({ field }) => make("td", { text: row[field] ?? "" }))),
    );
    const table = make("table", {}, make("thead", {}, head), make("tbody", {}, ...body));
    const attributes = { class: "smm-scroll", tabindex: "0", role: "region", "aria-label": this.summary.getAttribute("aria-label") };
    this.numbers.append(make("div", attributes, table));
  }

  finalize() {
    this.end?.();
    this.end = null;
    this.view = null;
    this.plot.replaceChildren();
  }

  remove() {
    this.gone = true;
    this.sizes.disconnect();
    this.finalize();
    this.element.remove();
  }
}
