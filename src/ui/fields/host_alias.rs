//! Names for an address, as lines of /etc/hosts.

use super::Item;

pub const ITEM: Item = Item::Chip;
