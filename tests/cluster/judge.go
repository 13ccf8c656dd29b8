package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"k8s.io/component-base/version"
	"k8s.io/kubernetes/pkg/kubeapiserver/options"
)

// verdict is the one line `judge` prints when it can be asked.
type verdict struct {
	// API answers without a password: kubectl proxy with the admin's rights.
	API        string         `json:"api"`
	Kubeconfig string         `json:"kubeconfig"`
	Version    string         `json:"version"`
	PIDs       map[string]int `json:"pids"`
	Dir        string         `json:"dir"`
}

// judge starts an API server that nothing but the manifest influences: no
// admission plugin, no controller, no node.
func judge(args []string) int {
	if len(args) > 0 {
		say("judge takes no argument, not %q", args[0])
		return 2
	}
	return run(settings{}, func(c *cluster, ctx context.Context) (any, error) {
		if _, err := c.startAPI(ctx, "--disable-admission-plugins="+strings.Join(options.AllOrderedPlugins, ",")); err != nil {
			return nil, err
		}
		address, err := c.startProxy(ctx)
		if err != nil {
			return nil, fmt.Errorf("kubectl proxy: %w", err)
		}
		pids := c.running.pids()
		pids["judge"] = os.Getpid()
		return &verdict{
			API: address, Kubeconfig: c.admin, Version: version.Get().GitVersion, PIDs: pids, Dir: c.dir,
		}, nil
	})
}
