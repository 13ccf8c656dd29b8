//! Build-time data: see `build/`.

fn main() {}
