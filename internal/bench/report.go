package main

import (
	"fmt"
	"io"
	"time"
)

// section is one table of the report.
type section struct {
	title, about string
	figures      []figure
}

// writeReport writes the tables, and then what stands between a figure and its star.
func writeReport(out io.Writer, began time.Time, sections []section) {
	fmt.Fprintf(out, "# What the mock costs\n\nWritten by `make bench`, which anyone can run. %s; %s. It took %s.\n\n",
		began.UTC().Format("2006-01-02 15:04 UTC"), machine(), time.Since(began).Round(time.Second))
	fmt.Fprint(out, "A budget is what the mock promises, a star what it aims at. The program's and the floor's garbage collectors are set alike (400).\n")
	for i := range sections {
		sections[i].write(out)
	}
	fmt.Fprint(out, "\n## What stands between a figure and its star\n\n")
	missed := 0
	for _, s := range sections {
		for i := range s.figures {
			if s.figures[i].within(s.figures[i].aim.star) == "no" {
				missed++
				s.figures[i].explain(out)
			}
		}
	}
	if missed == 0 {
		fmt.Fprint(out, "Nothing: all stars are reached.\n")
	}
}

func (s *section) write(out io.Writer) {
	fmt.Fprintf(out, "\n## %s\n\n%s\n\n| what | figure | budget | met | star | reached |\n|---|---|---|---|---|---|\n", s.title, s.about)
	for i := range s.figures {
		f := &s.figures[i]
		fmt.Fprintf(out, "| %s | %s | %s | %s | %s | %s |\n", f.what, f, f.bound(f.aim.budget), f.within(f.aim.budget), f.bound(f.aim.star), f.within(f.aim.star))
	}
}

// explain tells how far a figure is from its star, and why.
func (f *figure) explain(out io.Writer) {
	fmt.Fprintf(out, "- **%s**: %s, the star is %s. %s\n", f.what, f, f.bound(f.aim.star), between[f.what])
}
