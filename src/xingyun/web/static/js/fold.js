// On a phone the folded parts start closed, so the way stays short. They are open without script.
if (matchMedia("(max-width: 767px)").matches) {
  document.querySelectorAll("details.fold").forEach((part) => {
    part.open = false;
  });
}
