//! What is wrong with a text that is no YAML, in the few kinds that a person can do something about.

use std::fmt;

use granit_parser::ErrorKind;

use super::error::ReadErrorKind;

/// A syntax error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    /// A bracket that is not closed.
    Bracket,
    /// A bracket closed by one of another kind, or one too many.
    WrongBracket,
    /// No comma or closing bracket where one must be.
    Comma,
    /// A quoted text that does not end.
    Quote,
    /// Text behind a closing quote.
    BehindQuote,
    /// An escape whose number is no character.
    EscapeCode,
    /// A value's further line that is not indented deeper than its key.
    Continued,
    /// An indentation that fits nothing above it.
    Indent,
    /// Something else where a key must be.
    Key,
    /// Something else where a `-` must be.
    Dash,
    /// A key without its colon.
    NoColon,
    /// A `key: value` where none may be.
    StrayColon,
    /// A list item where none may be.
    StrayDash,
    /// No blank where one must be.
    Space,
    /// A comment within a value of several lines.
    Comment,
    /// Something else behind `|` or `>`.
    BlockHeader,
    /// A line of a text block that is not indented like the others.
    BlockIndent,
    /// A line that begins with `%`.
    Directive,
    /// A broken tag.
    Tag,
    /// An anchor or alias whose name is none for Kubernetes.
    Name,
    /// Text behind the document's end.
    Ended,
    /// Something else where a value must be.
    Value,
    /// A key of JSON without double quotes.
    JsonKey,
    /// An unquoted value that begins with a character kept for other uses.
    Reserved(char),
    /// Anything else.
    Other,
}

impl fmt::Display for Syntax {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Syntax::Bracket => "a bracket is not closed",
            Syntax::WrongBracket => "this bracket closes nothing",
            Syntax::Comma => "a comma or a closing bracket is missing",
            Syntax::Quote => "a quote is not closed",
            Syntax::BehindQuote => "text follows a closing quote",
            Syntax::EscapeCode => "an escape is no character",
            Syntax::Continued => "a line of this value is not indented enough",
            Syntax::Indent => "the indentation fits nothing above",
            Syntax::Key => "a key is expected",
            Syntax::Dash => "a list item is expected",
            Syntax::NoColon => "a colon is missing",
            Syntax::StrayColon => "a colon is not allowed here",
            Syntax::StrayDash => "a list item is not allowed here",
            Syntax::Space => "a space is missing",
            Syntax::Comment => "a comment splits a value",
            Syntax::BlockHeader => "only +, - and a digit may follow | or >",
            Syntax::BlockIndent => "a line of this block is indented otherwise",
            Syntax::Directive => "directives are not taken",
            Syntax::Tag => "the tag is broken",
            Syntax::Name => "an anchor's name may hold letters, digits, '_' and '-' only",
            Syntax::Ended => "the document has ended",
            Syntax::Value => "a value is expected",
            Syntax::JsonKey => "a key in double quotes is expected",
            Syntax::Reserved(c) => return write!(f, "an unquoted value cannot begin with {c:?}"),
            Syntax::Other => "this is not YAML",
        })
    }
}

/// The parser's error in our own terms.
pub(super) fn of(kind: &ErrorKind) -> ReadErrorKind {
    use ErrorKind::*;
    ReadErrorKind::Syntax(match kind {
        RecursionLimitExceeded => return ReadErrorKind::TooDeep,
        UnknownAnchor => return ReadErrorKind::UnknownAlias,
        TabInBlockIndentation | TabInIndentation | TabNotAllowed | TabAtBlockScalarStart | TabInPlainScalar => {
            return ReadErrorKind::Tab;
        }
        UnknownQuotedScalarEscape => return ReadErrorKind::Escape,
        FlowMappingValueAdjacentCollection => return ReadErrorKind::Colon,
        UnexpectedCharacter { character } => Syntax::Reserved(*character),
        UnexpectedEofFlowSequence
        | UnexpectedEofFlowMapping
        | UnexpectedEofImplicitFlowMapping
        | UnclosedFlowCollection { .. } => Syntax::Bracket,
        MisplacedFlowCollectionEnd | MismatchedFlowCollectionEnd { .. } => Syntax::WrongBracket,
        ExpectedFlowMappingSeparator | ExpectedFlowSequenceSeparator => Syntax::Comma,
        UnclosedQuotedScalar | DocumentIndicatorInQuotedScalar => Syntax::Quote,
        InvalidTrailingSingleQuotedScalar | InvalidTrailingDoubleQuotedScalar => Syntax::BehindQuote,
        InvalidQuotedScalarHexEscape
        | InvalidLowSurrogateHexEscape
        | InvalidLowSurrogate
        | MissingLowSurrogate
        | UnpairedLowSurrogate
        | InvalidUnicodeEscape => Syntax::EscapeCode,
        InvalidQuotedScalarIndent | InvalidFlowScalarIndent => Syntax::Continued,
        InvalidIndentation | UnexpectedEofBlockSequence | UnexpectedEofBlockMapping => Syntax::Indent,
        ExpectedBlockMappingKey => Syntax::Key,
        ExpectedBlockSequenceEntry => Syntax::Dash,
        SimpleKeyExpected | InvalidSimpleKey => Syntax::NoColon,
        MappingValueNotAllowed | InvalidColonPlacement | MappingKeyNotAllowed => Syntax::StrayColon,
        BlockEntryInFlowCollection
        | BlockSequenceEntryNotAllowed
        | InvalidBlockEntryWhitespace
        | PlainScalarStartsWithDashFlowIndicator => Syntax::StrayDash,
        ExpectedWhitespace | InvalidMappingValueWhitespace | CommentNotSeparated => Syntax::Space,
        CommentInterceptedScalar => Syntax::Comment,
        ZeroBlockScalarIndent | InvalidBlockScalarHeader => Syntax::BlockHeader,
        InvalidBlockScalarIndent => Syntax::BlockIndent,
        DirectiveDisallowed
        | DuplicateVersionDirective
        | UnsupportedYamlMajorVersion
        | DuplicateTagDirective
        | MissingDocumentEndBeforeDirective
        | InvalidDirectiveTerminator
        | MissingYamlVersionSeparator
        | MissingDirectiveName
        | InvalidDirectiveName
        | YamlVersionTooLong
        | MissingYamlVersion
        | InvalidTagDirectiveTerminator
        | ExpectedTagDirectiveBang => Syntax::Directive,
        UndeclaredTagHandle
        | ExpectedTagBang
        | InvalidGlobalTagCharacter
        | InvalidTagTerminator
        | MissingTagUri
        | UnclosedVerbatimTag
        | InvalidTagEscape
        | InvalidTagUtf8LeadingByte
        | InvalidTagUtf8TrailingByte
        | InvalidTagUtf8 => Syntax::Tag,
        MissingAnchorOrAliasName => Syntax::Name,
        ExpectedDocumentStart | InvalidDocumentEnd | BomInsideDocument => Syntax::Ended,
        ExpectedNodeContent | UnexpectedEndOfPlainScalar | UnexpectedEof => Syntax::Value,
        _ => Syntax::Other,
    })
}
