// Where a list is longer than its place, the entry that lies open is in sight.
document.querySelectorAll(".desk [aria-current='true'], .nav [aria-current]").forEach((open) => {
  open.scrollIntoView({ block: "nearest", inline: "center" });
});
