/* A line that is spoken when it changes: set as text, never as HTML. */

export default {
  render({ model, el }) {
    el.setAttribute("role", "status");
    el.setAttribute("aria-live", "polite");
    el.classList.add("smm-status");
    const say = () => { el.textContent = model.get("text"); };
    model.on("change:text", say);
    say();
    hear(model);
    return () => model.off("change:text", say);
  },
};
