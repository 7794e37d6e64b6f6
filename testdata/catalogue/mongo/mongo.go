// Package mongo has the examples for go.mongodb.org/mongo-driver.
package mongo

import (
	"context"

	"go.mongodb.org/mongo-driver/bson"
	"go.mongodb.org/mongo-driver/mongo"
)

// M76: the cursor stays open on the server where a document is none of ours.
func names(ctx context.Context, coll *mongo.Collection) (all []string, err error) {
	cur, err := coll.Find(ctx, bson.D{}) // want revleak
	if err != nil {
		return nil, err
	}
	for cur.Next(ctx) {
		var doc struct{ Name string }
		if err := cur.Decode(&doc); err != nil {
			return nil, err
		}
		all = append(all, doc.Name)
	}
	return all, cur.Err()
}

// M76: closed.
func count(ctx context.Context, coll *mongo.Collection) (n int, err error) {
	cur, err := coll.Aggregate(ctx, mongo.Pipeline{})
	if err != nil {
		return 0, err
	}
	defer cur.Close(ctx)
	for cur.Next(ctx) {
		n++
	}
	return n, cur.Err()
}

// M76: All closes it.
func all(ctx context.Context, coll *mongo.Collection) (docs []bson.M, err error) {
	cur, err := coll.Find(ctx, bson.D{})
	if err != nil {
		return nil, err
	}
	err = cur.All(ctx, &docs)
	return docs, err
}

// M77: the stream stays open.
func changed(ctx context.Context, coll *mongo.Collection) (bool, error) {
	cs, err := coll.Watch(ctx, mongo.Pipeline{}) // want revleak
	if err != nil {
		return false, err
	}
	return cs.Next(ctx), cs.Err()
}

// M77: closed.
func changes(ctx context.Context, db *mongo.Database, fn func(bson.Raw)) error {
	cs, err := db.Watch(ctx, mongo.Pipeline{})
	if err != nil {
		return err
	}
	defer cs.Close(ctx)
	for cs.Next(ctx) {
		fn(cs.Current)
	}
	return cs.Err()
}
