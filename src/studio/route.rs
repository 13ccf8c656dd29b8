//! What stands behind `#` in the address: `#/` is the gallery, `#/w/<workspace>/<file>/<document>` a place
//! in a workspace. A workspace, a file or a document may be left out from the end.

/// A place that an address names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Route {
    /// Templates and ways to begin.
    Gallery,
    /// A workspace.
    Workspace {
        /// Its name.
        name: String,
        /// The name of a file in it.
        file: Option<String>,
        /// The place of a document among those of the file, from 1.
        document: Option<usize>,
    },
}

impl Route {
    /// Reads what follows `#`. `None` for what names no place here.
    pub fn parse(hash: &str) -> Option<Route> {
        let path = hash.strip_prefix('#').unwrap_or(hash).strip_prefix('/')?;
        if path.is_empty() {
            return Some(Route::Gallery);
        }
        let mut parts = path.strip_prefix("w/")?.split('/');
        let name = decode(parts.next()?).filter(|n| !n.is_empty())?;
        let file = parts.next().filter(|p| !p.is_empty()).and_then(decode);
        let document = parts.next().and_then(|p| p.parse().ok()).filter(|&n| n > 0 && file.is_some());
        parts.next().is_none().then_some(Route::Workspace { name, file, document })
    }

    /// As it stands in the address, `#` included.
    pub fn format(&self) -> String {
        match self {
            Route::Gallery => "#/".to_owned(),
            Route::Workspace { name, file, document } => {
                let mut hash = String::from("#/w/");
                encode(name, &mut hash);
                if let Some(file) = file {
                    hash.push('/');
                    encode(file, &mut hash);
                    if let Some(document) = document {
                        hash.push('/');
                        hash.push_str(&document.to_string());
                    }
                }
                hash
            }
        }
    }
}

fn encode(text: &str, out: &mut String) {
    for c in text.chars() {
        // Letters of any script may stand in an address as they are, and are read there.
        if c.is_alphanumeric() || "-._~ ()".contains(c) && c != ' ' {
            out.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                out.push('%');
                for digit in [byte >> 4, byte & 15] {
                    out.push(char::from(b"0123456789ABCDEF"[usize::from(digit)]));
                }
            }
        }
    }
}

fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push((high * 16 + low) as u8);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes() {
        for name in ["my-shop", "我的 工作区", "a/b#c?d%", "x (2)", "\u{202e}rtl"] {
            for (file, document) in [(None, None), (Some("m/r.yaml"), None), (Some("a b.yaml"), Some(3))] {
                let route = Route::Workspace { name: name.into(), file: file.map(Into::into), document };
                assert_eq!(Route::parse(&route.format()).as_ref(), Some(&route), "{}", route.format());
            }
        }
        assert_eq!(Route::parse(&Route::Gallery.format()), Some(Route::Gallery));
        let shop = Route::Workspace { name: "my-shop".into(), file: Some("shop.yaml".into()), document: Some(2) };
        assert_eq!(shop.format(), "#/w/my-shop/shop.yaml/2");
    }

    #[test]
    fn takes_no_offence() {
        for odd in ["", "#", "#x", "#/x", "#/w", "#/w/", "#/w/%", "#/w/%f", "#/w/%ff", "#/w/a/b/1/2"] {
            assert_eq!(Route::parse(odd), None, "{odd}");
        }
        let file_only = Route::Workspace { name: "a".into(), file: Some("b".into()), document: None };
        assert_eq!(Route::parse("#/w/a/b/0"), Some(file_only.clone()));
        assert_eq!(Route::parse("/w/a/b/x"), Some(file_only));
    }
}
