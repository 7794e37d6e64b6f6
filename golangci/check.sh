#!/usr/bin/env bash
# Builds golangci-lint with revlint in it, and compares what it finds in the
# labelled corpus and in the examples with what revlint finds, and with the
# labels. Then what is particular to golangci-lint: settings, nolint, fixes, its
# cache, and its own way to build it.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GOLANGCI_LINT_CACHE=$work/cache

go build -o "$work/revlint" ./cmd/revlint
(cd golangci/cmd/custom-gcl && go build -o "$work/custom-gcl" .)
repository=$PWD
snippet=$repository/.ci/snippet

# run WANTED-STATUS FILE COMMAND…: the output of the command, in the file.
run() {
	local want=$1 file=$2 status=0
	shift 2
	"$@" >"$file" 2>"$work/stderr" || status=$?
	if [ "$status" -ne "$want" ]; then
		cat "$file" "$work/stderr"
		echo "$*: exit status $status, want $want" >&2
		return 1
	fi
}

# lint WANTED-STATUS FILE CONFIGURATION PATTERN…: golangci-lint's issues, in the file.
lint() {
	local want=$1 file=$2 config=$3
	shift 3
	run "$want" "$file" "$work/custom-gcl" run --config "$config" --enable-only revlint --path-mode=abs --output.text.path stdout \
		--output.text.print-issued-lines=false --output.text.colors=false --show-stats=false "$@"
	sed -i "s|^$PWD/||" "$file"
}

# "file:line analyzer" of each line that ends in "(analyzer)", as all our messages do.
# golangci-lint adds "(revlint)", and makes issues of the steps that led to a finding,
# too: these name no analyzer.
places() {
	sed 's| (revlint)$||' "$1" | sed -nE 's|^([^ :]+:[0-9]+):[0-9]+: .*\(([a-z]+)\)$|\1 \2|p' | sort
}

# The same of the labels in the packages that ./... names: folders called testdata
# within them are left out, and modules of their own, as the go command does.
labels() {
	go list -f '{{$d := .Dir}}{{range .GoFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}{{range .TestGoFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}{{range .XTestGoFiles}}{{$d}}/{{.}}{{"\n"}}{{end}}' "./$1/..." |
		sed -E "s|^$PWD/||; /^$/d" | xargs grep -EHn '// want rev[a-z]+' | sed -nE 's|^([^:]+:[0-9]+):.*// want ([a-z ]+)$|\1 \2|p' |
		while read -r place names; do
			for name in $names; do
				echo "$place $name"
			done
		done | sort
}

for packages in testdata/src examples; do
	run 1 "$work/front" "$work/revlint" "./$packages/..."
	lint 1 "$work/issues" golangci/testdata/golangci.yml "./$packages/..."
	places "$work/front" >"$work/wanted"
	places "$work/issues" >"$work/found"
	labels "$packages" >"$work/labels"
	diff -u --label revlint --label golangci-lint "$work/wanted" "$work/found"
	diff -u --label labels --label golangci-lint "$work/labels" "$work/found"
	echo "$packages: $(wc -l <"$work/found") findings, as by revlint and by the labels"
done

lint 0 "$work/clean" golangci/testdata/golangci.yml ./internal/front/config
[ ! -s "$work/clean" ] || { cat "$work/clean"; exit 1; }

# An unknown key is a hard error.
sed 's/disable:/disabled:/' golangci/testdata/golangci.yml >"$work/unknown.yml"
run 3 "$work/output" "$work/custom-gcl" run --config "$work/unknown.yml" ./internal/front/config
grep -F 'revlint: settings: unknown key "disabled"' "$work/stderr"

# The configuration in the documentation says what it says there, and //nolint:revlint
# and //lint:ignore hide what they stand at.
cp -r golangci/testdata/selection "$work/selection"
cd "$work/selection"
"$snippet" .golangci.yml >.golangci.yml
lint 1 "$work/issues" .golangci.yml ./...
places "$work/issues" >"$work/found"
cat >"$work/wanted" <<-'END'
	late.go:12 revuse
	late.go:18 revnil
END
diff -u --label wanted --label golangci-lint "$work/wanted" "$work/found"
cp late.go late.go.txt
lint 1 "$work/issues" .golangci.yml --fix .
if [ "$(grep -c 'if b == nil {' late.go)" -ne 2 ]; then
	echo "--fix has not added the check" >&2
	exit 1
fi
mv late.go.txt late.go
sed -i '12s|$| //nolint:revlint // the pool keeps one for us|; 18s|$| //lint:ignore revnil it is never empty|' late.go
lint 0 "$work/issues" .golangci.yml ./...

# golangci-lint's cache sees every change of the user's contracts, also where only
# what the package imports is concerned: without them, one suppression is stale.
mkdir .revlint
cat >.revlint/pool.go <<-'END'
	//revlint:package example.com/selection/pool
	//revlint:none
	package pool
END
lint 1 "$work/issues" .golangci.yml .
places "$work/issues" >"$work/found"
cat >"$work/wanted" <<-'END'
	late.go:18 suppress
END
diff -u --label wanted --label golangci-lint "$work/wanted" "$work/found"
rm .revlint/pool.go
lint 0 "$work/issues" .golangci.yml .

# "golangci-lint custom" with .custom-gcl.yml. It would clone golangci-lint; here the
# source that the module proxy has stands for the repository.
cd "$repository"
source=$(cd golangci/cmd/custom-gcl && go list -m -f '{{.Dir}}' github.com/golangci/golangci-lint/v2)
cp -r "$source" "$work/golangci-lint"
chmod -R u+w "$work/golangci-lint"
(
	cd "$work/golangci-lint"
	git init -q
	git add -f .
	git -c user.name=A -c user.email=a@example.com commit -qm release
	git tag "$(sed -n 's/^version: //p' "$repository/.custom-gcl.yml")"
)
GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=url.file://$work/golangci-lint.insteadOf \
	GIT_CONFIG_VALUE_0=https://github.com/golangci/golangci-lint.git \
	"$work/custom-gcl" custom --destination "$work/custom"
run 1 "$work/issues" "$work/custom/custom-gcl" run --config golangci/testdata/golangci.yml ./examples/misuse
grep -F '(revuse) (revlint)' "$work/issues"
