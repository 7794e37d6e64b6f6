// Package xml has the examples for the standard library's encoding/xml.
package xml

import (
	"encoding/xml"
	"errors"
	"io"
)

// S20: the bytes are the parser's.
func texts(d *xml.Decoder) (all []xml.CharData, err error) {
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		if text, ok := t.(xml.CharData); ok {
			all = append(all, text) // want revescape
		}
	}
}

// S20: elements own their names, and copies are one's own.
func tokens(d *xml.Decoder) (all []xml.Token, err error) {
	for {
		t, err := d.Token()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		switch t := t.(type) {
		case xml.StartElement:
			all = append(all, t)
		case xml.CharData:
			all = append(all, t.Copy(), xml.CopyToken(t))
		}
	}
}
