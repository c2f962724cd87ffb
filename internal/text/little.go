package text

import (
	"embed"
	"path"
	"strings"
	"sync"
)

//go:embed little/*.txt
var littleFiles embed.FS

// littleWords are the little words of each language, folded: articles,
// prepositions, question words, and what people say around the thing that they
// look for ("how to", "good examples of", "help").
var littleWords = sync.OnceValue(func() map[string]map[string]bool {
	lists := map[string]map[string]bool{}
	files, err := littleFiles.ReadDir("little")
	if err != nil {
		panic(err) // embedded
	}
	for _, file := range files {
		content, err := littleFiles.ReadFile("little/" + file.Name())
		if err != nil {
			panic(err) // embedded
		}
		list := map[string]bool{}
		for word := range strings.FieldsSeq(string(content)) {
			list[FoldWord(word)] = true
		}
		lists[strings.TrimSuffix(file.Name(), path.Ext(file.Name()))] = list
	}
	return lists
})

// Little reports whether a folded word says nothing by itself in a language, so
// that it must never decide what is found. Languages without a list have none.
func Little(language, word string) bool { return littleWords()[language][word] }
