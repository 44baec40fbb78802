package main

import (
	"context"
	"errors"
	"io"
	"os"
	"slices"
	"strconv"
	"time"

	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/server"
	"github.com/ecsmock/ecsmock/internal/shadow"
)

// importer reads an account of the real service.
type importer struct {
	endpoint  string
	regions   []string
	rate      int
	anonymize bool
	authority string
}

func (i *importer) options() []option {
	return []option{
		{"endpoint", "address", "", "address of the service, as https://host; the default is https://ecs.<region>.aliyuncs.com", i.setEndpoint},
		{"region", "ids", "", "regions to read, separated by commas; at least one", i.setRegions},
		{"rate", "number", "5", "calls a second at most, 1 to 100", i.setRate},
		{"anonymize", "", "", "replace account ids, e-mail addresses, names, descriptions, tags and public addresses", setSwitch(&i.anonymize)},
		{"shadow-ca", "file", "", "certificates in PEM that are trusted instead of the system's authorities", setText(&i.authority)},
	}
}

// importState prints the state of an account. The keys are those of the environment.
func importState(ctx context.Context, args []string, environ env, out, log io.Writer) error {
	var i importer
	if err := parse("import", i.options(), args, environ, out); err != nil {
		return err
	}
	keys := shadow.KeysOf(func(name string) string { return environ[name] })
	switch {
	case len(i.regions) == 0:
		return usageError{errors.New("import needs a region, as in ecsmock import -region cn-hangzhou")}
	case keys.ID == "" || keys.Secret == "":
		return usageError{errors.New("import needs an access key; set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, and for a temporary key ALIBABA_CLOUD_SECURITY_TOKEN")}
	}
	reader := shadow.Import{
		Interval: time.Second / time.Duration(i.rate), Patience: time.Minute, Anonymize: i.anonymize,
		Clock: clock.New(), Log: log, Terminal: isTerminal(log),
	}
	for _, p := range server.Products() {
		reader.Products = append(reader.Products, p.Product)
	}
	for _, region := range i.regions {
		address := i.endpoint
		if address == "" {
			address = "ecs." + region + ".aliyuncs.com"
		}
		service, err := shadow.New(address)
		if err != nil {
			return err
		}
		service.Keys = keys
		if err := trust(service, i.authority); err != nil {
			return err
		}
		reader.Places = append(reader.Places, &shadow.Place{Region: region, Service: service})
	}
	state, err := reader.Read(ctx)
	if state != nil {
		if _, failed := out.Write(state); failed != nil {
			return failed
		}
	}
	return err
}

// isTerminal reports whether a log is one, whose last line can be rewritten.
func isTerminal(log io.Writer) bool {
	file, ok := log.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

func (i *importer) setEndpoint(text string) error {
	i.endpoint = text
	if _, err := shadow.New(text); err != nil {
		return wants("https://host")
	}
	return nil
}

func (i *importer) setRegions(text string) error {
	regions, err := server.ParseRegions(text)
	if err != nil {
		return sentence{err}
	}
	for _, r := range regions {
		if !slices.Contains(i.regions, r.ID) {
			i.regions = append(i.regions, r.ID)
		}
	}
	return nil
}

func (i *importer) setRate(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 100 {
		return wants("a number from 1 to 100")
	}
	i.rate = n
	return nil
}
