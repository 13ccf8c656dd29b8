//! The page: mounts the screen.

fn main() {}
