package front

import (
	"context"
	"flag"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/revlint/revlint/internal/nearest"
)

// shells are those for which there is a script that completes command lines.
var shells = []string{"bash", "fish", "zsh"}

func (f *front) completion(_ context.Context, o *options) (int, error) {
	if len(o.patterns) != 1 {
		return exitFailed, fmt.Errorf("completion wants a shell: %s", strings.Join(shells, ", "))
	}
	c := &completables{f}
	switch o.patterns[0] {
	case "bash":
		c.bash(f.stdout)
	case "fish":
		c.fish(f.stdout)
	case "zsh":
		c.zsh(f.stdout)
	default:
		return exitFailed, fmt.Errorf("completion: unknown shell %q%s", o.patterns[0], nearest.List(o.patterns[0], shells))
	}
	return exitClean, nil
}

// completables are the words that stand on a command line.
type completables struct{ f *front }

// flags calls do for each flag: with the words that may follow it, or what kind
// of thing does: "file", "directory" or "" for what nobody can complete. A switch
// is followed by nothing.
func (c *completables) flags(do func(f *flag.Flag, words []string, kind string, isSwitch bool)) {
	names := configurable(c.f.analyzers)
	newFlagSet(&options{}).VisitAll(func(f *flag.Flag) {
		var words []string
		kind := ""
		switch f.Name {
		case "f":
			words = formatNames()
		case "enable", "disable", "explain":
			words = names
		case "C":
			kind = "directory"
		case "baseline":
			kind = "file"
		}
		b, ok := f.Value.(interface{ IsBoolFlag() bool })
		do(f, words, kind, ok && b.IsBoolFlag())
	})
}

// words are the commands' first words, and the second ones by the first.
func (c *completables) words() (first []string, second map[string][]string) {
	second = make(map[string][]string)
	for _, c := range commands() {
		one, two, _ := strings.Cut(c.name, " ")
		if !slices.Contains(first, one) {
			first = append(first, one)
		}
		if two != "" {
			second[one] = append(second[one], two)
		}
	}
	second["completion"] = shells
	return append(first, "lsp"), second
}

func (c *completables) bash(w io.Writer) {
	fmt.Fprint(w, "# bash completion for revlint: source <(revlint completion bash)\n_revlint() {\n\tlocal cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n\tcase $prev in\n")
	var all []string
	c.flags(func(f *flag.Flag, words []string, kind string, isSwitch bool) {
		all = append(all, "-"+f.Name)
		switch {
		case words != nil:
			fmt.Fprintf(w, "\t-%s) COMPREPLY=($(compgen -W '%s' -- \"$cur\")); return ;;\n", f.Name, strings.Join(words, " "))
		case kind == "directory":
			fmt.Fprintf(w, "\t-%s) COMPREPLY=($(compgen -d -- \"$cur\")); return ;;\n", f.Name)
		case kind == "file":
			fmt.Fprintf(w, "\t-%s) COMPREPLY=($(compgen -f -- \"$cur\")); return ;;\n", f.Name)
		case !isSwitch:
			fmt.Fprintf(w, "\t-%s) return ;;\n", f.Name)
		}
	})
	first, second := c.words()
	for _, word := range slices.Sorted(maps.Keys(second)) {
		fmt.Fprintf(w, "\t%s) COMPREPLY=($(compgen -W '%s' -- \"$cur\")); return ;;\n", word, strings.Join(second[word], " "))
	}
	fmt.Fprintf(w, "\tesac\n\tcase $cur in\n\t-*) COMPREPLY=($(compgen -W '%s' -- \"$cur\")) ;;\n", strings.Join(all, " "))
	fmt.Fprintf(w, "\t*) COMPREPLY=($(compgen -d -W './... %s' -- \"$cur\")) ;;\n\tesac\n}\ncomplete -F _revlint revlint\n", strings.Join(first, " "))
}

func (c *completables) zsh(w io.Writer) {
	fmt.Fprint(w, "#compdef revlint\n# zsh completion for revlint: source <(revlint completion zsh)\n_revlint() {\n\tlocal -a second\n\tcase ${words[2]} in\n")
	first, second := c.words()
	for _, word := range slices.Sorted(maps.Keys(second)) {
		fmt.Fprintf(w, "\t%s) second=(%s) ;;\n", word, strings.Join(second[word], " "))
	}
	fmt.Fprint(w, "\tesac\n\t_arguments \\\n")
	quote := strings.NewReplacer("'", `'\''`, "[", `\[`, "]", `\]`, ":", `\:`)
	c.flags(func(f *flag.Flag, words []string, kind string, isSwitch bool) {
		_, usage := flag.UnquoteUsage(f)
		action := ""
		switch {
		case words != nil:
			action = ":value:(" + strings.Join(words, " ") + ")"
		case kind == "directory":
			action = ":directory:_files -/"
		case kind == "file":
			action = ":file:_files"
		case !isSwitch:
			action = ":value:"
		}
		fmt.Fprintf(w, "\t\t'-%s[%s]%s' \\\n", f.Name, quote.Replace(usage), action)
	})
	fmt.Fprintf(w, "\t\t'1: :(./... %s)' \\\n\t\t'2: :($second)' \\\n\t\t'*: :_files -/'\n}\nif [[ $funcstack[1] == _revlint ]]; then _revlint; else compdef _revlint revlint; fi\n", strings.Join(first, " "))
}

func (c *completables) fish(w io.Writer) {
	quote := strings.NewReplacer(`\`, `\\`, "'", `\'`)
	fmt.Fprint(w, "# fish completion for revlint: revlint completion fish | source\n")
	c.flags(func(f *flag.Flag, words []string, kind string, isSwitch bool) {
		_, usage := flag.UnquoteUsage(f)
		option := "-o"
		if len(f.Name) == 1 {
			option = "-s"
		}
		fmt.Fprintf(w, "complete -c revlint %s %s -d '%s'", option, f.Name, quote.Replace(usage))
		switch {
		case words != nil:
			fmt.Fprintf(w, " -x -a '%s'", strings.Join(words, " "))
		case kind == "directory":
			fmt.Fprint(w, " -x -a '(__fish_complete_directories)'")
		case kind == "file":
			fmt.Fprint(w, " -r")
		case !isSwitch:
			fmt.Fprint(w, " -x")
		}
		fmt.Fprintln(w)
	})
	first, second := c.words()
	fmt.Fprintf(w, "complete -c revlint -f -n __fish_is_first_arg -a './... %s'\n", strings.Join(first, " "))
	for _, word := range slices.Sorted(maps.Keys(second)) {
		fmt.Fprintf(w, "complete -c revlint -f -n '__fish_seen_subcommand_from %s' -a '%s'\n", word, strings.Join(second[word], " "))
	}
}
