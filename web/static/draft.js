// Saves a form while somebody writes, and counts the words. Without it the buttons
// save.
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const language = document.documentElement.lang;
  const status = document.getElementById("saved");
  const idle = 1500; // milliseconds without a key until the text is saved
  const retry = 15000; // milliseconds until the next attempt when the server does not answer
  const typed = () => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "seen")).toString();
  const most = 60000; // bytes that browsers send for a page that is being left
  let kept = typed(), stuck = false, refused = false, away = false, leaving = false, timer, saving;

  const unsaved = () => typed() !== kept;
  const say = (text) => { if (status.textContent !== text) status.textContent = text; };

  // Words are counted as the server counts them: runs of anything but space, and
  // tenths of a word for each letter of the scripts that are written without spaces.
  const tenthsOf = [
    [/[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u, 3],
    [/\p{Script=Myanmar}/u, 5],
    [/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]/u, 6],
  ];
  const full = /[\p{L}\p{N}]/u, mark = /[\p{M}\u200b]/u, space = /\p{White_Space}/u, stop = /\p{P}/u;
  const count = (text) => {
    let words = 0, tenths = 0, inside = false;
    for (const letter of text) {
      if (mark.test(letter)) continue;
      const unspaced = letter >= "\u0e00" && tenthsOf.find(([script]) => script.test(letter));
      if (unspaced) tenths += full.test(letter) ? unspaced[1] : 0;
      const apart = unspaced || space.test(letter) || (letter >= "\u3000" && stop.test(letter));
      if (!apart && !inside) words++;
      inside = !apart;
    }
    return words + Math.ceil(tenths / 10);
  };
  const text = form.querySelector("textarea[name=text]"), used = form.querySelector("[data-used]");
  const recount = () => {
    if (!text || !used) return;
    const words = count(text.value), limit = Number(used.dataset.limit);
    used.textContent = words.toLocaleString(language);
    const over = used.parentElement.querySelector(".over");
    if (over) over.hidden = !limit || words <= limit;
  };

  const send = async () => {
    const sent = typed(), body = new URLSearchParams(new FormData(form));
    body.set("act", "save");
    const keepalive = body.toString().length < most;
    try {
      const answer = await fetch(form.action, { method: "POST", body, keepalive, redirect: "manual", headers: { Accept: "application/json" } });
      refused = answer.status === 422;
      away = false;
      if (answer.ok) {
        const said = await answer.json();
        form.elements.seen.value = said.seen ?? "";
        kept = sent;
        const time = new Date(said.saved).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
        say(form.dataset.saved.replace("%time%", time));
      } else if (answer.status === 409) {
        stuck = true;
        say(form.dataset.conflict);
      } else if (answer.status === 401 || answer.type === "opaqueredirect") {
        stuck = true;
        say(form.dataset.signin);
      } else if (refused) {
        say(form.dataset.refused);
      } else {
        throw answer.status;
      }
    } catch {
      away = true;
      say(form.dataset.away);
      timer = setTimeout(save, retry);
    }
    saving = null;
    if (typed() !== sent) later(); // there was more typing meanwhile
  };
  const save = () => {
    clearTimeout(timer);
    if (!saving && !stuck && !leaving && unsaved()) saving = send();
    return saving;
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(save, idle); };

  const changed = () => {
    recount();
    if (stuck) return;
    if (unsaved()) later(); else clearTimeout(timer);
  };
  // Boxes of comments belong to the form without standing in it.
  for (const kind of ["input", "change"]) document.addEventListener(kind, ({ target }) => { if (target.form === form) changed(); });
  // A city that was chosen brings its country, and where it lies.
  form.addEventListener("choose", ({ target, detail }) => {
    const row = target.closest("fieldset");
    row.querySelector("[name=country]").value = detail.country;
    row.querySelector("[name=point]").value = detail.point;
    changed();
  });
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  // A link waits until everything is saved. Where that cannot be, the browser asks.
  document.addEventListener("click", async (event) => {
    const link = event.target.closest("a[href]");
    const elsewhere = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || link?.target || link?.hasAttribute("download");
    if (!link || elsewhere || event.defaultPrevented || !unsaved() || link.href.startsWith(location.href.split("#")[0] + "#")) return;
    event.preventDefault();
    await saving;
    await save();
    location.assign(link.href);
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  addEventListener("beforeunload", (event) => {
    if (leaving || !unsaved()) return;
    if (saving || stuck || refused || away || typed().length > most) event.preventDefault();
    save();
  });
  addEventListener("pageshow", () => { leaving = false; recount(); });
})();
