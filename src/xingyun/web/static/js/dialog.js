// A button with data-dialog opens the dialog of that id. Without script the same form stands on a page of its own.
let opener = null;

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-dialog]");
  const dialog = button && document.getElementById(button.dataset.dialog);
  if (dialog) {
    event.preventDefault();
    opener = button;
    dialog.showModal();
    return;
  }
  event.target.closest?.("[data-close]")?.closest("dialog")?.close();
});

document.addEventListener(
  "close",
  (event) => {
    if (event.target.matches("dialog[id]")) opener?.focus();
  },
  true
);

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
});

// A select that only narrows what the page shows sends its form by itself; without script there is a button.
document.querySelectorAll("form[data-auto]").forEach((form) => {
  form.querySelectorAll("button[data-needless]").forEach((button) => {
    button.hidden = true;
  });
  form.addEventListener("change", () => form.requestSubmit());
});
