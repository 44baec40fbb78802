package ecs

import (
	"encoding/base64"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ecsmock/ecsmock/internal/compute"
)

// imageID is the id of an image.
type imageID string

// Set reads an id that begins with m- or ends with .vhd.
func (i *imageID) Set(text string) error {
	if !compute.IsImageID(text) {
		return errImage
	}
	*i = imageID(strings.Clone(text))
	return nil
}

// instanceType is the id of an instance type.
type instanceType string

// Set reads a text such as ecs.g6.large.
func (t *instanceType) Set(text string) error {
	if _, ok := compute.TypeOf(text); !ok {
		return errInstanceType
	}
	*t = instanceType(strings.Clone(text))
	return nil
}

// instanceName is the name of an instance.
type instanceName string

// Length returns the limits in characters.
func (instanceName) Length() (least, most int) { return 2, 128 }

// Set reads the name.
func (n *instanceName) Set(text string) error {
	if !isInstanceName(text) {
		return errInstanceName
	}
	*n = instanceName(strings.Clone(text))
	return nil
}

// isInstanceName reports whether a text may be a name. The square brackets and the comma
// are for numbered names.
func isInstanceName(text string) bool {
	first := true
	for _, r := range text {
		if first && !unicode.IsLetter(r) || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-:[],", r) {
			return false
		}
		first = false
	}
	n := utf8.RuneCountInString(text)
	return n >= 2 && n <= 128 && !isURL(text)
}

func isURL(text string) bool {
	return strings.HasPrefix(text, "http://") || strings.HasPrefix(text, "https://")
}

// aboutText is the description of an instance or a network interface.
type aboutText string

// Length returns the limits in characters.
func (aboutText) Length() (least, most int) { return 2, 256 }

// Set reads the description.
func (d *aboutText) Set(text string) error {
	if n := utf8.RuneCountInString(text); n < 2 || n > 256 || isURL(text) {
		return errDescription
	}
	*d = aboutText(strings.Clone(text))
	return nil
}

// hostName is the host name of an instance.
type hostName string

// Set reads the name.
func (h *hostName) Set(text string) error {
	if !hostForm.MatchString(text) || len(text) > 64 {
		return errHostName
	}
	*h = hostName(strings.Clone(text))
	return nil
}

var hostForm = regexp.MustCompile(`^[a-zA-Z0-9\[\],]+([.-][a-zA-Z0-9\[\],]+)*$`)

// launchTraffic is how the traffic of a new instance is paid.
type launchTraffic string

// Values returns the valid values.
func (*launchTraffic) Values() []string { return trafficTypes }

// Set reads a charge type of traffic.
func (t *launchTraffic) Set(text string) error {
	if !slices.Contains(trafficTypes, text) {
		return errInternetCharge
	}
	*t = launchTraffic(text)
	return nil
}

// userData is data for the first start of an instance.
type userData string

// Set reads data of at most 16 KB in base64.
func (d *userData) Set(text string) error {
	if raw, err := base64.StdEncoding.DecodeString(text); err == nil && len(raw) > 16<<10 || len(text) > 32<<10 {
		return errUserData
	}
	*d = userData(strings.Clone(text))
	return nil
}

// diskCategory is the category of a disk.
type diskCategory string

// Values returns the valid values.
func (*diskCategory) Values() []string { return compute.DiskCategories() }

// Set reads a category.
func (d *diskCategory) Set(text string) error {
	if !slices.Contains(compute.DiskCategories(), text) {
		return errDiskCategory
	}
	*d = diskCategory(text)
	return nil
}

// diskSize is the size of a system disk, in GiB.
type diskSize int

// Type returns the API's name of the type.
func (*diskSize) Type() string { return "Integer" }

// Range returns the limits of the size.
func (*diskSize) Range() (least, most int) { return 20, 500 }

// Set reads a number.
func (s *diskSize) Set(text string) error {
	n, err := strconv.Atoi(text)
	if least, most := s.Range(); err != nil || n < least || n > most {
		return errDiskSize
	}
	*s = diskSize(n)
	return nil
}
