// Suggestions under a box: a combobox with a listbox, as ARIA 1.2 describes it. The
// server finds and words them; without this script the box is a plain one. A box
// has the address to ask in data-suggest, and its list behind it. An option with
// data-fill fills the box, which tells its form by the event "choose".
document.querySelectorAll("[data-suggest]").forEach((box) => {
  const wait = 150; // milliseconds after a letter, so that fast typing makes one request
  const list = box.nextElementSibling;
  const options = () => [...list.querySelectorAll("[role=option]")];
  const set = (e, attributes) => { for (const name in attributes) e.setAttribute(name, attributes[name]); };
  set(list, { role: "listbox", "aria-label": list.dataset.label });
  set(box, { role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": false });

  let timer, asking, active, asked = "";
  const choose = (option) => {
    active?.setAttribute("aria-selected", false);
    active = option;
    if (!option) return box.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", true);
    box.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  };
  const show = (open) => {
    choose();
    list.hidden = !open;
    box.setAttribute("aria-expanded", open);
  };
  const close = () => {
    clearTimeout(timer);
    asking?.abort();
    asked = "";
    show(false);
  };

  const ask = async () => {
    const typed = box.value.trim();
    if (typed === asked) return;
    asking?.abort();
    const mine = asking = new AbortController();
    asked = typed;
    try {
      const answer = await fetch(box.dataset.suggest + "?" + new URLSearchParams({ q: typed }), { signal: mine.signal });
      if (!answer.ok) throw answer.status;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body.firstElementChild;
      if (mine.signal.aborted || active) return; // who is choosing keeps the list that is there
      list.replaceChildren(...fresh.children);
      options().forEach((option, i) => { option.id ||= `${list.id}-option-${i + 1}`; });
      show(list.children.length > 0 && document.activeElement === box);
      document.getElementById("status").textContent = list.hidden ? "" : fresh.dataset.said;
    } catch {
      if (!mine.signal.aborted) close(); // searching works without suggestions
    }
  };

  // move selects the next option; before the first and after the last comes the box.
  const move = (step) => {
    const all = options(), at = all.indexOf(active);
    choose(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : at + step]);
  };
  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Home: () => active && choose(options()[0]),
    End: () => active && choose(options().at(-1)),
    Escape: () => close(),
    Enter: () => active?.click(),
  };
  box.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (list.hidden) {
      if (event.key === "ArrowDown" && box.value) ask();
      else if (event.key === "Enter") close();
    } else if (event.key === "Tab" || event.key === "Enter" && !active) close();
    else if (keys[event.key] && (active || !["Home", "End"].includes(event.key))) {
      event.preventDefault();
      keys[event.key]();
    }
  });
  const type = (event) => {
    if (event.isComposing) return;
    clearTimeout(timer);
    choose();
    timer = setTimeout(ask, wait);
  };
  box.addEventListener("input", type);
  box.addEventListener("compositionend", type);
  box.addEventListener("blur", close);
  box.form.addEventListener("submit", close);
  // A press must not take the focus from the box, or the list would close first.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if ("live" in option.dataset) box.value = option.dataset.search;
    if ("fill" in option.dataset) {
      box.value = option.dataset.fill;
      box.dispatchEvent(new CustomEvent("choose", { bubbles: true, detail: option.dataset }));
    }
    close();
  });
});
