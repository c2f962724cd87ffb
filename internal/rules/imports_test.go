package rules

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// arrows say who may import whom. They are transitive, and a line points only to
// lines below it: nothing points back up. Tests may import what they need.
var arrows = []struct{ from, to string }{
	{"cmd/exempla", "server config localpg sample generate journal job backup"},
	{"cmd/bench", "server localpg sample generate journal"}, // it asks a running program, and puts the server's middleware before a yardstick
	{"browser", ""}, // drives Chromium; for tests only
	{"testdb", "store localpg sample"},
	{"testbucket", ""}, // for tests only
	{"server", "server/browse server/machine server/api server/submit server/desk server/access server/admin"},
	{"server/browse", "server/respond web/page/figure web/page/lists web/page/share web/page/enquiry attachment exchange feed"},
	{"server/machine", "server/respond web/page/browse"},                       // which pages there are
	{"server/api", "server/respond web/page/machine web/page/browse exchange"}, // how values are called; the form of practices
	{"server/submit", "server/respond web/page/submit attachment"},
	{"server/desk", "server/respond web/page/desk web/page/lists web/page/enquiry"},
	{"server/access", "server/respond web/page/access signin"},
	{"server/admin", "server/respond web/page/admin mail attachment"}, // mail: the outbox of a site that is only tried out; attachment: a logo is read like pictures
	{"server/respond", "web/page/frame store attachment exchange"},    // attachment: files that are away; exchange: every CSV keeps formulas out alike
	{"job", "store mail web/page/browse"},                             // the latter: a selection is called in a mail as on its page
	{"backup", "store attachment config"},                             // config: how a file holds a secret is said once
	{"signin", "account"},                                             // what a password, passkey or code proves is proved about an account
	{"mail", "locale link theme web/component"},                       // what people write is shown in mails as on pages; they have the colours of the site
	{"attachment", "practice"},
	{"web/page/lists", "web/page/browse"}, // they show practices as the catalogue does
	{"web/page/figure", "web/page/browse"},
	{"web/page/browse", "web/page/enquiry citation pdf cache"},
	{"web/page/machine", "web/page/frame"},
	{"web/page/submit", "web/page/enquiry"},
	{"web/page/desk", "web/page/enquiry"},
	{"web/page/enquiry", "web/page/frame"},
	{"web/page/access", "web/page/frame"},
	{"web/page/admin", "web/page/frame theme"}, // what a theme may be
	{"web/page/share", "web/component card"},
	{"web/page/frame", "web/component card"},
	{"web/component", "web/static link locale prose cover"},
	{"web/static", ""},
	{"citation", "locale practice"}, // a citation says "retrieved" and the date in the reader's language
	{"link", "catalogue enquiry submission atlas"},
	{"store", "catalogue enquiry submission theme migrations"}, // theme: every version of how the site looks is kept
	{"theme", "locale catalogue submission"},                   // words of a site fit the messages in whose place they stand; which topics, facets and parts of the form it has
	{"enquiry", "submission"},                                  // who is too late or not allowed hears it in the same words
	{"submission", "account thesaurus prose"},                  // keywords are concepts; prose: what is kept of a text that was typed
	{"config", "account"},                                      // what a mail address is, is said once
	{"account", "gazetteer"},                                   // a city is the same, in whatever language it is named
	{"gazetteer/generate", "gazetteer sample"},                 // the cities of the sample catalogue are among those that it writes
	{"pdf", "typeset"},
	{"card", "typeset cover"},
	{"typeset", ""},
	{"cache", ""},
	{"cover", ""},
	{"feed", ""}, // formats alone; what stands in them is said by whoever writes one
	{"sample", "exchange"},
	{"generate", "practice"},                                    // it learns from practices that it is given
	{"exchange", "practice thesaurus"},                          // keywords are concepts
	{"catalogue", "practice query lexicon thesaurus gazetteer"}, // it is searched from memory, by what words mean and cities are called
	{"lexicon", "text"},
	{"atlas/generate", "atlas"},
	{"atlas", ""},
	{"thesaurus", "text locales"},     // locales: the words for its concepts
	{"gazetteer", "practice locales"}, // locales: what readers call cities
	{"practice", "text"},              // wordings of periods are folded
	{"query", "text"},
	{"prose", "text"},
	{"text", ""},
	{"locale", "locales"},
	{"locale/cldrgen", ""},
	{"locales", ""},
	{"migrations", ""},
	{"journal", ""},
	{"localpg", ""},
	{"rules", ""},
}

