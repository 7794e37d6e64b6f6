//revlint:package github.com/boltdb/bolt
package bolt

// M1
//
//revlint:borrow value from b
func (b *Bucket) Get(key []byte) (value []byte)

// M2
//
//revlint:borrow c from b
func (b *Bucket) Cursor() (c *Cursor)

//revlint:borrow child from b
func (b *Bucket) Bucket(name []byte) (child *Bucket)

//revlint:borrow b from tx
func (tx *Tx) Bucket(name []byte) (b *Bucket)

//revlint:borrow k, v from c
func (c *Cursor) First() (k []byte, v []byte)

// M3
//
//revlint:scoped fn(tx) from db
func (db *DB) View(fn func(tx *Tx) error) error

// k and v live as long as the transaction, not just until fn returns, and there
// is no word for what a callback's arguments are borrowed from.
//
//revlint:scoped fn
func (b *Bucket) ForEach(fn func(k, v []byte) error) error

// M4
//
//revlint:acquire t from db if err == nil
func (db *DB) Begin(writable bool) (t *Tx, err error)

//revlint:release tx
func (tx *Tx) Commit() (err error)

//revlint:release tx idempotent
func (tx *Tx) Rollback() error

//revlint:waits db // Close in a transaction waits for itself
func (db *DB) Close() error

// M5: key is copied, value is not
//
//revlint:lend value to b
func (b *Bucket) Put(key []byte, value []byte) (err error)

// The rest of M1-M3: whatever a transaction gives lives as long as it does.

//revlint:borrow rb from b if err == nil
func (b *Bucket) CreateBucket(key []byte) (rb *Bucket, err error)

//revlint:borrow rb from b if err == nil
func (b *Bucket) CreateBucketIfNotExists(key []byte) (rb *Bucket, err error)

//revlint:borrow c from tx
func (tx *Tx) Cursor() (c *Cursor)

//revlint:borrow b from tx if err == nil
func (tx *Tx) CreateBucket(name []byte) (b *Bucket, err error)

//revlint:borrow b from tx if err == nil
func (tx *Tx) CreateBucketIfNotExists(name []byte) (b *Bucket, err error)

//revlint:borrow b from c
func (c *Cursor) Bucket() (b *Bucket)

//revlint:borrow k, v from c
func (c *Cursor) Last() (k []byte, v []byte)

//revlint:borrow k, v from c
func (c *Cursor) Next() (k []byte, v []byte)

//revlint:borrow k, v from c
func (c *Cursor) Prev() (k []byte, v []byte)

//revlint:borrow k, v from c
func (c *Cursor) Seek(seek []byte) (k []byte, v []byte)

//revlint:scoped fn(tx) from db
func (db *DB) Update(fn func(tx *Tx) error) error

//revlint:scoped fn(tx) from db // fn may run more than once
func (db *DB) Batch(fn func(tx *Tx) error) error

//revlint:scoped fn // as ForEach
func (tx *Tx) ForEach(fn func(name []byte, b *Bucket) error) error
