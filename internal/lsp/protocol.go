package lsp

import (
	"encoding/json"

	"github.com/creachadair/jrpc2"
)

// The part of the protocol that is spoken here, named as in its specification
// (https://microsoft.github.io/language-server-protocol, version 3.17), which
// tells what each means. Lines and characters count from 0, characters in
// UTF-16 code units.

// Error codes that JSON-RPC does not have.
const serverNotInitialized jrpc2.Code = -32002

// Severities of diagnostics, and types of messages.
const (
	severityError       = 1
	severityWarning     = 2
	severityInformation = 3
	messageError        = 1
	messageInfo         = 3
)

// Tags of diagnostics, and kinds of highlights.
const (
	tagUnnecessary = 1 // shown faded

	highlightText  = 1
	highlightRead  = 2
	highlightWrite = 3
)

const (
	syncFull     = 1 // a change comes with the whole text
	quickFix     = "quickfix"
	fixAll       = "source.fixAll.revlint"
	whyCommand   = "revlint.why"
	fileChanged  = 2                                 // a type of file event
	watchedFiles = "workspace/didChangeWatchedFiles" // of the notification and its registration
)

type (
	initializeParams struct {
		InitializationOptions struct {
			Highlight       bool `json:"highlight"`
			InlayHints      bool `json:"inlayHints"`
			PullDiagnostics bool `json:"pullDiagnostics"`
		} `json:"initializationOptions"`
		Capabilities struct {
			Window struct {
				WorkDoneProgress bool `json:"workDoneProgress"`
			} `json:"window"`
			Workspace struct {
				Diagnostics struct {
					RefreshSupport bool `json:"refreshSupport"`
				} `json:"diagnostics"`
				InlayHint struct {
					RefreshSupport bool `json:"refreshSupport"`
				} `json:"inlayHint"`
				DidChangeWatchedFiles struct {
					DynamicRegistration bool `json:"dynamicRegistration"`
				} `json:"didChangeWatchedFiles"`
			} `json:"workspace"`
			TextDocument struct {
				PublishDiagnostics struct {
					RelatedInformation     bool `json:"relatedInformation"`
					VersionSupport         bool `json:"versionSupport"`
					CodeDescriptionSupport bool `json:"codeDescriptionSupport"`
				} `json:"publishDiagnostics"`
			} `json:"textDocument"`
		} `json:"capabilities"`
	}

	initializeResult struct {
		Capabilities serverCapabilities `json:"capabilities"`
		ServerInfo   serverInfo         `json:"serverInfo"`
	}
	serverCapabilities struct {
		TextDocumentSync          textDocumentSync   `json:"textDocumentSync"`
		CodeActionProvider        codeActionOptions  `json:"codeActionProvider"`
		ExecuteCommandProvider    commandOptions     `json:"executeCommandProvider"`
		HoverProvider             bool               `json:"hoverProvider"`
		DocumentHighlightProvider bool               `json:"documentHighlightProvider,omitempty"`
		InlayHintProvider         bool               `json:"inlayHintProvider,omitempty"`
		DiagnosticProvider        *diagnosticOptions `json:"diagnosticProvider,omitempty"`
	}
	commandOptions struct {
		Commands []string `json:"commands"`
	}
	diagnosticOptions struct {
		Identifier            string `json:"identifier"`
		InterFileDependencies bool   `json:"interFileDependencies"`
		WorkspaceDiagnostics  bool   `json:"workspaceDiagnostics"`
	}
	textDocumentSync struct {
		OpenClose bool     `json:"openClose"`
		Change    int      `json:"change"`
		Save      struct{} `json:"save"`
	}
	codeActionOptions struct {
		CodeActionKinds []string `json:"codeActionKinds"`
	}
	serverInfo struct {
		Name string `json:"name"`
	}

	registrationParams struct {
		Registrations []registration `json:"registrations"`
	}
	registration struct {
		ID              string       `json:"id"`
		Method          string       `json:"method"`
		RegisterOptions watchOptions `json:"registerOptions"`
	}
	watchOptions struct {
		Watchers []watcher `json:"watchers"`
	}
	watcher struct {
		GlobPattern string `json:"globPattern"`
	}
	didChangeWatchedFilesParams struct {
		Changes []struct {
			URI  string `json:"uri"`
			Type int    `json:"type"`
		} `json:"changes"`
	}

	didOpenParams struct {
		TextDocument struct {
			URI     string `json:"uri"`
			Version int    `json:"version"`
			Text    string `json:"text"`
		} `json:"textDocument"`
	}
	didChangeParams struct {
		TextDocument struct {
			URI     string `json:"uri"`
			Version int    `json:"version"`
		} `json:"textDocument"`
		ContentChanges []struct {
			Text string `json:"text"`
		} `json:"contentChanges"`
	}
	// documentParams are those of didSave and didClose.
	documentParams struct {
		TextDocument documentIdentifier `json:"textDocument"`
	}
	documentIdentifier struct {
		URI string `json:"uri"`
	}

	publishParams struct {
		URI         string       `json:"uri"`
		Version     *int         `json:"version,omitempty"`
		Diagnostics []diagnostic `json:"diagnostics"`
	}
	diagnostic struct {
		Range              textRange            `json:"range"`
		Severity           int                  `json:"severity"`
		Code               string               `json:"code,omitempty"`
		CodeDescription    *codeDescription     `json:"codeDescription,omitempty"`
		Source             string               `json:"source"`
		Message            string               `json:"message"`
		Tags               []int                `json:"tags,omitempty"`
		RelatedInformation []relatedInformation `json:"relatedInformation,omitempty"`
	}
	codeDescription struct {
		Href string `json:"href"`
	}
	relatedInformation struct {
		Location location `json:"location"`
		Message  string   `json:"message"`
	}
	location struct {
		URI   string    `json:"uri"`
		Range textRange `json:"range"`
	}
	textRange struct {
		Start position `json:"start"`
		End   position `json:"end"`
	}
	position struct {
		Line      int `json:"line"`
		Character int `json:"character"`
	}
	showMessageParams struct {
		Type    int    `json:"type"`
		Message string `json:"message"`
	}

	// placeParams are those of hover and documentHighlight.
	placeParams struct {
		TextDocument documentIdentifier `json:"textDocument"`
		Position     position           `json:"position"`
	}
	hover struct {
		Contents markup    `json:"contents"`
		Range    textRange `json:"range"`
	}
	markup struct {
		Kind  string `json:"kind"`
		Value string `json:"value"`
	}
	highlight struct {
		Range textRange `json:"range"`
		Kind  int       `json:"kind"`
	}
	inlayParams struct {
		TextDocument documentIdentifier `json:"textDocument"`
		Range        textRange          `json:"range"`
	}
	inlayHint struct {
		Position    position `json:"position"`
		Label       string   `json:"label"`
		PaddingLeft bool     `json:"paddingLeft"`
	}
	diagnosticReport struct {
		Kind  string       `json:"kind"`
		Items []diagnostic `json:"items"`
	}
	commandParams struct {
		Command   string            `json:"command"`
		Arguments []json.RawMessage `json:"arguments"`
	}
	command struct {
		Title     string `json:"title"`
		Command   string `json:"command"`
		Arguments []any  `json:"arguments"`
	}

	progressParams struct {
		Token string   `json:"token"`
		Value progress `json:"value"`
	}
	progress struct {
		Kind       string `json:"kind"`
		Title      string `json:"title,omitempty"`
		Message    string `json:"message,omitempty"`
		Percentage int    `json:"percentage,omitempty"`
	}

	codeActionParams struct {
		TextDocument documentIdentifier `json:"textDocument"`
		Range        textRange          `json:"range"`
		Context      struct {
			Only []string `json:"only"`
		} `json:"context"`
	}
	codeAction struct {
		Title       string         `json:"title"`
		Kind        string         `json:"kind"`
		Diagnostics []diagnostic   `json:"diagnostics,omitempty"`
		IsPreferred bool           `json:"isPreferred,omitempty"`
		Edit        *workspaceEdit `json:"edit,omitempty"`
		Command     *command       `json:"command,omitempty"`
	}
	workspaceEdit struct {
		Changes map[string][]textEdit `json:"changes"`
	}
	textEdit struct {
		Range   textRange `json:"range"`
		NewText string    `json:"newText"`
	}
)

// holds reports whether the range has the place, ends included: a cursor behind a
// word is at the word.
func (r textRange) holds(p position) bool { return !p.before(r.Start) && !r.End.before(p) }

// before reports whether p comes before q.
func (p position) before(q position) bool {
	return p.Line < q.Line || p.Line == q.Line && p.Character < q.Character
}

// sharesLine reports whether the ranges have a line in common.
func (r textRange) sharesLine(s textRange) bool {
	return r.Start.Line <= s.End.Line && s.Start.Line <= r.End.Line
}

// decode reads parameters.
func decode[T any](r *jrpc2.Request) (*T, error) {
	p := new(T)
	if !r.HasParams() {
		return nil, jrpc2.Errorf(jrpc2.InvalidParams, "%s without parameters", r.Method())
	}
	if err := json.Unmarshal([]byte(r.ParamString()), p); err != nil {
		return nil, jrpc2.Errorf(jrpc2.InvalidParams, "%s: %v", r.Method(), err)
	}
	return p, nil
}
