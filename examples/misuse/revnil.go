package misuse

// Send was tried with a port that was there. Nobody tried it while the port was being
// unplugged: TryAccess gives nil then, and the next line panics. The defer hides it well,
// for it is right: releasing the guard of an access that failed does nothing.
func (l *Line) Send(frame []byte) error {
	p, access := l.port.TryAccess()
	defer access.Release()
	_, err := p.tty.Write(frame) // want revnil
	return err
}
