package linearizability

import (
	"testing"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/assert"
)

// line is a call with its answer and the two moments between which it was made.
type line struct {
	from, to int64
	call     *call
	answer   *answer
}

var (
	ssh, web = rule{port: "1", peer: block}, rule{port: "2", peer: block}
	peered   = rule{port: "1", peer: "sg-b"}
	sshTold  = rule{port: "1", peer: block, id: "sgr-1"}
	webTold  = rule{port: "2", peer: block, id: "sgr-2"}
	sshMoved = rule{port: "2", peer: block, id: "sgr-1"}

	done, lost = &answer{}, &answer{lost: true}
	missed     = &answer{code: "InvalidGroupAuthItem.NotFound"}
)

func authorize(rules ...rule) *call { return &call{verb: "Authorize", group: "sg-a", rules: rules} }

func revoke(rules ...rule) *call {
	return &call{verb: "Revoke", group: "sg-a", rules: rules, year: 2019}
}

func describe() *call { return &call{verb: "Describe", group: "sg-a"} }

func shows(rules ...rule) *answer { return &answer{rules: rules} }

func of(verb string, group string) *call { return &call{verb: verb, group: group} }

func tokened(c *call) *call { c.token = "t"; return c }

// wrongAndRight are histories that are wrong in one point, each with its twin that is
// right in it.
var wrongAndRight = []struct {
	says         string
	wrong, right []line
}{
	{"one rule is revoked once",
		[]line{{1, 2, authorize(ssh), done}, {3, 6, revoke(ssh), done}, {4, 5, revoke(ssh), done}},
		[]line{{1, 2, authorize(ssh), done}, {3, 6, revoke(ssh), done}, {4, 5, revoke(ssh), missed}}},
	{"nobody sees half of a call",
		[]line{{1, 4, authorize(ssh, web), done}, {2, 3, describe(), shows(sshTold)}},
		[]line{{1, 4, authorize(ssh, web), done}, {2, 3, describe(), shows(webTold, sshTold)}}},
	{"a refused call has done nothing",
		[]line{{1, 2, authorize(ssh), done}, {3, 4, revoke(ssh, web), missed}, {5, 6, describe(), shows()}},
		[]line{{1, 2, authorize(ssh), done}, {3, 4, revoke(ssh, web), missed}, {5, 6, describe(), shows(sshTold)}}},
	{"what is over is seen",
		[]line{{1, 2, authorize(ssh), done}, {3, 4, describe(), shows()}},
		[]line{{1, 3, authorize(ssh), done}, {2, 4, describe(), shows()}}},
	{"what was seen stays seen",
		[]line{{1, 6, authorize(ssh), done}, {2, 3, describe(), shows(sshTold)}, {4, 5, describe(), shows()}},
		[]line{{1, 6, authorize(ssh), done}, {2, 3, describe(), shows()}, {4, 5, describe(), shows(sshTold)}}},
	{"a lost call has happened or not, and that stays so",
		[]line{{1, 2, authorize(ssh), lost}, {3, 4, describe(), shows(sshTold)}, {5, 6, describe(), shows()}},
		[]line{{1, 2, authorize(ssh), lost}, {3, 4, describe(), shows(sshTold)}, {5, 6, describe(), shows(sshTold)}}},
	{"a lost call does not happen later",
		[]line{{1, 2, authorize(ssh), lost}, {3, 4, describe(), shows()}, {5, 6, describe(), shows(sshTold)}},
		[]line{{1, 4, authorize(ssh), lost}, {2, 3, describe(), shows()}, {5, 6, describe(), shows(sshTold)}}},
	{"a throttled call does not happen",
		[]line{{1, 2, authorize(ssh), &answer{code: throttled}}, {3, 4, describe(), shows(sshTold)}},
		[]line{{1, 2, authorize(ssh), &answer{code: throttled}}, {3, 4, describe(), shows()}}},
	{"a token repeats nothing",
		[]line{{1, 2, tokened(authorize(ssh)), done}, {3, 4, revoke(ssh), done}, {5, 6, tokened(authorize(ssh)), done}, {7, 8, describe(), shows(sshTold)}},
		[]line{{1, 2, tokened(authorize(ssh)), done}, {3, 4, revoke(ssh), done}, {5, 6, tokened(authorize(ssh)), done}, {7, 8, describe(), shows()}}},
	{"nor where the first answer was lost",
		[]line{{1, 2, tokened(authorize(ssh)), lost}, {3, 4, revoke(ssh), done}, {5, 6, tokened(authorize(ssh)), done}, {7, 8, describe(), shows(sshTold)}},
		[]line{{1, 2, tokened(authorize(ssh)), lost}, {3, 4, revoke(ssh), missed}, {5, 6, tokened(authorize(ssh)), done}, {7, 8, describe(), shows(sshTold)}}},
	{"a token is for one request",
		[]line{{1, 2, tokened(authorize(ssh)), done}, {3, 4, tokened(authorize(web)), done}},
		[]line{{1, 2, tokened(authorize(ssh)), done}, {3, 4, tokened(authorize(web)), &answer{code: "IdempotentParameterMismatch"}}}},
	{"a token makes one group",
		[]line{{1, 2, tokened(of("Create", "")), lost}, {3, 4, tokened(of("Create", "")), &answer{group: "sg-c"}}, {5, 6, tokened(of("Create", "")), &answer{group: "sg-d"}}},
		[]line{{1, 2, tokened(of("Create", "")), lost}, {3, 4, tokened(of("Create", "")), &answer{group: "sg-c"}}, {5, 6, tokened(of("Create", "")), &answer{group: "sg-c"}}}},
	{"after a reset it makes another",
		[]line{{1, 2, tokened(of("Create", "")), &answer{group: "sg-c"}}, {3, 4, of("Reset", ""), done}, {5, 6, tokened(of("Create", "")), &answer{group: "sg-c"}}},
		[]line{{1, 2, tokened(of("Create", "")), &answer{group: "sg-c"}}, {3, 4, of("Reset", ""), done}, {5, 6, tokened(of("Create", "")), &answer{group: "sg-d"}}}},
	{"but not where the first is of the new world",
		[]line{{1, 4, tokened(of("Create", "")), &answer{group: "sg-c"}}, {2, 3, of("Reset", ""), done}, {5, 6, of("Count", "sg-c"), &answer{}}, {7, 8, tokened(of("Create", "")), &answer{group: "sg-d"}}},
		[]line{{1, 4, tokened(of("Create", "")), &answer{group: "sg-c"}}, {2, 3, of("Reset", ""), done}, {5, 6, of("Count", "sg-c"), &answer{count: -1}}, {7, 8, tokened(of("Create", "")), &answer{group: "sg-d"}}}},
	{"ids are given once",
		[]line{{1, 2, of("Delete", "sg-b"), done}, {3, 4, of("Create", ""), &answer{group: "sg-b"}}},
		[]line{{1, 2, of("Delete", "sg-b"), done}, {3, 4, of("Create", ""), &answer{group: "sg-c"}}}},
	{"a rule that is added again is another one",
		[]line{{1, 2, authorize(ssh), done}, {3, 4, describe(), shows(sshTold)}, {5, 6, describe(), shows(rule{port: "1", peer: block, id: "sgr-9"})}},
		[]line{{1, 2, authorize(ssh), done}, {3, 4, describe(), shows(sshTold)}, {5, 6, revoke(ssh), done}, {7, 8, authorize(ssh), done}, {9, 10, describe(), shows(rule{port: "1", peer: block, id: "sgr-9"})}}},
	{"a rule that moved is where it was no more",
		[]line{{1, 2, authorize(ssh), done}, {3, 4, describe(), shows(sshTold)}, {5, 6, &call{verb: "ModifyID", group: "sg-a", id: "sgr-1", port: "2"}, done}, {7, 8, revoke(ssh), done}},
		[]line{{1, 2, authorize(ssh), done}, {3, 4, describe(), shows(sshTold)}, {5, 6, &call{verb: "ModifyID", group: "sg-a", id: "sgr-1", port: "2"}, done}, {7, 8, describe(), shows(sshMoved)}}},
	{"a group that is named stays",
		[]line{{1, 2, authorize(peered), done}, {3, 4, of("Delete", "sg-b"), done}},
		[]line{{1, 2, authorize(peered), done}, {3, 4, of("Delete", "sg-b"), &answer{code: "DependencyViolation"}}}},
	{"a group that is gone is not named",
		[]line{{1, 2, of("Delete", "sg-b"), done}, {3, 4, authorize(peered), done}},
		[]line{{1, 4, of("Delete", "sg-b"), &answer{code: "DependencyViolation"}}, {2, 3, authorize(peered), done}}},
	{"rules are counted",
		[]line{{1, 2, authorize(ssh, web), done}, {3, 4, of("Count", "sg-a"), &answer{count: 1}}},
		[]line{{1, 2, authorize(ssh, web), done}, {3, 4, of("Count", "sg-a"), &answer{count: 2}}}},
}

// A checker that finds nothing wrong is worth something if it refuses what is wrong,
// and nothing else.
func TestWrongHistoriesAreRefused(t *testing.T) {
	for _, c := range wrongAndRight {
		assert.Equal(t, porcupine.Illegal, check(c.wrong), "wrong, but not refused: %s", c.says)
		assert.Equal(t, porcupine.Ok, check(c.right), "right, but refused: %s", c.says)
	}
}

func check(lines []line) porcupine.CheckResult {
	var list []porcupine.Operation
	for i, l := range lines {
		list = append(list, porcupine.Operation{ClientId: i, Input: l.call, Output: l.answer, Call: l.from, Return: l.to})
	}
	return porcupine.CheckOperationsTimeout(modelOf([]string{"sg-a", "sg-b"}, false), list, patience)
}
