package revhttp

import (
	"io"
	"net/http"
	"reflect"
	"slices"
	"testing"
)

type (
	bareResponse     struct{ http.ResponseWriter }
	bareFlusher      struct{ http.Flusher }
	bareHijacker     struct{ http.Hijacker }
	barePusher       struct{ http.Pusher }
	bareReaderFrom   struct{ io.ReaderFrom }
	bareStringWriter struct{ io.StringWriter }
	bareUnwrapper    struct{ unwraps }
)

// controls is what only an http.ResponseController asks for.
var controls = []string{"EnableFullDuplex", "FlushError", "SetReadDeadline", "SetWriteDeadline"}

func TestResponsesHaveTheMethodsOfTheServers(t *testing.T) {
	for _, bare := range combineResponseBares {
		got := slices.DeleteFunc(methods(new(exchange).wrap(bare.(http.ResponseWriter))), func(m string) bool {
			return slices.Contains(controls, m)
		})
		if want := methods(bare); !slices.Equal(got, want) {
			t.Errorf("%T\n has %v\nwant %v", bare, got, want)
		}
	}
}

func TestTransportsHaveTheMethodsOfTheirObjects(t *testing.T) {
	type plain struct{ http.RoundTripper }
	for _, bare := range []http.RoundTripper{plain{}, struct {
		plain
		idleCloser
	}{}} {
		wrapped, _ := RoundTripper(bare)
		if got, want := methods(wrapped), methods(bare); !slices.Equal(got, want) {
			t.Errorf("%T has %v, want %v", bare, got, want)
		}
	}
}

func methods(x any) (names []string) {
	typ := reflect.TypeOf(x)
	for i := range typ.NumMethod() {
		names = append(names, typ.Method(i).Name)
	}
	return names
}
