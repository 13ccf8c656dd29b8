//! The border to the browser: storage, clipboard, fetch, worker, the editor.
//!
//! The only room that touches js-sys, web-sys, gloo. Must never: decide anything.
