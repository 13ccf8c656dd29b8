//! Yew, with function components compiled once instead of once each.
//!
//! Yew compiles its life cycle (scope, scheduler, reconciliation) anew for every component: some 5 KB of wasm
//! each, half of the page. Here `<Field … />` in `html!` becomes one component for all, [`Erased`], which holds
//! the function and its properties as data. Nothing changes for who writes components: the page's `Cargo.toml`
//! names this crate `yew`, so that what the macros write (`::yew::virtual_dom::VChild`) is the one below.
//!
//! Two things differ: components that are no functions (`ContextProvider`) cannot stand in `html!`; [`provide`]
//! is for that. And keys tell siblings apart only among siblings, as ever, but two different functions at the
//! same place are told apart by their address, not by their type.

use std::any::Any;
use std::rc::Rc;

pub use yew::*;

mod erased;

pub use erased::{Erased, ErasedProps, provide};

/// Yew's, with a child that erases its function.
pub mod virtual_dom {
    pub use super::VChild;
    pub use yew::virtual_dom::*;
}

use yew::virtual_dom::{Key, VNode};

/// A function component in `html!`, before it becomes a node.
pub struct VChild<C: FunctionProvider> {
    props: Rc<C::Properties>,
    key: Option<Key>,
}

impl<C> VChild<C>
where
    C: FunctionProvider + 'static,
    C::Properties: 'static,
{
    /// The component with these properties.
    pub fn new(props: C::Properties, key: Option<Key>) -> VChild<C> {
        VChild { props: Rc::new(props), key }
    }
}

impl<C> From<VChild<C>> for VNode
where
    C: FunctionProvider + 'static,
    C::Properties: 'static,
{
    fn from(child: VChild<C>) -> VNode {
        erased::node(
            ErasedProps::new(erased::run::<C>, erased::same::<C::Properties>, child.props as Rc<dyn Any>),
            child.key,
        )
    }
}

impl<C> yew::html::IntoPropValue<VNode> for VChild<C>
where
    C: FunctionProvider + 'static,
    C::Properties: 'static,
{
    fn into_prop_value(self) -> VNode {
        self.into()
    }
}
