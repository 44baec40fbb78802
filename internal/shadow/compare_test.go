package shadow

import (
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ecsmock/ecsmock/internal/rpc"
)

// differences compares two answers of one status to a call with some values.
func differences(t *twins, status int, service, mock string, given ...string) []difference {
	c := comparison{twins: t, given: given, host: "localhost:2014"}
	c.compare(outcomeOf(status, []byte(service)), outcomeOf(status, []byte(mock)))
	return c.found
}

func TestCompare(t *testing.T) {
	for name, test := range map[string]struct {
		status        int
		service, mock string
		want          []difference
	}{
		"equal":           {200, `{"RequestId":"A","A":1}`, `{"RequestId":"B","A":1}`, nil},
		"value":           {200, `{"A":{"B":"x"}}`, `{"A":{"B":"y"}}`, []difference{{KindValue, "A.B", "x", "y"}}},
		"type":            {200, `{"A":"1"}`, `{"A":1}`, []difference{{KindType, "A", "a text", "a number"}}},
		"null":            {200, `{"A":null}`, `{"A":""}`, []difference{{KindType, "A", "null", "a text"}}},
		"missing":         {200, `{"A":"","B":[]}`, `{"A":""}`, []difference{{KindMissing, "B", "a list", ""}}},
		"extra":           {200, `{"A":""}`, `{"A":"","B":{}}`, []difference{{KindExtra, "B", "", "an object"}}},
		"order":           {200, `{"A":1,"B":2}`, `{"B":2,"A":1}`, []difference{{KindOrder, "", "A, B", "B, A"}}},
		"no type in XML":  {200, `<R><A>1</A></R>`, `<R><A>1</A></R>`, nil},
		"lists in XML":    {200, `<R><L><E>a</E><E>b</E></L></R>`, `<R><L><E>a</E></L></R>`, []difference{{KindMissing, "L.E[]", "b", ""}}},
		"empty in XML":    {200, `<R><L/></R>`, `<R><L><E>a</E></L></R>`, []difference{{KindExtra, "L.E", "", "a text"}}},
		"both empty":      {200, `<R><L/></R>`, `<R><L></L></R>`, nil},
		"another element": {200, `{"L":["b","a"]}`, `{"L":["b","c"]}`, []difference{{KindValue, "L[]", "a", "c"}}},
		"order of a list": {200, `{"L":["a","b"]}`, `{"L":["b","a"]}`, []difference{{KindOrder, "L", "a b", "b a"}}},
		"of one thing": {200, `{"L":[{"GroupId":"sg-1","V":1},{"GroupId":"sg-2","V":2}]}`, `{"L":[{"GroupId":"sg-2","V":3}]}`,
			[]difference{{KindMissing, "L[]", "sg-1 1", ""}, {KindValue, "L[].V", "2", "3"}}},
		"names":     {200, `{"Id":"sg-bp1a","Of":["sg-bp1a","eni-2"]}`, `{"Id":"sg-bp1b","Of":["sg-bp1b","eni-3"]}`, nil},
		"two names": {200, `{"Id":"sg-bp1a","Of":"sg-bp1a"}`, `{"Id":"sg-bp1b","Of":"sg-bp1c"}`, []difference{{KindValue, "Of", "sg-bp1a", "sg-bp1c"}}},
		"of kinds":  {200, `{"Id":"sg-bp1a"}`, `{"Id":"vpc-bp1b"}`, []difference{{KindValue, "Id", "sg-bp1a", "vpc-bp1b"}}},
		"given":     {200, `{"Id":"sg-given1"}`, `{"Id":"sg-bp1b"}`, []difference{{KindValue, "Id", "sg-given1", "sg-bp1b"}}},
		"times":     {200, `{"T":"2019-06-03T08:00:00Z"}`, `{"T":"2030-01-02T03:04:05Z"}`, nil},
		"forms of times": {200, `{"T":"2019-06-03T08:00Z"}`, `{"T":"2030-01-02T03:04:05Z"}`,
			[]difference{{KindValue, "T", "2019-06-03T08:00Z", "2030-01-02T03:04:05Z"}}},
		"addresses": {200, `{"Ip":"172.16.0.9","Mac":"00:16:3e:00:00:01","Owner":"1111111111111111"}`, `{"Ip":"172.16.0.7","Mac":"00:16:3e:00:00:02","Owner":"2222222222222222"}`, nil},
		"endpoint":  {200, `{"E":"ecs.cn-beijing.aliyuncs.com"}`, `{"E":"localhost:2014"}`, nil},
		"code":      {404, `{"Code":"A","Message":"x"}`, `{"Code":"B","Message":"y"}`, []difference{{KindCode, "", "A", "B"}}},
		"text": {404, `{"Code":"A","Message":"The sg-given1 is 10.0.0.1."}`, `{"Code":"A","Message":"No 10.0.0.1."}`,
			[]difference{{KindText, "", "The {} is {}.", "No {}."}}},
		"fields of an error": {404, `{"HostId":"a","Code":"A","Message":"x","Recommend":""}`, `{"HostId":"b","Code":"A","Message":"x"}`, []difference{{KindMissing, "Recommend", "a text", ""}}},
		"form":               {200, `<html><body>Bad gateway</p>`, `{}`, []difference{{KindForm, "", "no answer of the API", ""}}},
		"nothing":            {200, ``, `{}`, []difference{{KindForm, "", "no answer of the API", ""}}},
	} {
		assert.Equal(t, test.want, differences(&twins{}, test.status, test.service, test.mock, "sg-given1", "cn-hangzhou"), name)
	}
}

