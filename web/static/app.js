// The script of every page. It applies filters in place, narrows long lists,
// prints, copies the address and keeps the size of the text. Without it every
// page does the same by loading whole pages.
(() => {
  const $ = (id) => document.getElementById(id);
  const root = document.documentElement;
  const all = (selector, within = document) => within.querySelectorAll(selector);
  const say = (text, urgent) => {
    const status = $("status");
    status.setAttribute("aria-live", urgent ? "assertive" : "polite");
    status.textContent = text;
  };

  // The size of the text is kept on this device only.
  const sizes = [-1, 0, 1, 2, 3];
  let size = 0;
  const resize = (to) => {
    size = Math.max(sizes[0], Math.min(sizes.at(-1), to));
    size ? (root.dataset.size = size) : delete root.dataset.size;
    try { size ? localStorage.setItem("size", size) : localStorage.removeItem("size"); } catch {}
  };
  try { resize(Number(localStorage.getItem("size")) || 0); } catch {}

  const tools = {
    print: () => print(),
    smaller: (button) => { resize(size - 1); say(button.dataset.done); },
    larger: (button) => { resize(size + 1); say(button.dataset.done); },
    copy: async (button) => {
      try { await navigator.clipboard.writeText(button.dataset.link); say(button.dataset.done); button.textContent = button.dataset.done; }
      catch { prompt(button.textContent, button.dataset.link); }
    },
    share: ({ dataset }) => navigator.share({ title: dataset.title, url: dataset.link }).catch(() => {}), // closing the sheet is no failure
  };

  if (navigator.share) all("[data-do=share]").forEach((e) => { e.hidden = false; });
  const showScripted = () => all(".narrow").forEach((e) => { e.hidden = false; });
  // close folds one of the details by its id; false if it is folded.
  const close = (id) => $(id)?.open && !($(id).open = false);

  // patch turns one element into another and touches only what differs, so
  // that focus, open lists and half-typed words stay where they are.
  const kept = (e, name) => name === "hidden" || (name === "open" && e.nodeName === "DETAILS");
  const patch = (from, to) => {
    if (from.nodeName !== to.nodeName || from.id !== to.id) return from.replaceWith(to);
    if (from.nodeType !== 1) { if (from.data !== to.data) from.data = to.data; return; }
    if (from.className === "combo") { // the box and its list belong to suggest.js
      if (document.activeElement !== $("q")) $("q").value = to.querySelector("#q").value;
      return;
    }
    for (const { name } of [...from.attributes]) if (!to.hasAttribute(name) && !kept(from, name)) from.removeAttribute(name);
    for (const { name, value } of to.attributes) if (from.getAttribute(name) !== value && !kept(from, name)) from.setAttribute(name, value);
    if (from.type === "checkbox") from.checked = to.hasAttribute("checked");
    const old = [...from.childNodes], fresh = [...to.childNodes];
    fresh.forEach((node, i) => { old[i] ? patch(old[i], node) : from.append(node); });
    old.slice(fresh.length).forEach((node) => node.remove());
  };

  // go shows the page at an address in place of this one, without loading it anew.
  let asking, shown = location.pathname + location.search;
  const go = async (address, { push = true, focus = false } = {}) => {
    asking?.abort();
    const mine = asking = new AbortController();
    const results = $("results"), held = document.activeElement;
    results.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(address, { signal: mine.signal });
      if (!answer.ok) throw answer.status;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (push && answer.url !== location.href) history.pushState(null, "", answer.url);
      shown = location.pathname + location.search;
      document.title = page.title;
      ["browse", "languages", "keep"].forEach((id) => patch($(id), page.getElementById(id)));
      showScripted();
      all(".narrow").forEach(narrow);
      all(".span input").forEach((e) => { e.value = ""; });
      results.removeAttribute("aria-busy");
      const count = $("count");
      say([count, $("how")].filter(Boolean).map((e) => e.textContent).join(". "), !page.querySelector(".item"));
      // The value that was just cleared may be disabled now, and would take the focus with it.
      if (focus || held.disabled || !held.isConnected) { count.focus({ preventScroll: true }); count.scrollIntoView({ block: "start" }); }
    } catch (problem) {
      if (problem.name !== "AbortError") location.assign(address);
    }
  };
  // address writes a form's choices in the canonical form, so that the server
  // need not redirect: no empty fields, no defaults, the values of a field sorted.
  const address = (form) => {
    const fields = new FormData(form);
    const said = [...new Set(fields.keys())].flatMap((name) => fields.getAll(name).sort()
      .filter((value) => value && value !== form.elements[name].dataset?.default).map((value) => [name, value]));
    return form.action + (said.length ? "?" + new URLSearchParams(said) : "");
  };

  // folded writes names as the server's text.Fold does, here without spaces;
  // internal/text/testdata/examples.json holds both to the same.
  const same = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", ł: "l", ı: "i", þ: "th", ħ: "h", ς: "σ", ґ: "г", ة: "ه", ى: "ي", ٱ: "ا" };
  const accents = /(?![\u3099\u309a])(?=\p{M})[\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}]/gu;
  const between = /[^\p{L}\p{N}\p{M}]|[\u02b0-\u02ff\u0640]/gu;
  const folded = (text) => text.normalize("NFKD").toLowerCase().replace(accents, "").replace(between, "")
    .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15).replace(/[^a-z]/g, (letter) => same[letter] ?? letter).normalize("NFC");
  const narrow = (box) => {
    const typed = folded(box.value);
    all("label", box.parentElement).forEach((label) => label.classList.toggle("out", !folded(label.querySelector(".name").textContent).includes(typed)));
  };
  document.addEventListener("input", ({ target }) => { if (target.matches(".narrow")) narrow(target); });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) tools[button.dataset.do](button);
    const link = event.target.closest("[data-live]");
    if (link && $("browse") && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey)) {
      event.preventDefault();
      go(link.href, { focus: true });
    }
    for (const id of ["languages", "menu"]) if (!$(id).contains(event.target)) close(id);
  });
  document.addEventListener("keydown", (event) => {
    const closed = event.key === "Escape" && ["languages", "menu", "panel"].find(close);
    if (closed) $(closed).firstElementChild.focus();
    if (event.key === "Enter" && event.target.matches(".narrow")) event.preventDefault();
  });

  const form = $("browse");
  if (form) {
    root.dataset.instant = ""; // the results change as one chooses
    form.addEventListener("change", ({ target }) => { if (target.matches("[type=checkbox], select")) go(address(form)); });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (matchMedia("(max-width: 56rem)").matches) close("panel");
      go(address(form), { focus: true });
    });
    $("keep")?.addEventListener("submit", (event) => {
      event.preventDefault();
      go(event.target.action + "?" + new URLSearchParams(new FormData(event.target, event.submitter)));
    });
    addEventListener("popstate", () => { if (location.pathname + location.search !== shown) go(location.href, { push: false }); });
  }
  showScripted();
})();
