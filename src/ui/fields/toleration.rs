//! A taint that does not keep the pod away.

use super::Item;

pub const ITEM: Item = Item::Chip;