// domain packages hold every rule of our subject. They know neither HTTP nor SQL
// and no library.
var domain = []string{"practice", "catalogue", "submission", "enquiry", "account", "query", "text", "prose", "lexicon", "thesaurus", "gazetteer"}

// excepted are libraries that a domain package may use all the same.
var excepted = []struct{ library, user string }{
	{"golang.org/x/net/idna", "account"},              // a mail address is the same one in every script of its domain
	{"github.com/klauspost/compress", "gazetteer"},    // its file is half as large by it, in the repository and in the program
	{"golang.org/x/text", "text"},                     // what letters are made of is Unicode's to say
	{"github.com/blevesearch/snowballstem", "text"},   // how words are inflected is Snowball's to know
	{"github.com/RoaringBitmap/roaring", "lexicon"},   // which of a million texts have a word is a set, to be kept small and joined fast
	{"github.com/RoaringBitmap/roaring", "catalogue"}, // the same sets are what lexicon answers
}

// libraries that are kept to the places they are for. A place that ends in a
// slash is the folder with all rooms below it.
var libraries = []struct{ prefix, users string }{
	{"github.com/jackc/pgx", "store testdb job cmd/exempla"},
	{"github.com/pressly/goose", "store testdb"},
	{"database/sql", "store testdb job"},
	{"net/http", "server/ signin browser cmd/bench cmd/exempla"},
	{"github.com/go-chi", "server/"},
	{"github.com/danielgtaylor/huma", "server/api"},
	{"github.com/a-h/templ", "web/page/ web/component server/respond mail"},
	{"github.com/nicksnyder/go-i18n", "locale"},
	{"github.com/alecthomas/kong", "cmd/exempla cmd/bench"},
	{"github.com/riverqueue/river", "store job"},
	{"github.com/wneessen/go-mail", "mail"},
	{"github.com/alexedwards/scs", "server/respond store"},
	{"github.com/go-webauthn", "signin"},
	{"github.com/coreos/go-oidc", "signin"},
	{"golang.org/x/oauth2", "signin"},
	{"github.com/pquerna/otp", "signin"},
	{"github.com/boombuler/barcode", "signin"},
	{"golang.org/x/crypto/argon2", "signin"},
	{"golang.org/x/crypto/acme", "cmd/exempla"},
	{"go.opentelemetry.io", "server/respond cmd/exempla"},
	{"github.com/exaring/otelpgx", "store"},
	{"golang.org/x/image", "attachment typeset card"}, // typeset: the font that is always there
	{"github.com/go-text", "typeset pdf card"},
	{"github.com/chromedp", "browser"},
	{"filippo.io/age", "backup"},
	{"github.com/minio/minio-go", "attachment backup"},
	{"github.com/RoaringBitmap", "lexicon catalogue"},
	{"github.com/blevesearch", "text"},
}

// nameless are names of packages that say nothing of what is in them.
var nameless = []string{"util", "utils", "common", "helper", "helpers", "model", "models", "service", "services", "types", "misc", "shared"}

func TestImportsFollowTheArrows(t *testing.T) {
	t.Parallel()
	hold(t, followArrows)
}

