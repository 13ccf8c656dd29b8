//! A command: words of a list, typed and shown as in a shell.

use serde_json::Value;
use yew::prelude::*;

use super::controls::Input;
use super::{Field, strings};

pub fn view(field: &Field) -> Html {
    let words = match &field.row.value {
        Some(Value::Array(words)) => words.iter().map(Value::as_str).collect::<Option<Vec<_>>>(),
        Some(_) => None,
        None => Some(Vec::new()),
    };
    // Lines of a script do not fit into one, and what is no list of words is shown as it is.
    let Some(words) = words.filter(|words| !words.iter().any(|w| w.contains('\n'))) else {
        return strings::view(field);
    };
    let read = |typed: &str| Value::Array(split(typed).into_iter().map(Value::String).collect());
    html! {
        <>
            <Input
                id={field.id()}
                value={join(&words)}
                whole={field.text()}
                labelled={field.label()}
                class="pane-input--code"
                described={field.described.clone()}
                bad={field.bad}
                oninput={field.writing(read)}
            />
            if field.spot.is_some() && words.iter().any(|w| quoted(w)) {
                // How it is cut into words, as the text has it.
                <code class="pane-hint pane-hint--below">{ field.text() }</code>
            }
        </>
    }
}

/// The words of a command line: blanks part them, quotes and backslashes keep blanks. A quote that is still
/// open lasts to the end, because somebody is typing.
fn split(line: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    // Between words there is none, so that `''` is a word and a blank is not.
    let mut open = false;
    let mut quote = None;
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if quote.is_none() && c.is_whitespace() {
            open = false;
            continue;
        }
        if !open {
            words.push(String::new());
            open = true;
        }
        let Some(word) = words.last_mut() else { break };
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, '\\') => word.extend(chars.next()),
            (Some('"'), '\\') if matches!(chars.peek(), Some('"' | '\\')) => word.extend(chars.next()),
            (_, c) => word.push(c),
        }
    }
    words
}

/// The line that [`split`] takes apart into these words. `$(VAR)` stays as it is: Kubernetes fills it in, no shell.
fn join(words: &[&str]) -> String {
    let quoted: Vec<String> = words
        .iter()
        .map(|word| match (quoted(word), word.contains('\'')) {
            (false, _) => (*word).to_owned(),
            (true, false) => ["'", word, "'"].concat(),
            (true, true) => ["\"", &word.replace('\\', "\\\\").replace('"', "\\\""), "\""].concat(),
        })
        .collect();
    quoted.join(" ")
}

fn quoted(word: &str) -> bool {
    word.is_empty() || word.contains(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | '\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a POSIX shell makes of these lines, but for variables.
    #[test]
    fn splits_like_a_shell() {
        for (line, words) in [
            ("nginx -g 'daemon off;'", &["nginx", "-g", "daemon off;"][..]),
            ("sh -c \"echo \\\"hi\\\"\"", &["sh", "-c", "echo \"hi\""]),
            ("a\\ b  c", &["a b", "c"]),
            ("''", &[""]),
            ("a'b'\"c\"", &["abc"]),
            ("\"a\\n\" '\\'", &["a\\n", "\\"]),
            ("  ", &[]),
            ("sh -c 'echo", &["sh", "-c", "echo"]),
            ("--port=$(PORT)", &["--port=$(PORT)"]),
            ("x\\", &["x"]),
        ] {
            assert_eq!(split(line), words, "{line}");
        }
    }

    proptest::proptest! {
        #[test]
        fn gives_the_words_back(words: Vec<String>) {
            let words: Vec<&str> = words.iter().map(String::as_str).collect();
            assert_eq!(split(&join(&words)), words);
        }
    }
}
