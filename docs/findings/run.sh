#!/bin/bash
# run.sh [regexp] runs revlint over the public modules of modules.tsv, or of the
# list that LIST names beside it (those that match regexp), and compares what it
# finds with judged.tsv:
#
#	new    MODULE POSITION …   found and not judged yet
#	gone   MODULE POSITION …   judged and no longer found (a repaired false alarm, or a lost finding)
#
# The modules come from the module proxy that the go command is set up for, and
# are copied to a folder of their own, because revlint reads them as main
# modules. REVLINT names the binary (none: built from this repository), WORK the
# folder for the copies (none: a temporary one).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=${WORK:-$(mktemp -d)}
mkdir -p "$work"
if [ -z "${REVLINT:-}" ]; then
	REVLINT=$work/revlint
	(cd "$here/../.." && go build -o "$REVLINT" ./cmd/revlint)
fi
export GOFLAGS=-mod=mod GOWORK=off

# fetch MODULE@VERSION prints the folder of a writable copy.
fetch() {
	local copy source
	copy=$work/$(tr /@ __ <<<"$1")
	if [ ! -d "$copy" ]; then
		source=$(cd "$work" && go mod download -json "$1" | sed -n 's/^\t"Dir": "\(.*\)",\{0,1\}$/\1/p')
		cp -r "$source" "$copy.new"
		chmod -R u+w "$copy.new"
		mv "$copy.new" "$copy"
		# A released module's go.mod may point at folders that it does not have.
		sed -i '/=> *\.\.\{0,1\}\//d' "$copy/go.mod"
	fi
	echo "$copy"
}

status=0
while IFS=$'\t' read -r module tests packages; do
	case $module in '#'* | '') continue ;; esac
	grep -q -- "${1:-}" <<<"$module" || continue
	copy=$(fetch "$module")
	# Positions are found out without the messages, which may be reworded.
	found=$copy.found
	# shellcheck disable=SC2086 # patterns are several words
	(cd "$copy" && "$REVLINT" -tests="$tests" ${packages:-./...}) >"$found.all" 2>"$found.err" || {
		[ $? = 1 ] || { echo "failed $module"; sed 's/^/       /' "$found.err"; status=2; }
	}
	sed -n 's/^\([^ ]*:[0-9]*:[0-9]*\): .*(\(rev[a-z]*\))$/\1\t\2/p' "$found.all" | sort >"$found"
	awk -F'\t' -v m="$module" '$1 == m { print $2 "\t" $3 }' "$here/judged.tsv" | sort >"$found.judged"
	comm -23 "$found" "$found.judged" | sed "s|^|new    $module |"
	comm -13 "$found" "$found.judged" | sed "s|^|gone   $module |"
done <"$here/${LIST:-modules.tsv}"
exit $status
