/*
 * The readers of package revocable where they fence for themselves (reader_portable.go): how a slot that is swapped, and not
 * counted in, is seen by a revoker, also while accesses nest.
 *
 * All steps are atomic operations of Go, which have one total order, or are under the slot's mutex. A reader enters and
 * leaves as it likes, up to two deep. Looked for, in every reachable state, beside what gate.pml looks for:
 *   - no reader is in during or after the clean-up, which runs once, nor once Revoke has returned;
 *   - a reader that is in and enters again succeeds;
 *   - nobody waits for ever: drain, to which each reader that was counted must add its leaving, gets to zero;
 *   - a refusal is never followed by a success, other than a nested one.
 *
 * Approximated as in reader.pml: the accesses by guards are one process that takes one; the waiting of the revoker is one step.
 */

#ifndef READERS
#define READERS 2
#endif
#ifndef TRIES
#define TRIES 3     /* Enters of each reader */
#endif
#define SHUT (-32)

mtype:stage = { live, awaited, handed, drained, cleaned }
mtype:state = { out, in, counted }

short open = 0;
mtype:stage stage = live;
short drain = 0;
mtype:state state[READERS] = out;
byte pinned[READERS];
bool owed[READERS];
bool locked[READERS];

byte inside = 0;
byte cleanups = 0;
bool refused = false;
bool returned = false;         /* Revoke */

inline finish() {
	assert(inside == 0);
	assert(cleanups == 0);
	cleanups++;
	stage = cleaned
}

/* drainOne is drain.Add(-1), and what drained() does if that gives zero. */
inline drainOne() {
	atomic { drain--; zero = drain == 0 };
	if
	:: zero ->
		zero = false;
		if
		:: atomic { stage == awaited -> stage = drained }
		:: atomic { stage == handed -> stage = drained; finish() }
		fi
	:: else
	fi
}

inline lock(who) {
#ifndef MUTATION_SLOW_PATH_WITHOUT_LOCK
	atomic { !locked[who] -> locked[who] = true }
#else
	skip
#endif
}

inline unlock(who) {
#ifndef MUTATION_SLOW_PATH_WITHOUT_LOCK
	locked[who] = false
#else
	skip
#endif
}

/* entered is a success. */
inline entered() {
	assert(cleanups == 0 && (depth > 0 || !late && !returned));
	inside++;
	depth++
}

proctype Reader(byte me) {
	byte tries = 0, depth = 0;
	bool late, zero, tell;
	mtype:state was;

	do
	:: tries < TRIES && depth < 2 -> /* Enter */
		tries++;
		late = refused;
		atomic { was = state[me]; state[me] = in };
		if
		:: was == out ->
			if
#ifdef MUTATION_NO_LOOK_AT_THE_GATE
			:: atomic { true -> entered() }
#else
			:: atomic { open >= 0 -> entered() }
			:: open < 0 ->
				lock(me);
#ifdef MUTATION_LATE_IS_NEVER_NESTED
				tell = false;
#else
				tell = pinned[me] > 0;
#endif
				unlock(me);
				if
				:: tell -> atomic { tell = false; entered() }
				:: else ->
					assert(depth == 0);
					atomic { was = state[me]; state[me] = out };
#ifndef MUTATION_UNDO_WITHOUT_LOOKING
					if
					:: was == counted -> drainOne()
					:: else
					fi;
#endif
					refused = true
				fi
#endif
			fi
		:: else ->
			lock(me);
			pinned[me]++;
#ifndef MUTATION_MARK_OVERWRITTEN
			owed[me] = owed[me] || was == counted;
#endif
			unlock(me);
			atomic { entered() }
		fi
	:: depth > 0 -> /* Leave */
		atomic { inside--; depth--; was = state[me]; state[me] = out };
		if
		:: was == in
		:: else ->
			lock(me);
			if
			:: was == counted -> owed[me] = true
			:: else -> pinned[me]--
			fi;
#ifdef MUTATION_TOLD_WHILE_PINNED
			if
			:: owed[me] -> owed[me] = false; tell = true
			:: else
			fi;
#else
			if
			:: pinned[me] == 0 -> tell = owed[me]; owed[me] = false
			:: else
			fi;
#endif
			unlock(me);
			if
			:: tell -> tell = false; drainOne()
			:: else
			fi
		fi
	:: depth == 0 -> break
	od
}

/* One access by a guard. */
proctype Holder() {
	bool zero, below;
	atomic {
		if
		:: open >= 0 -> open++; inside++; assert(cleanups == 0)
		:: open < 0 -> refused = true; goto out_
		fi
	};
	atomic { inside--; open--; below = open < 0 };
	if
	:: below -> drainOne()
	:: else
	fi;
out_:
	skip
}

proctype Revoker() {
	short running;
	byte i = 0;
	bool wait;

	if :: wait = true :: wait = false fi;
	atomic { running = open; open = open + SHUT };
	do
	:: i < READERS ->
		lock(i);
		if
		:: pinned[i] > 0 -> owed[i] = true; running++
		:: else ->
			atomic {
				if
				:: state[i] == in ->
#ifndef MUTATION_COUNTED_NOT_MARKED
					state[i] = counted;
#endif
					running++
				:: else
				fi
			}
		fi;
		unlock(i);
		i++
	:: else -> break
	od;
	if
	:: running == 0 -> atomic { stage = drained; finish() }
	:: else ->
		if :: wait -> stage = awaited :: else -> stage = handed fi;
		atomic { drain = drain + running; running = (drain == 0 -> 0 : 1) };
		if
		:: running == 0 -> atomic { stage = drained; finish() }
		:: else ->
			if
			:: wait -> atomic { stage == drained; finish() }
			:: else -> stage == cleaned
			fi
		fi
	fi;
	returned = true
}

init {
	byte i = 0;
	atomic {
		do
		:: i < READERS -> state[i] = out; run Reader(i); i++
		:: else -> break
		od;
		run Holder();
		run Revoker()
	};
	_nr_pr == 1;
	assert(cleanups == 1 && stage == cleaned && drain == 0 && inside == 0);
	i = 0;
	do
	:: i < READERS -> assert(!owed[i] && pinned[i] == 0 && state[i] == out); i++
	:: else -> break
	od
}
