// Keys of the desk: through the list, to search, to take a submission. "?" lists them.
// They rest while somebody types, and for good once they are switched off.
(() => {
  const $ = (id) => document.getElementById(id);
  const help = $("keys"), on = $("keys-on");
  const links = [...document.querySelectorAll(".queue h3 a")];
  const current = () => document.activeElement.closest(".queue li");
  const move = (step) => {
    const at = links.findIndex((link) => current()?.contains(link));
    links[at < 0 && step < 0 ? links.length - 1 : at + step]?.focus();
  };
  const show = () => help.showModal();
  const acts = {
    j: () => links.length ? move(1) : $("next")?.click(),
    k: () => move(-1),
    o: () => current()?.querySelector("h3 a").click(),
    m: () => (links.length ? current() : document)?.querySelector("[data-key=m]")?.click(),
    "/": () => $("q")?.focus(),
    "?": show,
    "؟": show,
  };
  try { on.checked = localStorage.getItem("keys") !== "off"; } catch {}
  on.addEventListener("change", () => {
    try { on.checked ? localStorage.removeItem("keys") : localStorage.setItem("keys", "off"); } catch {}
  });
  $("keys-show").addEventListener("click", show);
  $("keys-close").addEventListener("click", () => help.close());
  document.addEventListener("keydown", (event) => {
    if (!on.checked || help.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    // Letters of other scripts count by the place of their key.
    const act = acts[event.key] ?? (event.key > "~" && acts[event.code.replace("Key", "").toLowerCase()]);
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
