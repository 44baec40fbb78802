package ecs

import (
	"errors"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

const (
	tagsPerPage = 50 // tags in a page of ListTagResources
	maxFilters  = 5  // filters in a request, and values in a filter

	// resourceGroupKey is the key of the tag that stands for the resource group.
	resourceGroupKey = "acs:rm:rgId"
)

var (
	errLonelyValue   = errors.New("a tag with a value has a key")
	errTagsAndFilter = errors.New("give tags or tag filters, not both")
	errGroupTag      = errors.New("the tag acs:rm:rgId has the id of a resource group as its value and stands alone")
)

// ListTagResources lists the tags of resources.
var ListTagResources = define(rpc.Spec{
	Name:    "ListTagResources",
	Summary: "Lists the tags of resources.",
	Example: "RegionId=cn-hangzhou&ResourceType=securitygroup&ResourceId.1=sg-web",
	Failures: slices.Concat([]*rpc.Failure{
		{On: errLonelyValue, Status: 400, Code: "InvalidParameter.TagValue", Message: "The specified parameter TagValue is invalid.",
			When: "A tag has a value and no key.", Try: "Tag.1.Value=lonely"},
		{On: errTagsAndFilter, Status: 400, Code: "InvalidParameter", Message: invalidParameter,
			When: "Tags and tag filters are given together.", Try: "Tag.1.Key=tier&TagFilter.1.TagKey=tier"},
		{On: errGroupTag, Status: 400, Code: "InvalidTag.Mismatch", Message: "The specified Tag.n.Key and Tag.n.Value are not match.",
			When: "The key is acs:rm:rgId, and the value is absent or there is another tag.", Try: "Tag.1.Key=acs:rm:rgId"},
		repeatedTagKey,
		invalidNextToken,
	}, resourceTagFailures("Tag.1.Key="+strings.Repeat("k", 129)+"&"), tagRequestFailures),
}, (*Caller).listTagResources)

// ListTagResourcesRequest selects resources by id, by tags, by patterns of tags, or by their
// resource group.
type ListTagResourcesRequest struct {
	tagRequest
	Tags    []searchTag
	Filters []tagFilter
	Token   nextToken
}

// Params declares the parameters.
func (r *ListTagResourcesRequest) Params(p *param.Set) {
	r.params(p, nil)
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*searchTag).bind)
	param.List(p, &r.Filters, "TagFilter", maxFilters, (*tagFilter).bind)
	p.Fail(r.check())
	r.Token.bind(p)
}

// check returns an error for tags and filters that exclude each other.
func (r *ListTagResourcesRequest) check() error {
	if len(r.Tags) > 0 && len(r.Filters) > 0 {
		return rpc.Named(errTagsAndFilter, "TagFilter")
	}
	for i, t := range r.Tags {
		if t.Key == resourceGroupKey && (t.Value == "" || len(r.Tags) > 1) {
			return errGroupTag
		}
		if slices.ContainsFunc(r.Tags[:i], func(u searchTag) bool { return u.Key == t.Key }) {
			return product.ErrRepeatedKey
		}
	}
	return nil
}

// A searchTag is a tag to search for.
type searchTag struct {
	Key   searchKey
	Value secgroup.TagValue
}

func (t *searchTag) bind(p *param.Set) {
	p.Var(&t.Key, "Key", "Key of the tag. With acs:rm:rgId, the value is a resource group, whose resources are listed.").Else(errLonelyValue).Example("TestKey")
	p.Var(&t.Value, "Value", "Value of the tag. Without it, any value.").Example("TestValue")
}

// A searchKey is the key of a tag to search for: that of a tag, or acs:rm:rgId.
type searchKey secgroup.TagKey

// Length returns the limits in characters.
func (searchKey) Length() (least, most int) { return secgroup.TagKey("").Length() }

// Set reads the key.
func (k *searchKey) Set(text string) error {
	if text == resourceGroupKey {
		*k = resourceGroupKey
		return nil
	}
	return (*secgroup.TagKey)(k).Set(text)
}

// A tagFilter selects the resources that have a tag whose key and value fit. Patterns have an
// asterisk in front, at the end, or both.
type tagFilter struct {
	Key    string
	Values []tagPattern
}

