package revio

// An OpError says that an operation failed because its object, or a provider behind it, was revoked. It is
// [revocable.ErrRevoked] and fs.ErrClosed to errors.Is, for connections net.ErrClosed too, and whatever [ErrorIs]
// named.
//
// Any error of an operation during which the revocation began is one, also io.EOF: where waking means closing the
// other end, a stream that was cut short must not look complete. What had been done till then is reported with it.
type OpError struct {
	Op  string // "read", "accept", …
	Err error
}

func (e *OpError) Error() string { return "revio: " + e.Op + ": " + e.Err.Error() }

func (e *OpError) Unwrap() error { return e.Err }

// Timeout is false, though a deadline may have been what woke the operation: trying again is in vain.
func (e *OpError) Timeout() bool { return false }

// Temporary is false. With it an OpError is a net.Error.
func (e *OpError) Temporary() bool { return false }
