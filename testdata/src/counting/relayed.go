package counting

// A place that one function takes and another gives back is held from one call
// to the next: what one of them leaves is nobody's mistake as far as it can tell.

func (q *queue) open(data []byte) error {
	if !q.relay.TryAcquire() {
		return errBusy
	}
	if len(data) == 0 {
		q.relay.Release()
		return errBusy
	}
	q.head = nil
	if len(data) > 10 {
		return errBusy
	}
	return nil
}

func (q *queue) shut() {
	q.head = nil
	q.relay.Release()
}
