package ecs

import (
	"slices"
	"sort"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/product"
	"github.com/ecsmock/ecsmock/internal/rpc"
	"github.com/ecsmock/ecsmock/internal/secgroup"
	"github.com/ecsmock/ecsmock/internal/store"
	"github.com/ecsmock/ecsmock/internal/wire"
)

// AddTags adds tags to one resource. TagResources is newer.
var AddTags = define(rpc.Spec{
	Name:    "AddTags",
	Summary: "Adds tags to a resource. A tag whose key the resource already has gets the new value.",
	Example: "RegionId=cn-hangzhou&ResourceType=instance&ResourceId=i-web&Tag.1.Key=owner&Tag.1.Value=me",
	Failures: slices.Concat([]*rpc.Failure{
		{On: errNoTags, Status: 400, Code: "InvalidTagCount", Message: beyondTags,
			When: "No tag is given.", Try: "-Tag.1.Key&-Tag.1.Value"},
		{On: errTagQuota, Status: 400, Code: "InvalidTagCount", Message: beyondTags,
			When: "The resource would have more than 20 tags.", Try: "21*Tag.1.Key=key#"},
		repeatedTagKey,
	}, olderTagFailures("-Tag.1.Key&"), taggedFailures),
}, (*Caller).addTags)

const beyondTags = "The specified tags are beyond the permitted range."

// olderTagFailures returns the rows of the tags. remove takes the key out of the action's
// example.
func olderTagFailures(remove string) []*rpc.Failure {
	return []*rpc.Failure{
		{On: param.ErrIndex, Of: "Tag", Status: 400, Code: "InvalidTagCount", Message: beyondTags,
			When: "More than 20 tags are given.", Try: "Tag.21.Key=more"},
		{On: secgroup.ErrTagKey, Status: 400, Code: "InvalidTag.Mismatch", Message: "The specified Tag.n.Key and Tag.n.Value are not match.",
			When: "A tag has no key, or one of more than 128 characters.", Try: remove + "Tag.1.Value=lonely"},
		{On: secgroup.ErrTagKeyPrefix, Status: 400, Code: "InvalidTagKey.Malformed", Message: "The parameter Tag.n.Key is illegal.",
			When: "A key begins with aliyun, acs:, http:// or https://.", Try: "Tag.1.Key=acs:owner"},
		{On: secgroup.ErrTagValue, Status: 400, Code: "InvalidTagValue.Malformed", Message: "The specified Tag.n.Value is not valid.",
			When: "A value has more than 128 characters, or begins with http:// or https://.", Try: "Tag.1.Key=home&Tag.1.Value=http://localhost"},
	}
}

// taggedFailures is the rows of the resource of AddTags and RemoveTags.
var taggedFailures = []*rpc.Failure{unmockedResourceType, unknownResourceType, unknownRegion, unknownResource("ResourceId"), primaryTags("ResourceId")}

// oneTagged is a request about the tags of one resource.
type oneTagged struct {
	regional
	Type resourceType
	ID   string
	Tags []tag
}

func (r *oneTagged) bind(p *param.Set) {
	r.region(p, "Region of the resource.")
	p.Var(&r.Type, "ResourceType", "Type of the resource.").Require().Example("instance")
	p.String(&r.ID, "ResourceId", "Resource.").Require().Example("i-bp67acfmxazb4p****")
}

// update calls f with the resource.
func (r *oneTagged) update(c *Caller, f func(resource) error) (*Done, error) {
	return &Done{}, c.Update(func(ns *store.Namespace) error {
		found, err := r.Type.find(ns, r.ID)
		if err != nil {
			return err
		}
		ns.Edit(found.of)
		return f(found)
	})
}

// AddTagsRequest is a resource and the tags to add.
type AddTagsRequest struct{ oneTagged }

// Params declares the parameters.
func (r *AddTagsRequest) Params(p *param.Set) {
	r.bind(p)
	param.NeedList(p, errNoTags, &r.Tags, "Tag", product.MaxTags, (*tag).BindEither)
	p.Fail(product.CheckRepeatedKey(r.Tags))
}

func (c *Caller) addTags(r *AddTagsRequest) (*Done, error) {
	return r.update(c, func(found resource) error {
		tags := secgroup.WithTags(*found.tags, product.TagsOf(r.Tags))
		if len(tags) > c.Limits.TagsPerGroup {
			return product.Quota(errTagQuota, found.id, len(*found.tags), c.Limits.TagsPerGroup, "tags")
		}
		*found.tags = tags
		return nil
	})
}

// RemoveTags removes tags of one resource. UntagResources is newer.
var RemoveTags = define(rpc.Spec{
	Name:     "RemoveTags",
	Summary:  "Removes tags of a resource: those that are given, by key or by key and value, or all.",
	Example:  "RegionId=cn-hangzhou&ResourceType=instance&ResourceId=i-web&Tag.1.Key=env",
	Failures: slices.Concat(olderTagFailures("-Tag.1.Key&"), taggedFailures),
}, (*Caller).removeTags)

// RemoveTagsRequest is a resource and the tags to remove.
type RemoveTagsRequest struct{ oneTagged }

