package everyday

import "net/http"

// A package variable that nobody sets here is set elsewhere, in another build or by a package that
// is to come, unless somebody asks whether it is nil.

var standIn http.RoundTripper

func badStandIn(r *http.Request) error {
	resp, err := standIn.RoundTrip(r) // want revleak
	if err != nil {
		return err
	}
	println(resp.Status)
	return nil
}

func okStandIn(r *http.Request) error {
	resp, err := standIn.RoundTrip(r)
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

var inTests http.RoundTripper

func okNeverHere(r *http.Request) {
	if inTests == nil {
		return
	}
	if resp, err := inTests.RoundTrip(r); err == nil {
		println(resp.Status)
	}
}
