// Package fiber3 has the examples for github.com/gofiber/fiber/v3.
package fiber3

import (
	"strings"

	"github.com/gofiber/fiber/v3"
)

var names []string

func routes(app *fiber.App) {
	// M30: the string is a view of the request's memory.
	app.Get("/:name", func(c fiber.Ctx) error {
		names = append(names, c.Params("name")) // want revescape
		return nil
	})
	// M31: the context is another request's when the goroutine runs.
	app.Get("/late", func(c fiber.Ctx) error {
		go func() { // want revescape
			_ = c.SendString("late")
		}()
		return nil
	})
}

func copyingRoutes(app *fiber.App) {
	// M30: a copy is not.
	app.Get("/:name", func(c fiber.Ctx) error {
		names = append(names, strings.Clone(c.Params("name")))
		return nil
	})
	// M31: an abandoned context does not go back to the pool.
	app.Get("/late", func(c fiber.Ctx) error {
		c.Abandon()
		go func() {
			_ = c.SendString("late")
		}()
		return nil
	})
}
