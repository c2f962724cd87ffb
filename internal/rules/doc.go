// Package rules checks the rules of this repository as tests: which package may
// import which, where SQL and markup may be, how long things may get, what the
// documents must mention. It only reads files and syntax; it does not know what the
// program does and has no code outside its tests.
//
// A rule that is in the way may be wrong. Then change it here, with the reason, in
// the same commit as the code that needs it.
package rules
