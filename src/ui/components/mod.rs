//! Building stones in PatternFly 6's look. They know no state: values come in, callbacks go out, and who
//! owns a value is said at each.
//!
//! PatternFly's class names under our own components: patternfly-yew's bring their own state, popper and
//! calendar with them, which the first screen would pay for.

mod badge;
mod button;
mod icon;
mod menu;
mod modal;
mod tabs;

pub use badge::{KindBadge, abbreviation};
pub use button::{Button, Look};
pub use icon::{Icon, Sign};
pub use menu::{Choice, Menu};
pub use modal::Modal;
pub use tabs::{Tab, Tabs};
