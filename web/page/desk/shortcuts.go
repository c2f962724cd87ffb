package desk

// shortcutKeys are the keys that desk.js knows, and the message that says what each does.
var shortcutKeys = []struct{ key, word string }{{"j", "keys.next"}, {"k", "keys.previous"}, {"o", "keys.open"}, {"m", "review.take_free"},
	{"/", "desk.words"}, {"?", "keys.help"}}

// shortcutScript makes them work.
const shortcutScript = "desk.js"
