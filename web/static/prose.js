// Takes over text that is pasted with its formatting in the Markdown that the server
// understands, and shows what a text will look like. Without it plain text is pasted,
// and the preview is of the text that was saved.
(() => {
  const form = document.querySelector("form[data-prose]");
  if (!form) return;
  const box = form.querySelector("textarea"), preview = form.querySelector("[data-preview]");

  const unseen = /^(style|script|head|title|meta|template|noscript|svg|button|select|input|textarea|del|img|video|audio|iframe)$/i;
  const apart = /^(p|h[1-6]|ul|ol|dl|table|blockquote|pre|hr|figure)$/i; // stand alone; the others begin a line
  const lines = /^(address|article|aside|body|caption|center|dd|div|dt|fieldset|figcaption|footer|form|header|li|main|nav|section|td|th|tr)$/i;
  const wordy = /[\p{L}\p{N}\p{M}]/u;

  const bare = (address) => address.replace(/^(mailto:|https?:\/\/)/i, "").replace(/\/$/, "");
  // link writes a link, or the address alone where the words are the address.
  const link = (words, href) => {
    if (bare(words) === bare(href)) return /:\/\/|^www\.|@/i.test(words) ? words : href;
    return `[${words.replace(/[[\]]/g, "")}](${href.replace(/\s/g, "%20").replace(/\(/g, "%28").replace(/\)/g, "%29")})`;
  };
  // written puts runs of text together, with signs around those that stand out, if
  // these are at the edges of words.
  const written = (runs) => {
    const merged = [];
    for (const run of runs) {
      const last = merged.at(-1), text = last ? run.text.replace(last.text.endsWith(" ") ? /^ +/ : "", "") : run.text;
      if (last && (!text.trim() || (last.signs === run.signs && last.href === run.href))) last.text += text;
      else merged.push({ ...run, text });
    }
    return merged.map(({ text, signs, href }, i) => {
      const [, before, words, after] = text.match(/^(\s*)([^]*?)(\s*)$/);
      if (href && words) return before + link(words, href) + after;
      const joins = (!before && wordy.test(merged[i - 1]?.text.at(-1) ?? "")) || (!after && wordy.test(merged[i + 1]?.text[0] ?? ""));
      return !words || joins ? text : before + signs + words + signs + after;
    }).join("").replace(/[ \t]+/g, " ").replace(/ *\n */g, "\n").trim();
  };

  // convert writes what an element holds.
  const convert = (root) => {
    let text = "", runs = [], gap = 0, last; // last is the list that the text ends with
    const flush = (at) => {
      let block = written(runs);
      if (!block && runs.some((run) => run.text === "\n")) gap = 2; // an empty line
      runs = [];
      if (!block) return;
      const indent = "  ".repeat(at.depth ?? 0), next = at.item?.mark;
      if (at.heading) block = "## " + block.replace(/\n/g, " ");
      if (at.list) block = (next ? indent + next : indent + "  ") + block.replace(/\n/g, "\n  " + indent);
      if (at.quote) block = block.replace(/^/gm, "> ");
      if (next) at.item.mark = "";
      const between = next && last === at.list ? 1 : gap;
      text += (text && "\n".repeat(between || 1)) + block;
      gap = 0;
      last = at.list;
    };
    const table = (element, at) => {
      const rows = [...element.rows].map((row) => [...row.cells].map((cell) => convert(cell).replace(/\s*\n\s*/g, " ").replace(/\|/g, "\\|")));
      const width = Math.max(0, ...rows.map((row) => row.length));
      if (rows.length < 2 || width < 2 || element.querySelector("table, ul, ol, h1, h2, h3, h4")) return false; // for its looks only
      if (element.caption) walk(element.caption, at);
      gap = 2;
      rows.splice(1, 0, Array(width).fill("---"));
      runs.push({ text: rows.map((row) => "| " + Array.from({ length: width }, (_, i) => row[i] ?? "").join(" | ") + " |").join("\n"), signs: "" });
      flush({ quote: at.quote });
      return true;
    };
    // Word writes items as paragraphs, which say their list and level, with the bullet
    // in an element that is to be ignored.
    const wordItem = (element, css, at) => {
      const [, list, level] = css.match(/mso-list:\s*(l\d+)\s+level(\d)/i) ?? [];
      if (!list) return at;
      const bullet = [...element.querySelectorAll("[data-style]")].find((e) => /mso-list:\s*ignore/i.test(e.dataset.style))?.textContent.trim() ?? "";
      const [number] = bullet.match(/^\d+(?=[.)])/) ?? [];
      return { ...at, list, depth: level - 1, item: { mark: number ? number + ". " : "- " } };
    };
    const enter = (element, css, at) => {
      const name = element.localName;
      if (/^h[1-6]$/.test(name)) return { ...at, heading: true, bold: false, italic: false };
      if (name === "blockquote") return { ...at, quote: true };
      if (name === "pre") return { ...at, pre: true };
      if (/^[uo]l$/.test(name)) return { ...at, list: at.list ?? element, depth: (at.depth ?? -1) + 1, item: null, next: name === "ol" && [element.start] };
      if (name === "li" && at.list) { // Word on the web puts every level into a list of its own
        return { ...at, depth: (element.dataset.ariaLevel ?? at.depth + 1) - 1, item: { mark: at.next ? at.next[0]++ + ". " : "- " } };
      }
      return wordItem(element, css, at);
    };
    const styled = (element, css, at) => {
      const value = (property) => css.match(new RegExp(`(?:^|[;\\s])${property}:\\s*(\\w+)`, "i"))?.[1];
      const weight = value("font-weight"), slope = value("font-style");
      const href = /^(https?:|mailto:)/i.test(element.getAttribute("href") ?? "") ? element.getAttribute("href").trim() : at.href;
      return { ...at, href, bold: !at.heading && (weight ? weight === "bold" || weight >= 600 : at.bold || /^(b|strong)$/.test(element.localName)),
        italic: !at.heading && (slope ? slope === "italic" : at.italic || /^(i|em)$/.test(element.localName)) };
    };
    const walk = (node, at) => {
      if (node.nodeType === 3) {
        const signs = at.href ? "" : (at.bold ? "**" : "") + (at.italic ? "*" : "");
        runs.push({ text: at.pre ? node.data : node.data.replace(/[ \t\r\n\f]+/g, " "), signs, href: at.href });
      }
      if (node.nodeType !== 1 || unseen.test(node.localName)) return;
      const css = node.dataset?.style ?? "";
      if (/mso-list:\s*ignore|display:\s*none/i.test(css)) return;
      if (node.localName === "br") return void runs.push({ text: "\n", signs: "" });
      const far = apart.test(node.localName);
      const block = far || lines.test(node.localName);
      if (block) flush(at);
      if (far) gap = at.list && /^[uo]l$/.test(node.localName) ? 1 : 2;
      if (node.localName === "table" && table(node, at)) { gap = 2; return; }
      if (node.localName === "hr") { text += text && "\n\n---"; gap = 2; return; }
      const inner = styled(node, css, enter(node, css, at));
      for (const child of node.childNodes) walk(child, inner);
      if (block) flush(inner);
      if (far) gap = 2;
    };
    for (const child of root.childNodes) walk(child, {});
    flush({});
    return text;
  };
  // The policy of this page refuses styles and handlers even in a document that nobody
  // sees, and says so in the console.
  const parse = (html) => new DOMParser().parseFromString(html.replace(/<style[^]*?<\/style>/gi, "")
    .replace(/<[a-z][^>]*>/gi, (tag) => tag.replace(/\s(?=(style|on\w+)\s*=)/gi, " data-")), "text/html").body;

  box.addEventListener("paste", (event) => {
    const text = convert(parse(event.clipboardData.getData("text/html")));
    if (!text || text === event.clipboardData.getData("text/plain").trim()) return;
    event.preventDefault();
    if (document.execCommand("insertText", false, text)) return; // which can be undone
    box.setRangeText(text, box.selectionStart, box.selectionEnd, "end");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });

  if (!preview) return;
  const idle = 600; // milliseconds without a key until the preview is renewed
  let timer, asking;
  const renew = async () => {
    if (!preview.open) return;
    asking?.abort();
    asking = new AbortController();
    try {
      const answer = await fetch(preview.dataset.preview, { method: "POST", body: new URLSearchParams({ text: box.value }), redirect: "manual", signal: asking.signal });
      if (answer.ok) preview.lastElementChild.replaceChildren(...new DOMParser().parseFromString(await answer.text(), "text/html").body.childNodes);
    } catch {} // the server is away: what was shown stays
  };
  preview.addEventListener("toggle", renew);
  box.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(renew, idle); });
})();
