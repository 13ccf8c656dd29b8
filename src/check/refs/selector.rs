use crate::yaml::Node;

/// Labels in the order of their keys.
pub type Labels = Vec<(String, String)>;

/// The labels of a map.
pub fn labels(node: Node<'_>) -> Labels {
    let text = |entry: crate::yaml::Entry<'_>| Some((entry.key.to_owned(), entry.value.as_str()?.to_owned()));
    let mut labels: Labels = node.entries().filter_map(text).collect();
    labels.sort_unstable();
    labels
}

/// The value of a label.
pub fn value<'l>(labels: &'l [(String, String)], key: &str) -> Option<&'l str> {
    let found = labels.binary_search_by(|(k, _)| k.as_str().cmp(key)).ok()?;
    labels.get(found).map(|(_, value)| value.as_str())
}

/// Whether a pod with `labels` has all that is wanted.
pub fn has_all(labels: &[(String, String)], wanted: &[(String, String)]) -> bool {
    wanted.iter().all(|(key, wanted)| value(labels, key) == Some(wanted))
}

/// A workload's selector (`metav1.LabelSelector`).
#[derive(Clone, Debug, PartialEq)]
pub struct Selector {
    pub labels: Labels,
    expressions: Vec<Expression>,
}

#[derive(Clone, Debug, PartialEq)]
struct Expression {
    key: String,
    operator: String,
    /// In order.
    values: Vec<String>,
}

impl Selector {
    pub fn read(node: Node<'_>) -> Selector {
        let expression = |node: Node<'_>| {
            let text = |key| node.get(key).and_then(Node::as_str).unwrap_or_default().to_owned();
            let values = node.get("values").into_iter().flat_map(Node::items);
            let mut values: Vec<String> = values.filter_map(|v| v.as_str().map(str::to_owned)).collect();
            values.sort_unstable();
            Expression { key: text("key"), operator: text("operator"), values }
        };
        Selector {
            labels: node.get("matchLabels").map(labels).unwrap_or_default(),
            expressions: node.get("matchExpressions").into_iter().flat_map(Node::items).map(expression).collect(),
        }
    }

    /// Whether it takes a pod with these labels. An unknown operator takes none: nothing is said of it here.
    pub fn takes(&self, labels: &[(String, String)]) -> bool {
        let fits = |e: &Expression| {
            let value = value(labels, &e.key);
            let listed = value.is_some_and(|v| e.values.binary_search_by(|x| x.as_str().cmp(v)).is_ok());
            match e.operator.as_str() {
                "In" => listed,
                "NotIn" => !listed,
                "Exists" => value.is_some(),
                "DoesNotExist" => value.is_none(),
                _ => false,
            }
        };
        has_all(labels, &self.labels) && self.expressions.iter().all(fits)
    }
}
