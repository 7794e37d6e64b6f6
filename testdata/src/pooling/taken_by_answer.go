package pooling

import "github.com/revlint/revlint/testdata/src/lib/pool"

func submit(l *pool.Line, text string) bool {
	buf := buffers.Get()
	buf.WriteString(text)
	if l.Push(buf) == pool.Taken {
		return true
	}
	buffers.Put(buf)
	return false
}

func submitByCase(l *pool.Line, text string) pool.Answer {
	buf := buffers.Get()
	buf.WriteString(text)
	answer := l.Push(buf)
	switch answer {
	case pool.Full, pool.Closed:
		buffers.Put(buf)
	}
	return answer
}

func submitAndPut(l *pool.Line, text string) {
	buf := buffers.Get()
	buf.WriteString(text)
	if l.Push(buf) != pool.Closed { // want revescape
		buffers.Put(buf)
	}
}
