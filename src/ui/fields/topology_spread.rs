//! How evenly pods are spread over zones or nodes.

use super::Item;

pub const ITEM: Item = Item::Card;
