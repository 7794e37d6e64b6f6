package transactions

import "github.com/revlint/revlint/testdata/src/lib/store"

type server struct {
	db    *store.DB
	state *state
}

type state struct{ current *current }

type current struct{ client *client }

type client struct {
	tx   *store.Tx
	name string
}

func (s *server) attach(tx *store.Tx) { s.state.current.client.tx = tx }

func (s *server) greet(tx *store.Tx, name string) {
	if tx.Bucket(name) != nil {
		s.state.current.client.name = name
	}
}

// However far away the transaction is kept, it is.
func (s *server) begin() error {
	tx, err := s.db.Begin(true)
	if err != nil {
		return err
	}
	s.attach(tx)
	return nil
}

func (s *server) beginAndGreet(name string) error {
	tx, err := s.db.Begin(true) // want revleak
	if err != nil {
		return err
	}
	s.greet(tx, name)
	return nil
}