// What is learned in one call holds in the next ones.
func TestTwins(t *testing.T) {
	known := &twins{}
	assert.Empty(t, differences(known, 200, `{"Rules":[{"RuleId":"sgr-1","P":"a"},{"RuleId":"sgr-2","P":"b"}]}`, `{"Rules":[{"RuleId":"sgr-9","P":"a"},{"RuleId":"sgr-8","P":"b"}]}`))
	assert.Equal(t, "sgr-9", known.inMock("sgr-1"))
	assert.Equal(t, `["sgr-8","sgr-3"]`, known.inMock(`["sgr-2","sgr-3"]`))
	assert.Equal(t, []difference{{KindValue, "RuleId", "sgr-2", "sgr-9"}}, differences(known, 200, `{"RuleId":"sgr-2"}`, `{"RuleId":"sgr-9"}`))
	assert.Equal(t, []difference{{KindOrder, "Rules", "sgr-1 sgr-2", "sgr-8 sgr-9"}},
		differences(known, 200, `{"Rules":[{"RuleId":"sgr-1"},{"RuleId":"sgr-2"}]}`, `{"Rules":[{"RuleId":"sgr-8"},{"RuleId":"sgr-9"}]}`))
	known.forget()
	assert.Equal(t, "sgr-1", known.inMock("sgr-1"))
}

// An id that both sides have is nobody's twin: lists of different things are not taken for one.
func TestTwinsAreNotGuessed(t *testing.T) {
	known := &twins{}
	assert.Empty(t, differences(known, 200, `{"A":"sg-bp1a","B":"sg-bp1b"}`, `{"A":"sg-bp1a","B":"sg-bp1b"}`))
	assert.Equal(t, []difference{{KindValue, "L[]", "sg-bp1a", "sg-bp1b"}}, differences(known, 200, `{"L":["sg-bp1a"]}`, `{"L":["sg-bp1b"]}`))
	assert.Empty(t, differences(known, 200, `{"L":[{"Id":"sg-more1","Name":"a"},{"Id":"sg-more2","Name":"b"}]}`, `{"L":[{"Id":"sg-more3","Name":"a"},{"Id":"sg-more4","Name":"b"}]}`))
	assert.Equal(t, []difference{{KindMissing, "L[]", "sg-most1 c", ""}},
		differences(known, 200, `{"L":[{"Id":"sg-most1","Name":"c"},{"Id":"sg-most2","Name":"d"}]}`, `{"L":[{"Id":"sg-most3","Name":"d"}]}`), "the names of the groups tell them apart")
	assert.Len(t, differences(known, 200, `{"L":["sg-new1","sg-new2"]}`, `{"L":["sg-other1"]}`), 3, "of one, nobody knows which it is")
}

