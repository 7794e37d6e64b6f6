#!/bin/bash
# side.sh MODULE@VERSION … runs the other analyzers and revlint side by side over
# modules of the proxy, or folders of this repository that are modules, without tests and without configuration, and prints of
# each what it finds and how many seconds it took: after a build, and nothing
# analysed before. WORK is the folder for the copies and tools (none: a
# temporary one).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
export GOBIN=$work
[ -x "$work/revlint" ] || (cd "$here/../.." && go install ./cmd/revlint)
export GOFLAGS=-mod=mod GOWORK=off
for tool in github.com/timakin/bodyclose@v0.0.0-20260723120731-857993a2939c github.com/ryanrolds/sqlclosecheck@v0.6.0 \
	github.com/jjti/go-spancheck/cmd/spancheck@v0.6.5 github.com/ykadowak/zerologlint/cmd/zerologlint@v0.1.5; do
	name=$(basename "${tool%@*}")
	[ -x "$work/$name" ] || (cd "$work" && go install "$tool" 2>/dev/null)
done
# The command of rowserrcheck is built with an older x/tools, which does not read what Go 1.26 compiles.
if [ ! -x "$work/rowserrcheck" ]; then
	mkdir -p "$work/rowserr"
	cat >"$work/rowserr/main.go" <<-'END'
		package main

		import (
			"github.com/jingyugao/rowserrcheck/passes/rowserr"
			"golang.org/x/tools/go/analysis/singlechecker"
		)

		func main() { singlechecker.Main(rowserr.NewAnalyzer("github.com/jmoiron/sqlx")) }
	END
	(cd "$work/rowserr" && go mod init rowserrcheck && go get github.com/jingyugao/rowserrcheck@v1.1.1 golang.org/x/tools@v0.52.0 && go build -o "$work/rowserrcheck" .) 2>/dev/null
fi
# Nothing is kept of earlier runs, except what the compiler made.
salt=$(date +%s)

# run NAME COMMAND… prints a line of the table, and then what was found. Some tools write JSON for go vet.
run() {
	local name=$1 begin end
	shift
	begin=$(date +%s%N)
	"$@" >"$work/out" 2>&1 || true
	end=$(date +%s%N)
	sed -E -e 's/^.*"posn": "([^"]*)".*$/\1: '"$name"'/' -e "s#^(\./|$PWD/)##" "$work/out" | grep -E "^[^# 	].*\.go:[0-9]+" | grep -v "_test\.go:" | sort -u >"$work/found" || true
	printf '%s\t%s\t%d findings\t%d.%d s\n' "$module" "$name" "$(wc -l <"$work/found")" $(((end - begin) / 1000000000)) $(((end - begin) / 100000000 % 10))
	sed 's/^/\t/' "$work/found"
}

for module in "$@"; do
	copy=$work/$(tr /@ __ <<<"$module")
	export GOFLAGS=-mod=mod GOWORK=off
	if [ -d "$here/../../$module" ]; then
		copy=$here/../../$module
		unset GOFLAGS GOWORK
	elif [ ! -d "$copy" ]; then
		source=$(cd "$work" && go mod download -json "$module" | sed -n 's/^\t"Dir": "\(.*\)",\{0,1\}$/\1/p')
		cp -r "$source" "$copy"
		chmod -R u+w "$copy"
		sed -i '/=> *\.\.\{0,1\}\//d' "$copy/go.mod"
	fi
	cd "$copy"
	# Whoever reads code that another package needs needs it built.
	go build ./... 2>/dev/null || true
	cp "$work/revlint" "$work/revlint.$salt"
	echo "$salt" >>"$work/revlint.$salt"
	run revlint "$work/revlint.$salt" -tests=false ./...
	run lostcancel go vet -lostcancel ./...
	for tool in bodyclose sqlclosecheck rowserrcheck spancheck; do
		run "$tool" "$work/$tool" ./...
	done
	run zerologlint go vet -vettool="$work/zerologlint" ./...
	rm "$work/revlint.$salt"
done
