//! All keys of a ConfigMap or a Secret, as variables.

use super::Item;

pub const ITEM: Item = Item::Chip;
