package contract

import (
	"go/types"
	"sync"
)

// imports finds packages among one package and all that it imports, directly
// or not. Of export data, only what the package's types reach is complete.
type imports struct {
	list   []*types.Package // the package itself first
	byPath map[string]*types.Package
	from   *types.Package
	once   sync.Once
}

func importsOf(pkg *types.Package) *imports { return &imports{from: pkg} }

func (im *imports) all() []*types.Package {
	im.once.Do(func() {
		im.byPath = make(map[string]*types.Package)
		var visit func(p *types.Package)
		visit = func(p *types.Package) {
			if im.byPath[p.Path()] != nil {
				return
			}
			im.byPath[p.Path()] = p
			im.list = append(im.list, p)
			for _, i := range p.Imports() {
				visit(i)
			}
		}
		visit(im.from)
	})
	return im.list
}

// find returns the package with the path, nil if it is not in sight.
func (im *imports) find(path string) *types.Package {
	im.all()
	return im.byPath[path]
}
