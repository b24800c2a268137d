// A field of the form is one .field[data-field]; its raw value is a string, or a list of strings for several answers.

const inputs = (field) => [...field.querySelectorAll("[name]")].filter((input) => input.name === field.dataset.field);
const several = (field) => field.hasAttribute("data-several");

/** What is typed or chosen now. */
export function read(field) {
  const all = inputs(field);
  const ticks = all[0]?.type === "radio" || all[0]?.type === "checkbox";
  const values = all.filter((input) => !ticks || input.checked).map((input) => input.value);
  return several(field) ? values.filter((value) => value.trim()) : values[0] ?? "";
}

/** Put a raw value into the field. */
export function write(field, raw) {
  const values = Array.isArray(raw) ? raw : [raw];
  const all = inputs(field);
  const ticks = all[0]?.type === "radio" || all[0]?.type === "checkbox";
  if (several(field) && !ticks) field.dispatchEvent(new CustomEvent("rows", { detail: values }));
  inputs(field).forEach((input, n) => {
    if (ticks) input.checked = values.includes(input.value);
    else input.value = values[n] ?? "";
  });
  inputs(field)[0]?.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Whether two raw values are the same. */
export function same(one, other) {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The digest of the value this page has seen; the plain form sends it too. */
export function seen(field) {
  return field.querySelector("input[data-seen]");
}
