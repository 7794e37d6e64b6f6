//revlint:package go.mongodb.org/mongo-driver/mongo also go.mongodb.org/mongo-driver/v2/mongo
package mongo

import (
	"context"

	"go.mongodb.org/mongo-driver/mongo/options"
)

// M76, by Cursor.Close, Cursor.All and Cursor.Next: a cursor is closed, as in the overview, when one is
// done, which may be done twice; All closes it; one of which Next answers false is exhausted.
//
//revlint:acquire _ guard cur brief if err == nil
func (coll *Collection) Find(ctx context.Context, filter any, opts ...*options.FindOptions) (cur *Cursor, err error)

//revlint:acquire _ guard cur brief if err == nil
func (coll *Collection) Aggregate(ctx context.Context, pipeline any, opts ...*options.AggregateOptions) (cur *Cursor, err error)

//revlint:acquire _ guard cur brief if err == nil
func (db *Database) Aggregate(ctx context.Context, pipeline any, opts ...*options.AggregateOptions) (cur *Cursor, err error)

//revlint:acquire _ guard cur brief if err == nil
func (db *Database) RunCommandCursor(ctx context.Context, cmd any, opts ...*options.RunCmdOptions) (cur *Cursor, err error)

//revlint:acquire _ guard cur brief if err == nil
func (db *Database) ListCollections(ctx context.Context, filter any, opts ...*options.ListCollectionsOptions) (cur *Cursor, err error)

//revlint:release c idempotent
func (c *Cursor) Close(ctx context.Context) error

//revlint:release c idempotent
func (c *Cursor) All(ctx context.Context, results any) error

//revlint:release c idempotent if !ok
func (c *Cursor) Next(ctx context.Context) (ok bool)

// M77, by ChangeStream.Close: it closes the stream and the cursor beneath; it may be called twice.
//
//revlint:acquire _ guard cs if err == nil
func (coll *Collection) Watch(ctx context.Context, pipeline any, opts ...*options.ChangeStreamOptions) (cs *ChangeStream, err error)

//revlint:acquire _ guard cs if err == nil
func (db *Database) Watch(ctx context.Context, pipeline any, opts ...*options.ChangeStreamOptions) (cs *ChangeStream, err error)

//revlint:acquire _ guard cs if err == nil
func (c *Client) Watch(ctx context.Context, pipeline any, opts ...*options.ChangeStreamOptions) (cs *ChangeStream, err error)

//revlint:release cs idempotent
func (cs *ChangeStream) Close(ctx context.Context) error
