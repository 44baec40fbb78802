package wire

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

const id = "473469C7-AA6F-4DC5-B3DB-A3DC0DE3C83E"

func TestAnAnswerWithEveryKindOfField(t *testing.T) {
	assert.Equal(t, `{"RequestId":"`+id+`","Name":"Hagenbeck","Visits":-12,"Open":true,`+
		`"Keepers":{"Keeper":["Ada",""]},`+
		`"Cages":{"Cage":[`+
		`{"Label":"birds","Animals":{"Animal":[{"Name":"owl","Legs":2},{"Name":"crow","Legs":2}]}},`+
		`{"Label":"empty","Animals":{"Animal":[]}}]}}`,
		string(success(nil, JSON, "VisitZoo", id, full())))

	assert.Equal(t, `<?xml version='1.0' encoding='UTF-8'?><VisitZooResponse><RequestId>`+id+`</RequestId>`+
		`<Name>Hagenbeck</Name><Visits>-12</Visits><Open>true</Open>`+
		`<Keepers><Keeper>Ada</Keeper><Keeper></Keeper></Keepers>`+
		`<Cages>`+
		`<Cage><Label>birds</Label><Animals><Animal><Name>owl</Name><Legs>2</Legs></Animal><Animal><Name>crow</Name><Legs>2</Legs></Animal></Animals></Cage>`+
		`<Cage><Label>empty</Label><Animals></Animals></Cage>`+
		`</Cages></VisitZooResponse>`,
		string(success(nil, XML, "VisitZoo", id, full())))
}

// pond is an answer with a list as newer actions have it.
type pond struct{ fish []animal }

func (p *pond) Fields(w *Writer) { PlainList(w, "Fishes", "Fish", p.fish, (*animal).fields) }

func TestAPlainList(t *testing.T) {
	p := &pond{[]animal{{"eel", 0}, {"crab", 8}}}
	assert.Equal(t, `{"RequestId":"`+id+`","Fishes":[{"Name":"eel","Legs":0},{"Name":"crab","Legs":8}]}`,
		string(success(nil, JSON, "VisitPond", id, p)))
	assert.Equal(t, `<?xml version='1.0' encoding='UTF-8'?><VisitPondResponse><RequestId>`+id+`</RequestId>`+
		`<Fishes><Fish><Name>eel</Name><Legs>0</Legs></Fish><Fish><Name>crab</Name><Legs>8</Legs></Fish></Fishes></VisitPondResponse>`,
		string(success(nil, XML, "VisitPond", id, p)))
	assert.Equal(t, `{"RequestId":"`+id+`","Fishes":[]}`, string(success(nil, JSON, "VisitPond", id, &pond{})))
	assert.Equal(t, []Field{{Name: "Fishes", Type: "Array", Item: "Fish", Plain: true,
		Fields: []Field{{Name: "Name", Type: "String"}, {Name: "Legs", Type: "Integer"}}}}, Describe(&pond{}))
}

func TestAbsentIsWrittenTo(t *testing.T) {
	assert.Equal(t, `{"RequestId":"`+id+`","Name":"","Visits":0,"Open":false,"Keepers":{"Keeper":[]},"Cages":{"Cage":[]}}`,
		string(success(nil, JSON, "VisitZoo", id, &zoo{})))
	assert.Equal(t, `<?xml version='1.0' encoding='UTF-8'?><VisitZooResponse><RequestId>`+id+`</RequestId>`+
		`<Name></Name><Visits>0</Visits><Open>false</Open><Keepers></Keepers><Cages></Cages></VisitZooResponse>`,
		string(success(nil, XML, "VisitZoo", id, &zoo{})))
}

func TestANilAnswerHasItsRequestsIDOnly(t *testing.T) {
	assert.Equal(t, `{"RequestId":"`+id+`"}`, string(success(nil, JSON, "RevokeSecurityGroup", id, nil)))
	assert.Equal(t, `<?xml version='1.0' encoding='UTF-8'?><RevokeSecurityGroupResponse><RequestId>`+id+`</RequestId></RevokeSecurityGroupResponse>`,
		string(success(nil, XML, "RevokeSecurityGroup", id, nil)))
}

// The XML is an answer of the service, captured in 2019.
func TestAnError(t *testing.T) {
	e := &Error{
		RequestID: "93ABDCE5-4D1A-4861-B38E-D31BDC709E4B", HostID: "dypnsapi.aliyuncs.com", Code: "InvalidVersion",
		Message:   "Specified parameter Version is not valid.",
		Recommend: "https://error-center.aliyun.com/status/search?Keyword=InvalidVersion&source=PopGw",
	}
	assert.Equal(t, `<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>93ABDCE5-4D1A-4861-B38E-D31BDC709E4B</RequestId>`+
		`<HostId>dypnsapi.aliyuncs.com</HostId><Code>InvalidVersion</Code><Message>Specified parameter Version is not valid.</Message>`+
		`<Recommend><![CDATA[https://error-center.aliyun.com/status/search?Keyword=InvalidVersion&source=PopGw]]></Recommend></Error>`,
		string(failure(nil, XML, e)))
	assert.Equal(t, `{"RequestId":"93ABDCE5-4D1A-4861-B38E-D31BDC709E4B","HostId":"dypnsapi.aliyuncs.com","Code":"InvalidVersion",`+
		`"Message":"Specified parameter Version is not valid.",`+
		`"Recommend":"https://error-center.aliyun.com/status/search?Keyword=InvalidVersion&source=PopGw"}`,
		string(failure(nil, JSON, e)))
}

func TestAnAnswerIsAppended(t *testing.T) {
	for _, f := range []Format{JSON, XML} {
		want := string(success(nil, f, "VisitZoo", id, full()))
		for _, before := range []string{"before", "{", "["} {
			assert.Equal(t, before+want, string(success([]byte(before), f, "VisitZoo", id, full())))
		}
	}
}

func TestDescribe(t *testing.T) {
	want := []Field{
		{Name: "Name", Type: "String"},
		{Name: "Visits", Type: "Integer"},
		{Name: "Open", Type: "Boolean"},
		{Name: "Keepers", Type: "Array", Item: "Keeper"},
		{Name: "Cages", Type: "Array", Item: "Cage", Fields: []Field{
			{Name: "Label", Type: "String"},
			{Name: "Animals", Type: "Array", Item: "Animal", Fields: []Field{
				{Name: "Name", Type: "String"},
				{Name: "Legs", Type: "Integer"},
			}},
		}},
	}
	assert.Equal(t, want, Describe(&zoo{}), "a list without items tells them all the same")
	assert.Equal(t, want, Describe(full()), "and one with items tells them once")
}

// Other spellings of the XML type make clients read the body as JSON.
func TestFormats(t *testing.T) {
	assert.Equal(t, "application/json;charset=utf-8", JSON.ContentType())
	assert.Equal(t, "text/xml;charset=utf-8", XML.ContentType())
	assert.Equal(t, "JSON", JSON.String())
	assert.Equal(t, "XML", XML.String())
	assert.Equal(t, XML, Format(0), "the service's default")
}

func success(buf []byte, f Format, action, requestID string, a Answer) []byte {
	w := To(buf, f)
	return w.Success(action, requestID, a)
}

func failure(buf []byte, f Format, e *Error) []byte {
	w := To(buf, f)
	return w.Failure(e)
}
