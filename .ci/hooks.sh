#!/usr/bin/env bash
# The git hooks of docs/drivers.md, for real: pre-commit, installed from the
# distribution, and lefthook, from npm. In a repository with a planted misuse
# the commit is refused and the finding printed; with the misuse mended it is made.
set -euo pipefail
cd "$(dirname "$0")/.."
lefthook_version=2.2.2

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# pre-commit builds the hook in a GOPATH of its own; these caches are shared.
GOMODCACHE=$(go env GOMODCACHE)
GOCACHE=$(go env GOCACHE)
export GOMODCACHE GOCACHE PRE_COMMIT_HOME=$work/pre-commit
# Nothing of a git that may be running us, as in a hook.
mapfile -t inherited < <(git rev-parse --local-env-vars)
unset "${inherited[@]}"
export GIT_AUTHOR_NAME=A GIT_AUTHOR_EMAIL=a@example.com GIT_COMMITTER_NAME=A GIT_COMMITTER_EMAIL=a@example.com

missing=()
for tool in pre-commit npm; do
	command -v "$tool" >/dev/null || missing+=("$tool")
done
if [ ${#missing[@]} -gt 0 ]; then
	root=()
	[ "$(id -u)" -eq 0 ] || root=(sudo)
	"${root[@]}" apt-get update -q
	"${root[@]}" apt-get install -qy --no-install-recommends "${missing[@]}"
fi

# What is in this folder now, as a release in a repository that stands where the
# documentation says.
revision=$(.ci/snippet .pre-commit-config.yaml | sed -nE 's/^ *rev: *//p')
mkdir "$work/revlint"
tar -c --exclude=.git --exclude=.cache . | tar -x -C "$work/revlint"
(
	cd "$work/revlint"
	git init -q
	git add .
	git commit -qm release
	git tag "$revision"
)
export GIT_CONFIG_COUNT=2
export GIT_CONFIG_KEY_0=url.file://$work/revlint.insteadOf
export GIT_CONFIG_VALUE_0=https://github.com/revlint/revlint
export GIT_CONFIG_KEY_1=safe.directory GIT_CONFIG_VALUE_1='*'

# repository DIRECTORY: a git repository with the planted misuse, staged.
repository() {
	mkdir "$1"
	cd "$1"
	git init -q
	printf 'module example.com/planted\n\ngo 1.26.0\n' >go.mod
	cat >planted.go <<'END'
package planted

import (
	"bytes"
	"sync"
)

func render(pool *sync.Pool) string {
	b := pool.Get().(*bytes.Buffer)
	b.WriteString("planted")
	pool.Put(b)
	return b.String()
}
END
	git add .
}

# mend has the buffer put back at the end.
mend() {
	sed -i 's/^\tpool.Put/\tdefer pool.Put/' planted.go
	git add .
}

# commits NAME: the hook called NAME refuses the misuse, naming it, and lets the rest pass.
commits() {
	if git commit -m planted >"$work/output" 2>&1; then
		cat "$work/output"
		echo "$1 has not refused the planted misuse" >&2
		return 1
	fi
	if ! grep -F 'planted.go:12:9: b is used here after its access ended (revuse)' "$work/output"; then
		cat "$work/output"
		echo "$1 has not printed the finding" >&2
		return 1
	fi
	mend
	if ! git commit -m mended >"$work/output" 2>&1 || ! grep -i revlint "$work/output"; then
		cat "$work/output"
		echo "$1 has not run on the mended program, or has refused it" >&2
		return 1
	fi
	git rev-parse --verify --quiet HEAD >/dev/null
}

echo "$(pre-commit --version):"
(
	snippet=$PWD/.ci/snippet
	repository "$work/with-pre-commit"
	"$snippet" .pre-commit-config.yaml >.pre-commit-config.yaml
	git add .
	pre-commit install
	commits pre-commit
	pre-commit run --all-files
)

# Without --ignore-scripts it would install itself as this repository's hooks.
(cd "$work" && npm install --silent --ignore-scripts --no-save --no-audit --no-fund --prefix "$work/npm" "lefthook@$lefthook_version")
go build -o "$work/bin/revlint" ./cmd/revlint
PATH=$work/bin:$work/npm/node_modules/.bin:$PATH
echo "lefthook $lefthook_version:"
(
	snippet=$PWD/.ci/snippet
	repository "$work/with-lefthook"
	"$snippet" lefthook.yml >lefthook.yml
	git add .
	lefthook install
	commits lefthook
)
