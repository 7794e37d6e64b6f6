#!/usr/bin/env bash
# Builds golangci-lint with revlint in it and compares what it finds in the
# examples with what revlint finds; then a clean package.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GOLANGCI_LINT_CACHE=$work/cache

go build -o "$work/revlint" ./cmd/revlint
(cd golangci/cmd/custom-gcl && go build -o "$work/custom-gcl" .)

# run WANTED-STATUS FILE COMMAND…: the output of the command, in the file.
run() {
	local want=$1 file=$2 status=0
	shift 2
	"$@" >"$file" || status=$?
	if [ "$status" -ne "$want" ]; then
		cat "$file"
		echo "$*: exit status $status, want $want" >&2
		return 1
	fi
}

# "file:line analyzer" of each line that ends in "(analyzer)", as all our messages do.
# golangci-lint adds "(revlint)", and makes issues of the steps that led to a finding,
# too: these name no analyzer.
places() {
	sed 's| (revlint)$||' "$1" | sed -nE 's|^([^ :]+:[0-9]+):[0-9]+: .*\(([a-z]+)\)$|\1 \2|p' | sort
}

gcl=("$work/custom-gcl" run --config golangci/testdata/golangci.yml --path-mode=abs
	--output.text.path stdout --output.text.print-issued-lines=false --output.text.colors=false --show-stats=false)

run 1 "$work/front" "$work/revlint" ./examples/...
run 1 "$work/issues" "${gcl[@]}" ./examples/...
sed -i "s|^$PWD/||" "$work/issues"
places "$work/front" >"$work/wanted"
places "$work/issues" >"$work/found"
[ -s "$work/wanted" ]
diff -u --label revlint --label golangci-lint "$work/wanted" "$work/found"

run 0 "$work/clean" "${gcl[@]}" ./internal/front/config
[ ! -s "$work/clean" ] || { cat "$work/clean"; exit 1; }
