package device_test

import (
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/revlint/revlint/revocable/device"
)

func TestAllocations(t *testing.T) {
	if os.Getenv("REVOCABLEDEBUG") != "" {
		t.Skip("debug mode allocates records")
	}
	d := device.New("d")
	var r *device.Devres[int]
	bind(t, d, func(b *device.Bound) {
		r = device.Manage(b, new(int), nil)
	})
	defer unbind(t, d)
	forged := new(device.Bound)
	d.WithBound(func(b *device.Bound) error {
		none := map[string]func(){
			"Access": func() { p, _ := r.Access(b); *p++ },
			"refused Access": func() {
				if _, err := r.Access(forged); err == nil {
					t.Error("a forged token is accepted")
				}
			},
			"TryAccess": func() {
				p, g := r.TryAccess()
				*p++
				g.Release()
			},
			"With": func() { r.With(func(p *int) error { *p++; return nil }) },
		}
		for what, f := range none {
			if n := testing.AllocsPerRun(100, f); n != 0 {
				t.Errorf("%s allocates %v times", what, n)
			}
		}
		return nil
	})
	scope := func(b *device.Bound) error { return nil }
	if n := testing.AllocsPerRun(100, func() { d.WithBound(scope) }); n > 1 {
		t.Errorf("WithBound allocates %v times, want its token alone", n)
	}
}

func TestAccessIsInlined(t *testing.T) {
	if testing.Short() {
		t.Skip("asks the compiler")
	}
	if _, err := exec.LookPath("go"); err != nil {
		t.Skip("needs the go command")
	}
	out, err := exec.Command("go", "test", "-run=^$", "-exec=true", "-gcflags=-m", ".").CombinedOutput()
	if err != nil {
		t.Fatalf("go test: %v\n%s", err, out)
	}
	if !regexp.MustCompile(`inlining call to device\.\(\*Devres\[.*\]\)\.Access`).Match(out) {
		var about []string
		for line := range strings.Lines(string(out)) {
			if strings.Contains(line, "Access") {
				about = append(about, line)
			}
		}
		t.Errorf("Access is not inlined; the compiler says:\n%s", strings.Join(about, ""))
	}
}
