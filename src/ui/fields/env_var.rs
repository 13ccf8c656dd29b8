//! One variable: its name, where its value comes from, and that.

use super::Item;

pub const ITEM: Item = Item::Line;
