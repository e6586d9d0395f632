"""How a dashboard looks: JupyterLab's own ground and ink, elsewhere those of light or dark."""

from __future__ import annotations

CSS = """
.smm {
  --smm-ink: var(--jp-ui-font-color1, #1f1f1f); --smm-soft: var(--jp-ui-font-color2, #555);
  --smm-ground: var(--jp-layout-color1, #fff); --smm-card: var(--jp-layout-color1, #fff);
  --smm-line: var(--jp-border-color1, #c4c4c4); --smm-good: #00704f;
  --smm-bad: #b3261e; --smm-wait: #8a5300; --smm-mark: #0067a3;
  color: var(--smm-ink); font-family: var(--jp-ui-font-family, system-ui, sans-serif);
  font-size: var(--jp-ui-font-size1, 14px); line-height: 1.45; max-width: 100%; overflow-wrap: anywhere;
}
[data-jp-theme-light="false"] .smm, [data-dark="true"] .smm {
  --smm-good: #6fd3ae; --smm-bad: #ff9d94; --smm-wait: #f2c078; --smm-mark: #7cc4f2;
}
@media (prefers-color-scheme: dark) {
  .smm-static, .smm-static .smm {
    --smm-ink: #e8e8e8; --smm-soft: #b5b5b5; --smm-ground: #161616; --smm-card: #1f1f1f; --smm-line: #555;
    --smm-good: #6fd3ae; --smm-bad: #ff9d94; --smm-wait: #f2c078; --smm-mark: #7cc4f2; background: var(--smm-ground);
  }
}
.smm h2 { font-size: 1.35em; margin: 0.6em 0 0.2em; } .smm h3 { font-size: 1.2em; margin: 0.3em 0; }
.smm h4 { font-size: 1.1em; margin: 1.4em 0 0.3em; }
.smm h5, .smm .smm-name { font-size: 1em; margin: 0.6em 0 0.2em; font-weight: 600; }
.smm .smm-card .smm-name, .smm-evidence h5 { margin-top: 0; } .smm summary > h4 { line-height: 2.6; }
.smm-goal { border-top: 2px solid var(--smm-line); margin-top: 1em; padding-top: 0.4em; } .smm p { margin: 0.2em 0; }
.smm ul { margin: 0.2em 0; padding-left: 1.2em; } .smm-reason { color: var(--smm-soft); }
.widget-html-content:has(> .smm) { min-width: 0; }
.smm-soft { color: var(--smm-soft); } .smm-soft, .smm-card p { font-size: 0.93em; }
.smm summary { cursor: pointer; min-height: 24px; } .smm summary :is(h3, h4) { display: inline; }
.smm-cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19em), 1fr)); gap: 0.7em;
  grid-auto-flow: row dense; margin: 0.4em 0; padding: 0; }
.smm-card { background: var(--smm-card); border: 1px solid var(--smm-line); border-radius: 6px;
  padding: 0.7em 0.8em; min-width: 0; display: grid; grid-template-rows: subgrid; grid-row: span 3; row-gap: 0.2em; }
.smm-card > * { min-width: 0; } .smm-card > :last-child { align-self: end; }
.smm-ask { background: none; border: 0; padding: 0; margin-top: 0.3em; min-height: 24px; font: inherit;
  font-size: 0.93em; color: var(--smm-mark); text-decoration: underline; cursor: pointer; }
.smm :is(button, summary):focus-visible { outline: 2px solid var(--smm-mark); outline-offset: 2px; }
.smm-evidence { grid-column: 1 / -1; border: 2px solid var(--smm-mark); border-radius: 6px; padding: 0.7em 0.8em;
  margin: 0.2em 0 0.6em; background: var(--smm-card); min-width: 0; }
.smm-evidence:focus { outline: none; } .smm-evidence:focus-visible { outline: 2px solid var(--smm-mark); }
.smm-evidence > button { float: right; } .smm-evidence[hidden], .smm [hidden] { display: none; }
.smm-evidence button { font: inherit; font-size: 0.93em; color: var(--smm-ink); background: transparent;
  border: 1px solid var(--smm-line); border-radius: 4px; padding: 0.1em 0.7em; min-height: 24px; cursor: pointer; }
.smm-evidence button:disabled { color: var(--smm-soft); cursor: default; }
.smm h6 { font-size: 1em; margin: 0.7em 0 0.2em; font-weight: 600; }
.smm-card.smm-guard { border-style: dashed; } .smm-card.smm-error { border-left: 4px solid var(--smm-bad); }
.smm-card.smm-gap, .smm-card.smm-empty { border-left: 4px solid var(--smm-wait); }
.smm-cards > .smm-empty:only-child { grid-column: 1 / -1; }
.smm-card.smm-empty { max-width: 46em; } .smm-card.smm-empty ul { list-style: none; padding-left: 0; }
.smm-value { font-size: 1.7em !important; font-weight: 600; line-height: 1.2; }
.smm-met { color: var(--smm-good); } .smm-missed, .smm-behind { color: var(--smm-bad); }
.smm-uncertain { color: var(--smm-wait); }
.smm-spark { display: block; width: 100%; height: 28px; margin-top: 0.3em; color: var(--smm-mark); }
.smm-wide { overflow: auto; max-width: 100%; max-height: 32em; --smm-under: var(--smm-ground);
  background: linear-gradient(to right, var(--smm-under) 40%, transparent) 0 0 / 3em 100% no-repeat local,
    linear-gradient(to left, var(--smm-under) 40%, transparent) 100% 0 / 3em 100% no-repeat local,
    linear-gradient(to top, var(--smm-under) 40%, transparent) 0 100% / 100% 3em no-repeat local,
    linear-gradient(to right, var(--smm-line), transparent) 0 0 / 0.9em 100% no-repeat,
    linear-gradient(to left, var(--smm-line), transparent) 100% 0 / 0.9em 100% no-repeat,
    linear-gradient(to top, var(--smm-line), transparent) 0 100% / 100% 0.9em no-repeat; }
:is(.smm-card, .smm-evidence) .smm-wide { --smm-under: var(--smm-card); }
.smm-evidence .smm-wide { max-height: 22em; }
.smm-wide thead th { position: sticky; top: 0; background: var(--smm-card); vertical-align: bottom;
  box-shadow: inset 0 -1px var(--smm-line); }
.smm-wide:focus-visible { outline: 2px solid var(--smm-mark); }
.smm table { border-collapse: collapse; color: inherit; font-size: 0.93em; width: 100%; overflow-wrap: break-word; }
.smm th, .smm td { border-bottom: 1px solid var(--smm-line); padding: 0.25em 0.6em 0.25em 0; text-align: left;
  vertical-align: top; }
.smm td { min-width: 4em; } .smm td.smm-sentence { min-width: 16em; } .smm td:first-child { white-space: nowrap; }
.smm dl { display: grid; grid-template-columns: minmax(6em, max-content) 1fr; gap: 0.15em 0.8em; margin: 0.4em 0; }
.smm dt { color: var(--smm-soft); } .smm dd { min-width: 0; }
.smm dt, .smm dd { float: none; width: auto; margin: 0; padding: 0; } .smm code { white-space: pre-wrap; }
.smm figure { margin: 0.5em 0; } .smm img { max-width: 100%; height: auto; background: #fff; }
.smm a { color: var(--smm-mark); }
.smm-status { min-height: 1.4em; color: var(--jp-ui-font-color2, #555); font-size: 0.93em; }
.smm-controls { display: flex; flex-flow: row wrap; gap: 4px 12px; }
.smm-controls .widget-inline-hbox, .smm-controls button { max-width: 100%; }
.smm-controls input, .smm-controls select { min-width: 0; box-sizing: border-box; }
.smm-controls .widget-label { width: auto; overflow: visible; }
@media (max-width: 600px) {
  .smm dl { grid-template-columns: 1fr; }
  .smm-controls > * { flex: 1 1 100%; width: 100% !important; margin-left: 0; margin-right: 0; }
  .smm-controls input, .smm-controls select { flex: 1 1 0 !important; width: 0 !important; }
}
"""
"""One sheet for widgets and for the copy without a kernel. It holds no outside text."""
