// Runs before the first paint, as the only script that index.html names. The page's code is asked for first, because
// the storage makes one wait; then theme and language are set, so that nothing flashes; then the page begins. Kept
// apart from index.html because the CSP allows no inline script.
//
// localStorage (each may be absent): "manifest-studio.theme" = "light" | "dark", otherwise the system's;
// "manifest-studio.language" = "en" | "zh-CN", otherwise the browser's; "manifest-studio.workspace", the last one shown.
(() => {
  "use strict";
  const html = document.documentElement;

  const failed = (error) => {
    console.error(error);
    html.classList.remove("studio-leaving");
    const say = () => {
      document.getElementById("studio-failed-why").textContent = String(error);
      document.getElementById("studio-failed").hidden = false;
    };
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", say);
    else say();
  };

  // Relative to the page: import() would take it as relative to this script, fetch() to the page.
  const { js, wasm, rest } = document.querySelector('meta[name="studio-start"]').dataset;

  // What the first screen does not run lies in a second module (tools/split). It is asked for when the page has drawn.
  // It puts its functions into the first one's table; until then those places lead to restNow, which brings it at once.
  // `forced` counts that: it costs a request that the page waits for.
  let shared;
  let here = rest === undefined;
  let waiting = [];
  let early; // for who returns: what was kept is read by the second half
  const arrived = () => {
    if (here) return;
    here = true;
    for (const what of waiting.splice(0)) what();
  };
  globalThis.studioRest = {
    forced: 0,
    share(exports) {
      shared = { "": exports };
    },
    async bring() {
      if (here) return;
      try {
        const module = await (early ?? compiled(rest));
        if (here) return;
        await WebAssembly.instantiate(module, shared);
        arrived();
      } catch (error) {
        if (!here) failed(error);
      }
    },
    whenHere(what) {
      if (here) what();
      else waiting.push(what);
    },
    isHere: () => here,
    restNow() {
      if (here) return;
      globalThis.studioRest.forced++;
      try {
        const request = new XMLHttpRequest();
        request.open("GET", new URL(rest, document.baseURI), false);
        // Bytes as they are: a page may not ask for a buffer and wait for it.
        request.overrideMimeType("text/plain; charset=x-user-defined");
        request.send();
        if (request.status !== 200) throw new Error(`${rest}: ${request.status}`);
        const text = request.responseText;
        const bytes = new Uint8Array(text.length);
        for (let at = 0; at < bytes.length; at++) bytes[at] = text.charCodeAt(at);
        new WebAssembly.Instance(new WebAssembly.Module(bytes), shared);
      } catch (error) {
        failed(error);
        throw error;
      }
      // What waits begins when the function that was called has returned.
      queueMicrotask(arrived);
    },
  };

  async function compiled(name) {
    const response = await fetch(new URL(name, document.baseURI));
    if (!response.ok) throw new Error(`${name}: ${response.status}`);
    const streams = response.headers.get("content-type") === "application/wasm";
    return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
  }

  // What is done in the gallery (index.html) before the code behind it is there: the last of it happens then.
  // src/platform/gallery.rs says what there is.
  let hear;
  let missed;
  const happened = (what, which) => {
    if (hear) return hear(what, which);
    missed = [what, which];
    // It takes the gallery's place, so the press is seen at once.
    if (what === "template" || what === "empty") html.classList.add("studio-leaving");
  };
  globalThis.studioGallery = {
    listen(listener) {
      hear = listener;
      if (missed) hear(...missed);
    },
  };
  const showGroup = (chosen, group) => {
    for (const chip of document.querySelectorAll("#gallery [data-group]")) {
      chip.classList.toggle("studio-chip--on", chip === chosen);
      chip.setAttribute("aria-pressed", chip === chosen);
    }
    for (const card of document.querySelectorAll("#gallery [data-of]")) card.hidden = group !== "" && card.dataset.of !== group;
  };
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("#gallery button");
    const [what, which] = Object.entries(button?.dataset ?? {})[0] ?? [];
    if (what === "group") showGroup(button, which);
    else if (which === "files" || which === "folder") document.getElementById(`studio-pick-${which}`).click();
    else if (what) happened(what, which);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.classList.contains("studio-picker")) happened("picked", target.id);
  });
  // A file that is dropped too early must not take the page's place.
  for (const name of ["dragover", "drop"]) {
    addEventListener(name, (event) => {
      if (!hear && event.dataTransfer?.types.includes("Files")) event.preventDefault();
    });
  }

  const code = import(new URL(js, document.baseURI));
  // Compiled while the rest of index.html is read.
  const first = compiled(wasm);
  first.catch(() => {}); // reported below

  const kept = (key) => {
    try {
      return localStorage.getItem(`manifest-studio.${key}`);
    } catch {
      return null; // storage may be forbidden; the page says so where it matters
    }
  };

  const dark = matchMedia("(prefers-color-scheme: dark)");
  const applyTheme = () => {
    const theme = kept("theme");
    html.classList.toggle("pf-v6-theme-dark", theme === "dark" || (theme !== "light" && dark.matches));
  };
  applyTheme();
  dark.addEventListener("change", applyTheme);

  const language = kept("language") ?? (navigator.languages?.[0] ?? navigator.language ?? "en");
  // As Locale::from_tag (src/i18n) chooses.
  const languages = html.dataset.languages.split(" ");
  const same = (one, part) => one.toLowerCase().split(/[-_]/, part).join() === language.toLowerCase().split(/[-_]/, part).join();
  html.lang = languages.find((one) => same(one)) ?? languages.find((one) => same(one, 1)) ?? languages[0];

  // Where index.html has all languages, only the one that is shown is left to be found, selected and read aloud.
  const other = new WeakMap();
  const leaveOneLanguage = () => {
    for (const span of document.querySelectorAll(".studio-in")) {
      if (other.has(span)) span.textContent = other.get(span);
      else other.set(span, span.textContent);
      if (span.lang !== html.lang) span.textContent = "";
    }
  };
  new MutationObserver(leaveOneLanguage).observe(html, { attributeFilter: ["lang"] });
  addEventListener("load", leaveOneLanguage);

  const returning = kept("workspace") !== null;
  html.classList.toggle("studio-returning", returning);
  if (returning && rest !== undefined) {
    early = first.then(() => compiled(rest));
    early.catch(() => {}); // reported by bring, or with the first
  }

  addEventListener("DOMContentLoaded", () => {
    code.then((studio) => studio.default({ module_or_path: first })).catch(failed);
  });
})();
