package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/server"
)

// caller sends a call to a running mock.
type caller struct {
	addrs  []string
	format string
	repeat int
}

func (c *caller) options() []option {
	return []option{
		addrOption(&c.addrs),
		{"format", "name", "json", "format of the answer: json or xml", c.setFormat},
		{"repeat", "number", "1", "how often to send the call", c.setRepeat},
	}
}

// callOf sends the call that the arguments name, and prints its answer, and its hint on
// the log. It fails if the call was refused.
func callOf(ctx context.Context, args []string, environ env, out, log io.Writer) error {
	var c caller
	words, rest := words(c.options(), args)
	if err := parse("call", c.options(), rest, environ, out); err != nil {
		return err
	}
	form, err := c.form(words, environ)
	if err != nil {
		return usageError{err}
	}
	host, err := dialable(c.addrs[0])
	if err != nil {
		return err
	}
	var refused int
	var status string
	for range c.repeat {
		a, err := ask(ctx, host, "POST", "/", form)
		if err != nil {
			return fmt.Errorf(startIt, err)
		}
		if _, err := fmt.Fprintf(out, "%s\n", bytes.TrimSuffix(a.body, []byte("\n"))); err != nil {
			return err
		}
		if hint := a.Header.Get("X-Ecsmock-Hint"); hint != "" {
			fmt.Fprintln(log, "hint:", hint)
		}
		if a.StatusCode >= 300 {
			refused++
			status = a.Status
		}
	}
	switch {
	case refused == 0:
		return nil
	case c.repeat == 1:
		return errors.New("the call was refused with " + status)
	}
	return fmt.Errorf("%d of %d calls were refused, the last with %s", refused, c.repeat, status)
}

// form returns the parameters of a call, in the order of the words: its action, and
// Name=value for each parameter. A parameter that the words give wins over a flag and
// over the environment.
func (c *caller) form(words []string, environ env) (string, error) {
	const example = "as in ecsmock call DescribeSecurityGroups RegionId=cn-hangzhou"
	if len(words) == 0 || strings.Contains(words[0], "=") {
		return "", errors.New("call needs the name of an action before its parameters, " + example)
	}
	action, version := words[0], ""
	for _, p := range server.Products() {
		if name, ok := strings.CutPrefix(action, p.Name+"."); ok {
			action, version = name, p.Version
		}
	}
	form := "Action=" + url.QueryEscape(action)
	given := map[string]bool{}
	add := func(name, value string) {
		form += "&" + url.QueryEscape(name) + "=" + url.QueryEscape(value)
		given[name] = true
	}
	for _, word := range words[1:] {
		name, value, ok := strings.Cut(word, "=")
		if !ok || name == "" {
			return "", fmt.Errorf("%q is no parameter; give each parameter as Name=value, %s", word, example)
		}
		add(name, value)
	}
	for _, pair := range [][2]string{
		{"Version", version},
		{"Format", strings.ToUpper(c.format)},
		{"AccessKeyId", environ["ALIBABA_CLOUD_ACCESS_KEY_ID"]},
		{"SecurityToken", environ["ALIBABA_CLOUD_SECURITY_TOKEN"]},
	} {
		if pair[1] != "" && !given[pair[0]] {
			add(pair[0], pair[1])
		}
	}
	return form, nil
}

func (c *caller) setFormat(text string) error {
	c.format = text
	return oneOf(text, "json", "xml")
}

func (c *caller) setRepeat(text string) error {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil || n == 0 {
		return wants("a number from 1 to 2147483647")
	}
	c.repeat = int(n)
	return nil
}
