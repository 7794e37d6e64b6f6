package revocable

import (
	"fmt"
	"log/slog"
	"reflect"
)

// String names the provider's type and says how its revocation stands: see [Provider.Stats]. Like all that is
// said of a provider it may be read at any time; printed by its fields, it would be a data race.
func (p *Provider[T]) String() string {
	return describe("Provider", reflect.TypeFor[T](), p.Stats())
}

// GoString is String.
func (p *Provider[T]) GoString() string { return p.String() }

// LogValue is a group of the resource's type, the state of its revocation and the number of running accesses.
func (p *Provider[T]) LogValue() slog.Value { return logValue(reflect.TypeFor[T](), p.Stats()) }

// String names the handle's type and says how the revocation of its resource stands: see [Provider.Stats].
func (h Handle[T]) String() string {
	return describe("Handle", reflect.TypeFor[T](), h.p.Stats())
}

// GoString is String.
func (h Handle[T]) GoString() string { return h.String() }

// LogValue is a group of the resource's type, the state of its revocation and the number of running accesses.
func (h Handle[T]) LogValue() slog.Value { return logValue(reflect.TypeFor[T](), h.p.Stats()) }

func describe(kind string, resource reflect.Type, s Stats) string {
	return fmt.Sprintf("revocable.%s[%v](%s, %d running)", kind, resource, s.State, s.Running)
}

func logValue(resource reflect.Type, s Stats) slog.Value {
	return slog.GroupValue(
		slog.String("type", resource.String()),
		slog.String("state", string(s.State)),
		slog.Int64("running", s.Running),
	)
}
