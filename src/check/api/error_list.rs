use super::bad_value::{BadValue, json_text, quoted};
use super::content::Fault;
use super::field::Path;
use super::mend::Mend;
use crate::check::MOST_MENDED;
use crate::check::finding::Reason;
use crate::i18n::{Message, id};
use crate::k8s::{FieldPath, Version};
use crate::yaml;

/// So many bytes a server's sentences about one object may have together; what comes later is shortened.
const MOST_SAID: usize = 16 << 20;

/// What a rule says (`field.Error`), before it has a place in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldError {
    /// The field as the server names it.
    pub field: FieldPath,
    /// The place in the tree, where the server's name of the field is not it.
    pub at: Option<yaml::Path>,
    /// The kind of fault.
    pub reason: Reason,
    /// The server's sentence, without the field.
    pub body: String,
    /// In plain words, with what to do.
    pub message: Message,
    /// What would mend it.
    pub mends: Vec<Mend>,
    /// A page of the documentation, when the type's own is not the best.
    pub link: Option<&'static str>,
}

impl FieldError {
    /// Points to another place of the tree than the field's name says; what mends it goes there too.
    pub fn at(&mut self, path: &Path<'_>) -> &mut FieldError {
        let (from, to) = (self.steps(), path.steps());
        self.move_to(&from, &to);
        self
    }

    fn move_to(&mut self, from: &[yaml::Step], to: &[yaml::Step]) {
        if let Some(rest) = self.steps().strip_prefix(from) {
            self.at = Some([to, rest].concat());
        }
        self.mends.iter_mut().for_each(|mend| mend.relocate(from, to));
    }

    /// Adds a fix.
    pub fn mend(&mut self, mend: Mend) -> &mut FieldError {
        self.mends.push(mend);
        self
    }

    /// Gives a page of the documentation.
    pub fn link(&mut self, url: &'static str) -> &mut FieldError {
        self.link = Some(url);
        self
    }
}

/// The faults of one object, in the server's order (`field.ErrorList`).
#[derive(Debug)]
pub struct ErrorList {
    /// Whose server speaks.
    pub version: Version,
    errors: Vec<FieldError>,
    said: usize,
}

impl ErrorList {
    /// No faults yet.
    pub fn new(version: Version) -> ErrorList {
        ErrorList { version, errors: Vec::new(), said: 0 }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.errors.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.errors.is_empty()
    }

    /// Whether a fix for what is said next would be shown: one that is dear to find need not be looked for else.
    pub fn offers_fixes(&self) -> bool {
        self.errors.len() < MOST_MENDED
    }

    /// Whether `bytes` more, which repeat what another sentence holds, may be said.
    pub fn may_repeat(&self, bytes: usize) -> bool {
        self.said.saturating_add(bytes) <= MOST_SAID
    }

    /// Puts more behind the server's sentence that was said last.
    pub fn say_more(&mut self, text: &str) {
        if let Some(error) = self.errors.last_mut() {
            self.said = self.said.saturating_add(text.len());
            error.body.push_str(text);
        }
    }

    /// The faults from number `from` on.
    pub fn since(&self, from: usize) -> &[FieldError] {
        self.errors.get(from..).unwrap_or(&[])
    }

    /// Takes the faults from number `from` on back.
    pub fn forget(&mut self, from: usize) {
        self.errors.truncate(from);
    }

    /// Lets the faults from number `from` on that are said of `said` and below, and their fixes, point to `real`.
    pub fn move_since(&mut self, from: usize, said: &Path<'_>, real: &Path<'_>) {
        let errors = self.errors.get_mut(from..).unwrap_or_default();
        if errors.is_empty() {
            return;
        }
        let (said, real) = (said.steps(), real.steps());
        for error in errors {
            if let Some(rest) = error.steps().strip_prefix(said.as_slice()) {
                error.at = Some([real.as_slice(), rest].concat());
            }
            for mend in &mut error.mends {
                mend.relocate(&said, &real);
            }
        }
    }

