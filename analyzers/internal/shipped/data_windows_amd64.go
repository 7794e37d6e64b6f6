package shipped

import _ "embed"

// Data is the archive for the platform that the program runs on.
//
//go:embed windows_amd64.zip
var Data []byte
