package calls

import (
	"go/types"
	"strings"

	"github.com/revlint/revlint/analyzers/internal/engine/domain"
	"github.com/revlint/revlint/analyzers/internal/engine/interp"
)

// asClient executes a constructor of a client that was generated for gRPC, of which mostly nothing is known,
// because code that is generated touches no contract: the client holds the connection that it is made of.
func (in *Calls) asClient(st *domain.State, c *interp.CallSite) ([]interp.Returned, bool) {
	f, ok := c.Obj.(*types.Func)
	if !ok || c.HasRecv || !isTLS(f) && (!makesClient(c.Sig) || !strings.HasPrefix(f.Name(), "New")) {
		return nil, false
	}
	results := in.FreshResults(c)
	client := results[0].One()
	in.LearnNil(st, client, false)
	held := in.Address(client, 0, types.NewPointer(c.ArgTypes[0]))
	st.Mem.Set(held, domain.Cell{V: c.Args[0], Pos: c.Pos, By: c.Site()})
	return []interp.Returned{{St: st, Results: results}}, true
}

// isTLS reports whether f makes a connection of another one, which it has in its first field. The body would say so, too, and
// that the connection goes to the function for its handshake as well, which nobody else has.
func isTLS(f *types.Func) bool {
	return f.Pkg() != nil && f.Pkg().Path() == "crypto/tls" && (f.Name() == "Client" || f.Name() == "Server")
}

// makesClient reports whether what has the signature sig takes a connection alone, and gives a client.
func makesClient(sig *types.Signature) bool {
	if sig.Params().Len() != 1 || sig.Results().Len() != 1 || !isClient(sig.Results().At(0).Type()) {
		return false
	}
	conn := types.TypeString(sig.Params().At(0).Type(), nil)
	return conn == "google.golang.org/grpc.ClientConnInterface" || conn == "*google.golang.org/grpc.ClientConn"
}

// isClient reports whether t is a client that was generated for gRPC, an interface of which each method
// takes options of a call: it calls methods over the connection that it was made of, and never closes that.
func isClient(t types.Type) bool {
	if t == nil {
		return false
	}
	client, ok := t.Underlying().(*types.Interface)
	if !ok || client.NumMethods() == 0 {
		return false
	}
	for m := range client.Methods() {
		p := m.Signature().Params()
		if !m.Signature().Variadic() || types.TypeString(p.At(p.Len()-1).Type(), nil) != "[]google.golang.org/grpc.CallOption" {
			return false
		}
	}
	return true
}
