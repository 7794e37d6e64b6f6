package contract

import (
	"fmt"
	"go/scanner"
	"go/token"
	"slices"
	"strings"

	"github.com/revlint/revlint/internal/nearest"
)

// prefix begins every directive; there is no space in it.
const prefix = "//revlint:"

type lexeme struct {
	off, end int
	tok      token.Token
	text     string
}

type reader struct {
	src  string
	toks []lexeme
	pos  int
}

// parse reads one directive, which begins with prefix.
func parse(comment string) (s *syntax, err *syntaxError) {
	p := &reader{src: comment}
	if err := p.lex(); err != nil {
		return nil, err
	}
	defer func() {
		if r := recover(); r != nil {
			e, ok := r.(*syntaxError)
			if !ok {
				panic(r)
			}
			s, err = nil, e
		}
	}()
	return p.directive(), nil
}

// lex splits the directive into Go's tokens; a comment ends it.
func (p *reader) lex() (err *syntaxError) {
	text := []byte(p.src[len(prefix):])
	file := token.NewFileSet().AddFile("", -1, len(text))
	var sc scanner.Scanner
	sc.Init(file, text, func(pos token.Position, msg string) {
		if err == nil {
			err = &syntaxError{len(prefix) + pos.Offset, msg}
		}
	}, 0)
	for {
		pos, tok, lit := sc.Scan()
		if tok == token.EOF || tok == token.SEMICOLON && lit == "\n" {
			break
		}
		off := len(prefix) + file.Offset(pos)
		if lit == "" {
			lit = tok.String()
		}
		p.toks = append(p.toks, lexeme{off, off + len(lit), tok, lit})
	}
	return err
}

func (p *reader) peek() lexeme {
	if p.pos < len(p.toks) {
		return p.toks[p.pos]
	}
	return lexeme{off: p.endOfText(), end: p.endOfText(), tok: token.EOF}
}

// endOfText is where the last word ends.
func (p *reader) endOfText() int {
	if len(p.toks) == 0 {
		return len(prefix)
	}
	return p.toks[len(p.toks)-1].end
}

func (p *reader) next() lexeme {
	t := p.peek()
	p.pos++
	return t
}

func (p *reader) accept(tok token.Token) bool {
	if p.peek().tok == tok {
		p.pos++
		return true
	}
	return false
}

func (p *reader) fail(off int, format string, args ...any) {
	panic(&syntaxError{off, fmt.Sprintf(format, args...)})
}

func (p *reader) expect(tok token.Token, what string) lexeme {
	t := p.next()
	if t.tok != tok {
		p.unexpected(t, what)
	}
	return t
}

func (p *reader) unexpected(t lexeme, what string) {
	if t.tok == token.EOF {
		p.fail(t.off, "%s is missing here", what)
	}
	p.fail(t.off, "%s is expected here, not %q", what, t.text)
}

func isWord(t lexeme) bool { return t.tok == token.IDENT || t.tok.IsKeyword() }

func (p *reader) directive() *syntax {
	t := p.next()
	if !isWord(t) {
		p.unexpected(t, "a contract")
	}
	if t.off > len(prefix) {
		p.fail(len(prefix), "a directive begins with %q, without a space", prefix)
	}
	rule, ok := verbRules[t.text]
	if !ok {
		p.fail(t.off, "there is no contract %q%s", t.text, verbHint(t.text))
	}
	s := &syntax{verb: t.text, off: t.off, flags: map[string]int{}}
	switch {
	case rule.isMark:
	case rule.verb == Scoped:
		s.places = append(s.places, p.place())
		for p.accept(token.COMMA) {
			s.places = append(s.places, p.place())
		}
	case rule.verb == Borrow:
		p.borrowed(s)
	case rule.verb == Acquire && p.peek().text == "_":
		p.next()
		s.blank = true
	default:
		s.values = p.paths()
	}
	p.clauses(s, rule)
	s.end = p.endOfText()
	p.complete(s, rule)
	return s
}

// clauses reads what follows the operands, in the one order there is.
func (p *reader) clauses(s *syntax, rule verbRule) {
	last := -1
	for p.peek().tok != token.EOF {
		t := p.next()
		if !slices.Contains(clauseWords, t.text) {
			p.fail(t.off, "%q is not expected here%s", t.text, nearest.Hint(t.text, rule.clauses))
		}
		i := slices.Index(rule.clauses, t.text)
		switch {
		case i < 0:
			p.fail(t.off, "%s does not take %q", s.verb, t.text)
		case i == last:
			p.fail(t.off, "%q comes twice", t.text)
		case i < last:
			p.fail(t.off, "%q comes too late: the order is %s", t.text, strings.Join(rule.clauses, " "))
		}
		last = i
		p.clause(s, t)
	}
}

func (p *reader) clause(s *syntax, t lexeme) {
	switch t.text {
	case "guard":
		s.guard = p.pathPointer()
	case "from":
		s.from = p.pathPointer()
	case "to":
		s.to = p.pathPointer()
	case "of":
		s.of = p.events()
	case "until":
		s.until = p.events()
	case "when":
		w := &whenSyntax{not: p.accept(token.NOT)}
		w.path = p.path()
		if p.accept(token.LPAREN) {
			p.expect(token.RPAREN, `")"`)
			w.isCall = true
		}
		s.when = w
	case "if":
		s.ifc = p.condition()
	default:
		s.flags[t.text] = t.off
	}
}

