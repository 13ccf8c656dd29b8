//! Asks a real server, over plain HTTP on the loopback (`cluster judge`).

use std::io::{self, BufRead, BufReader, Write};
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use crate::answer::{Answer, Cause};

/// A connection to the judge.
#[derive(Debug)]
pub struct Judge {
    host: String,
    stream: Option<BufReader<TcpStream>>,
}

struct Response {
    status: u16,
    warnings: Vec<String>,
    body: Vec<u8>,
}

impl Judge {
    /// `http://127.0.0.1:1234`; nothing is sent yet.
    pub fn new(url: &str) -> Judge {
        let host = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        Judge { host, stream: None }
    }

    /// What the server says to the object's creation. A server that drops the connection or fails gives an
    /// answer whose code says nothing about the manifest.
    pub fn ask(&mut self, object: &Value) -> io::Result<Answer> {
        let path = path(object).ok_or_else(|| io::Error::other("no object of a known kind"))?;
        let body = object.to_string();
        let response = match self.post(&path, &body) {
            Ok(response) => response,
            // The proxy may have closed a connection that nobody used.
            Err(_) => {
                self.stream = None;
                self.post(&path, &body)?
            }
        };
        let json: Value = serde_json::from_slice(&response.body).unwrap_or_default();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let cause = |c: &Value| {
            let (field, message) = (text(&c["field"]), text(&c["message"]));
            let sentence = if field.is_empty() { message } else { format!("{field}: {message}") };
            Cause { field, reason: text(&c["reason"]), sentence }
        };
        let taken = matches!(response.status, 200 | 201);
        let causes = json.pointer("/details/causes").and_then(Value::as_array);
        let causes = causes.filter(|_| response.status == 422).into_iter().flatten().map(cause).collect();
        let code = if taken { 201 } else { response.status };
        let message = if taken { String::new() } else { text(&json["message"]) };
        let mut answer = Answer::new(code, causes, response.warnings, taken.then_some(json), object);
        answer.message = message;
        Ok(answer)
    }

    /// The server's version, `v1.37.1`.
    pub fn version(&mut self) -> io::Result<String> {
        let host = self.host.clone();
        let response = self.send(&format!("GET /version HTTP/1.1\r\nHost: {host}\r\n\r\n"))?;
        let json: Value = serde_json::from_slice(&response.body)?;
        Ok(json["gitVersion"].as_str().unwrap_or_default().to_owned())
    }

    fn post(&mut self, path: &str, body: &str) -> io::Result<Response> {
        let query = "dryRun=All&fieldValidation=Strict&fieldManager=kubectl";
        let (host, length) = (&self.host, body.len());
        self.send(&format!(
            "POST {path}?{query} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n\
             Content-Length: {length}\r\n\r\n{body}"
        ))
    }

    fn send(&mut self, request: &str) -> io::Result<Response> {
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => {
                let stream = TcpStream::connect(&self.host)?;
                stream.set_read_timeout(Some(Duration::from_secs(60)))?;
                stream.set_nodelay(true)?;
                BufReader::new(stream)
            }
        };
        stream.get_mut().write_all(request.as_bytes())?;
        let response = read(&mut stream)?;
        self.stream = Some(stream);
        Ok(response)
    }
}

fn read(stream: &mut impl BufRead) -> io::Result<Response> {
    let bad = || io::Error::other("no HTTP answer");
    let mut line = String::new();
    let mut next = |stream: &mut dyn BufRead| -> io::Result<String> {
        line.clear();
        stream.read_line(&mut line)?;
        Ok(line.trim_end_matches(['\r', '\n']).to_owned())
    };
    let status = next(stream)?.split(' ').nth(1).and_then(|s| s.parse().ok()).ok_or_else(bad)?;
    let (mut length, mut chunked, mut warnings) = (0, false, Vec::new());
    loop {
        let header = next(stream)?;
        let Some((name, value)) = header.split_once(':') else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().map_err(|_| bad())?,
            "transfer-encoding" => chunked = value.contains("chunked"),
            "warning" => warnings.extend(warning(value.trim())),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    if chunked {
        loop {
            let size = usize::from_str_radix(next(stream)?.trim(), 16).map_err(|_| bad())?;
            let start = body.len();
            body.resize(start + size, 0);
            stream.read_exact(&mut body[start..])?;
            next(stream)?;
            if size == 0 {
                break;
            }
        }
    } else {
        stream.read_exact(&mut body)?;
    }
    Ok(Response { status, warnings, body })
}

/// The text of a header `299 - "text"`.
fn warning(value: &str) -> Option<String> {
    let quoted = value.splitn(3, ' ').nth(2)?.strip_prefix('"')?;
    let (mut text, mut escaped) = (String::new(), false);
    for c in quoted.chars() {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return Some(text),
            c => {
                text.push(c);
                escaped = false;
            }
        }
    }
    None
}

fn path(object: &Value) -> Option<String> {
    let resource = match (object.get("apiVersion")?.as_str()?, object.get("kind")?.as_str()?) {
        ("v1", "Pod") => ("api/v1", "pods"),
        ("v1", "Service") => ("api/v1", "services"),
        ("apps/v1", "Deployment") => ("apis/apps/v1", "deployments"),
        ("batch/v1", "Job") => ("apis/batch/v1", "jobs"),
        _ => return None,
    };
    let namespace = object.pointer("/metadata/namespace").and_then(Value::as_str).filter(|n| !n.is_empty());
    let mut escaped = String::new();
    for byte in namespace.unwrap_or("default").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => escaped.push(char::from(byte)),
            _ => escaped.push_str(&format!("%{byte:02X}")),
        }
    }
    Some(format!("/{}/namespaces/{escaped}/{}", resource.0, resource.1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn answers_are_read_with_their_warnings() {
        let plain = "HTTP/1.1 201 Created\r\nWarning: 299 - \"a \\\"b\\\" c\"\r\nwarning: 299 - \"d\"\r\nContent-Length: 2\r\n\r\n{}";
        let chunked = "HTTP/1.1 422 X\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n4\r\n\":1}\r\n0\r\n\r\n";
        for (text, status, warnings, body) in
            [(plain, 201, vec!["a \"b\" c", "d"], "{}"), (chunked, 422, vec![], "{\"a\":1}")]
        {
            let response = read(&mut text.as_bytes()).expect("an answer");
            assert_eq!((response.status, response.body.as_slice()), (status, body.as_bytes()));
            assert_eq!(response.warnings, warnings);
        }
        for damaged in ["", "HTTP/1.1\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"] {
            assert!(read(&mut damaged.as_bytes()).is_err(), "{damaged:?}");
        }
    }

    #[test]
    fn the_address_is_the_objects() {
        let at = |api: &str, kind: &str, namespace: &str| {
            path(&json!({"apiVersion": api, "kind": kind, "metadata": {"namespace": namespace}}))
        };
        assert_eq!(at("v1", "Pod", "").as_deref(), Some("/api/v1/namespaces/default/pods"));
        assert_eq!(
            at("apps/v1", "Deployment", "a ü").as_deref(),
            Some("/apis/apps/v1/namespaces/a%20%C3%BC/deployments")
        );
        assert_eq!(at("v1", "Node", ""), None);
    }
}
