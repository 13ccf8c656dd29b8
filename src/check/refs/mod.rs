//! What the documents of a workspace say to each other, and where they do not meet.
//!
//! Lives here: `facts`, what one document offers and asks of others (kept, so that a document is looked at once), and
//! `between`, which holds the facts of all of them together and says where something points nowhere. Nothing of it
//! changes what a server says of a document: what is missing here may well be in the cluster.

mod at;
mod facts;
mod finding;
mod index;
mod named;
mod pod;
mod pointers;
mod selector;
mod services;
#[cfg(test)]
mod tests;
mod workloads;

pub use facts::{Facts, facts};
pub use finding::{RefFinding, place};

use index::Index;

/// Where the documents do not meet, in their order. `K` names a document; each comes once.
pub fn between<K: Copy>(documents: &[(K, &Facts)]) -> Vec<(K, RefFinding)> {
    let index = Index::of(documents.iter().map(|(_, facts)| *facts));
    let mut found: Vec<(usize, RefFinding)> = Vec::new();
    for (number, (_, facts)) in documents.iter().enumerate() {
        for object in &facts.objects {
            found.extend(object.own.iter().map(|finding| (number, finding.clone())));
        }
    }
    services::check(&index, &mut found);
    workloads::check(&index, &mut found);
    named::check(&index, &mut found);
    found.sort_by(|(a, x), (b, y)| (a, &x.path).cmp(&(b, &y.path)));
    found.into_iter().filter_map(|(number, finding)| Some((documents.get(number)?.0, finding))).collect()
}
