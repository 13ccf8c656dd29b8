package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/component-base/version"
)

// settings are what a person can choose about a cluster.
type settings struct {
	dist  string // folder of the built studio; "" serves the API alone
	nodes int
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

// cluster is everything one `up` has started.
type cluster struct {
	settings
	files
	running children
	// program and kwok are the two binaries.
	program, kwok string
}

// up starts a cluster, reports it and keeps it until it is told to end.
// It returns the exit status.
func up(args []string) int {
	// The children die with the thread that started them (ownProcess): this
	// one, which lives as long as the process.
	runtime.LockOSThread()
	// A reader of our output that goes away must not take us away before the
	// components have been ended: writing then fails, no more.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)

	chosen, err := parse(args)
	if errors.Is(err, flag.ErrHelp) {
		fmt.Print(usage)
		return 0
	} else if err != nil {
		say("%v", err)
		return 2
	}

	told, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT, syscall.SIGHUP)
	defer stop()
	ctx, cancel := context.WithCancel(told)
	defer cancel()
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		cancel()
	}()

	c, err := newCluster(chosen)
	if err != nil {
		say("%v", err)
		return 1
	}
	defer c.end()

	begun := time.Now()
	ready, err := c.start(ctx)
	if err != nil && ctx.Err() != nil {
		say("told to end before everything was ready")
		return 1
	} else if err != nil {
		say("%v", err)
		return 1
	}
	line, err := json.Marshal(ready)
	if err != nil {
		say("%v", err)
		return 1
	}
	fmt.Println(string(line))
	say("Kubernetes %s is ready after %.1f s: %s", ready.Version, time.Since(begun).Seconds(), ready.URL)
	say("it ends with Ctrl-C, or when standard input closes")

	if err := c.keep(ctx); err != nil {
		say("%v", err)
		return 1
	}
	return 0
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

// newCluster makes the cluster's folder. Nothing runs yet.
func newCluster(chosen settings) (*cluster, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	kwok := filepath.Join(filepath.Dir(program), "kwok")
	if _, err := os.Stat(kwok); err != nil {
		return nil, fmt.Errorf("kwok is missing beside %s: tools/cluster.sh builds both", program)
	}
	// Short, because a socket's path has room for about a hundred bytes.
	dir, err := os.MkdirTemp("", "studio-cluster-")
	if err != nil {
		return nil, err
	}
	f := filesIn(dir)
	for _, folder := range []string{f.logs, f.home, f.etcdData} {
		if err := os.Mkdir(folder, 0o700); err != nil {
			_ = os.RemoveAll(dir)
			return nil, err
		}
	}
	return &cluster{
		settings: chosen,
		files:    f,
		running:  children{logs: f.logs, env: environment(f.home)},
		program:  program,
		kwok:     kwok,
	}, nil
}

// environment keeps a person's own Kubernetes settings out of the components:
// kubectl reads $HOME/.kube and KUBE…, kwok $HOME/.kwok.
func environment(home string) []string {
	env := []string{"HOME=" + home}
	for _, entry := range os.Environ() {
		if !strings.HasPrefix(entry, "HOME=") && !strings.HasPrefix(entry, "KUBE") {
			env = append(env, entry)
		}
	}
	return env
}

// start brings everything up in the order it needs each other.
func (c *cluster) start(ctx context.Context) (*report, error) {
	ports, err := freePorts(2)
	if err != nil {
		return nil, err
	}
	apiserverPort, kwokPort := ports[0], ports[1]
	if err := c.prepare("https://" + loopback(apiserverPort)); err != nil {
		return nil, fmt.Errorf("the cluster's files could not be written: %w", err)
	}

	etcd, err := c.running.start("etcd", c.program, etcdArgs(c.files)...)
	if err != nil {
		return nil, err
	}
	if err := c.wait(ctx, etcd, "to listen", listening(c.etcdSocket)); err != nil {
		return nil, err
	}

	apiserver, err := c.running.start("kube-apiserver", c.program, apiserverArgs(c.files, apiserverPort)...)
	if err != nil {
		return nil, err
	}
	client, err := c.client()
	if err != nil {
		return nil, err
	}
	if err := c.wait(ctx, apiserver, "to be ready", readyz(client)); err != nil {
		return nil, err
	}

	controllers, err := c.running.start("kube-controller-manager", c.program, controllerManagerArgs(c.files)...)
	if err != nil {
		return nil, err
	}
	if _, err := c.running.start("kube-scheduler", c.program, schedulerArgs(c.files)...); err != nil {
		return nil, err
	}
	kwok, err := c.running.start("kwok", c.kwok, kwokArgs(c.files, kwokPort)...)
	if err != nil {
		return nil, err
	}
	proxy, err := c.running.start("kubectl-proxy", c.program, proxyArgs(c.files, c.dist)...)
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
	if err := c.wait(ctx, controllers, "to make the default ServiceAccount", defaultServiceAccount(client)); err != nil {
		return nil, err
	}
	if err := c.wait(ctx, kwok, "to make the nodes Ready", nodesReady(client, c.nodes)); err != nil {
		return nil, err
	}
	var address string
	if err := c.wait(ctx, proxy, "to serve", proxyAddress(proxy, &address)); err != nil {
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

// prepare writes certificates, kubeconfigs and kwok's configuration.
func (c *cluster) prepare(server string) error {
	authority, err := newAuthority()
	if err != nil {
		return err
	}
	serving, err := authority.server()
	if err != nil {
		return err
	}
	tokens, err := newKey()
	if err != nil {
		return err
	}
	for path, content := range map[string][]byte{
		c.ca:                authority.pem,
		c.tlsCert:           serving.cert,
		c.tlsKey:            serving.key,
		c.serviceAccountKey: tokens,
		c.kwokConfig:        kwokConfig(),
	} {
		if err := writeFile(path, content); err != nil {
			return err
		}
	}
	for _, user := range []struct {
		path, name string
		groups     []string
	}{
		{c.admin, "admin", []string{"system:masters"}},
		{c.editor, editorName, nil},
		{c.viewer, "viewer", nil},
	} {
		credentials, err := authority.client(user.name, user.groups...)
		if err != nil {
			return err
		}
		if err := writeKubeconfig(user.path, server, user.name, authority.pem, credentials); err != nil {
			return err
		}
	}
	return os.Symlink(c.program, c.kubectlBin)
}

func (c *cluster) client() (*kubernetes.Clientset, error) {
	config, err := clientcmd.BuildConfigFromFlags("", c.admin)
	if err != nil {
		return nil, err
	}
	config.QPS = -1 // no throttling of our own
	return kubernetes.NewForConfig(config)
}

// keep waits until we are told to end, or a component ends by itself.
func (c *cluster) keep(ctx context.Context) error {
	return poll(ctx, func() (bool, error) {
		if ended := c.running.ended(); ended != nil {
			return true, ended.exit()
		}
		return false, nil
	})
}

// end leaves nothing behind.
func (c *cluster) end() {
	c.running.end()
	if err := os.RemoveAll(c.dir); err != nil {
		say("%v", err)
	}
}

// say tells the person in front of the terminal; standard output is for the report.
func say(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "cluster: "+format+"\n", args...)
}
