#!/bin/sh
# Explores the models in gate.pml, reader.pml and slot.pml exhaustively, then shows that each of their mutations is noticed.
# Exit 0: all as it should be; 1: not so; 2: could not run. Takes a minute or two and 2 GB of memory.
# "check.sh quick" leaves the largest exploration out: half a minute, and 500 MB.
set -u
here=$(cd "$(dirname "$0")" && pwd)
for tool in spin gcc; do
	if ! command -v "$tool" >/dev/null 2>&1; then
		echo "check.sh: needs $tool (Debian and Ubuntu: apt-get install spin gcc)" >&2
		exit 2
	fi
done
case "${1-}" in
'' | quick) ;;
*)
	echo "check.sh: unknown argument $1: want none, or quick" >&2
	exit 2
	;;
esac
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT INT TERM
cd "$work" || exit 2
failed=0

# explore "compiler options" "verifier options" model-definition...: leaves its output in the file out
explore() {
	compile=$1 run=$2
	shift 2
	rm -f pan pan.* out
	if ! spin -a "$@" "$here/$model.pml" >spin.out 2>&1; then
		cat spin.out >&2
		exit 2
	fi
	# shellcheck disable=SC2086 # options are words
	gcc -O2 -w -DNOFAIR -DCOLLAPSE $compile -o pan pan.c || exit 2
	# shellcheck disable=SC2086
	./pan -m1000000 $run >out 2>&1
	# An exploration that was cut short proves nothing.
	if grep -q -e 'max search depth too small' -e 'out of memory' -e 'Search not completed' out && grep -q 'errors: 0' out; then
		echo "exploration not complete:" >&2
		cat out >&2
		exit 2
	fi
}

summary() { awk '/states, stored/ && !s {s = $1} /elapsed time/ {t = $4} END {printf "%s states, %s s", s, t}' out; }

# holds title "compiler options" "verifier options" model-definition...
holds() {
	title=$1
	shift
	explore "$@"
	if grep -q 'errors: 0' out; then
		echo "holds    $title: $(summary)"
	else
		echo "FAILS    $title:"
		cat out
		failed=1
	fi
}

# notices mutation model-definition...
notices() {
	mutation=$1
	shift
	explore -DSAFETY '' "-DMUTATION_$mutation" "$@"
	if reason=$(grep -m1 -e 'assertion violated' -e 'invalid end state' out); then
		echo "noticed  $mutation: ${reason#pan:1: }"
	else
		echo "MISSED   $mutation: $(summary)"
		failed=1
	fi
}

model=gate
[ "${1-}" = quick ] ||
	holds '3 readers, promotion, 2 revokers' -DSAFETY '' -DREADERS=3
holds '3 readers, promotion, 1 revoker' -DSAFETY '' -DREADERS=3 -DREVOKERS=1
holds '2 readers, promotion, 1 revoker, a sleeper on Revoked' -DSAFETY '' -DREADERS=2 -DREVOKERS=1 -DSLEEPER
holds '2 readers with 2 accesses each, promotion to 2 shards, 1 revoker' -DSAFETY '' -DREADERS=2 -DTRIES=2 -DSHARDS=2 -DREVOKERS=1
holds '2 readers, promotion, 2 revokers: no infinite execution' -DNP -l -DREADERS=2

notices NO_RECHECK -DREADERS=2
notices UNDO_DRAINS -DREADERS=2
notices LATE_SHARD_ENTRY_SKIPS_DRAIN -DREADERS=2
notices SHARDS_READ_FIRST -DREADERS=2
notices MODE_BEFORE_SHARDS -DREADERS=2
notices TOTAL_UNCHECKED -DREADERS=2
notices HAND_OVER_NOT_ATOMIC -DREADERS=2
notices EVERY_REVOKER_SHUTS -DREADERS=2
notices LOSER_DOES_NOT_WAIT -DREADERS=2
notices NO_LOOK_UNDER_LOCK -DREADERS=2

model=reader
[ "${1-}" = quick ] ||
	holds '2 readers with 2 accesses each, a guard, 1 revoker' -DSAFETY '' -DREADERS=2 -DTRIES=2
holds '1 reader with 3 accesses, a guard, 1 revoker' -DSAFETY '' -DREADERS=1 -DTRIES=3
holds '2 readers, a guard, 1 revoker: no infinite execution' -DNP -l -DREADERS=2 -DTRIES=1

for mutation in NO_MEMBARRIER FENCE_BEFORE_SHUTTING SLOW_PATH_WITHOUT_LOCK LEAVE_DOES_NOT_LOOK UNDO_WITHOUT_LOOKING COUNTED_NOT_MARKED; do
	notices "$mutation" -DREADERS=1 -DTRIES=2
done

model=slot
[ "${1-}" = quick ] ||
	holds '2 readers with 3 nested accesses each, a guard, 1 revoker' -DSAFETY '' -DREADERS=2 -DTRIES=3
holds '1 reader with 5 nested accesses, a guard, 1 revoker' -DSAFETY '' -DREADERS=1 -DTRIES=5
holds '2 readers, a guard, 1 revoker: no infinite execution' -DNP -l -DREADERS=2 -DTRIES=2

for mutation in NO_LOOK_AT_THE_GATE SLOW_PATH_WITHOUT_LOCK UNDO_WITHOUT_LOOKING MARK_OVERWRITTEN TOLD_WHILE_PINNED LATE_IS_NEVER_NESTED COUNTED_NOT_MARKED; do
	notices "$mutation" -DREADERS=1 -DTRIES=4
done
exit $failed
