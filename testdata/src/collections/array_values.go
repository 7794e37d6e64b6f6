package collections

import "os"

// An array that is ranged over, or indexed, as a value is a copy, and what stands in it is what was stored in the array.

func arrayValueA1() {
	f, err := os.Open("x")
	if err != nil {
		return
	}
	a := [2]*os.File{f, nil}
	for _, g := range a {
		g.Close()
	}
	f.Read(make([]byte, 1)) // want revuse
}

func arrayValueA2() {
	f, err := os.Open("x")
	if err != nil {
		return
	}
	a := [1]*os.File{f}
	for i := range a {
		a[i].Close()
	}
	f.Read(make([]byte, 1)) // want revuse
}

func arrayValueA3() {
	f, err := os.Open("x")
	if err != nil {
		return
	}
	a := [1]*os.File{f}
	for _, g := range &a {
		g.Close()
	}
	f.Read(make([]byte, 1)) // want revuse
}

func arrayValueA4() {
	f, err := os.Open("x")
	if err != nil {
		return
	}
	for _, g := range [...]*os.File{f} {
		g.Close()
	}
	f.Read(make([]byte, 1)) // want revuse
}

func arrayValueA5() {
	f, err := os.Open("x")
	if err != nil {
		return
	}
	a := [1]*os.File{f}
	for _, g := range a {
		g.Close()
	}
}

func arrayValueB1(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	g, err := os.Open(name)
	if err != nil {
		f.Close()
		return
	}
	for _, x := range [...]*os.File{f, g} {
		x.Close()
	}
}

func arrayValueB2(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	var a [100]*os.File
	a[3] = f
	for _, x := range a {
		if x != nil {
			x.Close()
		}
	}
	f.Read(nil)
}

type arrayBox struct{ a [2]*os.File }

func arrayValueB3(b *arrayBox) {
	for _, x := range b.a {
		x.Close()
	}
	b.a[0].Read(nil)
}

func arrayValueB4(a [2]*os.File) {
	for _, x := range a {
		x.Close()
	}
	a[1].Read(nil)
}

func arrayValueB5(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	b := arrayBox{}
	b.a[1] = f
	for _, x := range b.a {
		if x != nil {
			x.Close()
		}
	}
	f.Read(nil)
}

func arrayPair(name string) [2]*os.File {
	f, _ := os.Open(name)
	return [2]*os.File{f, nil}
}

func arrayValueB6(name string) {
	f := arrayPair(name)[0]
	f.Close()
}

func arrayValueB7(name string) {
	p := arrayPair(name)
	p[0].Close()
	p[0].Read(nil)
}

func arrayValueB8(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	m := map[string][1]*os.File{"a": {f}}
	m["a"][0].Close()
	f.Read(nil) // want revuse
}

func arrayValueB9(name string) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	type s struct{ fs [1]struct{ f *os.File } }
	v := s{}
	v.fs[0].f = f
	for _, x := range v.fs {
		x.f.Close()
	}
	f.Read(nil)
}

func arrayValueB10(name string, i int) {
	f, err := os.Open(name)
	if err != nil {
		return
	}
	arr := func() [2]*os.File { return [2]*os.File{f, nil} }
	arr()[0].Close()
	f.Read(nil) // want revuse
}
