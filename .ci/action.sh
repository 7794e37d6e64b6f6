#!/usr/bin/env bash
# The steps of action.yml, in which PACKAGES and FLAGS are its inputs:
#
#	action.sh sarif     writes the findings, as SARIF, and tells in which file
#	action.sh report    prints them beside the lines, and fails if there are any
set -euo pipefail

revlint=$RUNNER_TEMP/revlint/revlint
read -ra packages <<<"$PACKAGES"
read -ra flags <<<"$FLAGS"

case $1 in
sarif)
	file=$RUNNER_TEMP/revlint.sarif
	status=0
	"$revlint" -f sarif "${flags[@]}" "${packages[@]}" >"$file" || status=$?
	# Also if some package could not be analysed there is a report; not if
	# revlint could not be run at all.
	[ -s "$file" ] || exit "$status"
	echo "sarif=$file" >>"$GITHUB_OUTPUT"
	;;
report)
	# All that has been computed is in the go command's cache by now.
	"$revlint" -f github "${flags[@]}" "${packages[@]}"
	;;
*)
	echo "$0: there are only sarif and report" >&2
	exit 2
	;;
esac
