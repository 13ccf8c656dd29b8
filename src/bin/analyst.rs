//! The analyst: a Web Worker around one function, `analyze`.

fn main() {}
