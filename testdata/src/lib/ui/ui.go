// Package ui runs programs that draw on a terminal
package ui

import "context"

// A Program can be run once.
type Program struct {
	ctx    context.Context
	cancel context.CancelFunc
	draw   func()
}

// An Option changes a program before it runs.
type Option func(*Program)

// New makes a program that draws with draw. It need not be run.
func New(draw func(), options ...Option) *Program {
	p := &Program{draw: draw}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	for _, o := range options {
		o(p)
	}
	return p
}

// Run runs the program to its end.
func (p *Program) Run() error {
	defer p.cancel()
	for p.ctx.Err() == nil {
		p.draw()
	}
	return nil
}

// Kill stops the program.
func (p *Program) Kill() { p.cancel() }

// Timeout is a context that the caller cancels.
func Timeout(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithCancel(ctx)
}
