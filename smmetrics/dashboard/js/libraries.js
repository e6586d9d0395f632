/* The libraries that draw come beside this module and not in it: a busy page needs longer than a module is given. */

let smmetricsEmbed = null;

async function takeIn(model) {
  if (smmetricsEmbed !== null) return;
  const address = URL.createObjectURL(new Blob([model.get("libraries")], { type: "text/javascript" }));
  try {
    ({ smmetricsEmbed } = await import(address));
  } finally {
    URL.revokeObjectURL(address);
  }
}
