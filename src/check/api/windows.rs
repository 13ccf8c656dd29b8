use k8s_openapi::api::core::v1::{PodSpec, WindowsSecurityContextOptions};

use super::{ErrorList, Options, Path};

/// `validateWindowsSecurityContextOptions`.
pub fn validate_windows_security_context_options(
    _options: &WindowsSecurityContextOptions,
    _path: &Path<'_>,
    _errs: &mut ErrorList,
) {
}

/// `validateWindows`.
pub fn validate_windows(_spec: &PodSpec, _path: &Path<'_>, _opts: Options<'_>, _errs: &mut ErrorList) {}

/// `validateLinux`.
pub fn validate_linux(_spec: &PodSpec, _path: &Path<'_>, _errs: &mut ErrorList) {}

/// `validateWindowsHostProcessPod`.
pub fn validate_windows_host_process_pod(_spec: &PodSpec, _path: &Path<'_>, _errs: &mut ErrorList) {}
