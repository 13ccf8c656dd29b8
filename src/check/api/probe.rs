use k8s_openapi::api::core::v1::{
    Container, ExecAction, GRPCAction, HTTPGetAction, Lifecycle, LifecycleHandler, Probe, SleepAction, TCPSocketAction,
};
use k8s_openapi::apimachinery::pkg::util::intstr::IntOrString;

use super::port::validate_port_num_or_name;
use super::{BadValue, ErrorList, Mend, Options, Path, content};
use crate::i18n::{Message, id};

/// `validateLivenessProbe, validateReadinessProbe, validateStartupProbe`.
pub fn validate_probes(container: &Container, path: &Path<'_>, opts: Options<'_>, errs: &mut ErrorList) {
    if let Some(probe) = &container.liveness_probe {
        let path = path.child("livenessProbe");
        validate_probe(probe, &path, opts, errs);
        success_threshold_is_one(probe, &path, errs);
    }
    if let Some(probe) = &container.readiness_probe {
        let path = path.child("readinessProbe");
        validate_probe(probe, &path, opts, errs);
        if let Some(seconds) = probe.termination_grace_period_seconds {
            let path = path.child("terminationGracePeriodSeconds");
            errs.invalid(&path, seconds, "must not be set for readinessProbes", id::CHECK_API_PROBE_READINESS_GRACE)
                .mend(Mend::delete(path.steps()));
        }
    }
    if let Some(probe) = &container.startup_probe {
        let path = path.child("startupProbe");
        validate_probe(probe, &path, opts, errs);
        success_threshold_is_one(probe, &path, errs);
    }
}

fn success_threshold_is_one(probe: &Probe, path: &Path<'_>, errs: &mut ErrorList) {
    let threshold = probe.success_threshold.unwrap_or_default();
    if threshold != 1 {
        let path = path.child("successThreshold");
        errs.invalid(&path, threshold, "must be 1", id::CHECK_API_PROBE_SUCCESS_IS_ONE)
            .mend(Mend::set(path.steps(), 1));
    }
}

/// `validateProbe`.
fn validate_probe(probe: &Probe, path: &Path<'_>, _opts: Options<'_>, errs: &mut ErrorList) {
    let handler = Handler {
        exec: probe.exec.as_ref(),
        http_get: probe.http_get.as_ref(),
        tcp_socket: probe.tcp_socket.as_ref(),
        grpc: probe.grpc.as_ref(),
        sleep: None,
    };
    validate_handler(&handler, None, path, errs);
    for (name, value) in [
        ("initialDelaySeconds", probe.initial_delay_seconds),
        ("timeoutSeconds", probe.timeout_seconds),
        ("periodSeconds", probe.period_seconds),
        ("successThreshold", probe.success_threshold),
        ("failureThreshold", probe.failure_threshold),
    ] {
        if let Some(value) = value.filter(|&value| value < 0) {
            let path = path.child(name);
            let message = Message::new(id::CHECK_API_PROBE_NEGATIVE).with("key", path.called());
            errs.invalid(&path, value, "must be greater than or equal to 0", message);
        }
    }
    if let Some(seconds) = probe.termination_grace_period_seconds.filter(|&seconds| seconds <= 0) {
        let path = path.child("terminationGracePeriodSeconds");
        let message = Message::new(id::CHECK_API_PROBE_NOT_POSITIVE).with("key", path.called());
        errs.invalid(&path, seconds, "must be greater than 0", message);
    }
}

/// `commonHandler`.
struct Handler<'a> {
    exec: Option<&'a ExecAction>,
    http_get: Option<&'a HTTPGetAction>,
    tcp_socket: Option<&'a TCPSocketAction>,
    grpc: Option<&'a GRPCAction>,
    sleep: Option<&'a SleepAction>,
}

impl<'a> From<&'a LifecycleHandler> for Handler<'a> {
    fn from(handler: &'a LifecycleHandler) -> Handler<'a> {
        Handler {
            exec: handler.exec.as_ref(),
            http_get: handler.http_get.as_ref(),
            tcp_socket: handler.tcp_socket.as_ref(),
            grpc: None,
            sleep: handler.sleep.as_ref(),
        }
    }
}

