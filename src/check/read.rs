//! Findings of the YAML itself: what cannot be read, and what Kubernetes reads otherwise than it looks.

use super::finding::{Finding, Fix, Reason, Severity, Source};
use super::link;
use crate::i18n::{Message, id};
use crate::k8s::FieldPath;
use crate::text::{Change, Span};
use crate::yaml::{Document, NoteKind, ReadErrorKind, Step, Syntax};

/// Everything the text says as YAML.
pub fn check(document: &Document) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(error) = document.error() {
        findings.push(finding(document, error.span, Severity::Error, Reason::Syntax, syntax(&error.kind), None));
    }
    if !document.notes().is_empty() {
        let breaks: Vec<usize> = document.text().match_indices('\n').map(|(at, _)| at).collect();
        let notes = document.notes().iter();
        findings.extend(notes.map(|note| of_note(document, &breaks, &note.kind, note.span)));
    }
    findings
}

fn finding(
    document: &Document,
    span: Span,
    severity: Severity,
    reason: Reason,
    message: Message,
    link: Option<&str>,
) -> Finding {
    let path = document.path_at(span.start as usize);
    Finding {
        span,
        field: field_path(&path),
        path,
        source: Source::Yaml,
        severity,
        reason,
        message,
        server: None,
        link: link.map(str::to_owned),
        fixes: Vec::new(),
    }
}

fn field_path(path: &[Step]) -> FieldPath {
    path.iter().fold(FieldPath::root(), |field, step| match step {
        Step::Key(key) => field.child(key),
        Step::Index(index) => field.index(*index),
    })
}

fn syntax(kind: &ReadErrorKind) -> Message {
    use ReadErrorKind::*;
    match kind {
        Syntax(fault) | Json(fault) => no_yaml(*fault),
        Separator => id::CHECK_YAML_SEPARATOR.into(),
        Character(c) => Message::new(id::CHECK_YAML_CHARACTER).with("code", format!("U+{:04X}", *c as u32)),
        Tab => id::CHECK_YAML_TAB.into(),
        LineSeparator(c) => Message::new(id::CHECK_YAML_LINE_SEPARATOR).with("code", format!("U+{:04X}", *c as u32)),
        Escape => id::CHECK_YAML_ESCAPE.into(),
        Question => id::CHECK_YAML_QUESTION.into(),
        Colon => id::CHECK_YAML_COLON.into(),
        TooDeep => id::CHECK_YAML_TOO_DEEP.into(),
        ExcessiveAliasing => id::CHECK_YAML_EXCESSIVE_ALIASING.into(),
        AliasLoop => id::CHECK_YAML_ALIAS_LOOP.into(),
        UnknownAlias => id::CHECK_YAML_UNKNOWN_ALIAS.into(),
        NotFinite => id::CHECK_YAML_NOT_FINITE.into(),
        BadTag(tag) => Message::new(id::CHECK_YAML_BAD_TAG).with("tag", tag.as_str()),
        BadBinary => id::CHECK_YAML_BAD_BINARY.into(),
        NullKey => id::CHECK_YAML_NULL_KEY.into(),
        CompositeKey => id::CHECK_YAML_COMPOSITE_KEY.into(),
        BigKey => id::CHECK_YAML_BIG_KEY.into(),
        Merge => id::CHECK_YAML_MERGE.into(),
    }
}

