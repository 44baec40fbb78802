package shadow

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/store"
)

// state returns the state of what was read.
func (r *reading) state() ([]byte, error) {
	r.join()
	state := map[string]any{}
	for name, rows := range r.lists {
		list := make([]any, len(rows))
		for i, row := range rows {
			list[i] = row
		}
		state[name] = list
	}
	delete(state, routeTables)
	text, err := json.Marshal(state)
	if err != nil {
		return nil, err
	}
	text, err = r.fit(text)
	if err != nil || !r.Anonymize {
		return text, err
	}
	if text, err = anonymous(text); err != nil {
		return nil, err
	}
	return r.fit(text)
}

// join puts together what the service tells in several answers, and writes the fields as a
// state has them.
func (r *reading) join() {
	r.joinRouteTables()
	r.joinInterfaces()
	r.lists["VSwitches"] = slices.DeleteFunc(r.lists["VSwitches"], func(v map[string]any) bool {
		if slices.ContainsFunc(r.lists["Vpcs"], func(of map[string]any) bool { return of["VpcId"] == v["VpcId"] }) {
			return false
		}
		r.miss("a vSwitch is left out: its VPC was not read")
		return true
	})
	account := any(nil)
	for _, list := range [...]string{"Accounts", "Vpcs"} {
		for _, row := range r.lists[list] {
			if account == nil && row["AccountId"] != nil {
				account = fmt.Sprint(row["AccountId"])
			}
		}
	}
	delete(r.lists, "Accounts") // a state has only those with an e-mail address, which no action tells
	standard := ""              // the resource group that the mock has without a state
	r.lists["ResourceGroups"] = slices.DeleteFunc(r.lists["ResourceGroups"], func(row map[string]any) bool {
		if row["Name"] == "default" {
			standard = stringOf(row["ResourceGroupId"])
		}
		return row["Name"] == "default"
	})
	for _, rows := range r.lists {
		for _, row := range rows {
			if account != nil {
				row["AccountId"] = account
			}
			if row["ResourceGroupId"] == standard {
				delete(row, "ResourceGroupId")
			}
			written(row)
			permissions, _ := row["Permissions"].([]map[string]any)
			for _, rule := range permissions {
				asWritten(rule)
				if rule["CreateTime"] == nil {
					rule["CreateTime"] = row["CreationTime"]
				}
			}
		}
	}
}

// joinRouteTables gives the fields of system route tables to their VPCs.
func (r *reading) joinRouteTables() {
	for _, table := range r.lists[routeTables] {
		system := table["RouteTableType"] == "System"
		delete(table, "RouteTableType")
		for _, v := range r.lists["Vpcs"] {
			if system && v["VpcId"] == table["VpcId"] {
				maps.Copy(v, table)
			}
		}
	}
}

// joinInterfaces gives what primary network interfaces have to their instances, and keeps
// the others.
func (r *reading) joinInterfaces() {
	instances := map[string]any{}
	for _, i := range r.lists["Instances"] {
		instances[stringOf(i["InstanceId"])] = i
		if i["PrivateIpAddress"] == nil && i["InnerIpAddress"] != nil { // of the classic network
			i["PrivateIpAddress"] = i["InnerIpAddress"]
		}
		delete(i, "InnerIpAddress")
	}
	r.lists["NetworkInterfaces"] = slices.DeleteFunc(r.lists["NetworkInterfaces"], func(e map[string]any) bool {
		primary := e["Type"] == "Primary"
		delete(e, "Type")
		to := e
		if i, ok := instances[stringOf(e["InstanceId"])].(map[string]any); primary && ok {
			to = i
			// The service gives the time of an instance without seconds.
			if minute, _, _ := strings.Cut(stringOf(i["CreationTime"]), "Z"); strings.HasPrefix(stringOf(e["CreationTime"]), minute) {
				i["CreationTime"] = e["CreationTime"]
			}
		}
		addresses(e, to)
		return primary
	})
}

