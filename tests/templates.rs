//! The gallery's templates are free of findings in every supported version.

use manifest_studio::check::refs::{self, Facts};
use manifest_studio::check::{Finding, check};
use manifest_studio::i18n::Locale;
use manifest_studio::k8s::Version;
use manifest_studio::schema::Catalog;
use manifest_studio::studio::templates;
use manifest_studio::yaml::{Document, Stream};

#[test]
fn are_free_of_findings() {
    assert!(templates().len() >= 16);
    for template in templates() {
        let stream = Stream::read(template.text());
        let kinds: Vec<_> = stream
            .documents()
            .iter()
            .filter_map(|d| manifest_studio::check::identity(&d.document).kind.map(str::to_owned))
            .collect();
        for kind in template.kinds {
            assert!(kinds.iter().any(|k| k == kind), "{}: no {kind} among {kinds:?}", template.id);
        }
        let said = |findings: &[Finding]| -> Vec<_> {
            findings.iter().map(|f| format!("{}: {}", f.field, f.message.text(Locale::En))).collect()
        };
        for version in Version::ALL {
            for located in stream.documents() {
                let said = said(&check(Catalog::builtin(), version, &located.document));
                assert!(said.is_empty(), "{} in {version}: {said:?}", template.id);
            }
        }
        // And of what lies between them, with a document beside them that has nothing to do with them too.
        let other = Document::read("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n");
        let facts: Vec<Facts> = stream.documents().iter().map(|d| refs::facts(&d.document)).collect();
        let other = refs::facts(&other);
        let all: Vec<(usize, &Facts)> = facts.iter().chain([&other]).enumerate().collect();
        let found = refs::between(&all).into_iter();
        let said: Vec<_> =
            found.map(|(n, finding)| said(&refs::place(&stream.documents()[n].document, &[finding]))).collect();
        assert!(said.is_empty(), "{}: {said:?}", template.id);
    }
}

#[test]
fn are_commented() {
    for template in templates() {
        assert!(template.text().starts_with("# "), "{} begins with what it is for", template.id);
        assert!(template.text().matches('#').count() >= 2, "{} explains itself", template.id);
        assert!(
            template.text().ends_with('\n') && !template.text().contains('\t') && !template.text().contains(" \n"),
            "{}",
            template.id
        );
    }
}