// Params declares the parameters.
func (r *RemoveTagsRequest) Params(p *param.Set) {
	r.bind(p)
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*tag).BindEither)
}

func (c *Caller) removeTags(r *RemoveTagsRequest) (*Done, error) {
	return r.update(c, func(found resource) error {
		*found.tags = slices.DeleteFunc(slices.Clone(*found.tags), func(t secgroup.Tag) bool {
			return len(r.Tags) == 0 || slices.ContainsFunc(r.Tags, func(w tag) bool {
				return string(w.Key) == t.Key && (w.Value == "" || string(w.Value) == t.Value)
			})
		})
		return nil
	})
}

// DescribeTags lists tags with the number of resources that have them.
var DescribeTags = define(rpc.Spec{
	Name:     "DescribeTags",
	Summary:  "Lists the tags of the resources of a region, and how many resources of each type have them.",
	Example:  "RegionId=cn-hangzhou",
	Failures: append(olderTagFailures(""), unknownResourceType, unknownRegion),
}, (*Caller).describeTags)

// DescribeTagsRequest selects tags by resource, type and key. What is absent selects all.
type DescribeTagsRequest struct {
	regional
	Type         anyType
	ID           string
	Tags         []tag
	Number, Size int
}

// anyType is the type of a resource of ECS. One that the mock lacks has no tags.
type anyType string

// Set reads a type in any case.
func (t *anyType) Set(text string) error {
	name := strings.ToLower(text)
	if !slices.Contains(resourceTypes, name) && !slices.Contains(unmockedTypes, name) {
		return errResourceType
	}
	*t = anyType(name)
	return nil
}

// Params declares the parameters.
func (r *DescribeTagsRequest) Params(p *param.Set) {
	r.region(p, "Region of the resources.")
	p.Var(&r.Type, "ResourceType", "Tags of resources of this type.").Example("instance")
	p.String(&r.ID, "ResourceId", "Tags of this resource.").Example("i-bp67acfmxazb4p****")
	param.List(p, &r.Tags, "Tag", product.MaxTags, (*tag).BindEither)
	p.Int(&r.Number, "PageNumber", "Number of the page, the first is 1.").Between(1, 1<<31-1).Default("1").Example("1")
	p.Int(&r.Size, "PageSize", "Tags a page.").Between(1, 100).Default("50").Example("50")
	p.Unused("\n\tCategory String")
}

// DescribeTagsResponse is a page of tags.
type DescribeTagsResponse struct {
	Total int
	Page  product.Page
	Tags  []countedTag
}

// A countedTag is a tag and how many resources of each type have it.
type countedTag struct {
	secgroup.Tag
	of map[resourceType]int
}

// Fields declares the answer.
func (a *DescribeTagsResponse) Fields(w *wire.Writer) {
	w.Int("TotalCount", a.Total)
	w.Int("PageNumber", a.Page.Number)
	w.Int("PageSize", a.Page.Size)
	wire.List(w, "Tags", "Tag", a.Tags, (*countedTag).fields)
}

func (t *countedTag) fields(w *wire.Writer) {
	tagFields(&t.Tag, w)
	w.Object("ResourceTypeCount", func(w *wire.Writer) {
		w.Int("Instance", t.of["instance"])
		w.Int("Disk", 0)
		w.Int("Volume", 0)
		w.Int("Image", 0)
		w.Int("Snapshot", 0)
		w.Int("Securitygroup", t.of["securitygroup"])
		w.Int("Ddh", 0)
		w.Int("Eni", t.of["eni"])
		w.Int("KeyPair", 0)
		w.Int("LaunchTemplate", 0)
		w.Int("SnapshotPolicy", 0)
	})
}

func (c *Caller) describeTags(r *DescribeTagsRequest) (*DescribeTagsResponse, error) {
	a := &DescribeTagsResponse{Page: product.Page{Number: r.Number, Size: r.Size}}
	return a, c.View(func(ns *store.Namespace) error {
		counted := map[secgroup.Tag]map[resourceType]int{}
		for _, name := range resourceTypes {
			if r.Type == "" || string(r.Type) == name {
				r.count(ns, resourceType(name), counted)
			}
		}
		var all []countedTag
		for t, of := range counted {
			all = append(all, countedTag{t, of})
		}
		sort.Slice(all, func(i, j int) bool {
			a, b := all[i], all[j]
			return a.Key < b.Key || a.Key == b.Key && a.Value < b.Value
		})
		a.Total = len(all)
		start, end := a.Page.Bounds(len(all))
		a.Tags = all[start:end]
		return nil
	})
}

// count counts the resources of a type by tag.
func (r *DescribeTagsRequest) count(ns *store.Namespace, t resourceType, counted map[secgroup.Tag]map[resourceType]int) {
	for _, one := range t.all(ns) {
		if r.ID != "" && r.ID != one.id || ns.Hidden(one.id) {
			continue
		}
		for _, has := range *one.tags {
			if len(r.Tags) > 0 && !slices.ContainsFunc(r.Tags, func(w tag) bool { return product.HasTags([]secgroup.Tag{has}, []tag{w}) }) {
				continue
			}
			if counted[has] == nil {
				counted[has] = map[resourceType]int{}
			}
			counted[has][t]++
		}
	}
}
