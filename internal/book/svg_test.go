package book

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Pictures are well-formed, tell a screen reader what they show, have colours for dark pages, and load nothing.
func TestSVG(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(root, "docs/pictures/*.svg"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d pictures (%v)", len(files), err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var title string
		for d := xml.NewDecoder(strings.NewReader(string(text))); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Errorf("%s: %v", file, err)
				break
			}
			start, ok := token.(xml.StartElement)
			if !ok {
				continue
			}
			if start.Name.Local == "title" {
				if err := d.DecodeElement(&title, &start); err != nil {
					t.Errorf("%s: %v", file, err)
				}
			}
			for _, a := range start.Attr {
				if a.Name.Local == "href" || a.Name.Local == "src" {
					t.Errorf("%s loads %s", file, a.Value)
				}
			}
		}
		if title == "" {
			t.Errorf("%s has no title", file)
		}
		if !strings.Contains(string(text), "prefers-color-scheme: dark") {
			t.Errorf("%s has no colours for dark pages", file)
		}
	}
}
