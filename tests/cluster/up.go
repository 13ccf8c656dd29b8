//go:build !judge

package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	corev1 "k8s.io/api/core/v1"
	rbacv1 "k8s.io/api/rbac/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
	"k8s.io/component-base/cli"
	"k8s.io/component-base/version"
	controllers "k8s.io/kubernetes/cmd/kube-controller-manager/app"
	scheduler "k8s.io/kubernetes/cmd/kube-scheduler/app"
)

// whole is what only the whole cluster needs.
func whole(name string, args []string) (status int, known bool) {
	switch name {
	case "up":
		return up(args), true
	case "kube-controller-manager":
		return cli.Run(controllers.NewControllerManagerCommand()), true
	case "kube-scheduler":
		return cli.Run(scheduler.NewSchedulerCommand()), true
	}
	return 0, false
}

// report is the one line `up` prints when everything is ready.
type report struct {
	// URL is the studio's, or the API's where there is no --dist.
	URL string `json:"url"`
	// API is the proxy's address without a path: the admin's rights.
	API string `json:"api"`
	// Kubeconfig is the admin's; the editor has ClusterRole `edit` in every
	// namespace, the viewer has no rights at all.
	Kubeconfig       string         `json:"kubeconfig"`
	EditorKubeconfig string         `json:"editorKubeconfig"`
	ViewerKubeconfig string         `json:"viewerKubeconfig"`
	Kubectl          string         `json:"kubectl"`
	Version          string         `json:"version"`
	Nodes            []string       `json:"nodes"`
	PIDs             map[string]int `json:"pids"`
	Dir              string         `json:"dir"`
}

// up starts a cluster, reports it and keeps it until it is told to end.
// It returns the exit status.
func up(args []string) int {
	chosen, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Print(usage)
		return 0
	} else if err != nil {
		say("%v", err)
		return 2
	}
	return run(chosen, func(c *cluster, ctx context.Context) (any, error) {
		ready, err := c.start(ctx)
		if err != nil {
			return nil, err
		}
		say("Kubernetes %s serves %s", ready.Version, ready.URL)
		return ready, nil
	})
}

func parse(args []string) (settings, error) {
	chosen := settings{}
	flags := flag.NewFlagSet("up", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	flags.StringVar(&chosen.dist, "dist", "", "folder of the built studio, served under "+studioPrefix)
	flags.IntVar(&chosen.nodes, "nodes", 2, "how many nodes")
	if err := flags.Parse(args); err != nil {
		return chosen, err
	}
	if flags.NArg() > 0 {
		return chosen, fmt.Errorf("unknown argument %q", flags.Arg(0))
	}
	if chosen.nodes < 0 || chosen.nodes > 100 {
		return chosen, fmt.Errorf("--nodes must be from 0 to 100, not %d", chosen.nodes)
	}
	if chosen.dist != "" {
		// kubectl proxy only warns about a missing folder and serves nothing.
		info, err := os.Stat(chosen.dist)
		if err != nil || !info.IsDir() {
			return chosen, fmt.Errorf("--dist %s is not a folder: build the studio first", chosen.dist)
		}
		if chosen.dist, err = filepath.Abs(chosen.dist); err != nil {
			return chosen, err
		}
	}
	return chosen, nil
}

// start brings everything up in the order it needs each other.
func (c *cluster) start(ctx context.Context) (*report, error) {
	kwokBinary := filepath.Join(filepath.Dir(c.program), "kwok")
	if _, err := os.Stat(kwokBinary); err != nil {
		return nil, fmt.Errorf("kwok is missing beside %s: tools/cluster.sh builds both", c.program)
	}
	client, err := c.startAPI(ctx)
	if err != nil {
		return nil, err
	}
	if err := writeFile(c.kwokConfig, kwokConfig()); err != nil {
		return nil, err
	}
	kwokPorts, err := freePorts(1)
	if err != nil {
		return nil, err
	}

	manager, err := c.running.start("kube-controller-manager", c.program, controllerManagerArgs(c.files)...)
	if err != nil {
		return nil, err
	}
	if _, err := c.running.start("kube-scheduler", c.program, schedulerArgs(c.files)...); err != nil {
		return nil, err
	}
	kwok, err := c.running.start("kwok", kwokBinary, kwokArgs(c.files, kwokPorts[0])...)
	if err != nil {
		return nil, err
	}

	if err := bindEditor(ctx, client); err != nil {
		return nil, fmt.Errorf("the editor could not be given its rights: %w", err)
	}
	names := nodeNames(c.nodes)
	for _, name := range names {
		if err := createNode(ctx, client, name); err != nil {
			return nil, fmt.Errorf("%s could not be created: %w", name, err)
		}
	}
	if err := c.wait(ctx, manager, "to make the default ServiceAccount", defaultServiceAccount(client)); err != nil {
		return nil, err
	}
	if err := c.wait(ctx, kwok, "to make the nodes Ready", nodesReady(client, c.nodes)); err != nil {
		return nil, err
	}
	address, err := c.startProxy(ctx)
	if err != nil {
		return nil, err
	}

	ready := &report{
		URL: address + "/", API: address,
		Kubeconfig: c.admin, EditorKubeconfig: c.editor, ViewerKubeconfig: c.viewer,
		Kubectl: c.kubectlBin, Version: version.Get().GitVersion,
		Nodes: names, PIDs: c.running.pids(), Dir: c.dir,
	}
	ready.PIDs["up"] = os.Getpid()
	if c.dist != "" {
		ready.URL = address + studioPrefix
	}
	return ready, nil
}

// defaultServiceAccount: pods are refused before it exists.
func defaultServiceAccount(client kubernetes.Interface) probe {
	return func(ctx context.Context) error {
		_, err := client.CoreV1().ServiceAccounts(corev1.NamespaceDefault).Get(ctx, "default", metav1.GetOptions{})
		return err
	}
}

// bindEditor gives the editor ClusterRole `edit` in every namespace.
func bindEditor(ctx context.Context, client kubernetes.Interface) error {
	_, err := client.RbacV1().ClusterRoleBindings().Create(ctx, &rbacv1.ClusterRoleBinding{
		ObjectMeta: metav1.ObjectMeta{Name: editorName},
		RoleRef:    rbacv1.RoleRef{APIGroup: rbacv1.GroupName, Kind: "ClusterRole", Name: "edit"},
		Subjects:   []rbacv1.Subject{{APIGroup: rbacv1.GroupName, Kind: rbacv1.UserKind, Name: editorName}},
	}, metav1.CreateOptions{})
	return err
}
