package pooling

import "fmt"

// The bytes are taken out of the buffer: it goes back without them.
func formatTakenOut(id int) []byte {
	buf := buffers.Get()
	fmt.Fprintf(buf, "id-%d", id)
	p := buf.B
	buf.B = nil
	buffers.Put(buf)
	return p
}

func formatCutOff(id int) []byte {
	buf := buffers.Get()
	fmt.Fprintf(buf, "id-%d", id)
	p := buf.B
	buf.B = buf.B[:0]
	buffers.Put(buf)
	return p // want revescape
}
