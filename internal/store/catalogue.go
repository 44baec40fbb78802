package store

import (
	"errors"
	"fmt"
	"slices"

	"github.com/ecsmock/ecsmock/internal/compute"
	"github.com/ecsmock/ecsmock/internal/form"
	"github.com/ecsmock/ecsmock/internal/secgroup"
)

// catalogue is the instance types and images that a state adds to those that the mock
// sells. They exist for every account, in every region.
type catalogue struct {
	types  []*compute.Type
	images []*compute.Image
}

func (c *catalogue) add(more catalogue) {
	c.types, c.images = append(c.types, more.types...), append(c.images, more.images...)
}

// InstanceTypes returns the instance types that the mock sells.
func (w *World) InstanceTypes() []compute.Type {
	w.mu.RLock()
	defer w.mu.RUnlock()
	list := slices.Clone(compute.Types())
	for _, t := range w.contents.catalogue.types {
		list = append(list, *t)
	}
	return list
}

// InstanceType returns an instance type: one that a state added, one that the mock sells,
// or one that is only written like the vendor's.
func (ns *Namespace) InstanceType(id string) (compute.Type, bool) {
	for _, t := range ns.all.catalogue.types {
		if t.ID == id {
			return *t, true
		}
	}
	return compute.TypeOf(id)
}

// Images returns the images that the mock has.
func (ns *Namespace) Images() []compute.Image {
	list := slices.Clone(compute.Images())
	for _, i := range ns.all.catalogue.images {
		list = append(list, *i)
	}
	return list
}

// Image returns the image with an id.
func (ns *Namespace) Image(id string) (compute.Image, bool) {
	for _, i := range ns.all.catalogue.images {
		if i.ID == id {
			return *i, true
		}
	}
	return compute.FindImage(id)
}

// instanceType declares an instance type. What a state leaves out follows from its id.
func (s *state) instanceType(f *form.Object, t *compute.Type) {
	f.Required("InstanceTypeId", (*secgroup.Text)(&t.ID))
	usual, ok := compute.TypeOf(t.ID)
	if f.Reading() && !f.Failed() && !ok {
		f.Fail("InstanceTypeId", fmt.Errorf("%s is not written like ecs.g6.large", t.ID))
	}
	if f.Reading() {
		*t = usual
	}
	f.Int("CpuCoreCount", &t.Cores)
	f.Int("MemorySize", &t.Memory)
	f.Int("EniQuantity", &t.Interfaces)
	if f.Reading() && !f.Failed() && min(t.Cores, t.Memory, t.Interfaces) < 1 {
		f.Fail("", errors.New("CpuCoreCount, MemorySize and EniQuantity are at least 1"))
	}
	if _, sold := compute.FindType(t.ID); f.Reading() && !f.Failed() {
		s.draft.catalogue.types = append(s.draft.catalogue.types, t)
		s.draft.once(f, "InstanceTypeId", t.ID, sold)
	}
}

// image declares an image.
func (s *state) image(f *form.Object, i *compute.Image) {
	f.Required("ImageId", (*secgroup.Text)(&i.ID))
	f.Default("ImageName", (*secgroup.Text)(&i.Title), i.ID)
	f.Text("ImageFamily", &i.Family)
	f.Default("OSName", (*secgroup.Text)(&i.Name), "Linux")
	f.Default("Platform", (*secgroup.Text)(&i.Platform), "Others Linux")
	f.Default("OSType", (*secgroup.Text)(&i.System), "linux")
	if f.Reading() && !f.Failed() && i.System != "linux" && i.System != "windows" {
		f.Fail("OSType", fmt.Errorf("OSType is linux or windows, got %s", i.System))
	}
	if i.Size == 0 {
		i.Size = compute.DefaultDiskSize
	}
	f.Int("Size", &i.Size)
	if f.Reading() && !f.Failed() && !compute.IsImageID(i.ID) {
		f.Fail("ImageId", errors.New("the id of an image begins with m- or ends with .vhd"))
	}
	if _, has := compute.FindImage(i.ID); f.Reading() && !f.Failed() {
		i.NameEN, i.Custom = i.Name, true
		s.draft.catalogue.images = append(s.draft.catalogue.images, i)
		s.draft.once(f, "ImageId", i.ID, has)
	}
}

// once refuses an id that the mock, the world or the state has already.
func (d *draft) once(f *form.Object, field, id string, has bool) {
	n := 0
	for _, c := range []catalogue{d.to.catalogue, d.catalogue} {
		for _, t := range c.types {
			if field == "InstanceTypeId" && t.ID == id {
				n++
			}
		}
		for _, i := range c.images {
			if field == "ImageId" && i.ID == id {
				n++
			}
		}
	}
	if has || n > 1 {
		f.Fail(field, fmt.Errorf("the id %s is used already", id))
	}
}