func followArrows(f file, tell func(int, string)) {
	imports(f, func(line int, imported string) {
		to, own := strings.CutPrefix(imported, "exempla/")
		to = strings.TrimPrefix(to, "internal/")
		if own && !slices.Contains(below(f.name()), to) {
			tell(line, f.name()+" may not import "+to+": move the code down, or add the arrow with its reason")
		}
	})
}

func TestDomainKnowsNoLibrary(t *testing.T) {
	t.Parallel()
	hold(t, domainAlone)
}

func domainAlone(f file, tell func(int, string)) {
	imports(f, func(line int, imported string) {
		host, _, _ := strings.Cut(imported, "/")
		if strings.Contains(host, ".") && slices.Contains(domain, f.name()) && !isExcepted(f.name(), imported) {
			tell(line, "a domain package imports only the standard library: do it in a package at the rim, not with "+imported)
		}
	})
}

func isExcepted(user, imported string) bool {
	for _, e := range excepted {
		if e.user == user && inside(imported, e.library) {
			return true
		}
	}
	return false
}

func TestLibrariesStayInTheirPlace(t *testing.T) {
	t.Parallel()
	hold(t, libraryInPlace)
}

func libraryInPlace(f file, tell func(int, string)) {
	imports(f, func(line int, imported string) {
		for _, l := range libraries {
			if inside(imported, l.prefix) && !isUser(l.users, f.name()) {
				tell(line, imported+" is only for "+l.users+": pass values instead")
			}
		}
	})
}

// inside reports whether a package is a library or part of it.
func inside(imported, library string) bool {
	return imported == library || strings.HasPrefix(imported, library+"/")
}

// isUser reports whether a folder is one of the places for a library.
func isUser(users, folder string) bool {
	return slices.ContainsFunc(strings.Fields(users), func(user string) bool {
		return user == folder || strings.HasSuffix(user, "/") && strings.HasPrefix(folder+"/", user)
	})
}

// imports calls visit for everything that the program's code imports, generated
// code included.
func imports(f file, visit func(line int, imported string)) {
	if f.syntax == nil || f.isTest() {
		return
	}
	for _, i := range f.syntax.Imports {
		if imported, err := strconv.Unquote(i.Path.Value); err == nil {
			visit(f.line(i.Pos()), imported)
		}
	}
}

// below lists what a package may import. One pass is enough, because arrows point
// to later lines only.
func below(from string) []string {
	reached := []string{from}
	for _, a := range arrows {
		if slices.Contains(reached, a.from) {
			reached = append(reached, strings.Fields(a.to)...)
		}
	}
	return reached[1:]
}

func TestArrowsPointDown(t *testing.T) {
	t.Parallel()
	seen := make(map[string]bool)
	for _, a := range arrows {
		seen[a.from] = true
		for to := range strings.FieldsSeq(a.to) {
			if seen[to] {
				t.Errorf("the arrow from %s to %s points up: order the lines of arrows, top first", a.from, to)
			}
		}
	}
}

func TestEveryPackageHasItsArrows(t *testing.T) {
	t.Parallel()
	there := make(map[string]bool)
	for _, f := range repository(t) {
		if f.syntax != nil {
			there[f.name()] = true
		}
	}
	for _, a := range arrows {
		if !there[a.from] {
			t.Errorf("%s is not there: take its line out of arrows", a.from)
		}
		delete(there, a.from)
	}
	for name := range there {
		t.Errorf("%s has no line: say in arrows what it may import", name)
	}
}

func TestPackagesAreNamedForWhatIsInThem(t *testing.T) {
	t.Parallel()
	hold(t, namedWell)
}

func namedWell(f file, tell func(int, string)) {
	if f.syntax == nil {
		return
	}
	if slices.Contains(nameless, f.syntax.Name.Name) || slices.Contains(nameless, path.Base(f.name())) {
		tell(f.line(f.syntax.Name.Pos()), "this package's name says nothing of what is in it: name it by a noun of the subject, or move its code to where it is used")
	}
}