// A tagPattern is an element of TagValues.
type tagPattern string

func (v *tagPattern) bind(p *param.Set) {
	p.String((*string)(v), "", "Values of the tag, one of which is enough: prod, prod* for values that begin so, *prod* for those that have it anywhere.").Example("prod*")
}

func (f *tagFilter) bind(p *param.Set) {
	p.String(&f.Key, "TagKey", "Key of the tag: env, env* for keys that begin so, *env* for those that have it anywhere.").Example("env*")
	param.List(p, &f.Values, "TagValues", maxFilters, (*tagPattern).bind)
}

func (f *tagFilter) selects(tags []secgroup.Tag) bool {
	return slices.ContainsFunc(tags, func(t secgroup.Tag) bool {
		return tagPattern(f.Key).matches(t.Key) &&
			(len(f.Values) == 0 || slices.ContainsFunc(f.Values, func(v tagPattern) bool { return v.matches(t.Value) }))
	})
}

// matches reports whether a text fits the pattern.
func (v tagPattern) matches(text string) bool {
	prefix, open := strings.CutSuffix(string(v), "*")
	if infix, ok := strings.CutPrefix(prefix, "*"); ok && open {
		return strings.Contains(text, infix)
	}
	if open {
		return strings.HasPrefix(text, prefix)
	}
	return text == string(v)
}

// ListTagResourcesResponse is a page of tags with their resources.
type ListTagResourcesResponse struct {
	Next string
	Type resourceType
	Tags []resourceTag
}

// A resourceTag is a tag of a resource.
type resourceTag struct {
	secgroup.Tag
	resource string
}

// Fields declares the answer.
func (a *ListTagResourcesResponse) Fields(w *wire.Writer) {
	w.Text("NextToken", a.Next)
	wire.List(w, "TagResources", "TagResource", a.Tags, func(t *resourceTag, w *wire.Writer) {
		w.Text("ResourceId", t.resource)
		w.Text("ResourceType", string(a.Type))
		tagFields(&t.Tag, w)
	})
}

func (c *Caller) listTagResources(r *ListTagResourcesRequest) (*ListTagResourcesResponse, error) {
	a := &ListTagResourcesResponse{Type: r.Type}
	return a, c.View(func(ns *store.Namespace) error {
		if _, err := r.resources(ns); err != nil {
			return err
		}
		for _, one := range r.Type.all(ns) {
			tags := r.tagsOf(one)
			if len(tags) == 0 || r.Token != "" && one.id >= string(r.Token) || !r.selects(one) || ns.Hidden(one.id) {
				continue
			}
			if len(a.Tags) > 0 && len(a.Tags)+len(tags) > tagsPerPage {
				a.Next = newToken(a.Tags[len(a.Tags)-1].resource)
				return nil
			}
			for _, t := range tags {
				a.Tags = append(a.Tags, resourceTag{t, one.id})
			}
		}
		return nil
	})
}

// byResourceGroup returns the resource group whose resources are listed, "" where the request
// searches by other tags.
func (r *ListTagResourcesRequest) byResourceGroup() string {
	if len(r.Tags) == 1 && r.Tags[0].Key == resourceGroupKey {
		return string(r.Tags[0].Value)
	}
	return ""
}

// tagsOf returns the tags that a resource is listed with. In a search by resource group it
// is one of them: the resource may have no other.
func (r *ListTagResourcesRequest) tagsOf(one resource) []secgroup.Tag {
	if id := r.byResourceGroup(); id != "" {
		return append([]secgroup.Tag{{Key: resourceGroupKey, Value: id}}, *one.tags...)
	}
	return *one.tags
}

func (r *ListTagResourcesRequest) selects(one resource) bool {
	if len(r.IDs) > 0 && !slices.Contains(r.IDs, resourceID(one.id)) {
		return false
	}
	if id := r.byResourceGroup(); id != "" {
		return *one.group == id
	}
	for _, w := range r.Tags {
		if !product.HasTags(*one.tags, []tag{{Key: secgroup.TagKey(w.Key), Value: w.Value}}) {
			return false
		}
	}
	for i := range r.Filters {
		if !r.Filters[i].selects(*one.tags) {
			return false
		}
	}
	return true
}