/// `validateHandler`: the first handler is looked at, those after it are one too many.
fn validate_handler(handler: &Handler<'_>, grace_period: Option<i64>, path: &Path<'_>, errs: &mut ErrorList) {
    let mut handlers = 0;
    let mut first = |name: &str, errs: &mut ErrorList| {
        handlers += 1;
        if handlers > 1 {
            let path = path.child(name);
            let message = Message::new(id::CHECK_API_PROBE_ONE_HANDLER).with("key", name);
            errs.forbidden(&path, "may not specify more than 1 handler type", message).mend(Mend::delete(path.steps()));
        }
        handlers == 1
    };
    if let Some(exec) = handler.exec
        && first("exec", errs)
        && exec.command.as_ref().is_none_or(Vec::is_empty)
    {
        errs.missing(&path.child("exec").child("command"), "");
    }
    if let Some(http) = handler.http_get
        && first("httpGet", errs)
    {
        validate_http_get_action(http, &path.child("httpGet"), errs);
    }
    if let Some(tcp) = handler.tcp_socket
        && first("tcpSocket", errs)
    {
        validate_port_num_or_name(&tcp.port, &path.child("tcpSocket").child("port"), errs);
    }
    if let Some(grpc) = handler.grpc
        && first("grpc", errs)
    {
        validate_port_num_or_name(&IntOrString::Int(grpc.port), &path.child("grpc").child("port"), errs);
    }
    if let Some(sleep) = handler.sleep
        && first("sleep", errs)
    {
        validate_sleep_action(sleep, grace_period, &path.child("sleep"), errs);
    }
    if handlers == 0 {
        let message = Message::new(id::CHECK_API_PROBE_NO_HANDLER).with("key", path.called());
        errs.required(path, "must specify a handler type", message);
    }
}

/// `validateHTTPGetAction`, without `protocol`, whose gate is off everywhere.
fn validate_http_get_action(http: &HTTPGetAction, path: &Path<'_>, errs: &mut ErrorList) {
    if http.path.as_deref().unwrap_or_default().is_empty() {
        errs.missing(&path.child("path"), "");
    }
    validate_port_num_or_name(&http.port, &path.child("port"), errs);
    let scheme = http.scheme.as_deref().unwrap_or_default();
    if !matches!(scheme, "HTTP" | "HTTPS") {
        errs.not_supported(&path.child("scheme"), BadValue::Named(scheme.into()), &["HTTP", "HTTPS"]);
    }
    let path = path.child("httpHeaders");
    for (i, header) in http.http_headers.iter().flatten().enumerate() {
        for fault in content::is_http_header_name(&header.name) {
            let message = fault.message.with("value", BadValue::from(&header.name).plain());
            errs.invalid(&path, &header.name, &fault.detail, message).at(&path.index(i).child("name"));
        }
    }
}

/// `validateSleepAction`.
fn validate_sleep_action(sleep: &SleepAction, grace_period: Option<i64>, path: &Path<'_>, errs: &mut ErrorList) {
    let Some(most) = grace_period else { return };
    if sleep.seconds < 0 || sleep.seconds > most {
        let detail = format!("must be non-negative and less than terminationGracePeriodSeconds ({most})");
        let message = Message::new(id::CHECK_API_PROBE_SLEEP).with("most", most.to_string());
        errs.invalid(path, sleep.seconds, &detail, message).at(&path.child("seconds"));
    }
}

/// `validateLifecycle`, without `stopSignal`, whose gate is off everywhere.
pub fn validate_lifecycle(
    lifecycle: &Lifecycle,
    grace_period: Option<i64>,
    path: &Path<'_>,
    _opts: Options<'_>,
    errs: &mut ErrorList,
) {
    if let Some(handler) = &lifecycle.post_start {
        validate_handler(&handler.into(), grace_period, &path.child("postStart"), errs);
    }
    if let Some(handler) = &lifecycle.pre_stop {
        validate_handler(&handler.into(), grace_period, &path.child("preStop"), errs);
    }
}
