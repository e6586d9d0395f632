/* Fields of every look. Each has a name that is seen and spoken, its help and its remarks beside it. */

let counted = 0;
const nextId = () => `smm-plan-${(counted += 1)}`;

class FieldView {
  constructor(field, lists, changed) {
    this.field = field;
    this.options = typeof field.options === "string" ? lists[field.options] : field.options;
    this.changed = () => changed(field.key, this.value());
    this.id = nextId();
    this.notes = make("ul", { class: "smm-plan-notes", id: `${this.id}-notes`, hidden: true });
    const help = field.help ? make("span", { class: "smm-soft smm-plan-help", id: `${this.id}-help` }, field.help) : "";
    const told = [help ? `${this.id}-help` : "", `${this.id}-notes`].filter(Boolean).join(" ");
    const built = this.build(told);
    this.element = make("div", { class: `smm-plan-field smm-plan-${field.look}${field.more.length ? " smm-plan-metric" : ""}` }, ...built, help, ...grow(field.more), this.notes);
    if (field.look === "ticks") this.element = make("fieldset", { class: "smm-plan-field smm-plan-ticks", "aria-describedby": told },
      ...built, help, this.notes);
    for (const input of this.inputs) {
      input.dataset.key = field.key;
      input.addEventListener(["INPUT", "TEXTAREA"].includes(input.tagName) && input.type !== "checkbox" && input.type !== "date" ? "input" : "change", this.changed);
    }
  }

  build(told) {
    const { look, label } = this.field;
    if (look === "ticks") return this.ticks(label);
    const common = { id: this.id, "aria-describedby": told };
    const named = make("label", { for: this.id }, label);
    if (look === "tick") {
      this.inputs = [make("input", { ...common, type: "checkbox" })];
      return [make("div", { class: "smm-plan-onetick" }, this.inputs[0], named)];
    }
    this.inputs = [this.input(common)];
    return [named, this.inputs[0]];
  }

  input(common) {
    const { look } = this.field;
    if (look === "choice") return make("select", common, ...this.options.map(([value, words]) => make("option", { value }, words)));
    if (look === "lines" || look === "words") return make("textarea", { ...common, rows: 2 });
    if (look === "day") return make("input", { ...common, type: "date" });
    return make("input", { ...common, type: "text", inputmode: look === "number" ? "decimal" : undefined, autocomplete: "off" });
  }

  ticks(label) {
    this.inputs = this.options.map(([value], place) => make("input", { type: "checkbox", value, id: `${this.id}-${place}` }));
    const pairs = this.inputs.map((input, place) =>
      make("div", { class: "smm-plan-onetick" }, input, make("label", { for: input.id }, this.options[place][1])));
    return [make("legend", {}, label), ...pairs];
  }

  value() {
    const { look } = this.field;
    if (look === "ticks") return this.inputs.filter((input) => input.checked).map((input) => input.value);
    return look === "tick" ? this.inputs[0].checked : this.inputs[0].value;
  }

  /* Shows a value; where it is shown already, the cursor stays where it is. The kernel leaves out spaces at the ends:
     while one is typing, that is no other value, or the space before the next word would go. */
  show(value) {
    const { look } = this.field;
    if (look === "ticks") this.inputs.forEach((input) => { input.checked = value.includes(input.value); });
    else if (look === "tick") this.inputs[0].checked = value;
    else if (this.inputs[0].value !== value && !this.typing(value)) this.put(value);
  }

  typing(value) {
    const [input] = this.inputs;
    const words = (text) => String(text ?? "").split(/\s+/).filter(Boolean).join(" ");
    return input === document.activeElement && input.type !== "select-one" && words(input.value) === words(value);
  }

  put(value) {
    const [input] = this.inputs;
    const known = this.field.look !== "choice" || this.options.some(([each]) => each === value);
    if (!known && ![...input.options].some((option) => option.value === value)) input.append(make("option", { value }, value));
    input.value = value;
  }

  remark(notes) {
    remark(this.notes, notes);
    const wrong = (notes ?? []).some((note) => note.level === "error");
    for (const input of this.inputs) input.setAttribute("aria-invalid", String(wrong));
  }
}
