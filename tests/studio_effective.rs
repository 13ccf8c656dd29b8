//! The panel that shows a document as the server would store it.

mod studio_support;

use manifest_studio::form::FormEdit;
use manifest_studio::i18n::Locale;
use manifest_studio::k8s::Version;
use manifest_studio::studio::effective::{Filled, Stored};
use manifest_studio::studio::{Action, Effect, Panel};
use serde_json::json;
use studio_support::{Desk, path};

const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  containers:\n    # the server\n    - name: web\n      image: nginx\n";

fn stored(desk: &Desk) -> &Stored {
    &desk.state.effective.as_ref().expect("known").stored
}

fn filled<'s>(stored: &'s Stored, at: &str) -> &'s Filled {
    let Stored::Object { filled, .. } = stored else { panic!("{stored:?}") };
    filled.iter().find(|f| f.path == path(at)).unwrap_or_else(|| panic!("{at} is not among {filled:?}"))
}

#[test]
fn what_is_left_out_is_shown_explained_and_can_be_taken() {
    let mut desk = Desk::new();
    desk.open("a.yaml", POD);
    assert!(desk.state.effective.is_none(), "nobody has asked");
    desk.act(Action::SetPanel(Panel::Effective));
    let policy = filled(stored(&desk), "spec.containers.0.imagePullPolicy").clone();
    assert_eq!(policy.value, json!("Always"));
    assert!(policy.why.as_ref().is_some_and(|why| why.text(Locale::En).contains("latest")), "{:?}", policy.why);
    let doc = desk.doc(0);
    desk.act(Action::Form(doc, FormEdit::Set { path: policy.path.clone(), value: policy.value }));
    assert_eq!(desk.text(), format!("{POD}      imagePullPolicy: Always\n"));
    let Stored::Object { filled, .. } = stored(&desk) else { panic!() };
    assert!(filled.iter().all(|f| f.path != policy.path), "it is in the text now");
}

#[test]
fn it_follows_the_text_the_version_and_what_is_selected() {
    let mut desk = Desk::new();
    let file = desk.open("a.yaml", &format!("{POD}---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c}}\n"));
    desk.act(Action::SetPanel(Panel::Effective));
    desk.act(Action::SetVersion(Version::V1_33));
    assert_eq!(desk.state.effective.as_ref().map(|e| e.version), Some(Version::V1_33));
    desk.act(Action::Select(desk.doc(1)));
    assert_eq!(*stored(&desk), Stored::Unknown);
    desk.act(Action::Select(desk.doc(0)));
    let at = POD.find("web").expect("the name");
    desk.type_at(file, at, "-");
    assert_eq!(*stored(&desk), Stored::Refused, "-web is no name");
    desk.act(Action::SetPanel(Panel::Problems));
    desk.effects.clear();
    desk.type_at(file, at, "x");
    let asked = desk.effects.iter().any(|e| matches!(e, Effect::Analyze(message) if message.effective.is_some()));
    assert!(!asked, "nobody looks at it");
}
