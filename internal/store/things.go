package store

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// lists are the lists of a state, by the kind of what they have.
var lists = map[string]string{
	"group": "SecurityGroups", "instance": "Instances", "interface": "NetworkInterfaces", "prefix-list": "PrefixLists",
	"port-range-list": "PortRangeLists", "vpc": "Vpcs", "vswitch": "VSwitches", "resource-group": "ResourceGroups",
}

// Things returns what an account has in a region under some ids, as a state in one line, nil
// for nothing. It has what these are in, such as the groups of an instance, but not the peers
// in the rules of a group, which a state may lack.
func (w *World) Things(account, region string, ids []string) []byte {
	found, seen := map[string][][]byte{}, map[string]bool{}
	w.View(account, region, func(ns *Namespace) error { // there is nothing in an unknown region
		for queue := slices.Clone(ids); len(queue) > 0; queue = queue[1:] {
			kind, text := ns.print(queue[0], true)
			if kind == "" || seen[queue[0]] {
				continue
			}
			seen[queue[0]] = true
			found[lists[kind]] = append(found[lists[kind]], text)
			if kind != "group" {
				queue = append(queue, strings.Split(string(text), `"`)...) // each id is in quotation marks
			}
		}
		return nil
	})
	if len(found) == 0 {
		return nil
	}
	var parts [][]byte
	for _, list := range slices.Sorted(maps.Keys(found)) {
		rows := bytes.Join(found[list], []byte(", "))
		parts = append(parts, slices.Concat([]byte(strconv.Quote(list)+": ["), rows, []byte("]")))
	}
	var line bytes.Buffer
	json.Compact(&line, slices.Concat([]byte("{"), bytes.Join(parts, []byte(", ")), []byte("}"))) // it is well formed
	return line.Bytes()
}

// Restore gives an account back what it had in a snapshot of the world.
func (w *World) Restore(account string, snapshot []byte) {
	part := w.copyOf(snapshot).only(account).state()
	defer w.lockForReset()()
	w.replaceAccount(account, part)
	w.note("loaded", account)
}
