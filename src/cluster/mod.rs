//! The cluster: requests as data, answers decoded, sending as a state machine.
//!
//! Lives here: addresses, the requests of every action, `Status` objects and warnings in words, the
//! order and the states of a set of documents under way, what a live object does. Must never: do I/O
//! (that is a [`Transport`], which `platform` brings), know a document's text, take a sentence of the
//! server for anything but text.

mod address;
mod facts;
mod flow;
mod live;
mod object_state;
mod order;
mod pod_state;
mod request;
mod response;
mod selector;
mod sentence;
mod server_error;
mod server_path;
mod words;

pub use address::{Address, AddressError};
pub use facts::{Resource, ServerVersion, User, find_resource};
pub use flow::{Done, Entry, Flow, Parcel, State, Ticket, Work, run};
pub use live::clean;
pub use object_state::{JobProgress, ObjectState, Tone};
pub use pod_state::PodState;
pub use request::{ApiBase, Apply, FIELD_MANAGER, Method, Request};
pub use response::{Answer, Response, Transport, TransportError, Warning, split_warnings};
pub use selector::pod_selector;
pub use sentence::{Fault, FaultKind, faults};
pub use server_error::{Cause, Conflict, Point, ServerError};
pub use server_path::{Resolved, ServerPath};
