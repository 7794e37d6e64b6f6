package gen

import (
	"fmt"
	"strings"
)

// Real writes marked text as it is analysed.
func Real(text string) string { return realText.Replace(text) }

// Twin writes marked text for the instrumented libraries.
func Twin(text string) string { return twinText.Replace(text) }

const (
	revocablePath = "github.com/revlint/revlint/revocable"
	twinPath      = "github.com/revlint/revlint/internal/oracle/twin/"
	batchPath     = "github.com/revlint/revlint/internal/oracle/batch/"
)

func quote(s string) string { return fmt.Sprintf("%q", s) }

var realText = strings.NewReplacer(
	"⟨", "", "⟩", "", "⟪", "", "⟫", "", "⟦", "", "⟧", "", "⊙", "",
	"PANIC", `panic("gone")`,
	"RECOVER()", "recover()",
	"RECV(", "<-(",
	"GO{", "go func() {", "}GO", "}()",
	"import REVOCABLE", "import "+quote(revocablePath),
	"import DEVICE", "import "+quote(revocablePath+"/device"),
	"import RES", "import "+quote(batchPath+"real/gen/res"),
	"import HELP", "import "+quote(batchPath+"real/gen/help"),
	"import STORE", "import "+quote("example.org/store"),
	"import SYNC", "import "+quote("sync"),
	"USED", "revocable.Guard",
)

var twinText = strings.NewReplacer(
	"⟨", "core.Look(", "⟩", ")", "⟪", "core.Elems(", "⟫", ")", "⟦", "core.Given(", "⟧", ")", "⊙", "core.Here(); ",
	"PANIC", `panic(core.Panic("gone"))`,
	"RECOVER()", "core.Recovered(recover())",
	"RECV(", "core.Recv(",
	"GO{", "core.Go(func() {", "}GO", "})",
	"import REVOCABLE", "import "+quote(twinPath+"core")+"; import "+quote(twinPath+"revocable"),
	"import DEVICE", "import "+quote(twinPath+"device"),
	"import RES", "import "+quote(batchPath+"twin/gen/res"),
	"import HELP", "import "+quote(batchPath+"twin/gen/help"),
	"import STORE", "import "+quote(twinPath+"store"),
	"import SYNC", "import "+quote(twinPath+"sync"),
	"USED", "= core.Look[revocable.Guard]",
)
