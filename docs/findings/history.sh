#!/bin/bash
# history.sh [regexp] runs revlint over the projects of history.tsv, or of
# $LIST, (those whose name matches) before and after the fix of a bug: it must
# report the bug before, and nothing of that kind in that function after.
#
# Modules come from the module proxy of the go command, commits from git
# repositories under $GIT (none: GitHub). REVLINT and WORK are as in run.sh. What
# was found stands in files that end in .found, beside the copies in $WORK.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
if [ -z "${REVLINT:-}" ]; then
	REVLINT=$work/revlint
	(cd "$here/../.." && go build -o "$REVLINT" ./cmd/revlint)
fi
export GOFLAGS=-mod=mod GOWORK=off

# fetch VERSION prints the folder of a writable copy of module@version or of
# git:owner/name@commit.
fetch() {
	local copy source repository
	copy=$work/$(tr '/@:^' '____' <<<"$1")
	if [ ! -d "$copy" ]; then
		case $1 in
		git:*)
			repository=${1#git:}
			git clone --quiet --no-checkout "${GIT:-https://github.com}/${repository%@*}" "$copy.new" >&2
			git -C "$copy.new" checkout --quiet "${1#*@}" >&2
			rm -rf "$copy.new/vendor"
			;;
		*)
			source=$(cd "$work" && go mod download -json "$1" | sed -n 's/^\t"Dir": "\(.*\)",\{0,1\}$/\1/p')
			cp -r "$source" "$copy.new"
			chmod -R u+w "$copy.new"
			;;
		esac
		mv "$copy.new" "$copy" || return 2
	fi
	echo "$copy"
}

# findings VERSION MODULE FOLDER STUB REPLACE prints "function analyzer" of each finding.
findings() {
	local copy
	copy=$(fetch "$1") || return 2
	# The module is the one that the folder is in, and the whole repository without one.
	cd "$copy/$3" || return 2
	until [ -f go.mod ] || [ "$PWD" = "$copy" ]; do cd ..; done
	# Old code has no go.mod, or one that points at folders which are not there.
	[ -f go.mod ] || go mod init "$2" 2>/dev/null
	sed -i '/=> *\.\.\{0,1\}\//d' go.mod
	if [ -n "$5" ]; then
		grep -rl --include='*.go' "${5% *}" . | xargs -r sed -i "s#${5% *}#${5#* }#"
	fi
	if [ -n "$4" ]; then
		mkdir -p .revlint
		cp "$here/_stubs/$4" .revlint/
	fi
	cd "$copy/$3"
	"$REVLINT" -tests=false -f json . 2>"$copy.err" >"$copy.found" || [ $? = 1 ] || { cat "$copy.err" >&2; return 2; }
	awk -F'"' '$2 == "analyzer" { a = $4 } $2 == "function" { print $4, a }' "$copy.found" | sort -u
}

status=0
while IFS='|' read -r name before after folder finding stub replace; do
	case $name in '#'* | '') continue ;; esac
	grep -q -- "${1:-}" <<<"$name" || continue
	path=${before%@*}
	path=${path/git:/github.com/}
	if was=$(findings "$before" "$path" "$folder" "$stub" "$replace") && is=$(findings "$after" "$path" "$folder" "$stub" "$replace"); then
		result=ok
		grep -qxF "$finding" <<<"$was" || result="missed before the fix"
		! grep -qxF "$finding" <<<"$is" || result="still reported after the fix"
	else
		result="could not run"
	fi
	echo "$name: $finding: $result"
	[ "$result" = ok ] || status=1
done < <(tr '\t' '|' <"$here/${LIST:-history.tsv}")
exit $status
