// On the way back a browser puts into the fields what stood there when they were left. The page itself is new and has
// what is saved by now, perhaps by somebody else; that is what counts, and the mirror has what is not saved. Forms say
// autocomplete="off" for that; here are the few fields that may be filled in from an address book all the same.
const back = performance.getEntriesByType("navigation")[0]?.type === "back_forward";

document.querySelectorAll("form[data-autosave] input[autocomplete]:not([autocomplete='off'])").forEach((input) => {
  if (back) input.value = input.defaultValue;
});
