package shipped

import _ "embed"

// Data is the archive for the platform that the program runs on.
//
//go:embed darwin_arm64.zip
var Data []byte