    /// Puts the faults from number `from` on where a text holds what they speak of: none can be mended there.
    pub fn all_at(&mut self, from: usize, path: &Path<'_>) {
        for error in self.errors.iter_mut().skip(from) {
            error.at = Some(path.steps());
            error.mends.clear();
        }
    }

    /// The faults, to correct what they say.
    pub fn errors_mut(&mut self) -> &mut [FieldError] {
        &mut self.errors
    }

    /// Keeps those that `keep` says.
    pub fn retain(&mut self, keep: impl FnMut(&FieldError) -> bool) {
        self.errors.retain(keep);
    }

    /// The faults.
    pub fn into_errors(self) -> Vec<FieldError> {
        self.errors
    }

    #[inline(never)]
    fn push(&mut self, path: &Path<'_>, reason: Reason, body: String, message: Message) -> &mut FieldError {
        let field = path.field();
        let body = if self.may_repeat(body.len()) { body } else { crate::check::decode::clip(&body) };
        self.said = self.said.saturating_add(body.len());
        self.errors.push(FieldError { field, at: None, reason, body, message, mends: Vec::new(), link: None });
        let last = self.errors.len() - 1;
        &mut self.errors[last]
    }

    /// What all faults that show a value have in common; not made anew for each type of value.
    #[inline(never)]
    fn refuse(
        &mut self,
        path: &Path<'_>,
        reason: Reason,
        what: &str,
        value: BadValue,
        detail: &str,
        message: Message,
    ) -> &mut FieldError {
        let body = with_detail(valued(what, &value, self.version), detail);
        self.push(path, reason, body, message)
    }

    #[inline(never)]
    fn say(&mut self, path: &Path<'_>, reason: Reason, what: &str, detail: &str, message: Message) -> &mut FieldError {
        self.push(path, reason, with_detail(what.to_owned(), detail), message)
    }

    /// `field.Required`. `detail` may be empty.
    pub fn required(&mut self, path: &Path<'_>, detail: &str, message: impl Into<Message>) -> &mut FieldError {
        self.say(path, Reason::FieldValueRequired, "Required value", detail, message.into())
    }

    /// `field.Required` of a plain field that is simply not there, in the usual words.
    pub fn missing(&mut self, path: &Path<'_>, detail: &str) -> &mut FieldError {
        let message = Message::new(id::CHECK_API_MISSING).with("key", path.called());
        self.required(path, detail, message)
    }

    /// `field.Invalid`. `detail` may be empty.
    pub fn invalid(
        &mut self,
        path: &Path<'_>,
        value: impl Into<BadValue>,
        detail: &str,
        message: impl Into<Message>,
    ) -> &mut FieldError {
        self.refuse(path, Reason::FieldValueInvalid, "Invalid value", value.into(), detail, message.into())
    }

    /// `field.Invalid` for each fault of a content check.
    pub fn invalid_each(&mut self, path: &Path<'_>, value: impl Into<BadValue>, faults: Vec<Fault>) {
        if !faults.is_empty() {
            self.invalid_by(path, value.into(), faults);
        }
    }

    #[inline(never)]
    fn invalid_by(&mut self, path: &Path<'_>, value: BadValue, faults: Vec<Fault>) {
        for fault in faults {
            let message = fault.message.with("key", path.called()).with("value", value.plain());
            let error = self.invalid(path, value.clone(), &fault.detail, message);
            if let Some(meant) = fault.meant {
                let to = error.steps();
                error.mend(Mend::set(to, meant));
            }
        }
    }

    /// `field.NotSupported`, the supported values in the order given (upstream sorts sets).
    pub fn not_supported(
        &mut self,
        path: &Path<'_>,
        value: impl Into<BadValue>,
        supported: &[&str],
    ) -> &mut FieldError {
        self.unsupported(path, value.into(), supported)
    }

