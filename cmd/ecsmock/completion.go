package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/ecsmock/ecsmock/internal/param"
	"github.com/ecsmock/ecsmock/internal/server"
)

// The scripts of bash and zsh set list to the words that may stand at a position, by the
// position and the command. They complete names of files where no word fits.
const (
	bashScript = `# For this shell: source <(ecsmock completion bash)
# For each new one: ecsmock completion bash > ~/.local/share/bash-completion/completions/ecsmock
_ecsmock() {
  local list
  case $COMP_CWORD:${COMP_WORDS[1]} in
%s  esac
  COMPREPLY=($(compgen -W "$list" -- "${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _ecsmock ecsmock
`
	zshScript = `#compdef ecsmock
# For this shell: source <(ecsmock completion zsh)
# For each new one: ecsmock completion zsh > a file _ecsmock in a folder of $fpath
_ecsmock() {
  local list
  case $((CURRENT - 1)):$words[2] in
%s  esac
  compadd -- ${=list}
  _files
}
if [[ $funcstack[1] = _ecsmock ]]; then _ecsmock; else compdef _ecsmock ecsmock; fi
`
	fishScript = `# For this shell: ecsmock completion fish | source
# For each new one: ecsmock completion fish > ~/.config/fish/completions/ecsmock.fish
`
)

// completable are the shells that there are scripts for.
func completable() []string { return []string{"bash", "zsh", "fish"} }

// completion prints a script that completes commands, flags and names of actions.
func completion(_ context.Context, args []string, environ env, out, _ io.Writer) error {
	words, rest := words(nil, args)
	if err := parse("completion", nil, rest, environ, out); err != nil {
		return err
	}
	if len(words) != 1 {
		return usageError{errors.New("completion needs the name of one shell: bash, zsh or fish, as in ecsmock completion bash")}
	}
	script := ""
	switch words[0] {
	case "bash":
		script = fmt.Sprintf(bashScript, cases())
	case "zsh":
		script = fmt.Sprintf(zshScript, cases())
	case "fish":
		script = fishScript + fishRules()
	default:
		return usageError{fmt.Errorf("there is no completion for %q; %s", words[0], param.DidYouMean(words[0], completable(), "the shells are bash, zsh and fish"))}
	}
	_, err := io.WriteString(out, script)
	return err
}

// cases returns the cases of the scripts of bash and zsh. The flags of serve need no
// command before them.
func cases() string {
	first, rest := commandNames(), ""
	for i, c := range commands() {
		list := listed(c.choices)
		for _, o := range listed(c.options) {
			list = append(list, "-"+o.name)
		}
		name := c.name
		if i == 0 {
			first = append(first, list...)
			name += "|*:-*"
		}
		rest += fmt.Sprintf("  *:%s) list='%s' ;;\n", name, strings.Join(list, " "))
	}
	return "  1:*) list='" + strings.Join(first, " ") + "' ;;\n" + rest
}

// fishRules returns the rules of fish: a command, a flag of one or the words of one a line.
func fishRules() string {
	var text strings.Builder
	rule := func(condition, flags, about string) {
		fmt.Fprintf(&text, "complete -c ecsmock -n '%s' %s", condition, flags)
		if about != "" {
			fmt.Fprintf(&text, " -d '%s'", quote("fish", about))
		}
		text.WriteString("\n")
	}
	for i, c := range commands() {
		rule("__fish_use_subcommand", "-f -a "+c.name, c.summary)
		of := "__fish_seen_subcommand_from " + c.name
		if i == 0 {
			of = "not __fish_seen_subcommand_from " + strings.Join(commandNames()[1:], " ")
		}
		for _, o := range listed(c.options) {
			flags := "-o " + o.name
			if o.value != "" {
				flags += " -r" // a value follows
			}
			rule(of, flags, o.text)
		}
		if choices := listed(c.choices); choices != nil {
			flags := "-a '" + strings.Join(choices, " ") + "'"
			if !strings.Contains(c.words, "file") {
				flags = "-f " + flags // no names of files
			}
			rule(of, flags, "")
		}
	}
	return text.String()
}

// actionNames returns the actions as ecsmock call takes them: those of ECS, and those of
// the other products with their product before them.
func actionNames() []string {
	var names []string
	for i, p := range server.Products() {
		for _, a := range p.Actions {
			name := a.Name
			if i > 0 {
				name = p.Name + "." + name
			}
			names = append(names, name)
		}
	}
	return names
}
