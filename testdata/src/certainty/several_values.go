package certainty

import "context"

// What may be one of several values is tested once, and that is known from then on: whoever tests it
// again goes the same way.

type talk struct {
	open bool
	peer *talk
}

type talks struct {
	byName map[string]*talk
	last   *talk
	queue  chan *talk
}

func (s *talks) join(ctx context.Context, name string) (*talk, context.CancelFunc) {
	t := s.byName[name]
	if t == nil {
		return nil, nil
	}
	_, cancel := context.WithCancel(ctx)
	return t, cancel
}

// That a field of it was looked at tells as much as a test.
func (s *talks) resume(ctx context.Context, name string) (*talk, context.CancelFunc) {
	t := s.byName[name]
	if !t.open {
		return nil, nil
	}
	_, cancel := context.WithCancel(ctx)
	return t, cancel
}

func (s *talks) again(ctx context.Context) (*talk, context.CancelFunc) {
	t := s.last
	if !t.open {
		return nil, nil
	}
	_, cancel := context.WithCancel(ctx)
	return t, cancel
}

func (s *talks) received(ctx context.Context) (*talk, context.CancelFunc) {
	t := <-s.queue
	if t.peer == nil {
		return nil, nil
	}
	_, cancel := context.WithCancel(ctx)
	return t, cancel
}

// Whether there is one, nobody has looked.
func (s *talks) unseen(ctx context.Context, name string) (*talk, context.CancelFunc) {
	t := s.byName[name]
	_, cancel := context.WithCancel(ctx)
	return t, cancel
}

func okJoined(ctx context.Context, s *talks) {
	t, cancel := s.join(ctx, "a")
	if t == nil {
		return
	}
	cancel()
}

func okResumed(ctx context.Context, s *talks) {
	t, cancel := s.resume(ctx, "a")
	if t == nil {
		return
	}
	defer cancel()
	t.peer = nil
}

func okAgain(ctx context.Context, s *talks) {
	if t, cancel := s.again(ctx); t != nil {
		cancel()
	}
}

func okReceived(ctx context.Context, s *talks) {
	if t, cancel := s.received(ctx); t != nil {
		cancel()
	}
}

func okInLoop(ctx context.Context, s *talks, next func() error) error {
	var t *talk
	var cancel context.CancelFunc
	cleanup := func() {
		if t != nil {
			cancel()
		}
	}
	defer cleanup()
	for {
		if err := next(); err != nil {
			return err
		}
		if t != nil {
			return nil
		}
		t, cancel = s.join(ctx, "a")
		if t == nil {
			return nil
		}
	}
}

type joined struct {
	t      *talk
	cancel context.CancelFunc
}

func (j *joined) leave() {
	if j.t != nil {
		j.cancel()
	}
}

func okInFields(ctx context.Context, s *talks, next func() error) error {
	var j joined
	j.t, j.cancel = s.join(ctx, "a")
	defer j.leave()
	return next()
}

func okByHelper(ctx context.Context, s *talks, next func() error) error {
	t, cancel := s.join(ctx, "a")
	if err := next(); err != nil {
		leave(t, cancel)
		return err
	}
	leave(t, cancel)
	return nil
}

func leave(t *talk, cancel context.CancelFunc) {
	if t != nil {
		cancel()
	}
}

func badJoined(ctx context.Context, s *talks) bool {
	t, cancel := s.join(ctx, "a") // want revleak
	if t == nil {
		return false
	}
	if t.open {
		return true
	}
	cancel()
	return true
}

func badUnseen(ctx context.Context, s *talks) {
	t, cancel := s.unseen(ctx, "a") // want revleak
	if t == nil {
		return
	}
	cancel()
}

func badInLoop(ctx context.Context, s *talks, next func() error) error {
	for {
		t, cancel := s.join(ctx, "a") // want revleak
		if t == nil {
			return nil
		}
		if err := next(); err != nil {
			return err
		}
		cancel()
	}
}

// After the loop, another one is tested.
func badAfterLoop(ctx context.Context, s *talks, names []string) {
	for _, name := range names {
		t := s.byName[name]
		if t == nil {
			return
		}
	}
	t, cancel := s.join(ctx, "a") // want revleak
	if t != nil && t.open {
		return
	}
	if t != nil {
		cancel()
	}
}

type job struct {
	name  string
	early bool
}

// A flag of an element is asked twice, and answers the same.
func okFlagOfElement(ctx context.Context, jobs []job, do func(context.Context) error) {
	for _, j := range jobs {
		ctx, cancel := context.WithCancel(ctx)
		if j.early {
			cancel()
		}
		err := do(ctx)
		if j.early {
			println(err)
		} else {
			cancel()
		}
	}
}

func okFlagInClosure(ctx context.Context, jobs []job, each func(name string, do func()), do func(context.Context) error) {
	for _, j := range jobs {
		each(j.name, func() {
			ctx, cancel := context.WithCancel(ctx)
			if j.early {
				cancel()
			}
			err := do(ctx)
			if !j.early {
				cancel()
			}
			println(err)
		})
	}
}

func badFlagsOfTwo(ctx context.Context, jobs, others []job) {
	for i, j := range jobs {
		o := others[i]
		_, cancel := context.WithCancel(ctx) // want revleak
		if j.early {
			cancel()
		}
		if !o.early {
			cancel()
		}
	}
}
