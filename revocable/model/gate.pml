/*
 * The gate of package revocable: how accesses are counted, shut out, drained and waited for.
 *
 * Every operation on shared state is a step of its own, under the one total order that Go promises for
 * its atomics; what stands in one atomic block is one operation of the code, together with what only the
 * properties need. Names are those of gate.go, shards.go and wait.go. check.sh explores all
 * interleavings, and then shows that each of the mutations below (-DMUTATION_…) is noticed.
 *
 * Looked for, in every reachable state:
 *   - no access is in during or after the clean-up, which runs once;
 *   - a refusal is never followed by a success, and only a revocation refuses;
 *   - Revoke, and RevokeContext when it does not time out, return after the clean-up;
 *   - nobody waits for ever (an invalid end state: a wake-up was lost or the drain was missed);
 *   - at the end every counter is back where it was;
 *   - no execution is infinite (check.sh runs the search for cycles too).
 *
 * Approximated: a promoter may act at any time, not only after overlaps; an entry may take any shard; a
 * context may end at any time; "go finish()" and a finish in place are the same; the clean-up itself is
 * one step. Left out: spinning before parking, which only looks; that finished() drops the shards, which
 * refuses late entries that their shard would have refused; and enter's second look at the mode, for
 * having seen another mode than inline once it learns nothing from that but what the second look tells.
 */

#ifndef READERS
#define READERS 3
#endif
#ifndef TRIES
#define TRIES 1     /* TryAccess calls of each reader */
#endif
#ifndef REVOKERS
#define REVOKERS 2
#endif
#ifndef SHARDS
#define SHARDS 1
#endif
#define SHUT (-32)

mtype:mode  = { revoked, inline_, sharded }
mtype:stage = { live, awaited, handed, drained, cleaned }

#define EV_REVOKED 0
#define EV_DRAINED 1
#define EV_CLEANED 2
#define EVENTS     3

/* the gate */
short open = 0;
mtype:mode mode = inline_;
mtype:stage stage = live;
short drain = 0;
bool published = false;    /* shards is not nil */
short shard[SHARDS];
bool ext = false;          /* the extension was made */
byte channel[EVENTS];      /* 0 not made, 1 made, 2 closed */

/* what the properties speak of */
byte inside = 0;           /* accesses that are in */
byte cleanups = 0;
bool refused = false;      /* some TryAccess has returned nil */
byte readersStarted = 0;
byte revokersStarted = 0;

/* announce closes the channel of e if somebody made it. What is done under the extension's mutex is one
 * step: nothing else looks at channel, and beside it a section reads one shared word at most. */
inline announce(e) {
	if
	:: ext -> atomic { if :: channel[e] == 1 -> channel[e] = 2 :: else fi }
	:: else
	fi
}

#define HAPPENED(e) ( \
	(e == EV_REVOKED && (mode == revoked || open < 0)) || \
	(e == EV_DRAINED && (stage == drained || stage == cleaned)) || \
	(e == EV_CLEANED && stage == cleaned))

/* await waits for e; result is false if it is not patient and the context ended first. */
inline await(e, patient, result) {
	if
	:: HAPPENED(e) -> result = true
	:: else ->
		ext = true;                     /* extension() */
		atomic {
			result = false;
			if
			:: channel[e] == 0 ->
				if
#ifndef MUTATION_NO_LOOK_UNDER_LOCK
				:: HAPPENED(e) -> result = true
				:: else -> channel[e] = 1
#else
				:: channel[e] = 1
#endif
				fi
			:: else
			fi
		};
		if
		:: result
		:: else ->
			if
			:: channel[e] == 2 -> result = true
			:: !patient -> result = HAPPENED(e)
			fi
		fi
	fi
}

inline entered() {
	assert(!late && cleanups == 0);
	late = false;
	inside++
}

inline finish() {
	assert(inside == 0);
	assert(cleanups == 0);
	cleanups++;
	stage = cleaned;
	announce(EV_CLEANED)
}

/* leaveShut ends an access that found its counter shut. Who brings drain to zero does what drained()
 * does; that is one process at a time, so they share the local variables. */
mtype:stage seenStage;
bool zero;

inline leaveShut() {
	atomic { drain--; below = drain == 0 };
	if
	:: below ->
		assert(!zero);
		atomic { zero = true; below = false };
#ifdef MUTATION_HAND_OVER_NOT_ATOMIC
		seenStage = stage;
		stage = drained;
#else
		do
		:: seenStage = stage;
		   if
		   :: atomic { stage == seenStage -> stage = drained }; break
		   :: else
		   fi
		od;
#endif
		assert(seenStage == awaited || seenStage == handed);
		if
		:: seenStage == handed -> finish()
		:: else -> announce(EV_DRAINED)
		fi
	:: else
	fi
}

