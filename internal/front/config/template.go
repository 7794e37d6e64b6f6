package config

// Schema is where the JSON schema of a .revlint.yaml is to be had; editors read
// it, for the first line of Template names it.
const Schema = "https://raw.githubusercontent.com/revlint/revlint/main/docs/revlint.schema.json"

// Template is a configuration to begin with, which changes nothing.
const Template = `# yaml-language-server: $schema=` + Schema + `
# What revlint reports in this module. Every key is optional; what stands here is what holds without it.
# https://github.com/revlint/revlint/blob/main/docs/configuration.md

# Analyzers whose findings are not wanted.
disable: []

# error, warning or note, by analyzer.
severity:
  default: error

# Findings that are not wanted: by path, analyzers and message, as far as given.
exclude: []
#  - path: internal/gen/**
#    analyzers: [revleak]

# Packages in which what could not be proved is reported, too.
strict: []
#  - ./internal/device/...

options:
  tests: true    # look at test files
  hints: false   # suggest the cheaper of two correct ways
`
