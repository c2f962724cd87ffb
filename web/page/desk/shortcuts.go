package desk

import "exempla/internal/submission"

// shortcut is a key that desk.js knows, and the message that says what it does.
type shortcut struct{ key, word string }

// listKeys are the keys of the list.
var listKeys = []shortcut{{"j", "keys.next"}, {"k", "keys.previous"}, {"o", "keys.open"}, {"m", "review.take_free"}, {"/", "desk.words"}, {"?", "keys.help"}}

// keys are those of a review that do something there now.
func (p Review) keys() []shortcut {
	var list []shortcut
	if p.HasNext {
		list = append(list, shortcut{"j", "keys.next"})
	}
	if p.allows(submission.Assign) && p.Assignee != p.Meta.Viewer.ID {
		list = append(list, shortcut{"m", "review.take_free"})
	}
	return append(list, shortcut{"?", "keys.help"})
}

// shortcutScript makes them work.
const shortcutScript = "desk.js"
