// Package rpc has the examples for the standard library's net/rpc.
package rpc

import "net/rpc"

// S87: an answer that fails leaves the connection.
func ask(address, question string) (answer string, err error) {
	c, err := rpc.Dial("tcp", address) // want revleak
	if err != nil {
		return "", err
	}
	if err := c.Call("Oracle.Ask", question, &answer); err != nil {
		return "", err
	}
	return answer, c.Close()
}

// S87: it is closed either way.
func askAndClose(address, question string) (answer string, err error) {
	c, err := rpc.DialHTTP("tcp", address)
	if err != nil {
		return "", err
	}
	defer c.Close()
	err = c.Call("Oracle.Ask", question, &answer)
	return answer, err
}

// S87: it is used after its end.
func late(address string) error {
	c, err := rpc.Dial("tcp", address)
	if err != nil {
		return err
	}
	c.Close()
	return c.Call("Oracle.Ask", "", nil) // want revuse
}
