use super::address::{self, Address};
use crate::k8s::Gvk;

/// The name under which fields are owned in server-side apply.
pub const FIELD_MANAGER: &str = "manifest-studio";

/// The method of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Read.
    Get,
    /// Create, or ask a review.
    Post,
    /// Server-side apply.
    Patch,
    /// Delete.
    Delete,
}

impl Method {
    /// As HTTP writes it.
    pub fn name(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

/// A request as data: nothing is sent here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path, percent-encoded, from the API's root: `/api/v1/…`.
    pub path: String,
    /// The query, not encoded yet.
    pub query: Vec<(&'static str, String)>,
    /// Headers.
    pub headers: Vec<(&'static str, &'static str)>,
    /// The body, if there is one.
    pub body: Option<String>,
}

/// Where the API's root is: empty for the page's own origin, or a prefix such as `/k8s`
/// (`kubectl proxy --api-prefix=/k8s/`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApiBase(String);

impl ApiBase {
    /// The base with that prefix; slashes at its end do not matter.
    pub fn new(prefix: &str) -> ApiBase {
        ApiBase(prefix.trim_end_matches('/').to_owned())
    }

    /// The address to fetch for `request`.
    pub fn url(&self, request: &Request) -> String {
        let mut url = format!("{}{}", self.0, request.path);
        for (i, (name, value)) in request.query.iter().enumerate() {
            url.push(if i == 0 { '?' } else { '&' });
            url.push_str(name);
            url.push('=');
            address::encode(value, &mut url);
        }
        url
    }
}

/// How an apply is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Apply {
    /// Take over fields that another manager owns.
    pub force: bool,
    /// Judge it and keep nothing.
    pub dry_run: bool,
}

impl Request {
    // Browsers' agents get indented JSON, twice the size, unless it is said that nobody wants it.
    fn new(method: Method, path: String) -> Request {
        let query = vec![("pretty", "false".to_owned())];
        Request { method, path, query, headers: vec![("Accept", "application/json")], body: None }
    }

    fn ask(mut self, name: &'static str, value: &str) -> Request {
        self.query.push((name, value.to_owned()));
        self
    }

    fn with_body(mut self, content_type: &'static str, body: &str) -> Request {
        self.headers.push(("Content-Type", content_type));
        self.body = Some(body.to_owned());
        self
    }

    /// Which version the server is; see [`super::ServerVersion::read`].
    pub fn version() -> Request {
        Request::new(Method::Get, "/version".to_owned())
    }