func TestParse(t *testing.T) {
	for _, body := range []string{
		`{"A":[{"B":"1"},{"B":"2"}],"C":"<&\"'>"}`,
		`<?xml version='1.0' encoding='UTF-8'?><R><A><B>1</B></A><A><B>2</B></A><C>&lt;&amp;&quot;&#39;&gt;</C></R>`,
		"\n<R>\n<A><B>1</B></A><A kind=\"x\"><B>2</B></A><!-- nothing --><C><![CDATA[<&\"'>]]></C>\n</R>\n",
	} {
		n, err := parse([]byte(body))
		if !assert.NoError(t, err, body) {
			continue
		}
		assert.Equal(t, []string{"A", "C"}, n.names, body)
		assert.Equal(t, list, n.member("A").kind, body)
		assert.Equal(t, "2", n.member("A").members[1].field("B"), body)
		assert.Equal(t, `<&"'>`, n.field("C"), body)
	}
	deep := func(open string) string { return strings.Repeat(open, 100_000) }
	for _, body := range []string{"", "x", "{", `{"A":}`, `{} {}`, "<", "<R>", "<R></S>", "<R/><S/>", "<R><![CDATA[x</R>", "<R", "</R>", "<!", "<R></R", deep("["), deep("<R>"), deep(`{"A":`)} {
		_, err := parse([]byte(body))
		assert.ErrorIs(t, err, errNoAnswer, body[:min(40, len(body))])
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"A":[{"B":1}]}`))
	f.Add([]byte("<R><A>1</A><A/></R>"))
	f.Fuzz(func(t *testing.T, body []byte) {
		n, err := parse(body)
		if err != nil {
			return
		}
		c := comparison{twins: &twins{}}
		c.values("", n, n)
		assert.Empty(t, c.found, "a body differs from itself")
	})
}

// An answer that is made to cost time or memory is compared all the same.
func TestLargeAnswers(t *testing.T) {
	known := &twins{}
	known.learn("sg-1", "sg-2")
	colons := strings.Repeat(":", 4<<20)
	assert.Equal(t, colons+"sg-2", known.inMock(colons+"sg-1"))
	element := func(id string) string { return `{"Id":"` + id + `"},` }
	many := func(id string) string {
		return `{"L":[` + strings.TrimSuffix(strings.Repeat(element(id), 20_000), ",") + `]}`
	}
	assert.Len(t, differences(known, 200, many("a"), many("b")), mostFound)
}

// What a report keeps is bounded, whatever the service answers.
func TestReportsAreBounded(t *testing.T) {
	s, err := New("http://127.0.0.1")
	assert.NoError(t, err)
	of := Of(s, rpc.Edition2019)
	long := strings.Repeat("x", 30<<10)
	for i := range maxDifferences + 5 {
		body := []byte(`{"A` + strconv.Itoa(i) + `":"` + long + `","B":"` + long + `"}`)
		c := &Call{Answer: &Answer{Status: 200, Body: body}, shadow: of, call: &rpc.Call{Action: "DescribeRegions"}, outcome: outcomeOf(200, body)}
		c.Compare(200, []byte(`{"B":"y"}`), 1, func([]string) []byte { return nil })
	}
	assert.LessOrEqual(t, of.Report.kept, maxExchanges)
	assert.Equal(t, maxDifferences+5+1, of.Report.Len())
	assert.Less(t, len(of.Report.JSON()), 1<<20)
	of.Report.Clear()
	assert.Zero(t, of.Report.kept)
	assert.Zero(t, of.Report.Len())
}
