package ecs

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/wire"
)

var products = []*rpc.Product{ecs}

const benchID = "CEF72CEB-54B6-4AE8-B225-F876FF7BA984"

// BenchmarkDecode is what a call costs until it is understood.
func BenchmarkDecode(b *testing.B) {
	r := httptest.NewRequest(http.MethodGet, "/?Action=RevokeSecurityGroup&Format=JSON&Version=2014-05-26&AccessKeyId=testid&SignatureMethod=HMAC-SHA1"+
		"&Timestamp=2030-01-02T03%3A04%3A05Z&SignatureVersion=1.0&SignatureNonce=0123456789abcdef&Signature=AAAAAAAAAAAAAAAAAAAAAAAAAAA%3D"+
		"&RegionId=cn-hangzhou&SecurityGroupId=sg-bench&IpProtocol=tcp&PortRange=1/1&SourceCidrIp=10.0.0.0/8", nil)
	b.ReportAllocs()
	var c rpc.Call // one that is used again, as the server does
	for b.Loop() {
		c = rpc.Call{}
		c.Read(r, benchID, products)
		if _, err := RevokeSecurityGroup.Decode(&c, false); c.Err() != nil || err != nil {
			b.Fatal(c.Err(), err)
		}
	}
}

// BenchmarkRender is what it costs to write an answer.
func BenchmarkRender(b *testing.B) {
	rule := permission{Rule: secgroup.Rule{ID: "sgr-bp1234567890abcdefgh", Created: time.Unix(1_900_000_000, 0)}}
	rule.Fields(func(name string, v secgroup.Value) {
		example := map[string]string{"IpProtocol": "tcp", "PortRange": "22/22", "Policy": "accept", "Priority": "1", "NicType": "intranet", "SourceCidrIp": "10.0.0.0/8"}
		if text := example[name]; text != "" && v.Set(text) != nil {
			b.Fatal(name)
		}
	})
	hundred := &DescribeSecurityGroupAttributeResponse{Group: secgroup.Group{ID: "sg-bench", Region: "cn-hangzhou", VPC: "vpc-1"}}
	hundred.Group.SetDefaults()
	for range 100 {
		hundred.Rules = append(hundred.Rules, rule)
	}
	for name, answer := range map[string]wire.Answer{"done": &Done{}, "rules=100": hundred} {
		b.Run(name, func(b *testing.B) {
			var buf []byte
			b.ReportAllocs()
			for b.Loop() {
				w := wire.To(buf[:0], wire.JSON)
				buf = w.Success(RevokeSecurityGroup.Name, benchID, answer)
			}
		})
	}
}
