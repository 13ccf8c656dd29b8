//! Manifest Studio: write Kubernetes manifests in the browser, form and text as one.
//!
//! The text is the truth: everything else on the screen is computed from text and a Kubernetes
//! version. The rooms below are ordered; a lower one never imports a higher one
//! (`tests/architecture.rs` refuses it). See `docs/architecture.md`.
#![warn(missing_docs)]

pub mod i18n;
pub mod text;

pub mod k8s;
pub mod yaml;

pub mod schema;

pub mod defaults;

pub mod check;

pub mod form;

pub mod cluster;
pub mod transfer;

pub mod studio;

#[allow(missing_docs)]
pub mod platform;
#[allow(missing_docs)]
pub mod ui;
