package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/tools/clientcmd"
)

// settings are what a person can choose about a cluster.
type settings struct {
	dist  string // folder of the built studio; "" serves the API alone
	nodes int
}

// cluster is everything one `up` or `judge` has started.
type cluster struct {
	settings
	files
	running children
	// program is this binary.
	program string
}

// run starts what `start` starts, prints its report as a line of JSON, and
// keeps it until we are told to end. It returns the exit status.
func run(chosen settings, start func(*cluster, context.Context) (any, error)) int {
	// The children die with the thread that started them (ownProcess): this
	// one, which lives as long as the process.
	runtime.LockOSThread()
	// A reader of our output that goes away must not take us away before the
	// components have been ended: writing then fails, no more.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)

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
	ready, err := start(c, ctx)
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
	say("ready after %.1f s; it ends with Ctrl-C, or when standard input closes", time.Since(begun).Seconds())

	if err := c.keep(ctx); err != nil {
		say("%v", err)
		return 1
	}
	return 0
}

// newCluster makes the cluster's folder. Nothing runs yet.
func newCluster(chosen settings) (*cluster, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
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

// startAPI brings up etcd and kube-apiserver, the latter with `flags` too.
func (c *cluster) startAPI(ctx context.Context, flags ...string) (*kubernetes.Clientset, error) {
	ports, err := freePorts(1)
	if err != nil {
		return nil, err
	}
	if err := c.prepare("https://" + loopback(ports[0])); err != nil {
		return nil, fmt.Errorf("the cluster's files could not be written: %w", err)
	}

	etcd, err := c.running.start("etcd", c.program, etcdArgs(c.files)...)
	if err != nil {
		return nil, err
	}
	if err := c.wait(ctx, etcd, "to listen", listening(c.etcdSocket)); err != nil {
		return nil, err
	}

	apiserver, err := c.running.start("kube-apiserver", c.program, append(apiserverArgs(c.files, ports[0]), flags...)...)
	if err != nil {
		return nil, err
	}
	client, err := c.client()
	if err != nil {
		return nil, err
	}
	return client, c.wait(ctx, apiserver, "to be ready", readyz(client))
}

// startProxy serves the API, and the studio where there is one, without a
// password on a loopback port. It returns the address.
func (c *cluster) startProxy(ctx context.Context) (string, error) {
	proxy, err := c.running.start("kubectl-proxy", c.program, proxyArgs(c.files, c.dist)...)
	if err != nil {
		return "", err
	}
	var address string
	err = c.wait(ctx, proxy, "to serve", proxyAddress(proxy, &address))
	return address, err
}

// prepare writes certificates and kubeconfigs.
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
