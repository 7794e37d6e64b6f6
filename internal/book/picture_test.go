package book

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/revlint/revlint/"

// The pictures of docs/architecture.md are drawn from the imports: a box for a package or for several, an arrow
// for an import, except where a longer way says so already. -update draws them anew.
func TestPictures(t *testing.T) {
	imports := imports(t)
	for _, p := range []struct {
		file, title string
		box         func(pkg string) string // the box of a package; "" if it is not in the picture
	}{
		{"house.svg", "What imports what, from the command down", houseBox},
		{"engine.svg", "What imports what among the rooms of the engine", engineBox},
		{"runtime.svg", "What imports what in the run time", runtimeBox},
	} {
		t.Run(p.file, func(t *testing.T) {
			file := filepath.Join(root, "docs/pictures", p.file)
			drawn := draw(t, p.title, boxes(imports, p.box))
			old, err := os.ReadFile(file)
			if err != nil && !*update {
				t.Fatal(err)
			}
			if string(old) == drawn {
				return
			}
			if !*update {
				t.Fatalf("the imports have changed: go test ./internal/book -run TestPictures -update, and look at docs/pictures/%s", p.file)
			}
			if err := os.WriteFile(file, []byte(drawn), 0o666); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// imports lists what each package of the tool and of the run time imports of ours, tests left out, without our name.
func imports(t *testing.T) map[string][]string {
	cmd := exec.Command("go", "list", "-json=ImportPath,Imports", "./...", "./revocable/...")
	cmd.Dir = root
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	all := make(map[string][]string)
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		name := strings.TrimPrefix(p.ImportPath, module)
		all[name] = nil
		for _, i := range p.Imports {
			if ours, ok := strings.CutPrefix(i, module); ok {
				all[name] = append(all[name], ours)
			}
		}
	}
	return all
}

func houseBox(pkg string) string {
	if inside, ok := strings.CutPrefix(pkg, "analyzers/"); ok {
		switch {
		case strings.HasPrefix(inside, "internal/engine"), inside == "internal/tokens":
			return "analyzers/internal/engine, tokens"
		case inside == "internal/corpus":
			return "" // for tests
		case strings.HasPrefix(inside, "rev"):
			return "analyzers/rev…: the seven"
		}
		return pkg
	}
	switch pkg {
	case "internal/front/config":
		return "internal/front"
	case "analyzers", "cmd/revlint", "golangci", "internal/front", "internal/lsp", "internal/nearest", "internal/play":
		return pkg
	}
	return ""
}

func engineBox(pkg string) string {
	switch room, ok := strings.CutPrefix(pkg, "analyzers/internal/"); {
	case !ok:
		return ""
	case room == "engine", room == "tokens", room == "contract", room == "summary":
		return room
	case strings.HasPrefix(room, "engine/"):
		return strings.TrimPrefix(room, "engine/")
	}
	return ""
}

func runtimeBox(pkg string) string {
	if pkg == "revocable" || strings.HasPrefix(pkg, "revocable/") && !strings.Contains(pkg, "/internal") {
		return pkg
	}
	return ""
}

// boxes turns imports of packages into those of boxes, without such as another way implies.
func boxes(imports map[string][]string, box func(string) string) map[string][]string {
	edges := make(map[string][]string)
	for pkg, list := range imports {
		from := box(pkg)
		if from == "" {
			continue
		}
		if _, ok := edges[from]; !ok {
			edges[from] = nil
		}
		for _, i := range list {
			if to := box(i); to != "" && to != from && !slices.Contains(edges[from], to) {
				edges[from] = append(edges[from], to)
			}
		}
	}
	var reaches func(from, to string) bool
	reaches = func(from, to string) bool {
		return from == to || slices.ContainsFunc(edges[from], func(next string) bool { return reaches(next, to) })
	}
	reduced := make(map[string][]string)
	for from, list := range edges {
		reduced[from] = slices.DeleteFunc(slices.Clone(list), func(to string) bool {
			return slices.ContainsFunc(list, func(via string) bool { return via != to && reaches(via, to) })
		})
		slices.Sort(reduced[from])
	}
	return reduced
}

// A spot is where a box stands: its row, its place there, and its middle.
type spot struct{ row, x int }

const (
	boxHeight, rowHeight = 30, 84
	letter, gap, margin  = 8, 22, 24
)

func width(name string) int { return letter*len([]rune(name)) + 24 }

// draw draws boxes in rows: each below all that import it, and near them.
func draw(t *testing.T, title string, edges map[string][]string) string {
	spots, rows := place(t, edges)
	w := 0
	for _, row := range rows {
		last := row[len(row)-1]
		w = max(w, spots[last].x+width(last)/2+margin)
	}
	h := len(rows)*rowHeight - (rowHeight - boxHeight) + 2*margin
	style, err := os.ReadFile("testdata/style.svg")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\" aria-labelledby=\"title\">\n<title id=\"title\">%s</title>\n%s", w, h, w, h, title, style)
	fmt.Fprintf(&b, "<rect class=\"paper\" x=\"0.5\" y=\"0.5\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n", w-1, h-1)
	top := func(name string) int { return margin + spots[name].row*rowHeight }
	for _, row := range rows {
		for _, from := range row {
			for i, to := range edges[from] {
				// Lines leave side by side.
				x := spots[from].x + (i-(len(edges[from])-1)/2)*12
				y1, y2 := top(from)+boxHeight, top(to)
				fmt.Fprintf(&b, "<path class=\"line\" marker-end=\"url(#tip)\" d=\"M%d %dC%d %d %d %d %d %d\"/>\n", x, y1, x, y1+40, spots[to].x, y2-40, spots[to].x, y2)
			}
		}
	}
	for _, row := range rows {
		for _, name := range row {
			fmt.Fprintf(&b, "<rect class=\"owner\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"4\"/><text class=\"code\" text-anchor=\"middle\" x=\"%d\" y=\"%d\">%s</text>\n",
				spots[name].x-width(name)/2, top(name), width(name), boxHeight, spots[name].x, top(name)+20, name)
		}
	}
	b.WriteString("</svg>\n")
	return b.String()
}

// place gives each box the lowest row that all its importers allow, and orders rows by where the importers stand.
func place(t *testing.T, edges map[string][]string) (map[string]spot, [][]string) {
	row := make(map[string]int)
	names := make([]string, 0, len(edges))
	for name := range edges {
		names = append(names, name)
	}
	slices.Sort(names)
	for range names { // a longest way has no more steps
		for _, from := range names {
			for _, to := range edges[from] {
				row[to] = max(row[to], row[from]+1)
			}
		}
	}
	var rows [][]string
	for _, name := range names {
		for len(rows) <= row[name] {
			rows = append(rows, nil)
		}
		if row[name] >= len(names) {
			t.Fatalf("%s imports itself", name)
		}
		rows[row[name]] = append(rows[row[name]], name)
	}
	spots := make(map[string]spot)
	widest := 0
	for _, r := range rows {
		widest = max(widest, rowWidth(r))
	}
	for n, r := range rows {
		slices.SortStableFunc(r, func(a, b string) int { return cmp.Compare(above(edges, spots, a), above(edges, spots, b)) })
		x := margin + (widest-rowWidth(r))/2
		for _, name := range r {
			spots[name] = spot{n, x + width(name)/2}
			x += width(name) + gap
		}
	}
	return spots, rows
}

func rowWidth(row []string) (w int) {
	for _, name := range row {
		w += width(name) + gap
	}
	return w - gap
}

// above is the middle of what imports a box.
func above(edges map[string][]string, spots map[string]spot, name string) int {
	sum, n := 0, 0
	for from, list := range edges {
		if at, ok := spots[from]; ok && slices.Contains(list, name) {
			sum, n = sum+at.x, n+1
		}
	}
	if n == 0 {
		return 0
	}
	return sum / n
}
