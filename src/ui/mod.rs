//! The screen, in Yew: `components` know no state, `fields` are one editor per field type, then `panels` and `pages`.
//!
//! Must never: own data; a click is an `Action`, what is shown is a function of `State`.
