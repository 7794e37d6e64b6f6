// The functions without a body in this package are declared for the analysis alone.
