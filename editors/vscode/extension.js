// The extension starts "revlint lsp" for Go files, and nothing else.
'use strict';
const { workspace } = require('vscode');
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');

let client;

exports.activate = () => {
  const settings = workspace.getConfiguration('revlint');
  const command = { command: settings.get('path'), args: ['lsp'], transport: TransportKind.stdio };
  client = new LanguageClient('revlint', 'revlint', command, {
    documentSelector: [{ scheme: 'file', language: 'go' }],
    initializationOptions: { highlight: settings.get('highlight'), inlayHints: settings.get('inlayHints') },
  });
  return client.start();
};

exports.deactivate = () => client && client.stop();
