package generics

// apart tells what two collections do not have in common: slices whose type is a parameter
// are appended to, two at a time.
func apart[T comparable, Slice ~[]T](a, b Slice) (Slice, Slice) {
	left, right := Slice{}, Slice{}
	inA, inB := make(map[T]bool), make(map[T]bool)
	for _, x := range a {
		inA[x] = true
	}
	for i := range b {
		inB[b[i]] = true
		if !inA[b[i]] {
			right = append(right, b[i])
		}
	}
	for i := range a {
		if !inB[a[i]] {
			left = append(left, a[i])
		}
	}
	return left, right
}
