//! Where one of this pod's volumes is seen in the container.

use super::Item;

pub const ITEM: Item = Item::Chip;
