//! A volume: its name, and one of all sources.

use super::Item;

pub const ITEM: Item = Item::Card;
