// Command cluster is a whole Kubernetes control plane in one binary, for
// tests and for trying the studio without a cluster of one's own.
//
//	cluster up [--dist DIR] [--nodes 2]   start everything, see up.go
//	cluster judge                         only etcd and kube-apiserver, see judge.go
//	cluster kubectl …                     the same kubectl, for looking in
//	cluster etcd | kube-apiserver | kube-controller-manager | kube-scheduler …
//
// `up` and `judge` run the last four as processes of their own by starting this binary
// again: each of them keeps global state (feature gates, signal handlers,
// metrics) and cannot live beside another one in a process. kwok, which plays
// the nodes, is a second binary beside this one, because it is built against
// another version of the Kubernetes libraries. Built with the tag `judge` it has
// `judge` and its components alone, and fits older versions of Kubernetes too.
//
// Nothing here is reachable from outside the machine and nothing survives the
// process: every start has fresh certificates and an empty etcd.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	_ "time/tzdata" // CronJob.spec.timeZone, also where the machine has no zone files

	_ "k8s.io/client-go/plugin/pkg/client/auth"
	"k8s.io/component-base/cli"
	_ "k8s.io/component-base/logs/json/register"
	_ "k8s.io/component-base/metrics/prometheus/clientgo"
	_ "k8s.io/component-base/metrics/prometheus/version"
	kubectl "k8s.io/kubectl/pkg/cmd"
	"k8s.io/kubectl/pkg/cmd/util"
	apiserver "k8s.io/kubernetes/cmd/kube-apiserver/app"
)

const usage = `usage:
  cluster up [--dist DIR] [--nodes N]
      Start etcd, kube-apiserver, kube-controller-manager, kube-scheduler, N nodes
      and kubectl proxy, print one line of JSON, and end everything when standard
      input closes or on SIGTERM, SIGINT or SIGHUP.
  cluster judge
      Start etcd and kube-apiserver without admission plugins and kubectl proxy, print
      one line of JSON, and end as it does for up.
  cluster kubectl ARGUMENTS
      kubectl of the same version.
  cluster etcd | kube-apiserver | kube-controller-manager | kube-scheduler FLAGS
      One component by itself.
`

func main() {
	name, args := filepath.Base(os.Args[0]), os.Args[1:]
	// `up` leaves a link named kubectl in its folder.
	if name != "kubectl" {
		if len(args) == 0 {
			fmt.Fprint(os.Stderr, usage)
			os.Exit(2)
		}
		name, args = args[0], args[1:]
	}
	// The components' own command lines read os.Args.
	os.Args = append([]string{name}, args...)

	switch name {
	case "judge":
		os.Exit(judge(args))
	case "etcd":
		os.Exit(runEtcd(args))
	case "kube-apiserver":
		os.Exit(cli.Run(apiserver.NewAPIServerCommand()))
	case "kubectl":
		runKubectl()
	case "help", "-h", "--help":
		fmt.Print(usage)
	default:
		if status, known := whole(name, args); known {
			os.Exit(status)
		}
		fmt.Fprintf(os.Stderr, "cluster: unknown command %q\n%s", name, usage)
		os.Exit(2)
	}
}

// runKubectl is what cmd/kubectl does.
func runKubectl() {
	if err := cli.RunNoErrOutput(kubectl.NewDefaultKubectlCommand()); err != nil {
		util.CheckErr(err)
	}
}
