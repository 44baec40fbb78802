package clients_test

import (
	"cmp"
	"encoding/json"
	"os"
)

// edition is the edition that the mocks of these tests have: they inherit the environment.
var edition = cmp.Or(os.Getenv("ECSMOCK_EDITION"), "2019")

// A refusal is an error of the service.
type refusal struct {
	Status        int
	Code, Message string
}

// changes are parameters of a revoke that are sent otherwise: null is left out, and {group}
// is the group itself.
type changes map[string]*string

// A mistake is a revoke that would succeed with some changes, and how it is refused.
type mistake struct {
	name   string
	change changes
	refusal
}

// mistakes are the rows of ../refusals.json in the edition, miss is the one that matches no
// rule, and wrongSignature how a wrong signature of version 1.0 is refused.
var (
	mistakes             = readMistakes()
	miss, wrongSignature refusal
)

func readMistakes() []mistake {
	text, err := os.ReadFile("../refusals.json")
	var file struct {
		Revoke    []map[string]json.RawMessage
		Signature map[string]refusal
	}
	if err == nil {
		err = json.Unmarshal(text, &file)
	}
	var list []mistake
	for _, row := range file.Revoke {
		var m mistake
		for field, into := range map[string]any{"Name": &m.name, "Change": &m.change, edition: &m.refusal} {
			err = cmp.Or(err, json.Unmarshal(row[field], into))
		}
		if list = append(list, m); m.name == "no such rule" {
			miss = m.refusal
		}
	}
	wrongSignature = file.Signature[edition]
	if err != nil {
		panic(err)
	}
	return list
}
