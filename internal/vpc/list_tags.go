package vpc

import (
	"encoding/base64"
	"slices"
	"strconv"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// ListTagResources lists tags.
var ListTagResources = define(rpc.Spec{
	Name:     "ListTagResources",
	Summary:  "Lists the tags of VPCs, vSwitches or route tables.",
	Example:  "RegionId=cn-hangzhou&ResourceType=VPC&ResourceId.1=vpc-1",
	Failures: slices.Concat([]*rpc.Failure{unknownRegion}, tagFailures),
}, (*Caller).listTagResources)

// ListTagResourcesRequest selects resources, by id or by their tags.
type ListTagResourcesRequest struct {
	tagRequest
	Tags  []product.Tag
	most  int
	token tagToken
}

// Params declares the parameters.
func (r *ListTagResourcesRequest) Params(p *param.Set) {
	r.params(p, false)
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*product.Tag).Bind)
	p.Int(&r.most, "MaxResults", "Tags a page.").Between(1, 50).Default("50").Example("50")
	p.Var(&r.token, "NextToken", "NextToken of the answer before; blank for the first page.").Example("")
}

// A tagToken is the number of tags on the pages before.
type tagToken int

// Set reads a token that String returned.
func (t *tagToken) Set(text string) error {
	decoded, err := base64.RawURLEncoding.DecodeString(text)
	n, notNumber := strconv.ParseUint(string(decoded), 10, 31)
	if err != nil || notNumber != nil {
		return param.ErrInvalid
	}
	*t = tagToken(n)
	return nil
}

func (t tagToken) String() string {
	return base64.RawURLEncoding.EncodeToString([]byte(strconv.Itoa(int(t))))
}

// ListTagResourcesResponse is a page of tags with their resources.
type ListTagResourcesResponse struct {
	next string
	tags []resourceTag
}

// A resourceTag is a tag of a resource.
type resourceTag struct {
	secgroup.Tag
	resource string
	kind     kind
}

// Fields declares the answer.
func (a *ListTagResourcesResponse) Fields(w *wire.Writer) {
	w.Text("NextToken", a.next)
	wire.List(w, "TagResources", "TagResource", a.tags, func(t *resourceTag, w *wire.Writer) {
		w.Text("ResourceId", t.resource)
		w.Text("ResourceType", string(t.kind))
		w.Text("TagKey", t.Key)
		w.Text("TagValue", t.Value)
	})
}

func (c *Caller) listTagResources(r *ListTagResourcesRequest) (*ListTagResourcesResponse, error) {
	a := &ListTagResourcesResponse{}
	return a, c.View(func(ns *store.Namespace) error {
		var all []resourceTag
		for _, id := range r.kind.all(ns) {
			tags, _ := r.kind.tags(ns, id)
			if ns.Hidden(id) || len(r.ids) > 0 && !slices.Contains(r.ids, resourceID(id)) || !product.HasTags(*tags, r.Tags) {
				continue
			}
			for _, t := range *tags {
				all = append(all, resourceTag{t, id, r.kind})
			}
		}
		start := min(int(r.token), len(all))
		end := min(start+r.most, len(all))
		if a.tags = all[start:end]; end < len(all) {
			a.next = tagToken(end).String()
		}
		return nil
	})
}
