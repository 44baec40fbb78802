package main

import (
	"fmt"
	"io"
	"net"
	"net/url"

	"github.com/ecsmock/ecsmock/internal/ecs"
)

// greet prints where the mock listens, for scripts, and a call that works, for people.
func greet(out io.Writer, addr *net.TCPAddr, seed string) {
	call := "Action=" + ecs.DescribeSecurityGroups.Name + "&RegionId=cn-hangzhou"
	if seed == demo {
		call = "Action=" + ecs.RevokeSecurityGroup.Name + "&" + ecs.RevokeSecurityGroup.Example
	}
	at := url.URL{Scheme: "http", Host: reachable(addr)}
	fmt.Fprintf(out, "listening on %s\ncurl '%s/?%s'\n", &at, &at, call)
}

// reachable is an address that a client on this machine can dial.
func reachable(addr *net.TCPAddr) string {
	if addr.IP.IsUnspecified() {
		return fmt.Sprintf("127.0.0.1:%d", addr.Port)
	}
	return addr.String()
}
