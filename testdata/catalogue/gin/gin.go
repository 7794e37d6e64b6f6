// Package gin has the examples for github.com/gin-gonic/gin.
package gin

import "github.com/gin-gonic/gin"

// M32: the context is another request's when the goroutine runs.
func late(c *gin.Context) {
	go func() { // want revescape
		println(c.Query("q"))
	}()
}

// M32: a copy is the goroutine's own.
func lateCopy(c *gin.Context) {
	own := c.Copy()
	go func() {
		println(own.Query("q"))
	}()
}

func routes(e *gin.Engine) {
	e.GET("/late", late)
	e.GET("/copy", lateCopy)
}
