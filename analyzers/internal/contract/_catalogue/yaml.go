//revlint:package gopkg.in/yaml.v3 also gopkg.in/yaml.v2 go.yaml.in/yaml/v3 go.yaml.in/yaml/v2 github.com/goccy/go-yaml
package yaml

import "io"

// S83, by NewDecoder, NewEncoder: they read from r and write to w, and close neither.
//
//revlint:borrow d from r
func NewDecoder(r io.Reader) (d *Decoder)

//revlint:borrow e from w
func NewEncoder(w io.Writer) (e *Encoder)

//revlint:scoped e // it writes until then
func (e *Encoder) Encode(v any) error
