#!/bin/bash
# second.sh [regexp] runs revlint over the programs in second (those whose name matches), before and after the fix
# of the bug that each has: lines that begin with - are of before, with + of after. It prints what is
# found. REVLINT and WORK are as in run.sh; ROUND names another folder than second. The libraries are those of
# the catalogue's examples, and two more.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
if [ -z "${REVLINT:-}" ]; then
	REVLINT=$work/revlint
	(cd "$here/../.." && go build -o "$REVLINT" ./cmd/revlint)
fi
export GOFLAGS=-mod=mod GOWORK=off
cp "$here"/../../testdata/catalogue/go.{mod,sum} "$work"
for text in "$here/${ROUND:-second}"/*.txt; do
	name=$(basename "$text" .txt)
	[[ $name =~ ${1:-.} ]] || continue
	mkdir -p "$work/$name/before" "$work/$name/after"
	sed '/^+/d; s/^-//' "$text" >"$work/$name/before/x.go"
	sed '/^-/d; s/^+//' "$text" >"$work/$name/after/x.go"
done
cd "$work"
go get github.com/containerd/continuity@v0.5.0 github.com/mholt/archiver/v4@v4.0.0-alpha.8 2>/dev/null
status=0
"$REVLINT" ./... >found || status=$?
cat found
[ "$status" -le 1 ]
