/* The page: steps to go to, the groups of one step, what is said of them, and what can be done. */

/* A group at the top and those inside it, which are drawn together. */
const clustersOf = (groups) => {
  const found = [];
  for (const group of groups) {
    if (group.within) found.at(-1).push(group);
    else found.push([group]);
  }
  return found;
};

/* Whether two drawings of a cluster have the same fields, so that one may go on writing in them. */
const sameFields = (before, now) => {
  const shape = (groups) => JSON.stringify(groups.map(({ key, within, folds, fields, acts }) => [key, within ?? "", folds, fields.map((field) => [field.key, field.look]), acts.map((act) => act.key)]));
  return shape(before) === shape(now);
};

class PlannerView {
  constructor(model, element) {
    this.model = model;
    this.sent = 0;
    this.mine = new Map();
    this.asked = new Map();
    this.folds = new Map();
    this.fields = new Map();
    this.groups = new Map();
    this.clusters = new Map();
    this.focused = 0;
    element.classList.add("smm", "smm-plan");
    this.words = model.get("words");
    this.nav = make("ol", {});
    this.title = make("h3", { tabindex: "-1" });
    this.why = make("p", { class: "smm-plan-why" });
    this.main = make("div", { class: "smm-plan-groups" });
    this.main.addEventListener("focusout", (event) => this.left(event));
    this.below = make("section", { "aria-label": this.words.matrix, class: "smm-plan-below", hidden: true });
    this.rest = make("ul", { class: "smm-plan-notes" });
    this.elsewhere = make("details", { hidden: true }, make("summary", {}, this.words.elsewhere), this.rest);
    this.homeless = make("div", { hidden: true, class: "smm-plan-group" });
    this.message = make("p", { role: "alert", class: "smm-plan-message" });
    this.status = make("p", { role: "status", "aria-live": "polite", class: "smm-status" });
    this.buttons = Object.fromEntries(["back", "next", "undo", "again", "save"].map((name) => [name, this.press(name)]));
    element.append(
      make("nav", { "aria-label": this.words.steps }, this.nav), this.title, this.why, this.main, this.below,
      this.elsewhere, this.homeless, make("div", { class: "smm-plan-bar" }, ...Object.values(this.buttons)), this.message, this.status,
    );
  }

  press(name) {
    const button = make("button", { type: "button", class: "jupyter-button widget-button", "data-key": `press/${name}` }, this.words[name]);
    button.addEventListener("click", () => this.send({ does: "press", what: name }));
    return button;
  }

  send(message) {
    this.sent += 1;
    this.model.send({ ...message, n: this.sent });
    return this.sent;
  }

  changed(key, value) {
    this.mine.set(key, { n: this.send({ does: "put", key, value }), value });
  }

  update() {
    const screen = this.model.get("screen");
    const shown = this.model.get("shown");
    if (!screen.step) return;
    for (const [key, { n }] of this.asked) if (n && n <= shown.did) this.asked.delete(key);
    const told = JSON.stringify(screen);
    const left = told === this.told ? undefined : this.build(screen);
    this.told = told;
    this.fill(shown);
    if (left) this.back(...left);
    const below = this.model.get("below");
    if (below !== this.grown) this.below.replaceChildren(...grow(below));
    this.grown = below;
    this.below.hidden = !below.length;
    if (shown.focus?.n > this.focused) this.focus(shown.focus);
  }

