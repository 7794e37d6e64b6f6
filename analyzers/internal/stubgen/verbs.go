package stubgen

import (
	"slices"
	"strings"
	"unicode"
)

// releases are the methods without an operand by which a value is given back,
// and whether calling them again is commonly allowed.
var releases = map[string]bool{
	"Abort": true, "Cancel": true, "Close": true, "Commit": false, "DecRef": false, "Destroy": true, "Discard": true,
	"Dispose": true, "Done": false, "End": true, "Finish": true, "Free": false, "Put": false, "Recycle": false,
	"Release": false, "Return": false, "Rollback": true, "Shutdown": true, "Stop": true, "Unmap": true, "Unref": false,
}

// counts are the methods that take one more reference to their receiver.
var counts = []string{"Retain", "Ref", "AddRef", "IncRef", "Acquire", "TryRetain", "TryRef", "TryIncRef", "TryAcquire"}

// acquiring are the verbs of functions that give what must be given back.
var acquiring = []string{
	"Accept", "Acquire", "Alloc", "Allocate", "Attach", "Begin", "Borrow", "Checkout", "Clone", "Connect", "Create",
	"Dial", "Dup", "Fork", "Get", "Iterator", "Iter", "Lease", "Listen", "Make", "Map", "Mmap", "New", "Open",
	"Prepare", "Query", "Retain", "Snapshot", "Split", "Start", "Subscribe", "Take", "Txn", "Transaction",
}

// copying are those that give a value of its own even where they are called on
// one of its type.
var copying = []string{"Begin", "Clone", "Dup", "Fork", "New", "Snapshot", "Split"}

// locking are the verbs of functions whose only result, a function, gives back
// what they took.
var locking = []string{"Acquire", "Enter", "Hold", "Lease", "Lock", "Pin", "RLock", "Reserve", "Take"}

// A giveBack is the verb of a function that takes what others have given.
type giveBack struct {
	gives   []string // their verbs
	dropped bool     // what is not given back is commonly left to the collector
}

var givingBack = map[string]giveBack{
	"Close":   {[]string{"Open", "New", "Create", "Dial"}, false},
	"Destroy": {[]string{"Create", "New", "Make", "Alloc"}, false},
	"Free":    {[]string{"Alloc", "Allocate", "Calloc", "Malloc", "New", "Get", "Make", "Create", "Acquire"}, false},
	"Munmap":  {[]string{"Mmap"}, false},
	"Unmap":   {[]string{"Map"}, false},
	"Put":     {[]string{"Get", "Take", "Acquire", "Borrow", "New"}, true},
	"Recycle": {[]string{"Get", "Take", "Acquire", "New"}, true},
	"Release": {[]string{"Acquire", "Get", "Take", "Borrow", "New", "Lease"}, true},
	"Return":  {[]string{"Borrow", "Get", "Take", "Acquire"}, true},
	"Restore": {[]string{"Borrow", "Take"}, true},
	"Unref":   {[]string{"Ref", "New", "Get"}, false},
}

// calling are the verbs of functions that call the function they are given
// before they return.
var calling = []string{
	"Access", "Ascend", "Batch", "Control", "Descend", "Do", "Each", "Exec", "Execute", "For", "Iterate", "Range", "Raw",
	"Run", "Scan", "Transact", "Transaction", "Update", "Use", "View", "Visit", "Walk", "With",
}

// verb splits a name after its first word: "AcquireRequest", and "Acquire".
func verb(name string) (first, rest string) {
	for i, r := range name {
		if i > 0 && unicode.IsUpper(r) {
			return name[:i], name[i:]
		}
	}
	return name, ""
}

// gives reports whether the name is one of what acquires: its verb is, but for
// a Must or Try before it.
func gives(name string, verbs []string) bool {
	first, rest := verb(name)
	if (first == "Must" || first == "Try") && rest != "" {
		first, _ = verb(rest)
	}
	return slices.Contains(verbs, first)
}

// lowered writes a name as that of a variable.
func lowered(name string) string {
	upper := strings.IndexFunc(name, unicode.IsLower)
	switch {
	case upper < 0:
		return strings.ToLower(name)
	case upper > 1:
		upper-- // the last one begins a word
	}
	return strings.ToLower(name[:upper]) + name[upper:]
}
