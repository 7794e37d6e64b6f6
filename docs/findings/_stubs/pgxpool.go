//revlint:package github.com/jackc/pgx/v4/pgxpool
package pgxpool

import "context"

//revlint:acquire c from p if err == nil
func (p *Pool) Acquire(ctx context.Context) (c *Conn, err error)

//revlint:release c idempotent
func (c *Conn) Release()
