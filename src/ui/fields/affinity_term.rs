//! An affinity or anti-affinity term: which pods or nodes, and how near.

use super::Item;

pub const ITEM: Item = Item::Card;
