// On a phone the folded parts start closed, so the way stays short; where the window grows they open again, because
// nothing but the phone shows what would open them. They are open without script.
const phone = matchMedia("(max-width: 767px)");

function fold() {
  document.querySelectorAll("details.fold").forEach((part) => {
    part.open = !phone.matches;
  });
}

if (phone.matches) fold();
phone.addEventListener("change", fold);
