#!/bin/bash
# check.sh [regexp] applies each patch (of those whose name matches) to the release that its report names, and builds
# the packages; where the patch brings a test, it runs that with the patch. The modules come from the module proxy that the go
# command is set up for.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
export GOFLAGS=-mod=mod GOWORK=off
status=0
for report in "$here"/*.md; do
	name=$(basename "$report" .md)
	if [ "$name" = README ] || ! grep -q -- "${1:-}" <<<"$name"; then continue; fi
	module=$(sed -n 's/^- module: `\(.*\)` \(v.*\)$/\1@\2/p' "$report")
	packages=$(sed -n 's/^- checked: `go build` and `go vet` of \(.*\) with the \[patch\].*$/\1/p' "$report" | tr -d '`' | sed 's/ and / /g')
	test=$(sed -n 's/^- checked: .*; its test `\(.*\)` fails before.*$/\1/p' "$report")
	source=$(cd "$work" && go mod download -json "$module" | sed -n 's/^\t"Dir": "\(.*\)",\{0,1\}$/\1/p')
	cp -r "$source" "$work/$name"
	chmod -R u+w "$work/$name"
	sed -i '/=> *\.\.\{0,1\}\//d' "$work/$name/go.mod" # folders that the release does not have
	# shellcheck disable=SC2086 # patterns are several words
	if (cd "$work/$name" && patch -p1 --quiet <"$here/$name.patch" && go build $packages &&
		{ [ -z "$test" ] || go test -vet=off -timeout 2m -run "^$test\$" $packages; }) >"$work/$name.out" 2>&1; then
		echo "ok     $name"
	else
		echo "failed $name"
		sed 's/^/       /' "$work/$name.out"
		status=1
	fi
done
exit $status
