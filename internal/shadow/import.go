package shadow

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/ecsmock/ecsmock/internal/clock"
	"github.com/ecsmock/ecsmock/internal/rpc"
)

// An Import reads an account of the service into a state.
type Import struct {
	Places    []*Place // at least one
	Products  []*rpc.Product
	Interval  time.Duration // between the beginnings of two calls
	Patience  time.Duration // with one call
	Anonymize bool
	Clock     *clock.Source
	Log       io.Writer // for the progress, and sentences about what was not read
	Terminal  bool      // whether Log can rewrite a line
}

// A Place is a region and the service that has it.
type Place struct {
	Region  string
	Service *Service
}

// A reading is an import that is under way.
type reading struct {
	*Import
	products map[string]*rpc.Product
	answered map[string]bool // hosts
	silent   int             // calls without an answer, one after the other
	missed   map[string]int  // how often a sentence applied
	calls    int
	next     time.Time // when the next call may be sent

	started, shown time.Time // the reading, and its progress
	lineOpen       bool      // whether the cursor is behind the progress
	done, all      int       // rows of lists whose details are read

	lists map[string][]map[string]any // of the state
}

// errEarly is the error of an import that ended before all was read.
var errEarly = errors.New("reading ended early, and the state lacks what was not read until then")

// Read returns the state, in the form of the state's files. With the error errEarly, too,
// there is a state.
func (i *Import) Read(ctx context.Context) ([]byte, error) {
	r := &reading{Import: i, products: map[string]*rpc.Product{}, answered: map[string]bool{}, missed: map[string]int{}, lists: map[string][]map[string]any{}}
	for _, p := range i.Products {
		r.products[p.Name] = p
	}
	r.started = i.Clock.Now()
	r.shown = r.started
	early := r.readAll(ctx)
	if early != nil && !errors.Is(early, errEarly) {
		r.endLine()
		return nil, early
	}
	r.progress(true)
	text, err := r.state()
	r.more()
	return text, cmp.Or(err, early)
}

// readAll reads all parts. Only groups are needed.
func (r *reading) readAll(ctx context.Context) error {
	for n := range parts {
		p := &parts[n]
		var err error
		if p.of == "" {
			err = r.readRegions(ctx, p)
		} else {
			err = r.readDetails(ctx, p)
		}
		if err != nil {
			return err
		}
		if n == 0 && r.lists["SecurityGroups"] == nil {
			return errors.New("no group could be read")
		}
		if n+1 < len(parts) && p.of == "" && parts[n+1].of != "" {
			r.all = len(r.lists["SecurityGroups"]) + len(r.lists["PrefixLists"]) + len(r.lists["PortRangeLists"])
		}
	}
	return nil
}

// readRegions reads a part that each region has, or all of them together.
func (r *reading) readRegions(ctx context.Context, p *part) error {
	for _, to := range r.Places {
		query := p.query()
		of, central := to.Region, strings.Contains(everywhere, p.product)
		if central {
			of = "the account"
		} else {
			query = query.with("RegionId", to.Region)
		}
		known := map[string]bool{}
		err := r.pages(ctx, to, p, query, func(_ map[string]any, rows []map[string]any) {
			for _, row := range rows {
				id := stringOf(row[idOf(p.list)])
				if id == "" || known[id] { // pages of a list that changes overlap
					continue
				}
				known[id] = true
				if !central {
					row["RegionId"] = to.Region
				}
				r.lists[p.list] = append(r.lists[p.list], row)
			}
		})
		if err == nil && r.lists[p.list] == nil {
			r.lists[p.list] = []map[string]any{}
		}
		if err := r.without(ctx, p, of, err); err != nil {
			return err
		}
		if central {
			break
		}
	}
	return nil
}

