// The text as readers will see it, made by the server with the function that publishing uses.

const PAUSE = 400;

export function setUpPreview({ root, textarea, form, words, say }) {
  const pane = root.querySelector(".editor-preview");
  const language = form.elements[words.languageField];
  let timer;
  let asked;
  let complained = false;

  async function refresh() {
    asked?.abort();
    asked = new AbortController();
    pane.setAttribute("aria-busy", "true");
    try {
      pane.innerHTML = await fetchPreview(asked.signal);
      pane.lang = language?.value ?? "";
      if (complained) say("");
      complained = false;
    } catch (error) {
      if (error.name === "AbortError") return;
      complained = true;
      say(error.fromServer ?? words.sayPreviewFailed, { problem: true });
    }
    pane.removeAttribute("aria-busy");
  }

  async function fetchPreview(signal) {
    const body = new FormData();
    body.set("content", textarea.value);
    body.set("language", language?.value ?? "");
    body.set("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    const response = await fetch(textarea.dataset.markdownxUrlsPath, { method: "POST", body, signal });
    const text = await response.text();
    if (response.ok && !response.redirected) return text;
    const plain = response.headers.get("Content-Type")?.startsWith("text/plain");
    throw Object.assign(new Error(response.status), plain ? { fromServer: text } : {});
  }

  function refreshSoon() {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  }

  textarea.addEventListener("input", refreshSoon);
  language?.addEventListener("input", refreshSoon);
  textarea.addEventListener("scroll", () => scrollAlong(textarea, pane), { passive: true });
  // A link tried in the preview opens beside the text, never instead of it.
  pane.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    window.open(link.href, "_blank", "noopener");
  });
  pane.hidden = false;
  root.classList.add("has-preview");
  refresh();
}

function scrollAlong(source, pane) {
  const range = source.scrollHeight - source.clientHeight;
  if (range > 0) pane.scrollTop = (source.scrollTop / range) * (pane.scrollHeight - pane.clientHeight);
}
