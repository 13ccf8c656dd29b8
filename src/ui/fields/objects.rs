//! Objects without an editor of their own: side by side while they are plain, else as cards.

use super::Item;

pub const ITEM: Item = Item::Either;
