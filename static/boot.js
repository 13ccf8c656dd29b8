// Runs before the first paint, as the only script that index.html names: theme and language first, so that
// nothing flashes; then the page itself. Kept apart from index.html because the CSP allows no inline script.
//
// localStorage (each may be absent): "manifest-studio.theme" = "light" | "dark", otherwise the system's;
// "manifest-studio.language" = "en" | "zh", otherwise the browser's; "manifest-studio.workspace", the last one shown.
(() => {
  "use strict";
  const html = document.documentElement;

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

  const failed = (error) => {
    console.error(error);
    const say = () => {
      document.getElementById("studio-failed-why").textContent = String(error);
      document.getElementById("studio-failed").hidden = false;
    };
    if (document.readyState === "loading") addEventListener("DOMContentLoaded", say);
    else say();
  };

  // Relative to the page: import() would take it as relative to this script, fetch() to the page.
  const { js, wasm } = document.querySelector('meta[name="studio-start"]').dataset;
  const code = import(new URL(js, document.baseURI));
  const bytes = fetch(new URL(wasm, document.baseURI));
  bytes.catch(() => {}); // reported below
  addEventListener("DOMContentLoaded", () => {
    code.then((studio) => studio.default({ module_or_path: bytes })).catch(failed);
  });
})();
