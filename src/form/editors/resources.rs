//! Requests and limits, a line for each resource.

use serde_json::Value;

use super::Hint;
use crate::form::FormEdit;
use crate::i18n::{Message, id};
use crate::k8s::Quantity;
use crate::yaml::{Path, Step};

/// The resources that are offered first, in their order.
pub const USUAL: [&str; 3] = ["cpu", "memory", "ephemeral-storage"];

/// The two sides of a resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What is set aside.
    Request,
    /// What is never exceeded.
    Limit,
}

impl Side {
    /// The key of the side.
    pub fn key(self) -> &'static str {
        match self {
            Side::Request => "requests",
            Side::Limit => "limits",
        }
    }
}

/// One resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// `memory`.
    pub name: String,
    /// As it is written.
    pub request: Option<String>,
    /// As it is written.
    pub limit: Option<String>,
}

/// The resources of a value, the usual ones first; `None` when a side is no map of plain values.
pub fn read(value: &Value) -> Option<Vec<Line>> {
    let mut lines: Vec<Line> = Vec::new();
    for side in [Side::Request, Side::Limit] {
        let Some(map) = value.get(side.key()).filter(|v| !v.is_null()) else { continue };
        for (name, amount) in super::table::read(map)? {
            let at = lines.iter().position(|l| l.name == name).unwrap_or_else(|| {
                lines.push(Line { name, request: None, limit: None });
                lines.len() - 1
            });
            match side {
                Side::Request => lines[at].request = Some(amount),
                Side::Limit => lines[at].limit = Some(amount),
            }
        }
    }
    lines.sort_by_key(|line| USUAL.iter().position(|u| *u == line.name).unwrap_or(USUAL.len()));
    Some(lines)
}

/// The edit that sets one amount of the resources at `path`, or clears it when nothing is left.
pub fn edit(path: &Path, side: Side, name: &str, amount: &str) -> FormEdit {
    let path: Path = path.iter().cloned().chain([Step::from(side.key()), Step::from(name)]).collect();
    match amount.trim() {
        "" => FormEdit::Clear { path },
        amount => FormEdit::Set { path, value: amount.into() },
    }
}

/// The class that these resources give to a container of their own: as the kubelet ranks Pods when
/// memory runs out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quality {
    /// CPU and memory have limits, and requests are the same (a request left out is the limit).
    Guaranteed,
    /// Something is requested or limited.
    Burstable,
    /// Nothing is.
    BestEffort,
}

/// The quality of service that these lines come to.
pub fn quality(lines: &[Line]) -> Quality {
    let counted: Vec<&Line> = lines.iter().filter(|l| matches!(l.name.as_str(), "cpu" | "memory")).collect();
    let amount = |text: &Option<String>| text.as_deref().and_then(|t| Quantity::parse(t).ok());
    let guaranteed = counted.len() == 2
        && counted.iter().all(|line| {
            let limit = amount(&line.limit);
            limit.is_some() && (line.request.is_none() || amount(&line.request) == limit)
        });
    match (guaranteed, counted.is_empty()) {
        (true, _) => Quality::Guaranteed,
        (false, true) => Quality::BestEffort,
        (false, false) => Quality::Burstable,
    }
}

/// What is worth knowing: a request above its limit, amounts that mean something else than they look.
pub(super) fn hints(value: &Value) -> Vec<Hint> {
    let mut hints = Vec::new();
    for line in read(value).into_iter().flatten() {
        for amount in [&line.request, &line.limit].into_iter().flatten() {
            let path = [Step::from(line.name.as_str())];
            let hint = super::quantity::hint(&amount.as_str().into(), &path);
            hints.extend(hint.filter(|h| h.warning && !hints.contains(h)));
        }
        let amount = |text: &Option<String>| text.as_deref().and_then(|t| Quantity::parse(t).ok());
        if let (Some(request), Some(limit)) = (amount(&line.request), amount(&line.limit))
            && request > limit
        {
            let message = Message::new(id::FORM_HINT_RESOURCES_ABOVE).with("name", line.name.as_str());
            hints.push(Hint { message, warning: true });
        }
    }
    hints
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn reads_lines_and_writes_cells() {
        let value = json!({"limits": {"x/gpu": 1, "memory": "64Mi"}, "requests": {"memory": "128Mi"}});
        let lines = read(&value).unwrap_or_default();
        assert_eq!(lines[0], Line { name: "memory".into(), request: Some("128Mi".into()), limit: Some("64Mi".into()) });
        assert_eq!(lines[1].name, "x/gpu");
        assert_eq!(hints(&value).len(), 1);
        assert_eq!(read(&json!({"limits": []})), None);
        let path: Path = vec!["resources".into()];
        let cell: Path = vec!["resources".into(), "limits".into(), "cpu".into()];
        assert_eq!(edit(&path, Side::Limit, "cpu", " "), FormEdit::Clear { path: cell.clone() });
        assert_eq!(edit(&path, Side::Limit, "cpu", "1"), FormEdit::Set { path: cell, value: json!("1") });
    }

    #[test]
    fn ranks_as_the_kubelet() {
        let of = |value: Value| quality(&read(&value).unwrap_or_default());
        assert_eq!(of(json!({})), Quality::BestEffort);
        assert_eq!(of(json!({"requests": {"cpu": "1"}})), Quality::Burstable);
        assert_eq!(of(json!({"limits": {"cpu": "1", "memory": "1Gi"}})), Quality::Guaranteed);
        let same = json!({"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "1000m", "memory": "1024Mi"}});
        assert_eq!(of(same), Quality::Guaranteed);
        assert_eq!(
            of(json!({"limits": {"cpu": "1", "memory": "1Gi"}, "requests": {"cpu": "0.5"}})),
            Quality::Burstable
        );
    }
}
