package main

import (
	"fmt"
	"io"
	"strings"
)

// help tells what the program does, and the flags of one command.
func help(out io.Writer, command string, options []option) {
	fmt.Fprint(out, "ecsmock is a mock of Alibaba Cloud's ECS API for security groups.\n\n",
		"Usage: ecsmock [command] [flags]\n\nCommands:\n")
	for _, c := range commands() {
		fmt.Fprintf(out, "  %-9s%s\n", c.name, c.summary)
	}
	if len(options) > 0 {
		fmt.Fprintf(out, "\nFlags of %s, each with its twin in the environment, which it beats:\n", command)
	}
	for i := range options {
		o := &options[i]
		fmt.Fprintf(out, "  %-23s%s\n      %s%s\n", strings.TrimSpace("-"+o.name+" "+o.value), o.twin(), o.text, o.fallback())
	}
	fmt.Fprint(out, "\nExit codes: 0 done, 1 failed, 2 called wrongly.\n")
}

func (o *option) fallback() string {
	if o.usual == "" {
		return ""
	}
	return " (default " + o.usual + ")"
}
