//revlint:package k8s.io/apimachinery/pkg/watch
package watch

// M101, by Interface: Stop must always be called, even if the consumer has not called ResultChan. Only the debt
// is followed, because a watch is often stopped from elsewhere.
type Interface interface {
	//revlint:release self idempotent
	Stop()
}
