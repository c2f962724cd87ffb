package static

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
)

// sheets are the style sheets that are written in several files, by subject, and
// served as one, so that a page makes no more requests. The order is that of the
// cascade: screens and print overrule what stands before them.
var sheets = map[string][]string{
	"style.css": {"base", "masthead", "search", "facets", "results", "practice", "foot", "screens", "print"},
	"work.css":  {"base", "forms", "comparison", "admin", "drafts", "tasks", "parts", "desk", "review", "tables", "account"},
}

// join puts a sheet together from the files of its folder.
func join(sheet string, parts []string) []byte {
	var whole bytes.Buffer
	for _, part := range parts {
		whole.Write(read(strings.TrimSuffix(sheet, ".css") + "/" + part + ".css"))
	}
	if sheet == "style.css" {
		whole.WriteString(shares())
	}
	return whole.Bytes()
}

// shares are the classes w1 to w100, which hold a share in percent for the bars
// behind counts.
func shares() string {
	var rules strings.Builder
	for percent := 1; percent <= 100; percent++ {
		fmt.Fprintf(&rules, ".w%d{--w:%g}", percent, float64(percent)/100)
	}
	return rules.String()
}

var (
	comment = regexp.MustCompile(`(?s)/\*.*?\*/\s*`)
	indent  = regexp.MustCompile(`(?m)^[ \t]+|[ \t]+$`)
	opening = regexp.MustCompile(`\s*\{\n`)
	ending  = regexp.MustCompile(`([;},])\n+`)
	lastOne = regexp.MustCompile(`;\}`)

	// margin is what only the writers of a script need: indents, and comments that
	// have a line to themselves. No string of a script goes over several lines.
	margin = regexp.MustCompile(`(?m)^[ \t]+(?://.*\n)?|^//.*\n`)
	naming = regexp.MustCompile(`(?m)(^|[;{])([a-z-]+): `)
)

// compact takes out of a sheet what only its writers need: comments, indents and
// line ends. It relies on the form in which the sheets are written, with one
// declaration a line and no string over several lines.
func compact(sheet []byte) []byte {
	sheet = comment.ReplaceAll(sheet, nil)
	sheet = indent.ReplaceAll(sheet, nil)
	sheet = naming.ReplaceAll(sheet, []byte("$1$2:"))
	sheet = opening.ReplaceAll(sheet, []byte("{"))
	sheet = ending.ReplaceAll(sheet, []byte("$1"))
	return lastOne.ReplaceAll(sheet, []byte("}"))
}
