package revocable

import "io/fs"

// ErrRevoked says that a resource was revoked: no new access to it can succeed, now or later.
// errors.Is(ErrRevoked, fs.ErrClosed) holds, so that code written for files and connections that
// were closed under it needs no new case.
var ErrRevoked error = revokedError{}

type revokedError struct{}

func (revokedError) Error() string { return "revocable: resource revoked" }

func (revokedError) Is(target error) bool { return target == fs.ErrClosed }
