// A field of the form is one .field[data-field]; its raw value is always one string, as the server stores it: several
// choices are joined by commas, several lines by line ends.

/** What is typed into or ticked. */
export const inputs = (field) => [...field.querySelectorAll("[name]")].filter((input) => input.name === field.dataset.field);
const isTick = (input) => input?.type === "radio" || input?.type === "checkbox";

/** What is typed or chosen now. */
export function read(field) {
  return joined(field, (input) => input.checked, (input) => input.value);
}

/** What the page came with, whatever has been typed since. */
export function given(field) {
  return joined(field, (input) => input.defaultChecked, came);
}

function joined(field, ticked, text) {
  const all = inputs(field);
  if (isTick(all[0])) {
    const on = all.filter(ticked).map((input) => input.value);
    return on.join(",");
  }
  const lines = all.map(text);
  return field.hasAttribute("data-lines") ? lines.filter((line) => line.trim()).join("\n") : lines[0] ?? "";
}

function came(input) {
  if (!input.options) return input.defaultValue;
  return [...input.options].find((option) => option.defaultSelected)?.value ?? "";
}

/** Put a raw value into the field. */
export function write(field, raw) {
  const all = inputs(field);
  if (isTick(all[0])) {
    const on = raw.split(",");
    for (const input of all) input.checked = on.includes(input.value);
  } else if (field.hasAttribute("data-lines")) {
    const lines = raw.split("\n");
    field.dispatchEvent(new CustomEvent("lines", { detail: lines }));
    inputs(field).forEach((input, n) => {
      input.value = lines[n] ?? "";
    });
  } else if (all[0]) all[0].value = raw;
  inputs(field)[0]?.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The digest of the value this page has seen; the plain form sends it too. */
export function seen(field) {
  return field.querySelector("input[data-seen]");
}
