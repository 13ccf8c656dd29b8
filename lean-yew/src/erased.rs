use std::any::Any;
use std::rc::Rc;

use yew::functional::{FunctionComponent, FunctionProvider, HookContext};
use yew::html::{BaseComponent, Context};
use yew::virtual_dom::{Key, VComp, VNode};
use yew::{ContextProvider, Html, HtmlResult, Properties, html};

type View = fn(&mut HookContext, &dyn Any) -> HtmlResult;
type Same = fn(&dyn Any, &dyn Any) -> bool;

/// A function component as data.
#[derive(Properties)]
pub struct ErasedProps {
    view: View,
    same: Same,
    props: Rc<dyn Any>,
}

impl ErasedProps {
    pub(crate) fn new(view: View, same: Same, props: Rc<dyn Any>) -> ErasedProps {
        ErasedProps { view, same, props }
    }
}

impl PartialEq for ErasedProps {
    fn eq(&self, other: &ErasedProps) -> bool {
        std::ptr::fn_addr_eq(self.view, other.view)
            && (Rc::ptr_eq(&self.props, &other.props) || (self.same)(&*self.props, &*other.props))
    }
}

/// Renders `C`. The linker may give two functions one address when they are the same to the byte: then the
/// properties may be of the other's type, and rendering nothing of them is right, for neither looks at them.
pub(crate) fn run<C>(context: &mut HookContext, props: &dyn Any) -> HtmlResult
where
    C: FunctionProvider,
    C::Properties: 'static,
{
    match props.downcast_ref::<C::Properties>() {
        Some(props) => C::run(context, props),
        None => Ok(Html::default()),
    }
}

pub(crate) fn same<P: PartialEq + 'static>(one: &dyn Any, other: &dyn Any) -> bool {
    match (one.downcast_ref::<P>(), other.downcast_ref::<P>()) {
        (Some(one), Some(other)) => one == other,
        _ => false,
    }
}

pub(crate) fn node(props: ErasedProps, key: Option<Key>) -> VNode {
    VNode::VComp(Rc::new(VComp::new::<Erased>(Rc::new(props), key)))
}

/// Every function component of the page.
pub struct Erased {
    inner: FunctionComponent<Erased>,
}

impl FunctionProvider for Erased {
    type Properties = ErasedProps;

    fn run(context: &mut HookContext, props: &ErasedProps) -> HtmlResult {
        (props.view)(context, &*props.props)
    }
}

impl BaseComponent for Erased {
    type Message = ();
    type Properties = ErasedProps;

    fn create(context: &Context<Self>) -> Self {
        Erased { inner: FunctionComponent::new(context) }
    }

    fn update(&mut self, _context: &Context<Self>, (): ()) -> bool {
        true
    }

    fn changed(&mut self, context: &Context<Self>, old: &ErasedProps) -> bool {
        // Another function stands here now: what the first one's hooks keep is not its own.
        if !std::ptr::fn_addr_eq(context.props().view, old.view) {
            self.inner.destroy();
            self.inner = FunctionComponent::new(context);
        }
        true
    }

    fn view(&self, context: &Context<Self>) -> HtmlResult {
        self.inner.render(context.props())
    }

    fn rendered(&mut self, _context: &Context<Self>, _first: bool) {
        self.inner.rendered();
    }

    fn destroy(&mut self, _context: &Context<Self>) {
        self.inner.destroy();
    }

    fn prepare_state(&self) -> Option<String> {
        self.inner.prepare_state()
    }
}

/// Gives `context` to everything in `children`.
pub fn provide<T: Clone + PartialEq + 'static>(context: T, children: Html) -> Html {
    html! { <ContextProvider<T> {context}>{ children }</ContextProvider<T>> }
}
