use crate::k8s::{FieldPath, Segment};
use crate::yaml::{self, Step};

/// A field's path while the rules walk down an object (`field.Path` of apimachinery): borrowed, so that
/// an object without faults costs nothing.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    above: Option<&'a Path<'a>>,
    last: Last<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Last<'a> {
    Root,
    Field(&'a str),
    Key(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    /// The object itself.
    pub const ROOT: Path<'static> = Path { above: None, last: Last::Root };

    /// `field.NewPath(name)`.
    pub const fn new(name: &'a str) -> Path<'a> {
        Path { above: None, last: Last::Field(name) }
    }

    /// `self.name`.
    pub fn child<'b>(&'b self, name: &'b str) -> Path<'b> {
        Path { above: Some(self), last: Last::Field(name) }
    }

    /// `self[key]`.
    pub fn key<'b>(&'b self, key: &'b str) -> Path<'b> {
        Path { above: Some(self), last: Last::Key(key) }
    }

    /// `self[index]`.
    pub fn index<'b>(&'b self, index: usize) -> Path<'b> {
        Path { above: Some(self), last: Last::Index(index) }
    }

    /// As Kubernetes writes it.
    pub fn field(&self) -> FieldPath {
        let mut segments = Vec::new();
        self.each(&mut |last| match last {
            Last::Root => {}
            Last::Field(name) => segments.push(Segment::Field(name.to_owned())),
            Last::Key(key) => segments.push(Segment::Key(key.to_owned())),
            Last::Index(index) => segments.push(Segment::Index(index)),
        });
        FieldPath(segments)
    }

    /// The same place in the tree, where field and tree agree.
    pub fn steps(&self) -> yaml::Path {
        let mut steps = yaml::Path::new();
        self.each(&mut |last| match last {
            Last::Root => {}
            Last::Field(name) | Last::Key(name) => steps.push(Step::from(name)),
            Last::Index(index) => steps.push(Step::Index(index)),
        });
        steps
    }

    /// The last part: the field's or the key's name; empty for an index.
    pub fn name(&self) -> &str {
        match self.last {
            Last::Field(name) | Last::Key(name) => name,
            Last::Root | Last::Index(_) => "",
        }
    }

    /// What a person calls the field: its name, or that of the list it is an item of.
    pub fn called(&self) -> &str {
        match (self.last, self.above) {
            (Last::Index(_), Some(above)) => above.called(),
            _ => self.name(),
        }
    }

    fn each(&self, see: &mut impl FnMut(Last<'_>)) {
        if let Some(above) = self.above {
            above.each(see);
        }
        see(self.last);
    }
}