    #[inline(never)]
    fn unsupported(&mut self, path: &Path<'_>, value: BadValue, supported: &[&str]) -> &mut FieldError {
        let shown: Vec<_> =
            supported.iter().map(|v| if self.version == Version::V1_33 { quoted(v) } else { json_text(v) }).collect();
        let mut body = valued("Unsupported value", &value, self.version);
        if !shown.is_empty() {
            body = format!("{body}: supported values: {}", shown.join(", "));
        }
        let message = Message::new(id::CHECK_API_NOT_SUPPORTED)
            .with("key", path.called())
            .with("value", value.plain())
            .with("allowed", supported.join(", "));
        let to = path.steps();
        let error = self.push(path, Reason::FieldValueNotSupported, body, message);
        if let Some(meant) = crate::check::nearest::nearest(&value.plain(), supported.iter().copied()) {
            error.mend(Mend::set(to, meant));
        }
        error
    }

    /// `field.Duplicate`.
    pub fn duplicate(
        &mut self,
        path: &Path<'_>,
        value: impl Into<BadValue>,
        message: impl Into<Message>,
    ) -> &mut FieldError {
        self.refuse(path, Reason::FieldValueDuplicate, "Duplicate value", value.into(), "", message.into())
    }

    /// `field.Forbidden`.
    pub fn forbidden(&mut self, path: &Path<'_>, detail: &str, message: impl Into<Message>) -> &mut FieldError {
        self.say(path, Reason::FieldValueForbidden, "Forbidden", detail, message.into())
    }

    /// `field.TooLong`, the limit in bytes.
    pub fn too_long(&mut self, path: &Path<'_>, most: usize, message: impl Into<Message>) -> &mut FieldError {
        let body = format!("Too long: may not be more than {most} {}", self.counted(most, "byte"));
        self.push(path, Reason::FieldValueTooLong, body, message.into())
    }

    /// `field.TooMany`.
    pub fn too_many(
        &mut self,
        path: &Path<'_>,
        actual: usize,
        most: usize,
        message: impl Into<Message>,
    ) -> &mut FieldError {
        let body = format!("Too many: {actual}: must have at most {most} {}", self.counted(most, "item"));
        self.push(path, Reason::FieldValueTooMany, body, message.into())
    }

    /// `field.NotFound`.
    pub fn not_found(
        &mut self,
        path: &Path<'_>,
        value: impl Into<BadValue>,
        message: impl Into<Message>,
    ) -> &mut FieldError {
        self.refuse(path, Reason::FieldValueNotFound, "Not found", value.into(), "", message.into())
    }

    /// What already stops decoding (400), with the server's whole sentence: it is said alone, of no field.
    pub fn undecodable(&mut self, path: &Path<'_>, sentence: String, message: impl Into<Message>) -> &mut FieldError {
        self.push(path, Reason::WrongType, sentence, message.into())
    }

    /// 1.33 knows no singular.
    fn counted(&self, n: usize, word: &str) -> String {
        if n == 1 && self.version > Version::V1_33 { word.to_owned() } else { format!("{word}s") }
    }

    /// 1.37 says nothing twice (`FilterCoveredHandwrittenErrors` goes through `ErrorList.ToAggregate`).
    pub fn without_repetitions(&mut self) {
        let mut seen = std::collections::HashSet::new();
        self.errors.retain(|e| seen.insert((e.field.to_string(), e.body.clone())));
    }
}

impl FieldError {
    /// The place in the tree.
    pub fn steps(&self) -> yaml::Path {
        self.at.clone().unwrap_or_else(|| super::locate::steps(&self.field))
    }
}

fn with_detail(body: String, detail: &str) -> String {
    if detail.is_empty() { body } else { format!("{body}: {detail}") }
}

fn valued(what: &str, value: &BadValue, version: Version) -> String {
    match value.shown(version) {
        Some(shown) => format!("{what}: {shown}"),
        None => what.to_owned(),
    }
}
