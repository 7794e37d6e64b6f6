//revlint:package encoding/json
package json

// S18, by Unmarshaler: data has to be copied by whoever keeps it.
type Unmarshaler interface {
	//revlint:scoped data
	UnmarshalJSON(data []byte) error
}
