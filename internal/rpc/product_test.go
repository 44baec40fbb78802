package rpc

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A call is for the product of its version, else for that of its host, else for the first.
func TestTheProductOfACall(t *testing.T) {
	for _, c := range []struct{ query, host, product, region string }{
		{"", "127.0.0.1:2014", "Ecs", ""},
		{"Version=2014-05-26", "127.0.0.1:2014", "Ecs", ""},
		{"Version=2016-04-28", "127.0.0.1:2014", "Vpc", ""},
		{"", "vpc.aliyuncs.com", "Vpc", "cn-hangzhou"},
		{"", "vpc.cn-beijing.aliyuncs.com:443", "Vpc", "cn-beijing"},
		{"", "VPC-CN-Beijing.aliyuncs.com", "Vpc", "cn-beijing"},
		{"", "ecs.cn-beijing.aliyuncs.com", "Ecs", "cn-beijing"},
		{"", "slb.cn-beijing.aliyuncs.com", "Ecs", ""},
		{"Version=2014-05-26", "vpc.cn-beijing.aliyuncs.com", "Ecs", "cn-beijing"},
		{"Version=2016-04-28", "ecs.cn-beijing.aliyuncs.com", "Vpc", "cn-beijing"},
		{"Version=2016-04-29", "vpc.cn-beijing.aliyuncs.com", "Vpc", "cn-beijing"},
		{"RegionId=cn-qingdao", "vpc.cn-beijing.aliyuncs.com", "Vpc", "cn-qingdao"},
		{"RegionId=cn-qingdao&Version=2016-04-28", "ecs.cn-beijing.aliyuncs.com", "Vpc", "cn-qingdao"},
	} {
		r := get("Action=A&" + c.query)
		r.Host = c.host
		call := read(r)
		assert.Equal(t, c.product, call.Product.Name, "%v", c)
		assert.Equal(t, c.region, call.Get("RegionId"), "%v", c)
	}
	assert.Equal(t, "Vpc", read(get("Action=A", "X-Acs-Version", "2016-04-28")).Product.Name)
	assert.Nil(t, Read(get("Action=A"), requestID).Product, "there is none")
}

func TestTheNameOfAnAction(t *testing.T) {
	d := &Description{Spec: Spec{Name: "TagResources", Product: products[1]}}
	assert.Equal(t, "Vpc.TagResources", d.FullName())
	for name, want := range map[string]bool{
		"TagResources": true, "Vpc.TagResources": true, "Ecs.TagResources": false, "Vpc.Tag": false, "Vpc": false, "Vpc.": false, "": false,
	} {
		assert.Equal(t, want, d.Named(name), name)
	}
}
