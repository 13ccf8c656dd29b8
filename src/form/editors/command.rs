//! A command line: words of a list, typed and shown as in a shell.

use serde_json::Value;

/// The words of a line: blanks part them, quotes and backslashes hold together as in a POSIX shell.
/// Nothing is expanded. A quote that is not closed reaches to the end.
pub fn split(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut letters = line.chars();
    while let Some(c) = letters.next() {
        match c {
            ' ' | '\t' | '\n' | '\r' => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                word.extend(letters.by_ref().take_while(|c| *c != '\''));
            }
            '"' => {
                let word = word.get_or_insert_default();
                while let Some(c) = letters.next() {
                    match c {
                        '"' => break,
                        // Within quotes a backslash holds only before what is special there.
                        '\\' => match letters.next() {
                            Some(c @ ('"' | '\\' | '$' | '`')) => word.push(c),
                            Some('\n') => {}
                            Some(c) => word.extend(['\\', c]),
                            None => word.push('\\'),
                        },
                        c => word.push(c),
                    }
                }
            }
            '\\' => match letters.next() {
                Some('\n') => {}
                Some(c) => word.get_or_insert_default().push(c),
                None => word.get_or_insert_default().push('\\'),
            },
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    words
}

/// The line of the words: each is quoted only where it must be. Splitting it gives the words back.
pub fn join<W: AsRef<str>>(words: &[W]) -> String {
    let mut line = String::new();
    for word in words.iter().map(AsRef::as_ref) {
        if !line.is_empty() {
            line.push(' ');
        }
        if word.is_empty() {
            line.push_str("''");
        } else if !word.contains([' ', '\t', '\n', '\r', '\'', '"', '\\']) {
            line.push_str(word);
        } else if !word.contains('\'') {
            line.push('\'');
            line.push_str(word);
            line.push('\'');
        } else {
            line.push('"');
            for c in word.chars() {
                if matches!(c, '"' | '\\' | '$' | '`') {
                    line.push('\\');
                }
                line.push(c);
            }
            line.push('"');
        }
    }
    line
}

/// The line of a value; `None` when it is no list of texts.
pub fn read(value: &Value) -> Option<String> {
    let words: Option<Vec<&str>> = value.as_array()?.iter().map(Value::as_str).collect();
    Some(join(&words?))
}

/// The value of a line.
pub fn write(line: &str) -> Value {
    Value::Array(split(line).into_iter().map(Value::String).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn splits_as_a_shell() {
        let cases: [(&str, &[&str]); 11] = [
            ("", &[]),
            ("  a  b ", &["a", "b"]),
            ("sh -c 'echo \"hi\" && sleep 1'", &["sh", "-c", "echo \"hi\" && sleep 1"]),
            (r#"echo "a \"b\" \n $X""#, &["echo", "a \"b\" \\n $X"]),
            (r"a\ b \\", &["a b", "\\"]),
            ("''", &[""]),
            ("a'b'\"c\"d", &["abcd"]),
            ("'open", &["open"]),
            ("$(VAR) --x=1", &["$(VAR)", "--x=1"]),
            ("a\\", &["a\\"]),
            ("\"a\\", &["a\\"]),
        ];
        for (line, words) in cases {
            assert_eq!(split(line), words, "{line}");
        }
        assert_eq!(join(&["sh", "-c", "it's", ""]), "sh -c \"it's\" ''");
    }

    proptest! {
        #[test]
        fn words_come_back(words in proptest::collection::vec("[ -~äöü\n\t]{0,12}", 0..6)) {
            prop_assert_eq!(split(&join(&words)), words);
        }

        #[test]
        fn any_line_can_be_typed(line in "\\PC{0,40}") {
            let words = split(&line);
            prop_assert_eq!(split(&join(&words)), words);
        }
    }
}
