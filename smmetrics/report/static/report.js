/* Draws the charts whose data stand in this file, in the colours of the reader's day or night. */
(() => {
  "use strict";
  const told = JSON.parse(document.getElementById("chart-data").textContent);
  const night = matchMedia("(prefers-color-scheme: dark)");
  const drawn = new Map();
  const refuse = () => Promise.reject(new Error("this page loads nothing"));
  const closed = { load: refuse, sanitize: refuse, http: refuse, file: refuse };

  async function draw({ id, spec, rows }) {
    const place = document.getElementById(id);
    const options = { ...told.embed, mode: "vega-lite", logLevel: 1, loader: closed, config: night.matches ? told.dark : told.light };
    try {
      drawn.get(id)?.finalize();
      drawn.set(id, await vegaEmbed(place, { ...spec, datasets: { table: rows } }, options));
      place.dataset.drawn = "yes";
    } catch (error) {
      console.error(error);
      place.textContent = "This chart could not be drawn.";
    }
  }

  async function drawAll() {
    for (const chart of told.charts) await draw(chart);
  }

  night.addEventListener("change", drawAll);
  // A chart that was folded learns its width when it is unfolded: once for all that are unfolded together.
  let due = 0;
  const measure = () => {
    due ||= requestAnimationFrame(() => {
      due = 0;
      dispatchEvent(new Event("resize"));
    });
  };
  for (const block of document.querySelectorAll("details:has(.view)")) block.addEventListener("toggle", measure);
  drawAll();
})();
