package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
)

// option is a flag and its environment variable.
type option struct {
	name     string
	value    string // what the help calls the value, "" for a switch; a plural is a list
	fallback string // the default, "" for none
	text     string
	set      func(text string) error // its error says what the value must be
}

// prefix is what the names of the program's variables begin with.
const prefix = "ECSMOCK_"

// variable returns the option's name in the environment: random-seed is
// ECSMOCK_RANDOM_SEED.
func (o *option) variable() string {
	return prefix + strings.ToUpper(strings.ReplaceAll(o.name, "-", "_"))
}

// parse sets each option of a command from its flag, else from its environment
// variable, else to its default. It returns the first error, but sets all options: the
// format of the log is that of errors, too.
func parse(command string, options []option, args []string, environ env, out io.Writer) error {
	given, err := flags(command, options, args)
	if errors.Is(err, errHelp) {
		help(out, command, options)
		return err
	}
	for _, o := range options {
		if failed := o.setFrom(given, environ); err == nil {
			err = failed
		}
	}
	if err != nil {
		return usageError{err}
	}
	return nil
}

// errHelp is the error of arguments that ask for help.
var errHelp = errors.New("help was asked for")

// flags returns the values that the arguments give, by the name of the flag, and the
// first error. A list may be given in parts. Otherwise the last value counts.
func flags(command string, options []option, args []string) (given map[string]string, err error) {
	given = map[string]string{}
	for ; len(args) > 0; args = args[1:] {
		flag, text, assigned := strings.Cut(args[0], "=")
		name := strings.TrimPrefix(strings.TrimPrefix(flag, "-"), "-")
		if name == "h" || name == "help" {
			return nil, errHelp
		}
		i := slices.IndexFunc(options, func(o option) bool { return o.name == name })
		var wrong error
		switch {
		case !strings.HasPrefix(flag, "-"):
			wrong = fmt.Errorf("unexpected argument %q; a flag begins with -, and a switch takes a value after =; ecsmock %s -h lists the flags", args[0], command)
		case i < 0:
			wrong = unknownFlag(command, flag, options)
		case assigned:
		case options[i].value == "":
			text = "true"
		case len(args) == 1:
			wrong = fmt.Errorf("%s needs a value, as in %s %s", flag, flag, options[i].value)
		default:
			args = args[1:]
			text = args[0]
		}
		if wrong != nil {
			err = cmp.Or(err, wrong)
			continue
		}
		if before, ok := given[name]; ok && strings.HasSuffix(options[i].value, "s") {
			text = before + "," + text
		}
		given[name] = text
	}
	return given, err
}

// words parts the arguments of a command into those that are not flags, and the flags
// with their values. A - alone is a word: it names standard input.
func words(options []option, args []string) (words, rest []string) {
	for i := 0; i < len(args); i++ {
		if !strings.HasPrefix(args[i], "-") || args[i] == "-" {
			words = append(words, args[i])
			continue
		}
		rest = append(rest, args[i])
		name := strings.TrimPrefix(strings.TrimPrefix(args[i], "-"), "-")
		takesValue := slices.ContainsFunc(options, func(o option) bool { return o.name == name && o.value != "" })
		if takesValue && i+1 < len(args) {
			i++
			rest = append(rest, args[i])
		}
	}
	return words, rest
}

func unknownFlag(command, flag string, options []option) error {
	var names []string
	for _, o := range options {
		names = append(names, "-"+o.name)
	}
	return fmt.Errorf("%s has no flag %s; %s", command, flag, param.DidYouMean(flag, names, "ecsmock "+command+" -h lists the flags"))
}

// setFrom sets the option. A blank environment variable counts as unset, since
// that is how a compose file leaves one out.
func (o *option) setFrom(given map[string]string, environ env) error {
	if text, ok := given[o.name]; ok {
		return o.try("-"+o.name, text)
	}
	if text := environ[o.variable()]; text != "" {
		return o.try(o.variable(), text)
	}
	if o.fallback == "" {
		return nil
	}
	return o.set(o.fallback)
}

func (o *option) try(source, text string) error {
	err := o.set(text)
	switch {
	case err == nil:
		return nil
	case errors.As(err, new(sentence)):
		return fmt.Errorf("%s: %w", source, err)
	}
	var question string
	if w := (wanted{}); errors.As(err, &w) && len(w.near) > 0 {
		question = "; did you mean " + strings.Join(w.near, " or ") + "?"
	}
	return fmt.Errorf("%s is %w, got %q%s", source, err, text, question)
}

// sentence is an error that needs nothing after it, such as the value, which may be secret.
type sentence struct{ error }

// ignored returns a sentence about each variable that looks like one of the program and
// is none of the options. Kubernetes sets some for a service of the name ecsmock, and
// clients of the mock read two.
func ignored(environ env, options []option) []string {
	var names, sentences []string
	for _, o := range options {
		names = append(names, strings.TrimPrefix(o.variable(), prefix))
	}
	for variable, text := range environ {
		name, ok := strings.CutPrefix(variable, prefix)
		switch {
		case !ok || text == "" || slices.Contains(names, name) || name == "PROGRAM" || name == "URL":
		case strings.Contains(variable, "_SERVICE_") || strings.Contains(variable, "_PORT"):
		default:
			sentence := variable + " is ignored; ecsmock -h lists the variables"
			if near := param.Nearest(name, names); len(near) > 0 {
				sentence = variable + " is ignored; did you mean " + prefix + near[0] + "?"
			}
			sentences = append(sentences, sentence)
		}
	}
	slices.Sort(sentences)
	return sentences
}
