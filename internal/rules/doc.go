// Package rules holds the rules of the house as tests about the repository
// itself: who may import whom, where SQL and markup may stand, how long things
// may get, what the documents must name. It reads files and syntax only; it
// knows nothing of what the program does and has no code outside its tests.
//
// A rule that stands in the way may be wrong. Then change it here, with the
// reason, in the same commit as the code that needs it.
package rules