proctype Reader(byte me) {
	byte tries = 0;
	mtype:mode m;
	byte c = 0;                     /* counted in: 0 the gate's counter, i shard i-1 */
	bool in = false;
	bool below;                     /* the counter is below zero */
	bool late;                      /* somebody had been refused before this try */

	do
	:: atomic {
		/* enter; what only the properties need is one step with the operation that it belongs to */
		tries < TRIES && (tries > 0 || readersStarted == me) ->
			if :: tries == 0 -> readersStarted++ :: else fi; /* readers are alike: they start in order */
			tries++;
			late = refused;
			m = mode
		};
		if
		:: m == inline_ ->
			atomic {
				m = revoked;
				open++;
				in = open > 0;
				if :: in -> entered() :: else fi
			};
			if
			:: in
			:: else ->
				open--;
#ifdef MUTATION_UNDO_DRAINS
				leaveShut()
#endif
			fi
		:: m == sharded ->
			assert(published);
			if
			:: c = 1
			:: SHARDS > 1 -> c = 2
			fi;
			atomic { m = revoked; shard[c-1]++; below = shard[c-1] < 0 };
			if
			:: below -> atomic { shard[c-1]--; below = false; c = 0 }
			:: else ->
				atomic {
#ifndef MUTATION_NO_RECHECK
					in = open >= 0;
#else
					in = true;
#endif
					if :: in -> entered() :: else fi
				};
				if
				:: in
				:: else ->
					atomic { shard[c-1]--; below = shard[c-1] < 0; c = 0 };
					if
#ifndef MUTATION_LATE_SHARD_ENTRY_SKIPS_DRAIN
					:: below -> leaveShut()
#endif
					:: else
					fi
				fi
			fi
		:: m == revoked
		fi;

		if
		:: in ->
			/* Release */
			atomic {
				assert(cleanups == 0);
				inside--;
				in = false;
				if
				:: c == 0 -> open--; below = open < 0
				:: else -> shard[c-1]--; below = shard[c-1] < 0
				fi;
				c = 0
			};
			if
			:: below -> leaveShut()
			:: else
			fi
		:: else -> atomic { assert(open < 0); refused = true; late = false }
		fi
	:: atomic { tries == TRIES -> tries = 0 }; break
	od
}

proctype Promoter() {
	bool first;
#ifdef MUTATION_MODE_BEFORE_SHARDS
	atomic { if :: mode == inline_ -> mode = sharded :: else fi };
#endif
	atomic { first = !published; published = true };
	if
	:: first -> atomic { if :: mode == inline_ -> mode = sharded :: else fi }
	:: else
	fi
}

#define PATIENT   0     /* Revoke */
#define IMPATIENT 1     /* RevokeContext */
#define NOWAIT    2     /* RevokeNoWait */

proctype Revoker(byte me) {
	byte kind;
	short running;
	bool mine;
	bool known;                     /* shards seen */
	bool done;
	byte i;

#ifdef MUTATION_SHARDS_READ_FIRST
	known = published;
#endif
	atomic {
		revokersStarted == me;  /* revokers are alike too */
		revokersStarted++;
		select(kind: PATIENT .. NOWAIT);
		running = open;
		mine = open >= 0;
		if :: mine -> open = open + SHUT :: else fi;
#ifdef MUTATION_EVERY_REVOKER_SHUTS
		if :: !mine -> running = running - SHUT; open = open + SHUT; mine = true :: else fi;
#endif
		if :: !mine -> running = 0 :: else fi
	};
	if
	:: mine ->
		mode = revoked;
#ifndef MUTATION_SHARDS_READ_FIRST
		known = published;
#endif
		if
		:: known ->
			i = 0;
			do
			:: i < SHARDS ->
				atomic { running = running + shard[i]; shard[i] = shard[i] + SHUT };
				i++
			:: else -> break
			od
		:: else
		fi;
#ifdef SLEEPER
		announce(EV_REVOKED);
#endif
		if
		:: running == 0 -> stage = drained; finish()
		:: else ->
			if
			:: kind == NOWAIT -> ext = true; stage = handed
			:: else -> stage = awaited
			fi;
			atomic { drain = drain + running; running = 0; mine = drain != 0 };
			if
#ifndef MUTATION_TOTAL_UNCHECKED
			:: !mine -> stage = drained; finish()
			:: else ->
#else
			:: true ->
#endif
				if
				:: kind == NOWAIT
				:: else ->
					await(EV_DRAINED, (kind == PATIENT), done);
					if
					:: done -> finish()
					:: else ->
						/* handOver */
#ifdef MUTATION_HAND_OVER_NOT_ATOMIC
						if
						:: stage == awaited -> stage = handed
						:: else -> finish()
						fi
#else
						if
						:: atomic { stage == awaited -> stage = handed }
						:: else -> finish()
						fi
#endif
					fi
				fi
			fi
		fi
	:: else ->
		if
		:: kind == NOWAIT
#ifdef MUTATION_LOSER_DOES_NOT_WAIT
		:: kind == PATIENT -> assert(stage == cleaned)
#else
		:: kind == PATIENT -> await(EV_CLEANED, true, done); assert(stage == cleaned)
#endif
		:: kind == IMPATIENT -> await(EV_CLEANED, false, done); assert(!done || stage == cleaned)
		fi
	fi;
	d_step { kind = 0; running = 0; done = false; mine = false; known = false; i = 0 }
}

/* One who sleeps on Revoked(). */
proctype Sleeper() {
	bool done;
	await(EV_REVOKED, true, done);
	assert(open < 0)
}

init {
	byte i = 0;
	atomic {
		do
		:: i < READERS -> run Reader(i); i++
		:: else -> break
		od;
		i = 0;
		do
		:: i < REVOKERS -> run Revoker(i); i++
		:: else -> break
		od;
		run Promoter();
#ifdef SLEEPER
		run Sleeper()
#endif
	};
	_nr_pr == 1;
	assert(cleanups == 1 && stage == cleaned && drain == 0 && open == SHUT);
	i = 0;
	do
	:: i < SHARDS -> assert(shard[i] == 0 || shard[i] == SHUT); i++
	:: else -> break
	od
}
