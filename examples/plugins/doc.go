// Command plugins is a host whose plug-ins are loaded, replaced and unloaded while they serve.
//
//	go run ./examples/plugins
//	curl localhost:8081/plugins/echo/hello
//	curl -X PUT localhost:8081/plugins/echo       loads it, or the next version of it
//	curl -X DELETE localhost:8081/plugins/echo    unloads it
//
// A plug-in brings memory that is gone once it is unloaded, as a plug-in in a sandbox or a mapped file does. Unloading cancels its
// running requests, waits for them, and frees the memory; requests that come later are answered 503 or 404. What must not be done is
// in testdata/mistake, with what revlint says to it.
package main
