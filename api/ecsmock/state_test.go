package ecsmock_test

import (
	"encoding/json"
	"net/http"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ecsmock/ecsmock/api/ecsmock"
)

const everything = "../../testdata/seeds/everything.json"

// State has every field of the state form: nothing is lost or added.
func TestStateGoesRound(t *testing.T) {
	text, err := os.ReadFile(everything)
	require.NoError(t, err)
	bare := strings.ReplaceAll(string(text), ",\n      \"Permissions\": []", "")
	d := json.NewDecoder(strings.NewReader(bare))
	d.DisallowUnknownFields()
	var state ecsmock.State
	require.NoError(t, d.Decode(&state))
	again, err := json.Marshal(state)
	require.NoError(t, err)
	assert.JSONEq(t, bare, string(again))

	srv := ecsmock.Start(t)
	srv.Load(state)
	assert.Equal(t, state, srv.State())
	_, body := get(t, srv.URL+"/_mock/state")
	assert.Equal(t, string(text), body)

	for _, o := range []ecsmock.Option{ecsmock.Seed(everything), ecsmock.SeedState(state)} {
		srv := ecsmock.Start(t, o)
		srv.Load(ecsmock.State{})
		srv.Reset()
		assert.Equal(t, state, srv.State())
	}
}

// The structs have the fields of the forms, which the mock lists in the error of an
// unknown field.
func TestStructsHaveTheFieldsOfTheForms(t *testing.T) {
	const group = `"RegionId": "cn-hangzhou", "SecurityGroupId": "sg-1", `
	const list = `"RegionId": "cn-hangzhou", "PrefixListId": "pl-1", `
	const ports = `"RegionId": "cn-hangzhou", "PortRangeListId": "prl-1", `
	unknown := func(name, fields string) string { return `{"` + name + `": [{` + fields + `"?": 1}]}` }
	for _, c := range []struct {
		form any
		ask  []string
	}{
		{ecsmock.State{}, []string{`{"?": 1}`}},
		{ecsmock.Account{}, []string{unknown("Accounts", `"AccountId": "1", `)}},
		{ecsmock.Region{}, []string{unknown("Regions", `"RegionId": "xx-moon-1", `)}},
		{ecsmock.InstanceType{}, []string{unknown("InstanceTypes", `"InstanceTypeId": "ecs.g9.large", `)}},
		{ecsmock.Image{}, []string{unknown("Images", `"ImageId": "m-1", `)}},
		{ecsmock.SecurityGroup{}, []string{unknown("SecurityGroups", group)}},
		{ecsmock.Permission{}, []string{
			unknown("SecurityGroups", group+`"Permissions": [{"IpProtocol": "tcp", "PortRange": "1/1", "SourceCidrIp": "10.0.0.1", "?": 1}], `),
			unknown("SecurityGroups", group+`"Permissions": [{"Direction": "egress", "IpProtocol": "tcp", "PortRange": "1/1", "DestCidrIp": "10.0.0.1", "?": 1}], `),
		}},
		{ecsmock.Tag{}, []string{unknown("SecurityGroups", group+`"Tags": [{"TagKey": "a", "?": 1}], `)}},
		{ecsmock.Instance{}, []string{unknown("Instances", `"RegionId": "cn-hangzhou", "InstanceId": "i-1", `)}},
		{ecsmock.NetworkInterface{}, []string{unknown("NetworkInterfaces", `"RegionId": "cn-hangzhou", "NetworkInterfaceId": "eni-1", `)}},
		{ecsmock.PrefixList{}, []string{unknown("PrefixLists", list)}},
		{ecsmock.PortRangeList{}, []string{unknown("PortRangeLists", ports)}},
		{ecsmock.PortRangeEntry{}, []string{unknown("PortRangeLists", ports+`"Entries": [{"PortRange": "1/1", "?": 1}], `)}},
		{ecsmock.PrefixEntry{}, []string{unknown("PrefixLists", list+`"Entries": [{"Cidr": "10.0.0.1", "?": 1}], `)}},
	} {
		var named []string
		for _, body := range c.ask {
			named = append(named, fieldsListed(t, http.MethodPut, "state", body, "the fields are ")...)
		}
		slices.Sort(named)
		assert.Equal(t, slices.Compact(named), fieldsOf(c.form), "%T", c.form)
	}
	fault := slices.Sorted(slices.Values(fieldsListed(t, http.MethodPost, "faults", `{"Action": "*", "?": 1}`, "the fields are ")))
	fields := slices.DeleteFunc(fieldsOf(ecsmock.Fault{}), func(name string) bool { return strings.Contains(" Id Matched Acted ", " "+name+" ") })
	assert.Equal(t, fault, fields)
}

// fieldsListed returns the fields that a mock lists in an error.
func fieldsListed(t *testing.T, method, path, body, before string) []string {
	t.Helper()
	srv := ecsmock.Start(t)
	r, err := http.NewRequest(method, srv.URL+"/_mock/"+path, strings.NewReader(body))
	require.NoError(t, err)
	res, err := http.DefaultClient.Do(r)
	require.NoError(t, err)
	defer res.Body.Close()
	var message struct{ Error string }
	require.NoError(t, json.NewDecoder(res.Body).Decode(&message))
	_, list, ok := strings.Cut(message.Error, before)
	require.True(t, ok, message.Error)
	return strings.Split(list, ", ")
}

// fieldsOf returns the names of a struct's fields in JSON, sorted.
func fieldsOf(form any) (names []string) {
	of := reflect.TypeOf(form)
	for i := range of.NumField() {
		name, _, _ := strings.Cut(of.Field(i).Tag.Get("json"), ",")
		if name == "" {
			name = of.Field(i).Name
		}
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}
