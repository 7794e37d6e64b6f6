package contract

import (
	"go/build"
	"slices"
)

// unixes are the systems for which the build tag unix holds.
var unixes = []string{
	"aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos",
	"ios", "linux", "netbsd", "openbsd", "solaris",
}

// isBuildTag says which build tags hold in a stub: those of the platform that
// the go command builds for, of the release and of experiments. A stub cannot
// know of tags that are given to one build.
func isBuildTag(tag string) bool {
	ctx := &build.Default
	switch tag {
	case ctx.GOOS, ctx.GOARCH:
		return true
	case "unix":
		return slices.Contains(unixes, ctx.GOOS)
	}
	return slices.Contains(ctx.ReleaseTags, tag) || slices.Contains(ctx.ToolTags, tag)
}
