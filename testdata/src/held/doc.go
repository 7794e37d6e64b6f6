// Package held has functions that return an interface in which something stands that must be ended, and their callers.
package held
