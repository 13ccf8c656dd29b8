use crate::yaml::{Node, Path, Scalar, Step};

/// A node and the way to it, without owning any of it: most nodes are only looked at.
#[derive(Clone, Copy)]
pub struct At<'p, 'a> {
    pub node: Node<'a>,
    way: Way<'p, 'a>,
}

#[derive(Clone, Copy)]
enum Way<'p, 'a> {
    Start(&'p [Step]),
    Key(&'p At<'p, 'a>, &'static str),
    Index(&'p At<'p, 'a>, usize),
}

impl<'a> At<'_, 'a> {
    /// The node at `base`.
    pub fn start<'p>(node: Node<'a>, base: &'p [Step]) -> At<'p, 'a> {
        At { node, way: Way::Start(base) }
    }

    /// The value of a key, unless it is null.
    pub fn get(&self, key: &'static str) -> Option<At<'_, 'a>> {
        let node = self.node.get(key).filter(|node| !node.is_null())?;
        Some(At { node, way: Way::Key(self, key) })
    }

    /// The items of a list.
    pub fn items(&self) -> impl Iterator<Item = At<'_, 'a>> {
        self.node.items().enumerate().map(|(i, node)| At { node, way: Way::Index(self, i) })
    }

    /// Its text, when it has one that is not empty.
    pub fn text(&self) -> Option<&'a str> {
        self.node.as_str().filter(|text| !text.is_empty())
    }

    /// The text below a key.
    pub fn text_of(&self, key: &'static str) -> Option<&'a str> {
        self.get(key)?.node.as_str().filter(|text| !text.is_empty())
    }

    /// The whole number below a key.
    pub fn number_of(&self, key: &'static str) -> Option<i64> {
        number(self.node.get(key)?)
    }

    /// Whether `true` is below a key.
    pub fn is(&self, key: &'static str) -> bool {
        self.node.get(key).is_some_and(|node| node.scalar() == Some(Scalar::Bool(true)))
    }

    /// The way from the document's root.
    pub fn path(&self) -> Path {
        match self.way {
            Way::Start(base) => base.to_vec(),
            Way::Key(above, key) => above.below(Step::from(key)),
            Way::Index(above, index) => above.below(Step::Index(index)),
        }
    }

    /// The way to what is, or would be, below a key.
    pub fn path_of(&self, key: &str) -> Path {
        self.below(Step::from(key))
    }

    fn below(&self, step: Step) -> Path {
        let mut path = self.path();
        path.push(step);
        path
    }
}

/// The whole number that a node is.
pub fn number(node: Node<'_>) -> Option<i64> {
    match node.scalar() {
        Some(Scalar::Int(number)) => Some(number),
        _ => None,
    }
}