  /* Draws what changed of a step. Nothing is taken from under the hands: the cluster one writes in only gets its new
     titles while its fields are the same, and the rest of its news when one leaves it. Gives the field that had to go
     while one wrote in it, and where: the cursor goes back there when the field that came for it is filled. */
  build(screen) {
    const active = document.activeElement;
    const key = this.main.contains(active) ? active.dataset.key : undefined;
    const place = key && ["text", "textarea"].includes(active.type) ? [active.selectionStart, active.selectionEnd] : undefined;
    const chosen = active?.value;
    this.title.textContent = screen.title;
    this.why.textContent = screen.why;
    const before = this.clusters;
    this.clusters = new Map();
    const folding = screen.groups.filter((group) => group.folds).length;
    for (const [number, groups] of clustersOf(screen.groups).entries()) {
      const told = JSON.stringify([groups, screen.lists]);
      const old = before.get(groups[0].key);
      const news = old && old.told !== told;
      if (old && (!news || (old.element.contains(active) && sameFields(old.groups, groups)))) {
        this.clusters.set(groups[0].key, { ...old, late: news });
        for (const group of news ? groups : []) this.groups.get(group.key).title.textContent = group.title;
        continue;
      }
      if (old) this.drop(old);
      this.clusters.set(groups[0].key, this.cluster(groups, screen.lists, told, folding <= 3 || number === 0));
    }
    for (const [name, old] of before) if (!this.clusters.has(name)) this.drop(old);
    this.place();
    return key && document.activeElement !== active ? [key, place, chosen] : undefined;
  }

  cluster(groups, lists, told, open) {
    let top;
    for (const group of groups) {
      const made = this.group(group, lists, open);
      this.groups.set(group.key, made);
      if (group.within) this.groups.get(group.within).inner.append(made.element);
      else top = made.element;
    }
    return { element: top, groups, told, late: false };
  }

  drop({ element, groups }) {
    element.remove();
    for (const group of groups) {
      this.groups.delete(group.key);
      for (const field of group.fields) this.fields.delete(field.key);
    }
  }

  /* Puts clusters in their order; those that stand right are not touched, or they would lose the focus. */
  place() {
    let here = this.main.firstChild;
    for (const { element } of this.clusters.values()) {
      if (element === here) here = here.nextSibling;
      else this.main.insertBefore(element, here);
    }
  }

  /* What came while one wrote in a cluster is drawn when one leaves it. */
  left({ target, relatedTarget }) {
    const late = [...this.clusters.values()].some(({ element, late }) => late && element.contains(target) && !element.contains(relatedTarget));
    // Not at once: what is under the mouse must not move between its press and its click.
    if (late) setTimeout(() => { this.told = undefined; this.update(); }, 250);
  }

  back(key, place, chosen) {
    const found = [...this.main.querySelectorAll("[data-key]")].filter((each) => each.dataset.key === key);
    const again = found.find((each) => each.type !== "checkbox" || each.value === chosen) ?? found[0];
    again?.focus({ preventScroll: true });
    if (place && ["text", "textarea"].includes(again?.type)) again.setSelectionRange(...place);
  }

  group(group, lists, open) {
    const id = nextId();
    const title = make(group.within ? "h5" : "h4", { id, tabindex: "-1" }, group.title);
    const count = make("span", { class: "smm-soft smm-plan-count" });
    const notes = make("ul", { class: "smm-plan-notes", hidden: true });
    const views = group.fields.map((field) => this.field(field, lists));
    const acts = make("div", { class: "smm-plan-acts" }, ...group.acts.map((act) => this.act(act, lists)));
    const inner = make("div", { class: "smm-plan-inner" });
    const parts = [group.words ? make("p", {}, group.words) : "", notes,
      make("div", { class: "smm-plan-fields" }, ...views.map((view) => view.element)), inner, ...grow(group.body), group.acts.length ? acts : ""];
    const element = group.folds ? this.fold(group.key, open, make("summary", {}, title, count), parts)
      : make("section", { class: group.within ? "smm-plan-sub" : "smm-plan-group", "aria-labelledby": id }, title, ...parts);
    return { element, title, count, notes, inner };
  }

  fold(key, open, summary, parts) {
    const element = make("details", { class: "smm-plan-group" }, summary, ...parts);
    element.open = this.folds.get(key) ?? open;
    summary.dataset.key = `fold/${key}`;
    element.addEventListener("toggle", () => this.folds.set(key, element.open));
    return element;
  }

  field(field, lists) {
    const view = new FieldView(field, lists, (key, value) => this.changed(key, value));
    this.fields.set(field.key, view);
    return view;
  }

