package store

import "iter"

// blocks is a field with a list of objects, left out when empty; each object is
// written over several lines. In reading, item gets a new T for each; in writing
// it gets those there are.
func blocks[T any](f *form, name string, have iter.Seq[*T], item func(*form, *T)) {
	if f.reading() {
		readList(f, name, item)
		return
	}
	writeList(f, name, false, have, item)
}

// rows is a list of small objects, each of which is written in one line.
func rows[T any](f *form, name string, have iter.Seq[*T], item func(*form, *T)) {
	if f.reading() {
		readList(f, name, item)
		return
	}
	writeList(f, name, true, have, item)
}

func readList[T any](f *form, name string, item func(*form, *T)) {
	raw, ok := f.take(name, aList, aList)
	if !ok {
		return
	}
	sub := &form{fault: f.fault, up: f, name: name}
	elements(raw, func(i int, raw []byte) {
		if f.failed() {
			return
		}
		sub.index = i
		sub.read(raw, func(f *form) { item(f, new(T)) })
	})
}

func writeList[T any](f *form, name string, flat bool, have iter.Seq[*T], item func(*form, *T)) {
	out, empty := f.out, true
	for v := range have {
		if empty {
			out.field(name)
			out.open('[')
			empty = false
		}
		out.next()
		out.flat = flat
		out.open('{')
		item(f, v)
		out.close('}')
		out.flat = false
	}
	if !empty {
		out.close(']')
	}
}
