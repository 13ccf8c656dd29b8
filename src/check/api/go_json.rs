//! What Go's `encoding/json` says of a text that is no JSON, in its words.

/// What comes next.
#[derive(Clone, Copy)]
enum State {
    Value,
    /// Behind `[`.
    ValueOrEnd,
    /// Behind `{`.
    KeyOrEnd,
    /// Behind a comma of an object.
    Key,
    /// Behind a key.
    Colon,
    /// Behind a value.
    End,
}

/// The error of Go's scanner (`checkValid`); `None` when the text is JSON, or is nested too deeply to tell.
pub fn syntax_error(text: &str) -> Option<String> {
    let mut reader = Reader { bytes: text.as_bytes(), at: 0 };
    let mut state = State::Value;
    // `true` for an object.
    let mut open: Vec<bool> = Vec::new();
    loop {
        let Some(byte) = reader.skip_blanks() else {
            let is_whole = matches!(state, State::End) && open.is_empty();
            return (!is_whole).then(|| "unexpected end of JSON input".to_owned());
        };
        let step = match (state, byte, open.last()) {
            (State::Value | State::ValueOrEnd, b'{', _) => {
                open.push(true);
                Ok(State::KeyOrEnd)
            }
            (State::Value | State::ValueOrEnd, b'[', _) => {
                open.push(false);
                Ok(State::ValueOrEnd)
            }
            (State::ValueOrEnd, b']', _) | (State::KeyOrEnd, b'}', _) => {
                open.pop();
                Ok(State::End)
            }
            (State::Value | State::ValueOrEnd, first, _) => {
                reader.at += 1;
                reader.scalar(first).map(|()| State::End)
            }
            (State::Key | State::KeyOrEnd, b'"', _) => {
                reader.at += 1;
                reader.string().map(|()| State::Colon)
            }
            (State::Key | State::KeyOrEnd, ..) => Err(Some("looking for beginning of object key string")),
            (State::Colon, b':', _) => Ok(State::Value),
            (State::Colon, ..) => Err(Some("after object key")),
            (State::End, b',', Some(true)) => Ok(State::Key),
            (State::End, b',', Some(false)) => Ok(State::Value),
            (State::End, b'}', Some(true)) | (State::End, b']', Some(false)) => {
                open.pop();
                Ok(State::End)
            }
            (State::End, _, Some(true)) => Err(Some("after object key:value pair")),
            (State::End, _, Some(false)) => Err(Some("after array element")),
            (State::End, _, None) => Err(Some("after top-level value")),
        };
        let is_mark = matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':');
        match step {
            Ok(next) => {
                reader.at += usize::from(is_mark);
                state = next;
            }
            Err(None) => return Some("unexpected end of JSON input".to_owned()),
            Err(Some(context)) => {
                let byte = reader.bytes.get(reader.at).copied().unwrap_or_default();
                return Some(format!("invalid character {} {context}", quoted_byte(byte)));
            }
        }
    }
}