// addresses gives the addresses of an interface besides its primary one to what has them
// in a state.
func addresses(e, to map[string]any) {
	for _, of := range [][3]string{
		{"PrivateIpSets", "PrivateIpAddress", "SecondaryPrivateIpAddresses"},
		{"Ipv6Sets", "Ipv6Address", "Ipv6Addresses"},
	} {
		set, _ := e[of[0]].([]any)
		delete(e, of[0])
		var list []any
		for _, one := range set {
			if ip := at(one, of[1]); ip != nil && at(one, "Primary") != true {
				list = append(list, ip)
			}
		}
		if list != nil {
			to[of[2]] = list
		}
	}
}

// written changes the fields of a row that a state has in another form.
func written(row map[string]any) {
	for name, v := range row {
		switch {
		case strings.HasSuffix(name, "Tags"):
			row[name] = tags(v)
		case name == "UserCidr":
			row[name] = strings.ReplaceAll(strings.Trim(fmt.Sprint(v), "[]"), " ", ",")
		case name == "CreationTime" && len(stringOf(v)) == len("2030-01-02T03:04Z"):
			row[name] = strings.TrimSuffix(stringOf(v), "Z") + ":00Z"
		}
	}
}

// tags returns tags as a state has them. Answers name their fields TagKey or Key, or both.
func tags(v any) []any {
	list, _ := v.([]any)
	for i, one := range list {
		tag := map[string]any{}
		object, _ := one.(map[string]any)
		for name, text := range object {
			name = "Tag" + strings.TrimPrefix(name, "Tag")
			if text != "" && (name == "TagKey" || name == "TagValue") {
				tag[name] = text
			}
		}
		list[i] = tag
	}
	return list
}

// asWritten marks a rule whose IPv6 blocks are not in their shortest form.
func asWritten(rule map[string]any) {
	for _, name := range []string{"Ipv6SourceCidrIp", "Ipv6DestCidrIp"} {
		written := stringOf(rule[name])
		shortest := written
		if block, err := netip.ParsePrefix(written); err == nil {
			shortest = block.String()
		} else if ip, err := netip.ParseAddr(written); err == nil {
			shortest = ip.String()
		}
		if written != shortest {
			rule["Ipv6AsWritten"] = true
		}
	}
}

// fit returns a state as the mock has it after it is loaded. What the mock cannot have is left
// out, and a sentence says so.
func (r *reading) fit(text []byte) ([]byte, error) {
	var state map[string]any
	if err := json.Unmarshal(text, &state); err != nil {
		return nil, err
	}
	for {
		world := store.New(clock.Seeded(1)) // ids of rules without one are the same each time
		err := world.Seed(text)
		if err == nil {
			return world.State(), nil
		}
		wrong := (*form.Error)(nil)
		if !errors.As(err, &wrong) {
			return nil, err
		}
		what := leaveOut(state, wrong.Path)
		if what == "" {
			return nil, err
		}
		r.say(fmt.Sprintf("left out, for the mock cannot have it: %s: %v", what, wrong.Err))
		if text, err = json.Marshal(state); err != nil {
			return nil, err
		}
	}
}

// leaveOut removes from a state what has a path: an optional field, else the element of the
// innermost list around it, such as a rule, which would be another one without the field. It returns words for what it removed, "" for nothing.
func leaveOut(state map[string]any, path string) string {
	var words []string
	var in map[string]any // has the innermost list
	list, index := "", 0
	object := state
	for _, step := range strings.Split(path, ".") {
		name, rest, indexed := strings.Cut(step, "[")
		rows, _ := object[name].([]any)
		n, err := strconv.Atoi(strings.TrimSuffix(rest, "]"))
		if !indexed || err != nil || n >= len(rows) {
			if words == nil {
				return ""
			}
			words = append(words, name)
			if object[name] != nil && !strings.HasSuffix(name, "Id") && name != idOf(list) && (list != "Permissions" || name == "Description") {
				delete(object, name)
				return strings.Join(words, " ")
			}
			break
		}
		in, list, index = object, name, n
		object, _ = rows[n].(map[string]any)
		id := object[idOf(name)]
		if object == nil {
			id = rows[n]
		}
		words = append(words, name, fmt.Sprint(id))
	}
	if in == nil {
		return ""
	}
	rows := in[list].([]any)
	in[list] = append(rows[:index], rows[index+1:]...)
	return strings.Join(words, " ")
}