fn no_yaml(fault: Syntax) -> Message {
    use Syntax::*;
    match fault {
        Bracket => id::CHECK_SYNTAX_BRACKET.into(),
        WrongBracket => id::CHECK_SYNTAX_WRONG_BRACKET.into(),
        Comma => id::CHECK_SYNTAX_COMMA.into(),
        Quote => id::CHECK_SYNTAX_QUOTE.into(),
        BehindQuote => id::CHECK_SYNTAX_BEHIND_QUOTE.into(),
        EscapeCode => id::CHECK_SYNTAX_ESCAPE_CODE.into(),
        Continued => id::CHECK_SYNTAX_CONTINUED.into(),
        Indent => id::CHECK_SYNTAX_INDENT.into(),
        Key => id::CHECK_SYNTAX_KEY.into(),
        Dash => id::CHECK_SYNTAX_DASH.into(),
        NoColon => id::CHECK_SYNTAX_NO_COLON.into(),
        StrayColon => id::CHECK_SYNTAX_STRAY_COLON.into(),
        StrayDash => id::CHECK_SYNTAX_STRAY_DASH.into(),
        Space => id::CHECK_SYNTAX_SPACE.into(),
        Comment => id::CHECK_SYNTAX_COMMENT.into(),
        BlockHeader => id::CHECK_SYNTAX_BLOCK_HEADER.into(),
        BlockIndent => id::CHECK_SYNTAX_BLOCK_INDENT.into(),
        Directive => id::CHECK_SYNTAX_DIRECTIVE.into(),
        Tag => id::CHECK_SYNTAX_TAG.into(),
        Name => id::CHECK_SYNTAX_NAME.into(),
        Ended => id::CHECK_SYNTAX_ENDED.into(),
        Value => id::CHECK_SYNTAX_VALUE.into(),
        JsonKey => id::CHECK_SYNTAX_JSON_KEY.into(),
        Reserved(c) => Message::new(id::CHECK_SYNTAX_RESERVED).with("character", c.to_string()),
        Other => id::CHECK_SYNTAX_OTHER.into(),
    }
}

fn of_note(document: &Document, breaks: &[usize], kind: &NoteKind, span: Span) -> Finding {
    let line = |span: Span| 1 + breaks.partition_point(|&at| at < span.start as usize);
    match kind {
        NoteKind::DuplicateKey { key, first } => {
            let message =
                Message::new(id::CHECK_YAML_DUPLICATE_KEY).with("key", key.as_str()).with("line", line(*first));
            let mut found =
                finding(document, span, Severity::Error, Reason::DuplicateKey, message, Some(link::VALIDATION));
            found.server = Some(format!("line {}: key \"{key}\" already set in map", line(span)));
            found
        }
        NoteKind::BooleanWord { written, value } => {
            let message = Message::new(id::CHECK_YAML_BOOLEAN_WORD)
                .with("written", written.as_str())
                .with("value", value.to_string());
            let mut found = finding(document, span, Severity::Warning, Reason::ReadAs, message, Some(link::YAML_BOOL));
            found.fixes = vec![
                rewrite(span, id::CHECK_FIX_WRITE_AS, value.to_string()),
                rewrite(span, id::CHECK_FIX_WRITE_AS, format!("\"{written}\"")),
            ];
            found
        }
        NoteKind::NumberForm { written, value } => {
            let message = Message::new(id::CHECK_YAML_NUMBER_FORM)
                .with("written", written.as_str())
                .with("value", value.as_str());
            let mut found = finding(document, span, Severity::Info, Reason::ReadAs, message, Some(link::YAML_INT));
            found.fixes = vec![
                rewrite(span, id::CHECK_FIX_WRITE_AS, value.clone()),
                rewrite(span, id::CHECK_FIX_WRITE_AS, format!("\"{written}\"")),
            ];
            found
        }
        NoteKind::Dropped => {
            let message = id::CHECK_YAML_DROPPED.into();
            let mut found = finding(document, span, Severity::Warning, Reason::ReadAs, message, None);
            (found.path, found.field) = (Vec::new(), FieldPath::root());
            found
        }
        NoteKind::KeyReadAs { written, key } => {
            let message =
                Message::new(id::CHECK_YAML_KEY_READ_AS).with("written", written.as_str()).with("key", key.as_str());
            let mut found = finding(document, span, Severity::Warning, Reason::ReadAs, message, Some(link::YAML_BOOL));
            found.fixes = vec![rewrite(span, id::CHECK_FIX_WRITE_AS, format!("\"{written}\""))];
            found
        }
        NoteKind::MergeOverrides { key, first } => {
            let message =
                Message::new(id::CHECK_YAML_MERGE_OVERRIDES).with("key", key.as_str()).with("line", line(*first));
            finding(document, span, Severity::Error, Reason::DuplicateKey, message, Some(link::YAML_MERGE))
        }
    }
}

fn rewrite(span: Span, title: crate::i18n::Id, text: String) -> Fix {
    Fix {
        title: Message::new(title).with("text", text.as_str()),
        changes: vec![Change::new(span.start as usize, span.end as usize, text)],
    }
}
