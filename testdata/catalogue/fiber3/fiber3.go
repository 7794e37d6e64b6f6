// Package fiber3 has the examples for github.com/gofiber/fiber/v3.
package fiber3

import (
	"strings"

	"github.com/gofiber/fiber/v3"
)

var names []string

// M30: the string is a view of the request's memory.
func remember() fiber.Handler {
	return func(c fiber.Ctx) error {
		names = append(names, c.Params("name")) // want revescape
		return nil
	}
}

// M30: a copy is not.
func rememberCopy() fiber.Handler {
	return func(c fiber.Ctx) error {
		names = append(names, strings.Clone(c.Params("name")))
		return nil
	}
}

// M31: the context is another request's when the goroutine runs.
func late() fiber.Handler {
	return func(c fiber.Ctx) error {
		go func() { // want revescape
			_ = c.SendString("late")
		}()
		return nil
	}
}

// M31: an abandoned context does not go back to the pool.
func lateAbandoned() fiber.Handler {
	return func(c fiber.Ctx) error {
		c.Abandon()
		go func() {
			_ = c.SendString("late")
		}()
		return nil
	}
}
