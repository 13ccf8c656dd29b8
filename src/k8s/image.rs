use std::fmt;

/// The parts of an image reference (`distribution/reference`): `registry/name:tag@digest`.
///
/// Nothing is filled in: `nginx` has no registry here, though the runtime takes it from `docker.io/library`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImageRef {
    /// Host and port: `ghcr.io`, `localhost:5000`.
    pub registry: Option<String>,
    /// Path of the repository: `library/nginx`.
    pub name: String,
    /// `1.29`.
    pub tag: Option<String>,
    /// `sha256:…`.
    pub digest: Option<String>,
}

impl ImageRef {
    /// Reads a reference; `None` for what no runtime would take. Writing it gives the very text back.
    pub fn parse(text: &str) -> Option<ImageRef> {
        let (rest, digest) = match text.split_once('@') {
            Some((rest, digest)) => (rest, Some(digest)),
            None => (text, None),
        };
        let last = rest.rfind('/').map_or(0, |slash| slash + 1);
        let (path, tag) = match rest[last..].find(':') {
            Some(colon) => (&rest[..last + colon], Some(&rest[last + colon + 1..])),
            None => (rest, None),
        };
        let (registry, name) = match path.split_once('/') {
            Some((first, name)) if is_registry(first) => (Some(first), name),
            _ => (None, path),
        };
        let well = is_name(name) && tag.is_none_or(is_tag) && digest.is_none_or(is_digest);
        // The length is that of the path in its full form.
        let full = if !name.contains('/') && registry.is_none_or(|r| r == "docker.io") { 8 } else { 0 } + name.len();
        // An image's id is no reference.
        let is_id = text.len() == 64 && text.bytes().all(is_lower_hex);
        (well && full <= 255 && !is_id).then(|| ImageRef {
            registry: registry.map(str::to_owned),
            name: name.to_owned(),
            tag: tag.map(str::to_owned),
            digest: digest.map(str::to_owned),
        })
    }

    /// The tag the runtime takes: `latest` when neither tag nor digest is given.
    pub fn effective_tag(&self) -> Option<&str> {
        match (&self.tag, &self.digest) {
            (Some(tag), _) => Some(tag),
            (None, None) => Some("latest"),
            (None, Some(_)) => None,
        }
    }

    /// The last part of the name: `nginx` of `library/nginx`.
    pub fn short_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }
}

impl fmt::Display for ImageRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(registry) = &self.registry {
            write!(f, "{registry}/")?;
        }
        f.write_str(&self.name)?;
        if let Some(tag) = &self.tag {
            write!(f, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(f, "@{digest}")?;
        }
        Ok(())
    }
}

/// Whether the first part of a path names a host: as the runtimes decide it.
fn is_registry(first: &str) -> bool {
    let (host, port) = match first.rsplit_once(':') {
        Some((host, _)) if host.starts_with('[') && !host.ends_with(']') => (first, None),
        Some((host, port)) => (host, Some(port)),
        None => (first, None),
    };
    let named = first.contains(['.', ':']) || first == "localhost" || first.bytes().any(|b| b.is_ascii_uppercase());
    let label = |label: &str| {
        let bytes = label.as_bytes();
        bytes.first().is_some_and(u8::is_ascii_alphanumeric)
            && bytes.last().is_some_and(u8::is_ascii_alphanumeric)
            && bytes.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-')
    };
    let v6 = host.strip_prefix('[').and_then(|h| h.strip_suffix(']'));
    let host_fits = match v6 {
        Some(inner) => !inner.is_empty() && inner.bytes().all(|b| b.is_ascii_hexdigit() || b == b':'),
        None => host.split('.').all(label),
    };
    named && host_fits && port.is_none_or(|p| !p.is_empty() && p.bytes().all(|b| b.is_ascii_digit()))
}

