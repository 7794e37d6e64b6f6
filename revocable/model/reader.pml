/*
 * The readers of package revocable (reader.go): how accesses by plain stores are seen by a revoker that fences.
 *
 * gate.pml explores the rest of the gate under the one total order of Go's atomics. A reader's stores are not
 * atomic: here each goes into a store buffer, first in, first out, and gets to memory at any later time, while the loads of the
 * same processor go ahead of it. That is the order of amd64 (TSO); arm64 may also let a store overtake another, which is none
 * the wiser, for a reader stores to one place only. The revoker's stores are atomic operations, which empty its buffer; so
 * it has none. A mutex empties the buffer of who locks it.
 *
 * Looked for, in every reachable state, beside what gate.pml looks for (and as there, by check.sh with each mutation):
 *   - no reader is in during or after the clean-up, which runs once, nor once Revoke has returned;
 *   - a reader that is in and enters again succeeds;
 *   - nobody waits for ever: drain, to which each reader that was counted must add its leaving, gets to zero;
 *   - a refusal is never followed by a success.
 *
 * Approximated: the accesses by guards are one process that takes one; the waiting of the revoker is one step, and
 * who brings drain to zero either wakes it or cleans up, as drained() does. An interrupt of the fence reaches the processors one by one.
 */

#ifndef READERS
#define READERS 2
#endif
#ifndef TRIES
#define TRIES 2     /* Enters of each reader */
#endif
#define BUFFER 3
#define SHUT (-32)

mtype:stage = { live, awaited, handed, drained, cleaned }

short open = 0;
mtype:stage stage = live;
short drain = 0;
byte depth[READERS];           /* in memory */
bool counted[READERS];
bool locked[READERS];
chan buffer[READERS] = [BUFFER] of { byte };

byte inside = 0;
byte cleanups = 0;
bool refused = false;
bool returned = false;         /* Revoke */
byte gone = 0;                 /* readers that have ended */

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

/* flush is what a locked instruction of the reader's does. */
#define EMPTY(me) (len(buffer[me]) == 0)

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

/* out is the slow way to leave. */
inline out() {
	EMPTY(me);                 /* the lock is an atomic operation */
	lock(me);
	depth[me] = 0;
	was = counted[me];
	counted[me] = false;
	unlock(me);
	if
	:: was -> was = false; drainOne()
	:: else
	fi
}

proctype Reader(byte me) {
	byte tries = 0;
	bool late, was, zero;
	byte nested = 0;

	do
	:: tries < TRIES ->
		tries++;
		/* Enter: store, then look. */
		late = refused;
		buffer[me] ! 1;
		if
		:: atomic { open >= 0 ->
			assert(!late && cleanups == 0 && !returned);
			inside++ };
			/* a nested Enter and Leave: stores of 2 and 1, and no question of success */
			if
			:: nested == 0 -> nested = 1; buffer[me] ! 2; buffer[me] ! 1
			:: true
			fi;
			assert(cleanups == 0);
			/* Leave */
			atomic { inside--; buffer[me] ! 0 };
#ifndef MUTATION_LEAVE_DOES_NOT_LOOK
			if
			:: open >= 0
			:: open < 0 -> out()
			fi
#endif
		:: open < 0 ->
#ifndef MUTATION_UNDO_WITHOUT_LOOKING
			out();
#else
			buffer[me] ! 0;
#endif
			atomic { refused = true; break }
		fi
	:: else -> break
	od;
	gone++
}

/* A store gets from a buffer to memory. */
proctype Memory(byte who) {
	byte value;
	do
	:: atomic { buffer[who] ? value -> depth[who] = value; value = 0 }
	:: atomic { gone == READERS && EMPTY(who) -> break }
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
#ifdef MUTATION_FENCE_BEFORE_SHUTTING
	do
	:: i < READERS -> EMPTY(i); i++
	:: else -> i = 0; break
	od;
#endif
	atomic { running = open; open = open + SHUT };
#if !defined(MUTATION_NO_MEMBARRIER) && !defined(MUTATION_FENCE_BEFORE_SHUTTING)
	do
	:: i < READERS -> EMPTY(i); i++   /* whatever was stored before is in memory */
	:: else -> i = 0; break
	od;
#endif
	do
	:: i < READERS ->
		lock(i);
		if
		:: depth[i] != 0 ->
#ifndef MUTATION_COUNTED_NOT_MARKED
			counted[i] = true;
#endif
			running++
		:: else
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
		:: i < READERS -> run Reader(i); run Memory(i); i++
		:: else -> break
		od;
		run Holder();
		run Revoker()
	};
	_nr_pr == 1;
	assert(cleanups == 1 && stage == cleaned && drain == 0 && inside == 0);
	i = 0;
	do
	:: i < READERS -> assert(!counted[i] && depth[i] == 0); i++
	:: else -> break
	od
}
