package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"regexp"
	"time"

	"k8s.io/client-go/kubernetes"
)

const (
	// patience is how long one component may take, on a machine that is busy
	// with something else. Usually all of them together take a few seconds.
	patience = 3 * time.Minute
	pause    = 100 * time.Millisecond

	editorName = "editor"
)

// probe asks whether something is ready. An error is the reason why not yet.
type probe func(ctx context.Context) error

// wait asks until the probe is content. It gives up when any component has
// ended, when we are told to end, or when patience is over.
func (c *cluster) wait(ctx context.Context, on *child, what string, ready probe) error {
	limited, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	var reason error
	done := false
	err := poll(limited, func() (bool, error) {
		if ended := c.running.ended(); ended != nil {
			return true, ended.exit()
		}
		once, cancel := context.WithTimeout(limited, 10*time.Second)
		defer cancel()
		reason = ready(once)
		done = reason == nil
		return done, nil
	})
	switch {
	case err != nil || done:
		return err
	case ctx.Err() != nil:
		return ctx.Err()
	default:
		return on.failure(fmt.Sprintf("was given %s %s, in vain (%v)", patience, what, reason))
	}
}

// poll calls until the answer is yes or an error, or until the context is over,
// which is no error.
func poll(ctx context.Context, ask func() (bool, error)) error {
	for {
		if ctx.Err() != nil {
			return nil
		}
		if done, err := ask(); done || err != nil {
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

func listening(socket string) probe {
	return func(ctx context.Context) error {
		var dialer net.Dialer
		connection, err := dialer.DialContext(ctx, "unix", socket)
		if err != nil {
			return err
		}
		return connection.Close()
	}
}

func readyz(client *kubernetes.Clientset) probe {
	return func(ctx context.Context) error {
		return client.RESTClient().Get().AbsPath("/readyz").Do(ctx).Error()
	}
}

var serving = regexp.MustCompile(`Starting to serve on (127\.0\.0\.1:\d+)`)

// proxyAddress reads the port kubectl proxy was given from what it prints.
func proxyAddress(proxy *child, address *string) probe {
	return func(context.Context) error {
		log, err := os.ReadFile(proxy.log)
		if err != nil {
			return err
		}
		found := serving.FindSubmatch(log)
		if found == nil {
			return errors.New("it has not said its address")
		}
		*address = "http://" + string(found[1])
		return nil
	}
}
