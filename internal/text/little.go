package text

import (
	"embed"
	"path"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed little/*.txt
var littleFiles embed.FS

// leastInflected is how many letters a little word has of which other forms are
// little, too: those of shorter ones are like too many others.
const leastInflected = 5

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
		language := strings.TrimSuffix(file.Name(), path.Ext(file.Name()))
		list := map[string]bool{}
		for word := range strings.FieldsSeq(string(content)) {
			word = FoldWord(word)
			list[word] = true
			if utf8.RuneCountInString(word) >= leastInflected {
				for _, stem := range Stems(language, word) {
					list["="+stem] = true
				}
			}
		}
		lists[language] = list
	}
	return lists
})

// Little reports whether a folded word says nothing by itself in a language, so
// that it must never decide what is found. Languages without a list have none.
func Little(language, word string) bool {
	if IsLittle(language, word) {
		return true
	}
	if littleWords()[language] == nil || utf8.RuneCountInString(word) < leastInflected {
		return false
	}
	return LittleForm(language, FormOf(language, word))
}

// LittleForm is Little of a word whose stems are known: finding them takes most of
// the time.
func LittleForm(language string, form Form) bool {
	list := littleWords()[language]
	return list[form.Word] || utf8.RuneCountInString(form.Word) >= leastInflected &&
		slices.ContainsFunc(form.Stems, func(stem string) bool { return list["="+stem] })
}

// IsLittle reports whether a folded word is one of the little words itself, not
// only another form of one.
func IsLittle(language, word string) bool { return littleWords()[language][word] }
