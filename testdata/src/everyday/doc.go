// Package everyday uses files, response bodies and locks as services do
package everyday
