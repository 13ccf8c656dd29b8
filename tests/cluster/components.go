package main

import (
	"path/filepath"
	"strconv"
)

const (
	// serviceIPs must not overlap podIPs; firstServiceIP is the Service `kubernetes`.
	serviceIPs     = "10.96.0.0/16"
	firstServiceIP = "10.96.0.1"
	podIPs         = "10.244.0.0/16"

	// rejectedPaths closes what would give a page on the proxy's origin, or one
	// served by a workload through it, more than the studio needs.
	rejectedPaths = `^/api/.*/pods/.*/(exec|attach|portforward),^/api/.*/(pods|services|nodes)/[^/]+/proxy`
	// studioPrefix is where the proxy serves the studio.
	studioPrefix = "/studio/"
)

// files are the paths of everything one cluster keeps in its folder.
type files struct {
	dir                    string
	logs, home             string
	etcdData, etcdSocket   string
	ca, tlsCert, tlsKey    string
	serviceAccountKey      string
	admin, editor, viewer  string
	kwokConfig, kubectlBin string
}

func filesIn(dir string) files {
	in := func(name string) string { return filepath.Join(dir, name) }
	return files{
		dir: dir, logs: in("logs"), home: in("home"),
		etcdData: in("etcd"), etcdSocket: in("etcd.sock"),
		ca: in("ca.crt"), tlsCert: in("tls.crt"), tlsKey: in("tls.key"),
		serviceAccountKey: in("sa.key"),
		admin:             in("admin.kubeconfig"), editor: in("editor.kubeconfig"), viewer: in("viewer.kubeconfig"),
		kwokConfig: in("kwok.yaml"), kubectlBin: in("kubectl"),
	}
}

func etcdArgs(f files) []string {
	return []string{"etcd", "--data-dir=" + f.etcdData, "--socket=" + f.etcdSocket}
}

// apiserverArgs leaves every admission plugin and feature at its default: the
// tests want the server people have.
func apiserverArgs(f files, port int) []string {
	return []string{
		"kube-apiserver",
		"--etcd-servers=unix://" + f.etcdSocket,
		"--bind-address=127.0.0.1",
		// Must be given where the machine has no default route.
		"--advertise-address=127.0.0.1",
		// A loopback address is no valid endpoint of the Service `kubernetes`.
		"--endpoint-reconciler-type=none",
		"--secure-port=" + strconv.Itoa(port),
		"--tls-cert-file=" + f.tlsCert,
		"--tls-private-key-file=" + f.tlsKey,
		"--client-ca-file=" + f.ca,
		"--authorization-mode=Node,RBAC",
		"--allow-privileged=true",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + f.serviceAccountKey,
		"--service-account-signing-key-file=" + f.serviceAccountKey,
		"--service-cluster-ip-range=" + serviceIPs,
		"--enable-priority-and-fairness=false",
		"--profiling=false",
		"--kubelet-preferred-address-types=InternalIP,Hostname",
	}
}

// controllerManagerArgs and schedulerArgs: port 0 serves nothing, so that
// there are fewer ports to find and to leave open.
func controllerManagerArgs(f files) []string {
	return []string{
		"kube-controller-manager",
		"--kubeconfig=" + f.admin,
		"--leader-elect=false",
		"--secure-port=0",
		"--root-ca-file=" + f.ca,
		"--service-account-private-key-file=" + f.serviceAccountKey,
	}
}

func schedulerArgs(f files) []string {
	return []string{
		"kube-scheduler",
		"--kubeconfig=" + f.admin,
		"--leader-elect=false",
		"--secure-port=0",
	}
}

func kwokArgs(f files, port int) []string {
	return []string{
		"--kubeconfig=" + f.admin,
		"--config=" + f.kwokConfig,
		"--manage-all-nodes=true",
		"--node-ip=127.0.0.1",
		"--node-port=" + strconv.Itoa(port),
		"--server-address=" + loopback(port),
		"--tls-cert-file=" + f.tlsCert,
		"--tls-private-key-file=" + f.tlsKey,
		"--node-lease-duration-seconds=40",
		"--cidr=" + podIPs,
	}
}

// proxyArgs serves the API as the admin and, if there is one, the studio.
func proxyArgs(f files, dist string) []string {
	args := []string{"kubectl", "proxy", "--kubeconfig=" + f.admin, "--port=0", "--reject-paths=" + rejectedPaths}
	if dist != "" {
		args = append(args, "--www="+dist, "--www-prefix="+studioPrefix)
	}
	return args
}
