// Runs before the first paint, as the only script that index.html names. The page's code is asked for first, because
// the storage makes one wait; then theme and language are set, so that nothing flashes; then the page begins. Kept
// apart from index.html because the CSP allows no inline script.
//
// localStorage (each may be absent): "manifest-studio.theme" = "light" | "dark", otherwise the system's;
// "manifest-studio.language" = "en" | "zh", otherwise the browser's; "manifest-studio.workspace", the last one shown.
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

  // What the first screen does not run lies in a second module (tools/split). It is asked for when the first one has
  // come, so that it is on its way before the page draws: the browser reads it only between what the page does. It
  // puts its functions into the first one's table; until then those places lead to restNow, which brings it at once.
  // `forced` counts that: it costs a request that the page waits for.
  let shared;
  let here = rest === undefined;
  let waiting = [];
  const arrived = () => {
    if (here) return;
    here = true;
    for (const what of waiting.splice(0)) what();
  };
  globalThis.studioRest = {
    forced: 0,
    begin(exports) {
      shared = { "": exports };
      if (!here) bring();
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

  async function bring() {
    try {
      const module = await second;
      if (here) return;
      await WebAssembly.instantiate(module, shared);
      arrived();
    } catch (error) {
      if (!here) failed(error);
    }
  }

  const code = import(new URL(js, document.baseURI));
  // Compiled while the rest of index.html is read.
  const first = compiled(wasm);
  first.catch(() => {}); // reported below
  const second = first.then(() => (here ? undefined : compiled(rest)));
  second.catch(() => {}); // reported by bring, or with the first

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
  html.lang = /^zh\b/i.test(language) ? "zh-CN" : "en";

  html.classList.toggle("studio-returning", kept("workspace") !== null);

  addEventListener("DOMContentLoaded", () => {
    code.then((studio) => studio.default({ module_or_path: first })).catch(failed);
  });
})();
