//! A key, and the file it is written to.

use super::Item;

pub const ITEM: Item = Item::Chip;
