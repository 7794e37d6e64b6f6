// Package echo has the examples for github.com/labstack/echo.
package echo

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// M33: not released where the path is wrong.
func acquired(e *echo.Echo, r *http.Request) bool {
	c := e.AcquireContext() // missed: revleak
	c.SetRequest(r)
	if c.Request().URL.Path != "/" {
		return false
	}
	e.ReleaseContext(c)
	return true
}

// M33: used after it was released.
func scheme(e *echo.Echo, r *http.Request) string {
	c := e.AcquireContext()
	c.SetRequest(r)
	e.ReleaseContext(c)
	return c.Scheme() // want revuse
}

// M33: released at the end.
func released(e *echo.Echo, r *http.Request) string {
	c := e.AcquireContext()
	defer e.ReleaseContext(c)
	c.SetRequest(r)
	return c.Scheme()
}