  /* A button, with the word it asks for before it. */
  act(act, lists) {
    const button = make("button", { type: "button", class: "jupyter-button widget-button", "data-key": `act/${act.key}` }, act.label);
    if (!act.asks) {
      button.addEventListener("click", () => this.send({ does: "act", key: act.key, word: "" }));
      return make("div", { class: "smm-plan-act" }, button);
    }
    const id = nextId();
    const options = typeof act.options === "string" ? lists[act.options] : act.options;
    const input = options.length ? make("select", { id }, ...options.map(([value, words]) => make("option", { value }, words)))
      : make("input", { id, type: "text", autocomplete: "off" });
    input.dataset.key = `ask/${act.key}`;
    input.value = this.asked.get(act.key)?.word ?? "";
    input.addEventListener("input", () => this.asked.set(act.key, { word: input.value }));
    const run = () => this.asked.set(act.key, { word: input.value, n: this.send({ does: "act", key: act.key, word: input.value }) });
    button.addEventListener("click", run);
    if (!options.length) input.addEventListener("keydown", (event) => { if (event.key === "Enter") run(); });
    return make("div", { class: "smm-plan-act" }, make("label", { for: id }, act.asks), input, button);
  }

  /* Shows values, except what was typed here and has not been heard yet, and all that is said. */
  fill(shown) {
    this.steps(shown);
    for (const [key, view] of this.fields) {
      const mine = this.mine.get(key);
      if (mine && mine.n > shown.seen) view.show(mine.value);
      else {
        this.mine.delete(key);
        view.show(shown.values[key]);
      }
      view.remark(shown.notes[key]);
    }
    for (const [key, group] of this.groups) {
      remark(group.notes, shown.notes[key]);
      group.count.textContent = shown.groups[key] ? ` ${shown.groups[key]}` : "";
    }
    remark(this.rest, shown.notes[""]);
    this.elsewhere.hidden = this.rest.hidden;
    this.say(this.status, shown.status);
    this.say(this.message, shown.message);
    for (const [name, button] of Object.entries(this.buttons)) {
      button.disabled = shown.off.includes(name);
    }
    this.lost(shown.homeless);
  }

  say(region, text) {
    if (region.textContent !== text) region.textContent = text;
  }

  lost(homeless) {
    this.homeless.hidden = !homeless.length;
    this.homeless.replaceChildren(
      make("p", {}, this.words.homeless), make("ul", {}, ...homeless.map((each) => make("li", {}, each))), this.press("forget"));
  }

  steps(shown) {
    const step = this.model.get("screen").step;
    if (!this.nav.children.length) {
      for (const [name, words] of shown.steps) {
        const button = make("button", { type: "button", class: "smm-plan-step", "data-step": name }, make("span", {}, words), make("small"));
        button.addEventListener("click", () => this.send({ does: "go", step: name }));
        this.nav.append(make("li", {}, button));
      }
    }
    for (const button of this.nav.querySelectorAll("button")) {
      button.toggleAttribute("aria-current", button.dataset.step === step);
      if (button.dataset.step === step) button.setAttribute("aria-current", "step");
      const said = shown.counts[button.dataset.step] ?? "";
      if (button.lastChild.textContent !== said) button.lastChild.textContent = said;
    }
  }

  focus({ n, key }) {
    this.focused = n;
    const group = this.groups.get(key);
    if (!group) {
      this.title.focus();
      return;
    }
    if (group.element.tagName === "DETAILS") group.element.open = true;
    (group.element.querySelector("input, textarea, select") ?? group.title).focus();
  }
}

export default {
  render({ model, el }) {
    const view = new PlannerView(model, el);
    let due = false;
    const update = () => {
      if (due) return;
      due = true;
      queueMicrotask(() => { due = false; view.update(); });
    };
    const names = ["screen", "shown", "below"].map((name) => `change:${name}`);
    names.forEach((name) => model.on(name, update));
    view.update();
    hear(model);
    return () => names.forEach((name) => model.off(name, update));
  },
};
