//! The cluster: requests as data, answers decoded, a client over the `Transport` trait.
//!
//! Lives here: addresses, request building, `Status` and warnings. Must never: do I/O itself.
