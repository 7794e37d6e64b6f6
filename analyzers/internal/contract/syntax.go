package contract

// A syntaxError is what is wrong with a directive, and where: off counts
// bytes from the start of the comment.
type syntaxError struct {
	off int
	msg string
}

// A syntax is one directive as it is written, its names not resolved yet.
type syntax struct {
	verb   string
	off    int // of the verb
	end    int // of the last word
	blank  bool
	values []pathSyntax
	places []placeSyntax
	guard  *pathSyntax
	from   *pathSyntax
	to     *pathSyntax
	of     []eventSyntax
	until  []eventSyntax
	flags  map[string]int // offset of each
	when   *whenSyntax
	ifc    *ifSyntax
}

// operand is where the first operand is; of a mark, the verb.
func (s *syntax) operand() int {
	switch {
	case s.guard != nil && s.blank:
		return s.guard.off
	case len(s.values) > 0:
		return s.values[0].off
	case len(s.places) > 0:
		return s.places[0].path.off
	}
	return s.off
}

type pathSyntax struct {
	off   int
	deref bool
	name  string
	steps []stepSyntax
	text  string
}

// A word is a part of a comment, and where it begins.
type word struct {
	off  int
	text string
}

type stepSyntax struct {
	off   int
	field string
	types []word
}

type placeSyntax struct {
	path    pathSyntax
	isRange bool
	isCall  bool
	args    []pathSyntax
}

type eventSyntax struct {
	off        int
	typ, name  string
	isPrefix   bool
	everything bool
}

type whenSyntax struct {
	not    bool
	path   pathSyntax
	isCall bool
}

type ifSyntax struct {
	off    int
	path   pathSyntax
	answer *pathSyntax // of a call of path, where it is a function
	op     Op
}

// A verbRule says which clauses a verb takes, in their order.
type verbRule struct {
	verb    Verb
	isMark  bool
	clauses []string
	needs   string // a clause that it cannot do without
}

var verbRules = map[string]verbRule{
	"token":    {verb: Token, isMark: true},
	"unsafe":   {verb: Unsafe, isMark: true},
	"noreturn": {verb: NoReturn, isMark: true},
	"always":   {verb: Always, isMark: true},
	"none":     {verb: None, isMark: true},
	"acquire":  {verb: Acquire, clauses: []string{"guard", "from", "optional", "lax", "brief", "once", "deep", "loose", "when", "if"}},
	"release":  {verb: Release, clauses: []string{"of", "to", "whole", "prefix", "idempotent", "if"}},
	"borrow":   {verb: Borrow, clauses: []string{"from", "until", "deep", "loose", "when", "if"}, needs: "from"},
	"lend":     {verb: Lend, clauses: []string{"to", "until", "when", "if"}, needs: "to"},
	"scoped":   {verb: Scoped, clauses: []string{"from", "deep", "when"}},
	"move":     {verb: Move, clauses: []string{"if"}},
	"maynil":   {verb: MayNil},
	"waits":    {verb: Waits, clauses: []string{"of"}},
}

// clauseWords are the words that begin a clause or are a flag.
var clauseWords = []string{"guard", "from", "of", "to", "until", "optional", "lax", "brief", "once", "deep", "loose", "whole", "prefix", "idempotent", "when", "if"}
