package wire

// zoo is an answer with every kind of field.
type zoo struct {
	Name    string
	Visits  int
	Open    bool
	Keepers []string
	Cages   []cage
}

type cage struct {
	Label   string
	Animals []animal
}

type animal struct {
	Name string
	Legs int
}

func (z *zoo) Fields(w *Writer) {
	w.Text("Name", z.Name)
	w.Int("Visits", z.Visits)
	w.Bool("Open", z.Open)
	w.Texts("Keepers", "Keeper", z.Keepers)
	List(w, "Cages", "Cage", z.Cages, (*cage).fields)
}

func (c *cage) fields(w *Writer) {
	w.Text("Label", c.Label)
	List(w, "Animals", "Animal", c.Animals, (*animal).fields)
}

func (a *animal) fields(w *Writer) {
	w.Text("Name", a.Name)
	w.Int("Legs", a.Legs)
}

func full() *zoo {
	return &zoo{
		Name: "Hagenbeck", Visits: -12, Open: true, Keepers: []string{"Ada", ""},
		Cages: []cage{
			{"birds", []animal{{"owl", 2}, {"crow", 2}}},
			{"empty", nil},
		},
	}
}

// readZoo is a zoo as the decoders of the standard library see it: lists are in
// their wrappers. The same type suits both formats.
type readZoo struct {
	RequestId string
	Name      string
	Visits    int
	Open      bool
	Keepers   struct{ Keeper []string }
	Cages     struct{ Cage []readCage }
}

type readCage struct {
	Label   string
	Animals struct{ Animal []animal }
}

// tidy makes empty lists nil, as XML's decoder leaves them and JSON's does not.
func (r *readZoo) tidy() *readZoo {
	tidy(&r.Keepers.Keeper)
	tidy(&r.Cages.Cage)
	for i := range r.Cages.Cage {
		tidy(&r.Cages.Cage[i].Animals.Animal)
	}
	return r
}

func tidy[T any](list *[]T) {
	if len(*list) == 0 {
		*list = nil
	}
}

// reading is what a decoder should see of a zoo whose texts change on the way.
func (z *zoo) reading(requestID string, text func(string) string) *readZoo {
	r := &readZoo{RequestId: requestID, Name: text(z.Name), Visits: z.Visits, Open: z.Open}
	for _, k := range z.Keepers {
		r.Keepers.Keeper = append(r.Keepers.Keeper, text(k))
	}
	for _, c := range z.Cages {
		read := readCage{Label: text(c.Label)}
		for _, a := range c.Animals {
			read.Animals.Animal = append(read.Animals.Animal, animal{text(a.Name), a.Legs})
		}
		r.Cages.Cage = append(r.Cages.Cage, read)
	}
	return r
}
