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
	f.list(name, func(sub *form, raw []byte) {
		sub.read(raw, func(f *form) { item(f, new(T)) })
	})
}

// texts is a list of texts in one line, left out when empty. In reading, take gets
// each and may refuse it.
func (f *form) texts(name string, have []string, take func(text string) error) {
	if f.reading() {
		f.list(name, func(sub *form, raw []byte) {
			if kind(raw) != aText {
				sub.fail("", stands(raw, aText))
			} else if err := take(string(unquote(raw))); err != nil {
				sub.fail("", err)
			}
		})
		return
	}
	if len(have) > 0 {
		f.out.field(name)
		f.out.texts(have)
	}
}

// list reads a list; a fault of sub is one of the element.
func (f *form) list(name string, element func(sub *form, raw []byte)) {
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
		element(sub, raw)
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
