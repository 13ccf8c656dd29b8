use yew::prelude::*;

/// The letters that stand for a kind, as Kubernetes consoles write them, and the colour's class.
pub fn abbreviation(kind: &str) -> (String, &'static str) {
    let known = match kind {
        "Pod" => ("P", "studio-badge--pod"),
        "Deployment" => ("D", "studio-badge--deployment"),
        "Service" => ("S", "studio-badge--service"),
        "Job" => ("J", "studio-badge--job"),
        "CronJob" => ("CJ", "studio-badge--job"),
        "ConfigMap" => ("CM", "studio-badge--config"),
        "Secret" => ("SEC", "studio-badge--secret"),
        "StatefulSet" => ("SS", "studio-badge--deployment"),
        "DaemonSet" => ("DS", "studio-badge--deployment"),
        "ReplicaSet" => ("RS", "studio-badge--deployment"),
        "Namespace" => ("NS", "studio-badge--cluster"),
        "Ingress" => ("I", "studio-badge--service"),
        "PersistentVolumeClaim" => ("PVC", "studio-badge--config"),
        "PersistentVolume" => ("PV", "studio-badge--config"),
        "ServiceAccount" => ("SA", "studio-badge--cluster"),
        "HorizontalPodAutoscaler" => ("HPA", "studio-badge--job"),
        _ => ("", "studio-badge--other"),
    };
    if !known.0.is_empty() {
        return (known.0.to_owned(), known.1);
    }
    let letters: String = kind.chars().filter(char::is_ascii_uppercase).take(3).collect();
    let letters = if letters.is_empty() { kind.chars().take(2).collect() } else { letters };
    (letters, known.1)
}

#[derive(Properties, PartialEq)]
pub struct KindBadgeProps {
    /// The kind; empty where none is written.
    pub kind: AttrValue,
}

/// A kind in one to three letters. Its full name is the title and what is read aloud.
#[component]
pub fn KindBadge(props: &KindBadgeProps) -> Html {
    let (mut letters, colour) = abbreviation(&props.kind);
    if letters.is_empty() {
        letters.push('?');
    }
    html! {
        <span class={classes!("studio-badge", colour)} title={props.kind.clone()}>
            <span aria-hidden="true">{ letters }</span>
            <span class="studio-unseen">{ props.kind.clone() }</span>
        </span>
    }
}
