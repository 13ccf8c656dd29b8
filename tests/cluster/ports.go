package main

import (
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
)

// The kernel hands out ports from 32768 (Linux) or 49152 (others) to outgoing
// connections. Below that range no passing connection can take a port between
// our looking and the component's listening.
const firstPort, lastPort = 20000, 32000

// freePorts finds n different loopback ports nobody listens on.
func freePorts(n int) ([]int, error) {
	var ports []int
	for tries := 0; len(ports) < n && tries < 200; tries++ {
		port := firstPort + rand.IntN(lastPort-firstPort)
		listener, err := net.Listen("tcp", loopback(port))
		if err != nil {
			continue
		}
		// Held until all are found, so that none is found twice.
		defer listener.Close()
		ports = append(ports, port)
	}
	if len(ports) < n {
		return nil, fmt.Errorf("no %d free ports on 127.0.0.1 between %d and %d", n, firstPort, lastPort)
	}
	return ports, nil
}

func loopback(port int) string {
	return net.JoinHostPort("127.0.0.1", strconv.Itoa(port))
}
