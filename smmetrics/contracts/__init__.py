"""From a goal to a number: the formula language, the catalogue of what plugins define, and what can feed what."""