    /// Who the server thinks we are; see [`super::User::read`].
    pub fn who_am_i() -> Request {
        Request::new(Method::Post, "/apis/authentication.k8s.io/v1/selfsubjectreviews".to_owned())
            .with_body("application/json", r#"{"apiVersion":"authentication.k8s.io/v1","kind":"SelfSubjectReview"}"#)
    }

    /// Which kinds a group and version has; see [`super::find_resource`]. For kinds that no schema of
    /// ours knows. `None` when the words cannot stand in an address.
    pub fn resources(gvk: &Gvk) -> Option<Request> {
        let fits = address::is_segment(&gvk.version) && (gvk.group.is_empty() || address::is_segment(&gvk.group));
        fits.then(|| Request::new(Method::Get, address::group_version(gvk)))
    }

    /// The live object.
    pub fn get(address: &Address) -> Request {
        Request::new(Method::Get, address.object())
    }

    /// All objects of the kind of `address` in its namespace, at most 500.
    pub fn list(address: &Address) -> Request {
        Request::new(Method::Get, address.collection()).ask("limit", "500")
    }

    /// The pods of `namespace` that `selector` chooses (see [`super::pod_selector`]), at most 500.
    /// `None` when the namespace cannot stand in an address.
    pub fn pods(namespace: &str, selector: &str) -> Option<Request> {
        address::is_segment(namespace).then(|| {
            let path = address::collection(&Gvk::new("v1", "Pod"), "pods", Some(namespace));
            Request::new(Method::Get, path).ask("limit", "500").ask("labelSelector", selector)
        })
    }

    /// Server-side apply of `body`, the object as JSON or YAML text.
    pub fn apply(address: &Address, body: &str, how: Apply) -> Request {
        let mut request = Request::new(Method::Patch, address.object())
            .ask("fieldManager", FIELD_MANAGER)
            .ask("fieldValidation", "Strict")
            .with_body("application/apply-patch+yaml", body);
        if how.force {
            request = request.ask("force", "true");
        }
        if how.dry_run {
            request = request.ask("dryRun", "All");
        }
        request
    }

    /// A strict creation that keeps nothing: it names all unknown and duplicate fields at once, also
    /// when the object is there already, where server-side apply answers 500 and names one.
    pub fn strict_create(address: &Address, body: &str) -> Request {
        let json = body.trim_start().starts_with('{');
        Request::new(Method::Post, address.collection())
            .ask("fieldManager", FIELD_MANAGER)
            .ask("fieldValidation", "Strict")
            .ask("dryRun", "All")
            .with_body(if json { "application/json" } else { "application/yaml" }, body)
    }

    /// Deletes the object; what belongs to it goes in the background.
    pub fn delete(address: &Address) -> Request {
        Request::new(Method::Delete, address.object()).ask("propagationPolicy", "Background")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn web() -> Address {
        Address::new(Gvk::new("apps/v1", "Deployment"), "deployments", true, "shop", "web").expect("an address")
    }

    #[test]
    fn addresses() {
        let own = ApiBase::default();
        let table = [
            (Request::version(), "GET", "/version?pretty=false"),
            (Request::who_am_i(), "POST", "/apis/authentication.k8s.io/v1/selfsubjectreviews?pretty=false"),
            (Request::get(&web()), "GET", "/apis/apps/v1/namespaces/shop/deployments/web?pretty=false"),
            (Request::list(&web()), "GET", "/apis/apps/v1/namespaces/shop/deployments?pretty=false&limit=500"),
            (
                Request::apply(&web(), "{}", Apply::default()),
                "PATCH",
                "/apis/apps/v1/namespaces/shop/deployments/web?pretty=false&fieldManager=manifest-studio&fieldValidation=Strict",
            ),
            (
                Request::apply(&web(), "{}", Apply { force: true, dry_run: true }),
                "PATCH",
                "/apis/apps/v1/namespaces/shop/deployments/web?pretty=false&fieldManager=manifest-studio&fieldValidation=Strict&force=true&dryRun=All",
            ),
            (
                Request::strict_create(&web(), "{}"),
                "POST",
                "/apis/apps/v1/namespaces/shop/deployments?pretty=false&fieldManager=manifest-studio&fieldValidation=Strict&dryRun=All",
            ),
            (
                Request::delete(&web()),
                "DELETE",
                "/apis/apps/v1/namespaces/shop/deployments/web?pretty=false&propagationPolicy=Background",
            ),
        ];
        for (request, method, url) in table {
            assert_eq!((request.method.name(), own.url(&request).as_str()), (method, url));
        }
        let pods = Request::pods("shop", "app=web,tier in (a,b)").map(|r| ApiBase::new("/k8s/").url(&r));
        assert_eq!(
            pods.as_deref(),
            Some(
                "/k8s/api/v1/namespaces/shop/pods?pretty=false&limit=500&labelSelector=app%3Dweb%2Ctier%20in%20%28a%2Cb%29"
            )
        );
        assert_eq!(Request::pods("..", "a=b"), None);
        assert_eq!(
            Request::resources(&Gvk::new("example.com/v1", "X")).map(|r| r.path).as_deref(),
            Some("/apis/example.com/v1")
        );
        assert_eq!(Request::resources(&Gvk::new("../v1", "X")), None);
    }

    #[test]
    fn says_what_the_body_is() {
        let kind = |r: Request| r.headers.iter().find(|(n, _)| *n == "Content-Type").map(|(_, v)| *v);
        assert_eq!(kind(Request::apply(&web(), "{}", Apply::default())), Some("application/apply-patch+yaml"));
        assert_eq!(kind(Request::strict_create(&web(), " {}")), Some("application/json"));
        assert_eq!(kind(Request::strict_create(&web(), "kind: Pod")), Some("application/yaml"));
        assert_eq!(kind(Request::delete(&web())), None);
    }
}
