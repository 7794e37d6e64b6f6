package device

// DebugSettings is for the tests, which are in another package.
var DebugSettings = debugSettings
