package server_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// reasons are what the codes begin with by which the service refuses calls for reasons of its
// own: no difference of the mock.
var reasons = []string{"Forbidden", "Throttling", "QuotaExceed", "InvalidAccount", "NoPermission"}

// predict returns what the shadow has to find between the answer of the service and that of the
// mock, from the values of both with their paths. It shares no code with the shadow.
func (c *couple) predict(t *testing.T, service, mock answer) []string {
	t.Helper()
	if service.Body == "" && service.Status == mock.Status { // it was HEAD
		return nil
	}
	s, m := byPath(t, service.Body), byPath(t, mock.Body)
	code := ""
	if service.Status >= 400 {
		code = s["Code"][0]
	}
	apart := slices.ContainsFunc(reasons, func(p string) bool { return strings.HasPrefix(code, p) })
	switch {
	case apart && !slices.Equal(s["Code"], m["Code"]):
		return []string{fmt.Sprintf("apart %d %s", service.Status, code)}
	case service.Status != mock.Status:
		return []string{"status"}
	case service.Status >= 400 && code != m["Code"][0]:
		return []string{"code"}
	case service.Status >= 400 && s["Message"][0] != m["Message"][0]:
		return append(slices.DeleteFunc(fields(s, m), func(f string) bool { return f == "value Message" }), "text")
	}
	return fields(s, m)
}

// fields returns the paths that only one side has, and those whose values differ.
func fields(s, m map[string][]string) []string {
	var all []string
	for _, path := range slices.Sorted(maps.Keys(s)) {
		switch {
		case m[path] == nil:
			all = append(all, "missing field "+path)
		case !slices.Equal(s[path], m[path]):
			all = append(all, "value "+path)
		}
	}
	for _, path := range slices.Sorted(maps.Keys(m)) {
		if s[path] == nil {
			all = append(all, "extra field "+path)
		}
	}
	return all
}

// byPath returns the values of an answer by their paths, but for those that each request or host has
// for itself.
func byPath(t *testing.T, body string) map[string][]string {
	t.Helper()
	list, err := leaves(body)
	require.NoError(t, err, body)
	all := map[string][]string{}
	for _, leaf := range list {
		path, value, _ := strings.Cut(leaf, "=")
		switch path {
		case "RequestId", "HostId", "Recommend", "Regions.Region.RegionEndpoint", "Endpoints.Endpoint.Endpoint":
			value = ""
		}
		if _, err := time.Parse(time.RFC3339, value); err == nil {
			value = "a time" // which each mock takes from its own clock
		}
		all[path] = append(all[path], value)
	}
	return all
}

// merged returns what has to be found, sorted. What is missing or extra is found as a whole,
// where the values of both have each leaf of it, and for an empty list the list.
func merged(want []string, found report) []string {
	var all []string
	for _, w := range want {
		kind, path, _ := strings.Cut(w, " field ")
		for _, d := range found.Differences {
			whole := strings.ReplaceAll(d.Path, "[]", "")
			switch {
			case d.Kind == kind+" field" && strings.HasPrefix(path+".", whole+"."):
				w = kind + " field " + whole
			case strings.HasSuffix(d.Kind, " field") && d.Kind != kind+" field" && strings.HasPrefix(whole, path+"."):
				w = "" // the empty list of the other side
			}
		}
		if w != "" {
			all = append(all, w)
		}
	}
	return sorted(all)
}
