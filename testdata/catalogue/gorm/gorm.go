// Package gorm has the examples for gorm.io/gorm.
package gorm

import (
	"context"
	"errors"

	"gorm.io/gorm"
)

type account struct {
	ID      int
	Balance int
}

var errNoMoney = errors.New("no money")

// M80: the rows stay open where one cannot be read.
func names(db *gorm.DB) (out []string, err error) {
	rows, err := db.Raw("SELECT name FROM people").Rows() // want revleak
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, rows.Err()
}

// M80: the same with generics.
func first(ctx context.Context, db *gorm.DB) (n int, err error) {
	rows, err := gorm.G[account](db).Raw("SELECT id FROM accounts").Rows(ctx) // want revleak
	if err != nil {
		return 0, err
	}
	if rows.Next() {
		err = rows.Scan(&n)
	}
	return n, err
}

// M80: closed.
func balances(db *gorm.DB) (out []account, err error) {
	rows, err := db.Model(&account{}).Where("balance > ?", 0).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var a account
		if err := db.ScanRows(rows, &a); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, rows.Err()
}

// M81: an account without money leaves the transaction open.
func pay(db *gorm.DB, id, amount int) error {
	tx := db.Begin() // want revleak
	if tx.Error != nil {
		return tx.Error
	}
	var a account
	if err := tx.First(&a, id).Error; err != nil {
		tx.Rollback()
		return err
	}
	if a.Balance < amount {
		return errNoMoney
	}
	a.Balance -= amount
	if err := tx.Save(&a).Error; err != nil {
		tx.Rollback()
		return err
	}
	return tx.Commit().Error
}

// M81: it ends on each way, also when something panics.
func save(db *gorm.DB, accounts []account) error {
	tx := db.Begin()
	defer func() {
		if r := recover(); r != nil {
			tx.Rollback()
		}
	}()
	if err := tx.Error; err != nil {
		return err
	}
	for _, a := range accounts {
		if err := tx.Create(&a).Error; err != nil {
			tx.Rollback()
			return err
		}
	}
	return tx.Commit().Error
}

// M81: the rollback that is deferred does nothing after the commit; each statement makes a DB of its own.
func spend(db *gorm.DB, id int) error {
	tx := db.Begin()
	if tx.Error != nil {
		return tx.Error
	}
	defer tx.Rollback()
	if res := tx.Model(&account{}).Where("id = ?", id).Update("balance", 0); res.Error != nil {
		return res.Error
	}
	return tx.Commit().Error
}

// M81: the caller gets the transaction.
func begin(db *gorm.DB) (*gorm.DB, error) {
	tx := db.Begin()
	return tx, tx.Error
}
