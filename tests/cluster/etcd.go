package main

import (
	"flag"
	"fmt"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"go.etcd.io/etcd/server/v3/embed"
)

// runEtcd serves one member on a unix socket until it is told to stop.
//
// The socket, in a folder only its owner may enter, keeps an etcd that asks for
// no password off the machine's loopback. Nothing is ever read again after the
// end, so nothing is synced to disk.
func runEtcd(args []string) int {
	flags := flag.NewFlagSet("etcd", flag.ContinueOnError)
	dir := flags.String("data-dir", "", "folder for the data (mode 0700)")
	socket := flags.String("socket", "", "path of the unix socket to listen on")
	if flags.Parse(args) != nil {
		return 2
	}
	if *dir == "" || *socket == "" {
		fmt.Fprintln(os.Stderr, "etcd: --data-dir and --socket are needed")
		return 2
	}

	cfg := embed.NewConfig()
	cfg.Dir = *dir
	cfg.LogLevel = "error"
	cfg.LogOutputs = []string{"stderr"}
	cfg.UnsafeNoFsync = true
	cfg.ListenClientUrls = []url.URL{{Scheme: "unix", Path: *socket}}
	// etcd refuses to advertise a socket. Nobody asks a single member for its
	// address, so it gets one that leads nowhere, and any free port for peers.
	cfg.AdvertiseClientUrls = []url.URL{{Scheme: "http", Host: "127.0.0.111:0"}}
	cfg.ListenPeerUrls = []url.URL{{Scheme: "http", Host: "127.0.0.1:0"}}
	cfg.AdvertisePeerUrls = cfg.ListenPeerUrls
	cfg.InitialCluster = cfg.InitialClusterFromName(cfg.Name)

	stop := make(chan os.Signal, 1)
	signal.Notify(stop, syscall.SIGTERM, syscall.SIGINT)

	server, err := embed.StartEtcd(cfg)
	if err != nil {
		fmt.Fprintln(os.Stderr, "etcd:", err)
		return 1
	}
	defer server.Close()
	select {
	case <-stop:
		return 0
	case err := <-server.Err():
		fmt.Fprintln(os.Stderr, "etcd:", err)
		return 1
	case <-server.Server.StopNotify():
		fmt.Fprintln(os.Stderr, "etcd: stopped by itself")
		return 1
	}
}
