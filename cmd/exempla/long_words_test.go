package main

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"exempla/internal/account"
	"exempla/internal/browser"
	"exempla/internal/store"
	"exempla/internal/submission"
)

// longWord is a word of an administration that no line of a narrow screen has room for.
const longWord = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"

// thinCell is what the narrowest cell of a table says if it has more lines than words.
const thinCell = `[...document.querySelectorAll("td, th")].find((cell) => {
	const words = document.createRange(), line = parseFloat(getComputedStyle(cell).fontSize) * 1.6;
	words.selectNodeContents(cell);
	return words.getBoundingClientRect().height > (cell.textContent.trim().split(/\s+/).length + 3) * line;
})?.textContent ?? ""`

// longWordPages are the pages of editors and administrators with rows or tables, and
// those of officers that show the words of others. The names of submissions are replaced.
var longWordPages = map[string][]string{
	"ana@example.org": {"/submissions", "/submissions/WAITING", "/submissions/ASKED", "/submissions/REJECTED", "/submissions/WAITING/receipt", "/submissions/DRAFT/check", "/submissions/DRAFT/colleague", "/account", "/account/mails"},
	demoPeople[2].Mail: {"/desk", "/desk?state=rejected", "/desk/WAITING", "/desk/ASKED", "/desk/WAITING/history", "/desk/WAITING/reject", "/desk/MENDED", "/desk/corrections/MENDED", "/desk/statistics",
		"/desk/practices", "/desk/cities", "/desk/cities/gr-ioannina", "/desk/collections", "/desk/collections/1"},
	demoPeople[4].Mail: {"/people", "/people/6", "/people/6/erase", "/events", "/events?subject=submission", "/mail-queue", "/state", "/appearance", "/appearance/words?language=ar&q=count", "/appearance/content?language=ar"},
}

// TestLongWordsFit fills the lists of officers, editors and administrators with the
// longest words that people and languages have, every kind of event among them, and
// looks at them on the narrowest screen.
func TestLongWordsFit(t *testing.T) {
	t.Parallel()
	o := openOfficerSite(t)
	ids := o.writeLongWords(t)
	for who, pages := range longWordPages {
		t.Run(who, func(t *testing.T) {
			t.Parallel()
			tab := browser.Open(t)
			secret := demoPassword
			if who == "ana@example.org" {
				secret = password
			}
			tab.Look(browser.View{Width: phone})
			tab.Go(o.address + "/en/sign-in")
			fillSignIn(tab, who, secret)
			for _, path := range pages {
				for _, tag := range []string{"de", "el", "ar"} {
					tab.Go(o.address + "/" + tag + numbered(path, ids))
					browser.Ask[bool](tab, unfold)
					checkFits(t, tab)
					if thin := browser.Ask[string](tab, thinCell); thin != "" {
						t.Errorf("/%s%s has a column too narrow for words: %s", tag, path, thin)
					}
				}
			}
		})
	}
}

// writeLongWords makes submissions, people and events of long words.
func (o *officerSite) writeLongWords(t *testing.T) map[string]submission.ID {
	t.Helper()
	database, err := pgx.Connect(t.Context(), o.database)
	if err != nil {
		t.Fatal(err)
	}
	defer database.Close(context.WithoutCancel(t.Context()))
	exec := func(sql string, arguments ...any) {
		t.Helper()
		if _, err := database.Exec(t.Context(), sql, arguments...); err != nil {
			t.Fatal(err)
		}
	}
	exec(`update account set name = $1 || ', ' || name`, longWord)
	exec(`update account set mail = $1 where id = 1`, strings.Repeat("long.", 45)+"name@city.example")
	editor, err := o.Accounts.ByMail(t.Context(), demoPeople[2].Mail)
	if err != nil {
		t.Fatal(err)
	}
	officer := account.Viewer{ID: o.officer, Role: account.Officer, Cities: []account.City{account.NewCity("GR", "Ioannina")}}
	w := submissionMaker{context.WithoutCancel(t.Context()), o.Store, officer, account.Viewer{ID: editor.ID, Role: editor.Role}}
	ids, err := w.makeAll()
	if err != nil {
		t.Fatal(err)
	}
	exec(`update submission set content = replace(content::text, 'A help desk', $1)::jsonb`, longWord)
	for subject, actions := range map[string][]string{"account": store.AccountActions, "collection": store.CollectionActions,
		"submission": {string(submission.RequestChanges), string(submission.Correct), store.InviteAuthor, store.RemoveAuthor}} {
		exec(`with e as (insert into event (at, account, action, subject, number, from_state, to_state, concerned)
			select now(), 1, action, $2, 1, 'draft', 'active', 3 from unnest($1::text[]) action returning id)
			insert into event_reason (event, reason) select id, $3 from e`, actions, subject, longWord)
	}
	return ids
}