fn is_name(name: &str) -> bool {
    let part = |part: &str| {
        let bytes = part.as_bytes();
        let word = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit();
        if !bytes.first().is_some_and(word) || !bytes.last().is_some_and(word) {
            return false;
        }
        // Between words: one dot, one or two underscores, any number of dashes.
        part.split(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
            .all(|between| matches!(between, "" | "." | "_" | "__") || between.bytes().all(|b| b == b'-'))
    };
    name.split('/').all(part)
}

fn is_tag(tag: &str) -> bool {
    let bytes = tag.as_bytes();
    let word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    bytes.first().is_some_and(word) && bytes.len() <= 128 && bytes.iter().all(|b| word(b) || matches!(b, b'.' | b'-'))
}

fn is_digest(digest: &str) -> bool {
    digest.split_once(':').is_some_and(|(algorithm, hex)| {
        let length = match algorithm {
            "sha256" => 64,
            "sha384" => 96,
            "sha512" => 128,
            _ => return false,
        };
        hex.len() == length && hex.bytes().all(is_lower_hex)
    })
}

fn is_lower_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

/// What the server fills in for `imagePullPolicy`: `Always` when the tag is `latest`, or would be
/// (`SetDefaults_Container`).
pub fn pull_policy(image: &str) -> &'static str {
    let image = ImageRef::parse(image);
    let latest = image.as_ref().and_then(ImageRef::effective_tag) == Some("latest");
    if latest { "Always" } else { "IfNotPresent" }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Parts = (Option<String>, String, Option<String>, Option<String>);

    fn parts(text: &str) -> Option<Parts> {
        ImageRef::parse(text).map(|i| (i.registry, i.name, i.tag, i.digest))
    }

    /// From the cases of `distribution/reference`.
    #[test]
    fn reads_references() {
        let some = |t: &str| Some(t.to_owned());
        let digest = "sha256:ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";
        for (text, registry, name, tag, dig) in [
            ("nginx", "", "nginx", "", ""),
            ("nginx:1.29", "", "nginx", "1.29", ""),
            ("library/nginx:1.29", "", "library/nginx", "1.29", ""),
            ("ghcr.io/owner/app:v1", "ghcr.io", "owner/app", "v1", ""),
            ("localhost/app", "localhost", "app", "", ""),
            ("localhost:5000/app:x", "localhost:5000", "app", "x", ""),
            ("test.com:8080/repo", "test.com:8080", "repo", "", ""),
            ("[2001:db8::1]:5000/repo:tag", "[2001:db8::1]:5000", "repo", "tag", ""),
            ("[2001:db8::1]/repo", "[2001:db8::1]", "repo", "", ""),
            ("a/b/c/d", "", "a/b/c/d", "", ""),
            ("foo__bar/x-y--z.w", "", "foo__bar/x-y--z.w", "", ""),
            (&format!("a@{digest}"), "", "a", "", digest),
            (&format!("registry.k8s.io/pause:3.10@{digest}"), "registry.k8s.io", "pause", "3.10", digest),
        ] {
            let want = (
                Some(registry.to_owned()).filter(|r| !r.is_empty()),
                name.to_owned(),
                Some(tag.to_owned()).filter(|t| !t.is_empty()),
                Some(dig.to_owned()).filter(|d| !d.is_empty()),
            );
            assert_eq!(parts(text), Some(want), "{text}");
            assert_eq!(ImageRef::parse(text).map(|i| i.to_string()), some(text));
        }
    }

    #[test]
    fn refuses_what_no_runtime_takes() {
        for text in [
            "",
            ":",
            "nginx:",
            "nginx:-x",
            "Nginx",
            "aa/asdf$$^/aa",
            "-foo/bar",
            "foo/bar-",
            "a//b",
            "/a",
            "a/",
            "foo___bar",
            "nginx@sha256:abc",
            "nginx@",
            "{{ .Values.image }}",
            "a b",
            "$(IMAGE)",
            "nginx:1.29 ",
            "镜像",
        ] {
            assert_eq!(ImageRef::parse(text), None, "{text}");
        }
    }

    /// From the cases of `TestSetDefaultImagePullPolicy` and of `distribution/reference`.
    #[test]
    fn pull_policies_are_the_servers() {
        let sha = "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff";
        for (image, policy) in [
            ("nginx", "Always"),
            ("nginx:latest", "Always"),
            ("nginx:1", "IfNotPresent"),
            ("localhost:5000/nginx", "Always"),
            (&format!("nginx@sha256:{sha}"), "IfNotPresent"),
            (&format!("nginx:latest@sha256:{sha}"), "Always"),
            ("nginx:latest@sha256:ffff", "IfNotPresent"),
            (&format!("nginx:latest@md5:{sha}"), "IfNotPresent"),
            (sha, "IfNotPresent"),
            (&"a".repeat(247), "Always"),
            (&"a".repeat(248), "IfNotPresent"),
            ("", "IfNotPresent"),
            ("Nginx", "IfNotPresent"),
            (" nginx", "IfNotPresent"),
        ] {
            assert_eq!(pull_policy(image), policy, "{image}");
        }
    }

    #[test]
    fn says_what_the_runtime_takes() {
        let image = |t: &str| ImageRef::parse(t).unwrap();
        assert_eq!(image("nginx").effective_tag(), Some("latest"));
        assert_eq!(image("a/nginx:1").effective_tag(), Some("1"));
        assert_eq!(image("a/nginx:1").short_name(), "nginx");
    }
}