/// Where it stops; `None` at the text's end.
type Scanned = Result<(), Option<&'static str>>;

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn skip_blanks(&mut self) -> Option<u8> {
        while self.peek().is_some_and(|b| matches!(b, b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
        self.peek()
    }

    /// The rest of a value that begins with `first`.
    fn scalar(&mut self, first: u8) -> Scanned {
        match first {
            b'"' => self.string(),
            b't' => self.literal(&[
                (b'r', "in literal true (expecting 'r')"),
                (b'u', "in literal true (expecting 'u')"),
                (b'e', "in literal true (expecting 'e')"),
            ]),
            b'f' => self.literal(&[
                (b'a', "in literal false (expecting 'a')"),
                (b'l', "in literal false (expecting 'l')"),
                (b's', "in literal false (expecting 's')"),
                (b'e', "in literal false (expecting 'e')"),
            ]),
            b'n' => self.literal(&[
                (b'u', "in literal null (expecting 'u')"),
                (b'l', "in literal null (expecting 'l')"),
                (b'l', "in literal null (expecting 'l')"),
            ]),
            b'-' => {
                let first = self.peek().ok_or(None)?;
                if !first.is_ascii_digit() {
                    return Err(Some("in numeric literal"));
                }
                self.at += 1;
                self.number(first)
            }
            b'0'..=b'9' => self.number(first),
            _ => {
                self.at -= 1;
                Err(Some("looking for beginning of value"))
            }
        }
    }

    fn literal(&mut self, rest: &[(u8, &'static str)]) -> Scanned {
        for (wanted, context) in rest {
            if self.peek().ok_or(None)? != *wanted {
                return Err(Some(context));
            }
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self, first: u8) -> Scanned {
        if first != b'0' {
            self.digits();
        }
        if self.peek() == Some(b'.') {
            self.at += 1;
            self.some_digits("after decimal point in numeric literal")?;
        }
        if matches!(self.peek(), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.peek(), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.some_digits("in exponent of numeric literal")?;
        }
        Ok(())
    }

    fn digits(&mut self) {
        while self.peek().is_some_and(|b| b.is_ascii_digit()) {
            self.at += 1;
        }
    }

    fn some_digits(&mut self, context: &'static str) -> Scanned {
        if !self.peek().ok_or(None)?.is_ascii_digit() {
            return Err(Some(context));
        }
        self.digits();
        Ok(())
    }

    fn string(&mut self) -> Scanned {
        loop {
            match self.peek().ok_or(None)? {
                b'"' => {
                    self.at += 1;
                    return Ok(());
                }
                b'\\' => {
                    self.at += 1;
                    match self.peek().ok_or(None)? {
                        b'u' => {
                            for _ in 0..4 {
                                self.at += 1;
                                if !self.peek().ok_or(None)?.is_ascii_hexdigit() {
                                    return Err(Some("in \\u hexadecimal character escape"));
                                }
                            }
                        }
                        b'b' | b'f' | b'n' | b'r' | b't' | b'\\' | b'/' | b'"' => {}
                        _ => return Err(Some("in string escape code")),
                    }
                }
                0..0x20 => return Err(Some("in string literal")),
                _ => {}
            }
            self.at += 1;
        }
    }
}

/// `quoteChar`: Go goes by bytes.
fn quoted_byte(byte: u8) -> String {
    match byte {
        b'\'' => "'\\''".to_owned(),
        b'"' => "'\"'".to_owned(),
        _ => {
            let quoted = super::bad_value::quoted(&char::from(byte).to_string());
            format!("'{}'", quoted.trim_matches('"'))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn said_as_go_says_it() {
        for (text, expected) in [
            ("", "unexpected end of JSON input"),
            (" [1, {\"a\": tru", "unexpected end of JSON input"),
            ("-", "unexpected end of JSON input"),
            ("\"\\u12", "unexpected end of JSON input"),
            ("x", "invalid character 'x' looking for beginning of value"),
            ("'a'", "invalid character '\\'' looking for beginning of value"),
            ("é", "invalid character 'Ã' looking for beginning of value"),
            ("tolerations", "invalid character 'o' in literal true (expecting 'r')"),
            ("nul!", "invalid character '!' in literal null (expecting 'l')"),
            ("[1,]", "invalid character ']' looking for beginning of value"),
            ("[1 2]", "invalid character '2' after array element"),
            ("{a: 1}", "invalid character 'a' looking for beginning of object key string"),
            ("{\"a\": 1,}", "invalid character '}' looking for beginning of object key string"),
            ("{\"a\" 1}", "invalid character '1' after object key"),
            ("{\"a\": 1 \"b\"}", "invalid character '\"' after object key:value pair"),
            ("{\"a\": 1]", "invalid character ']' after object key:value pair"),
            ("1 2", "invalid character '2' after top-level value"),
            ("01", "invalid character '1' after top-level value"),
            ("-x", "invalid character 'x' in numeric literal"),
            ("1.x", "invalid character 'x' after decimal point in numeric literal"),
            ("1e+x", "invalid character 'x' in exponent of numeric literal"),
            ("\"a\nb\"", "invalid character '\\n' in string literal"),
            ("\"\\x\"", "invalid character 'x' in string escape code"),
            ("\"\\u12g4\"", "invalid character 'g' in \\u hexadecimal character escape"),
            ("]", "invalid character ']' looking for beginning of value"),
        ] {
            assert_eq!(syntax_error(text).as_deref(), Some(expected), "{text}");
        }
        for fine in ["{}", "[]", "[[], {\"a\": [-0.5e-7, null, true, false, \"\\u00e9\\n\"]}]", " 0 ", "\"\u{7f}é\""] {
            assert_eq!(syntax_error(fine), None, "{fine}");
        }
    }
}
