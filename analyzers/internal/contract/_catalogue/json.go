//revlint:package encoding/json
package json

// S18
type Unmarshaler interface {
	//revlint:scoped data
	UnmarshalJSON(data []byte) error
}
