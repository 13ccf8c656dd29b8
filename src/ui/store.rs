//! The state on the screen, and who listens to which part of it.
//!
//! One context carries the [`Store`], which never changes. A component asks for a part of the state with
//! [`use_part`] and is rendered again when that part is another one, and only then.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::ops::Deref;
use std::rc::Rc;

use yew::prelude::*;

use crate::platform::{page, rest};
use crate::studio::{Action, Effect, State, update};

type Listener = Rc<dyn Fn(&State)>;
type EffectListener = Rc<dyn Fn(&Effect, &State)>;

/// The state and its dispatcher; cheap to clone, the same for as long as the page lives.
#[derive(Clone)]
pub struct Store(Rc<Inner>);

type CarryOut = Rc<dyn Fn(Effect)>;

struct Inner {
    state: RefCell<State>,
    waiting: RefCell<VecDeque<Action>>,
    busy: Cell<bool>,
    next: Cell<u32>,
    listeners: RefCell<Vec<(u32, Listener)>>,
    effects: RefCell<Vec<(u32, EffectListener)>>,
    carry_out: RefCell<Option<CarryOut>>,
    /// What is to be done as soon as there is somebody who does it.
    held: RefCell<Vec<Effect>>,
}

impl PartialEq for Store {
    fn eq(&self, other: &Store) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Store {
    pub fn new(state: State) -> Store {
        Store(Rc::new(Inner {
            state: RefCell::new(state),
            waiting: RefCell::default(),
            busy: Cell::new(false),
            next: Cell::new(0),
            listeners: RefCell::default(),
            effects: RefCell::default(),
            carry_out: RefCell::default(),
            held: RefCell::default(),
        }))
    }

    /// Says who carries out what is to be done outside, from now on and since the beginning.
    pub fn set_platform(&self, carry_out: Rc<dyn Fn(Effect)>) {
        *self.0.carry_out.borrow_mut() = Some(carry_out.clone());
        for effect in self.0.held.take() {
            carry_out(effect);
        }
    }

    /// Looks at the state.
    pub fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.0.state.borrow())
    }

    /// Makes `action` happen: at once, or after the one that is happening.
    pub fn dispatch(&self, action: Action) {
        if needs_rest(&action) && !rest::is_here() {
            let store = self.clone();
            return rest::when_here(move || store.dispatch(action));
        }
        self.0.waiting.borrow_mut().push_back(action);
        if self.0.busy.replace(true) {
            return;
        }
        loop {
            let Some(action) = self.0.waiting.borrow_mut().pop_front() else { break };
            self.one(action);
        }
        self.0.busy.set(false);
    }

    fn one(&self, action: Action) {
        let mark = match action {
            Action::Form(..)
            | Action::Typed { .. }
            | Action::Text(..)
            | Action::Opened(_)
            | Action::Undo
            | Action::Redo => Some("painted"),
            Action::Analyst(_) => Some("findings"),
            _ => None,
        };
        let before = self.0.state.borrow().clone();
        let (after, effects) = update(before, action);
        *self.0.state.borrow_mut() = after;
        self.notify();
        for effect in effects {
            self.effect(effect);
        }
        if let Some(mark) = mark {
            // Queued behind the renders that were just asked for.
            yew::platform::spawn_local(async move { page::mark(mark) });
        }
    }

    fn notify(&self) {
        let listeners = self.0.listeners.borrow().clone();
        let state = self.0.state.borrow().clone();
        for (_, listener) in listeners {
            listener(&state);
        }
    }

    fn effect(&self, effect: Effect) {
        let listeners = self.0.effects.borrow().clone();
        if !listeners.is_empty() {
            let state = self.0.state.borrow().clone();
            for (_, listener) in listeners {
                listener(&effect, &state);
            }
        }
        let carry_out = self.0.carry_out.borrow().clone();
        match carry_out {
            Some(carry_out) => carry_out(effect),
            None => self.0.held.borrow_mut().push(effect),
        }
    }

    fn listen(&self, listener: Listener) -> u32 {
        let id = self.0.next.get();
        self.0.next.set(id.wrapping_add(1));
        self.0.listeners.borrow_mut().push((id, listener));
        id
    }

    fn forget(&self, id: u32) {
        self.0.listeners.borrow_mut().retain(|(i, _)| *i != id);
    }

    fn listen_to_effects(&self, listener: EffectListener) -> u32 {
        let id = self.0.next.get();
        self.0.next.set(id.wrapping_add(1));
        self.0.effects.borrow_mut().push((id, listener));
        id
    }

    fn forget_effects(&self, id: u32) {
        self.0.effects.borrow_mut().retain(|(i, _)| *i != id);
    }

    /// A callback that makes the same action happen each time.
    pub fn does<E: 'static>(&self, action: Action) -> Callback<E> {
        let store = self.clone();
        Callback::from(move |_| store.dispatch(action.clone()))
    }
}

/// Whether this needs the second half of the page's code: all but how the page begins and how work begins in the gallery.
fn needs_rest(action: &Action) -> bool {
    !matches!(action, Action::Start(_) | Action::UseTemplate { .. } | Action::StartEmpty { .. })
}

/// A shared part of the state: the same when it is the same pointer.
pub struct Part<T: ?Sized>(pub Rc<T>);

impl<T: ?Sized> Part<T> {
    pub fn of(shared: &Rc<T>) -> Part<T> {
        Part(shared.clone())
    }
}

impl<T: ?Sized> Clone for Part<T> {
    fn clone(&self) -> Self {
        Part(self.0.clone())
    }
}

impl<T: ?Sized> PartialEq for Part<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl<T: ?Sized> Deref for Part<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.0
    }
}

/// The store of the page.
#[hook]
pub fn use_store() -> Store {
    use_context::<Store>().expect("every component is inside App, which provides the store")
}

/// A part of the state; the component is rendered again when it becomes another one.
#[hook]
pub fn use_part<T>(look: impl Fn(&State) -> T + 'static) -> T
where
    T: PartialEq + Clone + 'static,
{
    let store = use_store();
    let again = use_force_update();
    let value = store.read(&look);
    // What was shown last, and how to look: `look` may depend on the component's properties.
    let shown = use_mut_ref(|| None::<(T, Rc<dyn Fn(&State) -> T>)>);
    *shown.borrow_mut() = Some((value.clone(), Rc::new(look)));
    use_effect_with(store, move |store| {
        let seen = shown.clone();
        let check = move |state: &State| {
            let other = match &*seen.borrow() {
                Some((value, look)) => look(state) != *value,
                None => false,
            };
            if other {
                again.force_update();
            }
        };
        // The state may have changed between render and effect.
        store.read(&check);
        let id = store.listen(Rc::new(check));
        let store = store.clone();
        move || store.forget(id)
    });
    value
}

/// Calls `hear` for every effect, before it is carried out; for what has a place on the screen.
#[hook]
pub fn use_effects_of_state(hear: impl Fn(&Effect, &State) + 'static) {
    let store = use_store();
    let latest = use_mut_ref(|| None::<EffectListener>);
    *latest.borrow_mut() = Some(Rc::new(hear));
    use_effect_with(store, move |store| {
        let id = store.listen_to_effects(Rc::new(move |effect, state| {
            let hear = latest.borrow().clone();
            if let Some(hear) = hear {
                hear(effect, state);
            }
        }));
        let store = store.clone();
        move || store.forget_effects(id)
    });
}
