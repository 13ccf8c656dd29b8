//! Holds the checks against a real API server: mutated manifests, both answers, how far they agree.
//!
//! `docs/agreement.md` says how to run it.

pub mod answer;
pub mod compare;
pub mod corpus;
pub mod fragments;
pub mod judge;
pub mod mutate;
pub mod ours;
pub mod parallel;
pub mod places;
pub mod report;
pub mod rng;
pub mod seeds;
pub mod values;

/// The kinds whose rules are held against the server.
pub const KINDS: [&str; 4] = ["Pod", "Deployment", "Service", "Job"];
