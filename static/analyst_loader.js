// Starts the analyst: a classic worker around the wasm of src/bin/analyst.rs.
// The page opens it as "./analyst_loader.js?v=BUILD"; its own files are asked for with the same suffix, so that
// a browser's cache never mixes two builds (their names carry no hash, and kubectl proxy sends no cache headers).
"use strict";
const suffix = self.location.search;
importScripts(`./analyst.js${suffix}`);

// What the page asks before the worker listens is not lost.
const early = [];
self.onmessage = (event) => early.push(event);
wasm_bindgen({ module_or_path: `./analyst_bg.wasm${suffix}` }).then(() => {
  for (const event of early) self.onmessage(event);
});
