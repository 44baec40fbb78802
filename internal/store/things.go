package store

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
)

// lists are the lists of a state, by the kind of what they have.
var lists = map[string]string{
	"group": "SecurityGroups", "instance": "Instances", "interface": "NetworkInterfaces", "prefix-list": "PrefixLists",
	"port-range-list": "PortRangeLists", "vpc": "Vpcs", "vswitch": "VSwitches", "resource-group": "ResourceGroups",
}

// Things returns what an account has in a region under some ids, as a state in one line, nil
// for nothing.
func (w *World) Things(account, region string, ids []string) []byte {
	found := map[string][][]byte{}
	w.View(account, region, func(ns *Namespace) error { // there is nothing in an unknown region
		for i, id := range ids {
			if kind, text := ns.print(id, true); kind != "" && !slices.Contains(ids[:i], id) {
				found[lists[kind]] = append(found[lists[kind]], text)
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
