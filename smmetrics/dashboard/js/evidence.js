/* What is behind a number, beside the card that shows it. The kernel answers; the page only asks, and puts it there. */

class Evidence {
  constructor(root, ask) {
    this.root = root;
    this.ask = ask;
    this.pressed = null;
    this.shown = "";
    this.body = make("div");
    this.close = this.button("Close", () => this.leave());
    this.newer = this.button("Newer rows", () => this.turn(-1));
    this.older = this.button("Older rows", () => this.turn(1));
    this.turning = make("p", { class: "smm-turning" }, this.newer, " ", this.older);
    this.element = make("section", { class: "smm smm-evidence", tabindex: "-1" }, this.close, this.body, this.turning);
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.leave();
    });
    root.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-reading]");
      if (button) this.press(button);
    });
  }

  button(text, run) {
    const made = make("button", { type: "button", text });
    made.addEventListener("click", run);
    return made;
  }

  press(button) {
    if (button.getAttribute("aria-expanded") === "true") {
      this.leave();
      return;
    }
    this.pressed = button;
    button.setAttribute("aria-busy", "true");
    this.ask(button.dataset.reading, 0);
  }

  leave() {
    this.ask("", 0);
    this.buttonOf(this.told?.reading)?.focus();
  }

  turn(by) {
    this.ask(this.told.reading, this.told.page + by);
  }

  /* The button that asked; where the notebook asked, the first one of that number. */
  buttonOf(reading) {
    const all = [...this.root.querySelectorAll("button[data-reading]")].filter((each) => each.dataset.reading === reading);
    return all.includes(this.pressed) ? this.pressed : all[0];
  }

  show(told) {
    const text = JSON.stringify(told);
    const open = told.reading ? this.buttonOf(told.reading) : null;
    for (const button of this.root.querySelectorAll("button[data-reading]")) {
      button.setAttribute("aria-expanded", String(button === open));
      button.removeAttribute("aria-busy");
    }
    if (text === this.shown && this.element.isConnected === Boolean(told.reading)) return;
    this.shown = text;
    this.told = told;
    if (!told.reading) {
      this.element.remove();
      return;
    }
    this.element.setAttribute("aria-label", `Evidence: ${told.title}`);
    this.body.replaceChildren(...grow(told.tree));
    this.turning.hidden = told.pages <= 1;
    this.newer.disabled = told.page <= 0;
    this.older.disabled = told.page >= told.pages - 1;
    const card = open?.closest(".smm-card");
    const folded = card?.closest("details");
    if (folded) folded.open = true;
    if (!card) this.root.append(this.element);
    else if (card.nextElementSibling !== this.element) card.after(this.element);
    if (open && open === this.pressed) {
      this.element.focus({ preventScroll: true });
      this.element.scrollIntoView({ block: "nearest" });
    }
  }
}