func (p *reader) events() []eventSyntax {
	out := []eventSyntax{p.event()}
	for p.accept(token.COMMA) {
		out = append(out, p.event())
	}
	return out
}

func (p *reader) condition() *ifSyntax {
	c := &ifSyntax{off: p.peek().off, op: IsTrue}
	if p.accept(token.NOT) {
		c.op = IsFalse
		p.asked(c)
		return c
	}
	p.asked(c)
	switch {
	case p.accept(token.EQL):
		c.op = IsNil
	case p.accept(token.NEQ):
		c.op = NotNil
	default:
		return c
	}
	if t := p.next(); t.text != "nil" {
		p.unexpected(t, `"nil"`)
	}
	return c
}

// asked reads what a condition asks: a result, or what a result answers when it is called.
func (p *reader) asked(c *ifSyntax) {
	c.path = p.path()
	if p.accept(token.LPAREN) {
		c.answer = p.pathPointer()
		p.expect(token.RPAREN, `")"`)
	}
}

// complete checks what no single clause shows.
func (p *reader) complete(s *syntax, rule verbRule) {
	missing := map[string]bool{"from": s.from == nil, "to": s.to == nil}
	if rule.needs != "" && missing[rule.needs] {
		p.fail(s.end, "%s lacks %q", s.verb, rule.needs)
	}
	if s.blank && s.guard == nil {
		p.fail(s.end, `acquire _ lacks "guard"`)
	}
	if off, ok := s.flags["loose"]; ok && rule.verb == Acquire && (s.guard == nil || s.blank) {
		p.fail(off, `"loose" wants a value that goes on being used, and a guard`)
	}
	if off, ok := s.flags["prefix"]; ok {
		if _, ok := s.flags["whole"]; ok {
			p.fail(off, `"whole" and "prefix" exclude each other`)
		}
	}
}

// borrowed reads what is borrowed: paths, or what a function that is passed is given.
func (p *reader) borrowed(s *syntax) {
	for first := true; first || p.accept(token.COMMA); first = false {
		at := p.peek()
		switch pl := p.place(); {
		case pl.isRange, pl.isCall && len(s.values) > 0, !pl.isCall && len(s.places) > 0:
			p.unexpected(at, "another of the same kind")
		case pl.isCall:
			s.places = append(s.places, pl)
		default:
			s.values = append(s.values, pl.path)
		}
	}
}

func (p *reader) paths() []pathSyntax {
	out := []pathSyntax{p.path()}
	for p.accept(token.COMMA) {
		out = append(out, p.path())
	}
	return out
}

func (p *reader) pathPointer() *pathSyntax {
	path := p.path()
	return &path
}

func (p *reader) path() pathSyntax {
	start := p.peek().off
	path := pathSyntax{off: start}
	path.deref = p.accept(token.MUL)
	t := p.next()
	if !isWord(t) {
		p.unexpected(t, "a name")
	}
	path.name = t.text
	end := t.end
	for p.accept(token.PERIOD) {
		step := stepSyntax{off: p.peek().off}
		if p.accept(token.LPAREN) {
			step.types, end = p.typeList()
		} else {
			f := p.expect(token.IDENT, "a field")
			step.field, end = f.text, f.end
		}
		path.steps = append(path.steps, step)
	}
	path.text = p.src[start:end]
	return path
}

// typeList reads Go types up to the closing parenthesis, as text.
func (p *reader) typeList() (types []word, end int) {
	first, depth := p.peek(), 0
	for {
		t := p.next()
		switch t.tok {
		case token.EOF:
			p.unexpected(t, `")"`)
		case token.LPAREN, token.LBRACK, token.LBRACE:
			depth++
			continue
		case token.RPAREN, token.RBRACK, token.RBRACE, token.COMMA:
		default:
			continue
		}
		if depth > 0 {
			if t.tok != token.COMMA {
				depth--
			}
			continue
		}
		if t.off == first.off {
			p.unexpected(t, "a type")
		}
		types = append(types, word{first.off, strings.TrimSpace(p.src[first.off:t.off])})
		if t.tok != token.COMMA {
			return types, t.end
		}
		first = p.peek()
	}
}

func (p *reader) place() placeSyntax {
	if p.peek().tok == token.RANGE {
		p.next()
		return placeSyntax{path: p.path(), isRange: true}
	}
	pl := placeSyntax{path: p.path()}
	if p.accept(token.LPAREN) {
		pl.isCall = true
		pl.args = p.paths()
		p.expect(token.RPAREN, `")"`)
	}
	return pl
}

func (p *reader) event() eventSyntax {
	e := eventSyntax{off: p.peek().off}
	if p.accept(token.MUL) {
		e.everything = true
		return e
	}
	e.name = p.expect(token.IDENT, "a method").text
	if p.accept(token.PERIOD) {
		e.typ = e.name
		if p.accept(token.MUL) {
			e.name, e.everything = "", true
			return e
		}
		e.name = p.expect(token.IDENT, "a method").text
	}
	e.isPrefix = p.accept(token.MUL)
	return e
}
