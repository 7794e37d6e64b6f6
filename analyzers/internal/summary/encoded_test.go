package summary

import (
	"reflect"
	"testing"
)

// fill gives every field that v has, at whatever depth, a value of its own.
func fill(v reflect.Value, n *int) {
	*n++
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), n)
		}
	case reflect.Array:
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range v.Len() {
			fill(v.Index(i), n)
		}
	case reflect.String:
		v.SetString(string(rune('a'+*n%26)) + string(rune('A'+*n/26%26)))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int:
		v.SetInt(int64(1000 + *n))
	default:
		v.SetUint(uint64(1 + *n%255))
	}
}

// TestEncoded encodes a summary in which no field is zero, and decodes it: a field that is forgotten
// comes back as zero. What is cut off, or of another version, is unknown.
func TestEncoded(t *testing.T) {
	want, n := new(Summary), 0
	fill(reflect.ValueOf(want).Elem(), &n)
	want.Version = Version
	f := Encode(want)
	if got := f.Decode(); !reflect.DeepEqual(got, want) {
		t.Errorf("decoded\n%#v, want\n%#v", got, want)
	}
	for i := range len(f.Data) {
		if got := (&Encoded{f.Data[:i]}).Decode(); got != nil {
			t.Fatalf("%d of %d bytes are decoded: %v", i, len(f.Data), got)
		}
	}
	if got := (&Encoded{f.Data + "\x00"}).Decode(); got != nil {
		t.Errorf("a byte too many is decoded: %v", got)
	}
	other := *want
	other.Version++
	if got := Encode(&other).Decode(); got != nil {
		t.Errorf("another version is decoded: %v", got)
	}
}

// TestEncodedNothing has an empty summary: it never returns, which is not unknown.
func TestEncodedNothing(t *testing.T) {
	if got := Encode(&Summary{Version: Version}).Decode(); got == nil || len(got.Outcomes) > 0 {
		t.Errorf("got %v", got)
	}
}

// FuzzEncoded decodes what nobody has encoded.
func FuzzEncoded(f *testing.F) {
	s := &Summary{}
	n := 0
	fill(reflect.ValueOf(s).Elem(), &n)
	s.Version = Version
	f.Add(Encode(s).Data)
	f.Fuzz(func(_ *testing.T, data string) { (&Encoded{data}).Decode() })
}
