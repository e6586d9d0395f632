/* The libraries that draw come beside this module and not in it: a busy page needs longer than a module is given. Each
   widget has a module of its own; those of a page that come with the same libraries take them in once. */

const TAKEN = (globalThis[Symbol.for("smmetrics:libraries")] ??= new Map());

let smmetricsEmbed = null;

async function takeIn(model) {
  if (smmetricsEmbed !== null) return;
  const libraries = model.get("libraries");
  if (!TAKEN.has(libraries)) TAKEN.set(libraries, taken(libraries));
  try {
    ({ smmetricsEmbed } = await TAKEN.get(libraries));
  } catch (error) {
    TAKEN.delete(libraries);
    throw error;
  }
}

async function taken(libraries) {
  const address = URL.createObjectURL(new Blob([libraries], { type: "text/javascript" }));
  try {
    return await import(address);
  } finally {
    URL.revokeObjectURL(address);
  }
}
