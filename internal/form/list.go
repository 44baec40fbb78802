package form

import (
	"fmt"
	"iter"
	"strconv"
)

// Blocks declares a field with a list of objects, left out where it is empty, each
// of which is written over several lines. In reading, declare gets a new T for each
// object; in writing, it gets those of all.
func Blocks[T any](o *Object, name string, all iter.Seq[*T], declare func(*Object, *T)) {
	o.objects(name, false, untyped(all), func(o *Object, v any) { declare(o, typed[T](v)) })
}

// Rows declares a list as Blocks does, in which each object is written in one line.
func Rows[T any](o *Object, name string, all iter.Seq[*T], declare func(*Object, *T)) {
	o.objects(name, true, untyped(all), func(o *Object, v any) { declare(o, typed[T](v)) })
}

// untyped returns a sequence as one of any type, so that the rest is compiled only once.
func untyped[T any](all iter.Seq[*T]) iter.Seq[any] {
	return func(yield func(any) bool) {
		all(func(v *T) bool { return yield(v) })
	}
}

// typed returns an element, or a new one for nil.
func typed[T any](v any) *T {
	if v == nil {
		return new(T)
	}
	return v.(*T)
}

func (o *Object) objects(name string, flat bool, all iter.Seq[any], declare func(*Object, any)) {
	if o.Reading() {
		o.list(name, func(sub *Object, raw []byte) {
			sub.read(raw, func(sub *Object) { declare(sub, nil) })
		})
		return
	}
	out, empty, keep := o.out, true, o.keep
	o.keep = false
	for v := range all {
		if empty {
			out.field(name)
			out.open('[')
			empty = false
		}
		out.next()
		out.flat = flat
		out.open('{')
		declare(o, v)
		out.close('}')
		out.flat = false
	}
	switch {
	case !empty:
		out.close(']')
	case keep:
		out.field(name)
		out.text = append(out.text, "[]"...)
	}
}

// KeepEmpty returns the object; the list that is declared next is written where it is
// empty, too.
func (o *Object) KeepEmpty() *Object {
	o.keep = true
	return o
}

// Texts declares a list of strings, written in one line and left out where it is
// empty. In reading, add gets each and may refuse it.
func (o *Object) Texts(name string, all []string, add func(text string) error) {
	if o.Reading() {
		o.list(name, func(sub *Object, raw []byte) {
			if kind(raw) != aString {
				sub.Fail("", fmt.Errorf("must be a string, got %s", kind(raw)))
			} else if err := add(string(unquote(raw))); err != nil {
				sub.Fail("", err)
			}
		})
		return
	}
	if len(all) > 0 {
		o.out.field(name)
		o.out.texts(all)
	}
}

func (o *Object) list(name string, read func(sub *Object, raw []byte)) {
	if raw := o.take(name, aList); raw != nil {
		list := &Object{err: o.err, path: join(o.path, name)}
		list.elements(raw, read)
	}
}

// elements reads the elements of a list, which has the path of o.
func (o *Object) elements(list []byte, read func(sub *Object, raw []byte)) {
	sub := &Object{err: o.err}
	elements(list, func(i int, raw []byte) {
		if !o.Failed() {
			sub.path = o.path + "[" + strconv.Itoa(i) + "]"
			read(sub, raw)
		}
	})
}
