// Saves a part of a draft while its author types, and counts the words. Without
// it the button saves.
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const language = document.documentElement.lang;
  const status = document.getElementById("saved");
  const idle = 1500; // milliseconds without a key until the text is saved
  const retry = 15000; // milliseconds until the next attempt when the server does not answer
  const typed = () => new URLSearchParams([...new FormData(form)].filter(([name]) => name !== "seen")).toString();
  let kept = typed(), stuck = false, leaving = false, timer, saving;

  const unsaved = () => typed() !== kept;
  const say = (text) => { if (status.textContent !== text) status.textContent = text; };

  // Words are counted as the server counts them: runs of anything but space, and
  // each character of the scripts that are written without spaces.
  const single = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
  const space = /\p{White_Space}/u;
  const count = (text) => {
    let words = 0, inside = false;
    for (const letter of text) {
      const alone = single.test(letter), gap = space.test(letter);
      if (alone || (!inside && !gap)) words++;
      inside = !alone && !gap;
    }
    return words;
  };
  const text = form.querySelector("textarea[name=text]"), used = form.querySelector("[data-used]");
  const recount = () => {
    if (!text || !used) return;
    const words = count(text.value), limit = Number(used.dataset.limit);
    used.textContent = words.toLocaleString(language);
    const over = used.parentElement.querySelector(".over");
    if (over) over.hidden = !limit || words <= limit;
  };

  const save = async () => {
    clearTimeout(timer);
    if (saving || stuck || leaving || !unsaved()) return;
    const sent = typed(), body = new URLSearchParams(new FormData(form));
    body.set("act", "save");
    saving = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } });
      if (answer.ok) {
        const said = await answer.json();
        form.elements.seen.value = said.seen;
        kept = sent;
        const time = new Date(said.saved).toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
        say(form.dataset.saved.replace("%time%", time));
      } else if (answer.status === 409) {
        stuck = true;
        say(form.dataset.conflict);
      } else if (answer.status === 401 || answer.type === "opaqueredirect") {
        stuck = true;
        say(form.dataset.signin);
      } else if (answer.status === 422) {
        say(form.dataset.refused);
      } else {
        throw answer.status;
      }
    } catch {
      say(form.dataset.away);
      timer = setTimeout(save, retry);
    }
    saving = false;
    if (typed() !== sent) later(); // there was more typing meanwhile
  };
  const later = () => { clearTimeout(timer); timer = setTimeout(save, idle); };

  const changed = () => {
    recount();
    if (stuck) return;
    if (unsaved()) later(); else clearTimeout(timer);
  };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  // A city that was chosen brings its country, and where it lies.
  form.addEventListener("choose", ({ target, detail }) => {
    const row = target.closest("fieldset");
    row.querySelector("[name=country]").value = detail.country;
    row.querySelector("[name=point]").value = detail.point;
    changed();
  });
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  addEventListener("beforeunload", (event) => { if (!leaving && unsaved()) event.preventDefault(); });
  addEventListener("pageshow", () => { leaving = false; recount(); });
})();
