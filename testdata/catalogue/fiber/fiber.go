// Package fiber has the examples for github.com/gofiber/fiber/v2.
package fiber

import (
	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/fiber/v2/utils"
	"github.com/valyala/fasthttp"
)

var names = make(map[string]bool)

func routes(app *fiber.App) {
	// M30: the string is a view of the request's memory.
	app.Get("/:name", func(c *fiber.Ctx) error {
		names[c.Params("name")] = true // want revescape
		return nil
	})
}

var last string

// M30: the string is a view of the request's memory.
func remember(c *fiber.Ctx) error {
	last = c.Params("name") // want revescape
	return nil
}

var _ fiber.Handler = remember

func copyingRoutes(app *fiber.App) {
	// M30: a copy is not.
	app.Get("/:name", func(c *fiber.Ctx) error {
		names[utils.CopyString(c.Params("name"))] = true
		return c.SendString(c.Params("name"))
	})
}

// M31: not released where the path is wrong.
func acquired(app *fiber.App, f *fasthttp.RequestCtx) bool {
	c := app.AcquireCtx(f) // missed: revleak
	if c.Path() != "/" {
		return false
	}
	app.ReleaseCtx(c)
	return true
}

// M31: given to another app.
func mixed(f *fasthttp.RequestCtx) {
	a, b := fiber.New(), fiber.New()
	c := a.AcquireCtx(f)
	b.ReleaseCtx(c) // want revrelease
}

// M31: released at the end.
func released(app *fiber.App, f *fasthttp.RequestCtx) bool {
	c := app.AcquireCtx(f)
	defer app.ReleaseCtx(c)
	return c.Path() == "/"
}