// readDetails calls an action for each row of a list.
func (r *reading) readDetails(ctx context.Context, p *part) error {
	id, refused, read := idOf(p.of), 0, 0
	for _, row := range slices.Clone(r.lists[p.of]) {
		r.done++
		if refused >= 5 && read == 0 { // an action that is not permitted
			r.miss(fmt.Sprintf("%s is called no more; the state lacks %s of other %s", p.action, p.list, p.of))
			continue
		}
		to := r.Places[slices.IndexFunc(r.Places, func(to *Place) bool { return to.Region == row["RegionId"] })]
		err := r.detail(ctx, to, p, row)
		gone, _ := err.(*refusal)
		switch {
		case err == nil:
			read++
		case gone != nil && strings.HasSuffix(gone.Code, "Id.NotFound"):
			r.miss(fmt.Sprintf("%s was deleted in the meantime", row[id]))
			r.lists[p.of] = slices.DeleteFunc(r.lists[p.of], func(other map[string]any) bool { return other[id] == row[id] })
			err = nil
		default:
			refused++
		}
		if err := r.without(ctx, p, stringOf(row[id]), err); err != nil {
			return err
		}
	}
	return nil
}

// detail reads the details of a row: rules of both NIC types of a group of the classic
// network, in the order in which they were made.
func (r *reading) detail(ctx context.Context, to *Place, p *part, of map[string]any) error {
	nics := []string{""}
	if p.list == "Permissions" && of["VpcId"] == nil {
		nics = []string{"intranet", "internet"}
	}
	var rows []map[string]any
	var err error
	for i := 0; i < len(nics) && err == nil; i++ {
		query := p.query().with("RegionId", to.Region).with(idOf(p.of), stringOf(of[idOf(p.of)]))
		if nics[i] != "" {
			query = query.with("NicType", nics[i])
		}
		err = r.pages(ctx, to, p, query, func(answer map[string]any, page []map[string]any) {
			rows = append(rows, page...)
			if access := stringOf(answer["InnerAccessPolicy"]); access != "" {
				of["InnerAccessPolicy"] = access
			}
		})
	}
	sort.SliceStable(rows, func(i, j int) bool { return stringOf(rows[i]["CreateTime"]) < stringOf(rows[j]["CreateTime"]) })
	if len(rows) > 0 {
		of[p.list] = rows
	}
	return err
}

// pages calls an action until it has returned all rows, and calls a function with each
// answer and its rows.
func (r *reading) pages(ctx context.Context, to *Place, p *part, query parameters, each func(answer map[string]any, rows []map[string]any)) error {
	count, page, last := 0, 1, ""
	for {
		answer, err := r.ask(ctx, to, p, query)
		if err != nil {
			return err
		}
		rows := p.page(answer)
		each(answer, rows)
		count += len(rows)
		token := stringOf(answer["NextToken"])
		total, _ := answer["TotalCount"].(json.Number)
		all, _ := total.Int64()
		switch {
		case token != "" && token == last:
			return errors.New("the service gives one page again and again")
		case token != "":
			last, query = token, query.with("NextToken", token)
		case last == "" && len(rows) > 0 && int64(count) < all:
			page++
			query = query.with("PageNumber", fmt.Sprint(page))
		default:
			return nil
		}
	}
}

// without says what the state lacks because of an error. It returns those that end the
// import: an error of the key or of a region, of the first groups, of the context, and of a service
// that has ceased to answer.
func (r *reading) without(ctx context.Context, p *part, of string, err error) error {
	if err == nil {
		return nil
	}
	refused, _ := err.(*refusal)
	var fatal error
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case refused != nil && refused.key() != nil:
		fatal = refused.key()
	case refused != nil && refused.began("InvalidRegionId") && p.of == "":
		fatal = fmt.Errorf("the service does not know the region %s; give another with -region", of)
	case refused == nil && p == &parts[0], r.silent >= 3:
		fatal = err
	}
	if p == &parts[0] && fatal != nil {
		return fatal
	}
	if fatal != nil {
		r.say(fatal.Error())
		return errEarly
	}
	r.miss(fmt.Sprintf("%s: %v; the state lacks %s of %s", p.action, err, p.list, of))
	return nil
}

// stringOf returns a value that is a string, "" for another one.
func stringOf(v any) string {
	s, _ := v.(string)
	return s
}
