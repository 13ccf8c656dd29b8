package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"
)

// graceful is how long a component may take to end before it is killed.
const graceful = 10 * time.Second

// child is one component: a process of its own that writes into a log file.
type child struct {
	name string
	log  string
	cmd  *exec.Cmd
	// done closes when the process has ended; err is set before that.
	done chan struct{}
	err  error
}

// children are the components in the order they were started.
type children struct {
	logs string   // folder of the log files
	env  []string // environment of all of them
	list []*child
}

// start runs one component. It must be called from the thread that outlives
// all of them, see ownProcess.
func (c *children) start(name, binary string, args ...string) (*child, error) {
	path := filepath.Join(c.logs, name+".log")
	log, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	defer log.Close()
	cmd := exec.Command(binary, args...)
	cmd.Env = c.env
	cmd.Stdout, cmd.Stderr = log, log
	cmd.SysProcAttr = ownProcess()
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("%s could not be started: %w", name, err)
	}
	child := &child{name: name, log: path, cmd: cmd, done: make(chan struct{})}
	go func() {
		child.err = cmd.Wait()
		close(child.done)
	}()
	c.list = append(c.list, child)
	return child, nil
}

// ended is the first component that has ended by itself, if any has.
func (c *children) ended() *child {
	for _, child := range c.list {
		select {
		case <-child.done:
			return child
		default:
		}
	}
	return nil
}

// pids are the running components' process ids by name.
func (c *children) pids() map[string]int {
	pids := map[string]int{}
	for _, child := range c.list {
		pids[child.name] = child.cmd.Process.Pid
	}
	return pids
}

// end stops every component, the last started first, each by its own process
// id: one that others still talk to goes after those others.
func (c *children) end() {
	for i := len(c.list) - 1; i >= 0; i-- {
		child := c.list[i]
		// An error here means that it has ended already.
		_ = child.cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-child.done:
		case <-time.After(graceful):
			_ = child.cmd.Process.Kill()
			<-child.done
		}
	}
	c.list = nil
}

// failure says in plain words what happened to a component, with the end of
// its log.
func (c *child) failure(what string) error {
	message := c.name + " " + what
	lines := c.lastLines(20)
	if len(lines) == 0 {
		return errors.New(message + " and wrote no log")
	}
	return fmt.Errorf("%s; the last lines of its log:\n    %s", message, strings.Join(lines, "\n    "))
}

// exit is failure for a component that ended without being told to.
func (c *child) exit() error {
	how := "status 0"
	if c.err != nil {
		how = c.err.Error()
	}
	return c.failure("ended by itself (" + how + ")")
}

func (c *child) lastLines(n int) []string {
	// A component may have logged for hours; the end is what counts.
	const tail = 32 << 10
	file, err := os.Open(c.log)
	if err != nil {
		return nil
	}
	defer file.Close()
	if size, err := file.Seek(0, io.SeekEnd); err != nil {
		return nil
	} else if _, err := file.Seek(max(0, size-tail), io.SeekStart); err != nil {
		return nil
	}
	content, err := io.ReadAll(io.LimitReader(file, tail))
	if err != nil {
		return nil
	}
	content = bytes.TrimSpace(content)
	if len(content) == 0 {
		return nil
	}
	lines := strings.Split(string(content), "\n")
	return lines[max(0, len(lines)-n):]
}
