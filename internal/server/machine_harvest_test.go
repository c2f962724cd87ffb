package server_test

import (
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/submission"
)

// harvested is an answer as a harvester reads it.
type harvested struct {
	Date    string `xml:"responseDate"`
	Request struct {
		Verb string `xml:"verb,attr"`
		Base string `xml:",chardata"`
	} `xml:"request"`
	Error struct {
		Code string `xml:"code,attr"`
	} `xml:"error"`
	Headers  []header `xml:"ListIdentifiers>header"`
	Records  []record `xml:"ListRecords>record"`
	Record   record   `xml:"GetRecord>record"`
	Sets     []string `xml:"ListSets>set>setSpec"`
	Tokens   []token  `xml:"ListRecords>resumptionToken"`
	Others   []token  `xml:"ListIdentifiers>resumptionToken"`
	Identify struct {
		Earliest string `xml:"earliestDatestamp"`
		Mail     string `xml:"adminEmail"`
	}
}

type header struct {
	Status     string   `xml:"status,attr"`
	Identifier string   `xml:"identifier"`
	Date       string   `xml:"datestamp"`
	Sets       []string `xml:"setSpec"`
}

type record struct {
	Header       header     `xml:"header"`
	Titles       []lettered `xml:"metadata>dc>title"`
	Descriptions []lettered `xml:"metadata>dc>description"`
	Addresses    []string   `xml:"metadata>dc>identifier"`
}

type lettered struct {
	Language string `xml:"http://www.w3.org/XML/1998/namespace lang,attr"`
	Text     string `xml:",chardata"`
}

type token struct {
	Expires string `xml:"expirationDate,attr"`
	Text    string `xml:",chardata"`
}

// harvest asks for something by OAI-PMH.
func (s *site) harvest(query string) harvested {
	s.Helper()
	p := s.visit(link.OAI + "?" + query)
	if got := p.header.Get("Content-Type"); got != "text/xml; charset=utf-8" {
		s.Errorf("%s: content type %q", query, got)
	}
	return readHarvest(p)
}

func readHarvest(p page) harvested {
	p.Helper()
	var h harvested
	if err := xml.Unmarshal([]byte(p.body), &h); err != nil {
		p.Fatalf("%s: %v", p.path, err)
	}
	if _, err := time.Parse(time.RFC3339, h.Date); err != nil || h.Request.Base != origin+link.OAI {
		p.Errorf("%s: answered at %q by %q", p.path, h.Date, h.Request.Base)
	}
	return h
}

// harvestAll follows a list to its end and returns the headers.
func (s *site) harvestAll(query string) (list []header) {
	s.Helper()
	for range 20 {
		h := s.harvest(query)
		list = append(list, h.Headers...)
		for _, r := range h.Records {
			list = append(list, r.Header)
		}
		tokens := append(h.Tokens, h.Others...)
		if len(tokens) == 0 || tokens[0].Text == "" {
			return list
		}
		if _, err := time.Parse(time.RFC3339, tokens[0].Expires); err != nil {
			s.Errorf("it is not said when the token expires: %q", tokens[0].Expires)
		}
		query = "verb=" + h.Request.Verb + "&resumptionToken=" + url.QueryEscape(tokens[0].Text)
	}
	s.Fatal("the list has no end")
	return nil
}

// A harvester gets every practice once, whole or by its header, and those of a set.
func TestHarvestIsComplete(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	size := s.Catalogue.Index().Size()
	for _, verb := range []string{"ListRecords", "ListIdentifiers"} {
		var names []string
		for _, h := range s.harvestAll("verb=" + verb + "&metadataPrefix=oai_dc") {
			names = append(names, h.Identifier)
		}
		slices.Sort(names)
		if len(names) != size || len(slices.Compact(names)) != size {
			t.Errorf("%s: %d records of %d practices", verb, len(names), size)
		}
	}
	sets := s.harvest("verb=ListSets").Sets
	if len(sets) != len(practice.Topics) {
		t.Errorf("sets %q", sets)
	}
	of := s.harvestAll("verb=ListIdentifiers&metadataPrefix=oai_dc&set=refugees")
	if found := strings.Count(s.visit("/en/practices.json?topic=refugees").body, "\n{"); len(of) != found || found == 0 {
		t.Errorf("%d in the set, %d in the list", len(of), found)
	}
	for _, h := range of {
		if !slices.Contains(h.Sets, "refugees") {
			t.Errorf("%+v", h)
		}
	}
}

// Records say in which language something is, and have no markup.
func TestHarvestedRecords(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	markup := regexp.MustCompile(`<[a-z/]|&[a-z]+;|\*\*|\]\(`)
	byAddress := map[string]record{}
	query := "verb=ListRecords&metadataPrefix=oai_dc"
	for query != "" {
		h := s.harvest(query)
		for _, r := range h.Records {
			byAddress[r.Addresses[0]] = r
			for _, text := range append(r.Titles, r.Descriptions...) {
				if text.Language == "" || text.Text == "" || markup.MatchString(text.Text) {
					t.Errorf("%s: %+v", r.Addresses[0], text)
				}
			}
		}
		query = ""
		if len(h.Tokens) > 0 && h.Tokens[0].Text != "" {
			query = "verb=ListRecords&resumptionToken=" + h.Tokens[0].Text
		}
	}
	r := byAddress[origin+link.Practice("en", ioannina)]
	var languages []string
	for _, title := range r.Titles {
		languages = append(languages, title.Language)
	}
	if !slices.Contains(languages, "el") || !slices.Contains(languages, "ar") || len(r.Descriptions) < 3 {
		t.Errorf("%+v", r)
	}
	one := s.harvest("verb=GetRecord&metadataPrefix=oai_dc&identifier=" + r.Header.Identifier).Record
	if one.Header.Identifier != r.Header.Identifier || len(one.Titles) != len(r.Titles) {
		t.Errorf("%+v", one)
	}
}

// Faults are told by their codes, with status 200.
func TestHarvestersAreToldTheirFaults(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	const records = "verb=ListRecords&metadataPrefix=oai_dc"
	next := s.harvest(records).Tokens[0].Text
	for query, code := range map[string]string{
		"": "badVerb", "verb=Steal": "badVerb", "verb=Identify&verb=Identify": "badVerb", "verb=Identify&x=1": "badArgument", "verb=ListRecords": "badArgument",
		records + "&set=refugees&set=roma": "badArgument", records + "&from=yesterday": "badArgument", records + "&from=2024-01-01T00:00Z": "badArgument",
		records + "&from=2024-01-01&until=2025-01-01T00:00:00Z": "badArgument", records + "&from=2025-01-01&until=2024-01-01": "badArgument", records + "&from=": "badArgument",
		records + "&until=1990-01-01": "noRecordsMatch", records + "&from=2090-01-01": "noRecordsMatch", records + "&set=none": "noRecordsMatch",
		"verb=ListRecords&metadataPrefix=marc": "cannotDisseminateFormat", "verb=GetRecord&metadataPrefix=marc&identifier=x": "cannotDisseminateFormat",
		"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:exempla.example:0":     "idDoesNotExist",
		"verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:exempla.example:99999": "idDoesNotExist",
		"verb=GetRecord&metadataPrefix=oai_dc&identifier=%00":                       "idDoesNotExist",
		"verb=ListMetadataFormats&identifier=oai:other.example:1":                   "idDoesNotExist",
		"verb=ListRecords&resumptionToken=":                                         "badResumptionToken", "verb=ListRecords&resumptionToken=x.y": "badResumptionToken",
		"verb=ListRecords&resumptionToken=" + next + "x": "badResumptionToken", "verb=ListSets&resumptionToken=x": "badResumptionToken",
		"verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=" + next: "badArgument",
	} {
		if got := s.harvest(query).Error.Code; got != code {
			t.Errorf("%q: %q, want %q", query, got, code)
		}
	}
	s.clock = func() time.Time { return today.AddDate(0, 0, 3) }
	if got := s.harvest("verb=ListRecords&resumptionToken=" + next).Error.Code; got != "badResumptionToken" {
		t.Errorf("an old token gives %q", got)
	}
	if got := openAway(t).get(link.OAI + "?" + records); got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") == "" {
		t.Errorf("without a database: %d, %v", got.status, got.header)
	}
}

// The bounds of a list hold for days and seconds, and through its tokens.
func TestHarvestSince(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	const identifiers = "verb=ListIdentifiers&metadataPrefix=oai_dc"
	all := s.harvestAll(identifiers)
	first := s.harvest(identifiers + "&until=2090-01-01").Others[0].Text
	later := time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	changed, err := s.Store.Practices.Find(t.Context(), ioannina)
	if err != nil {
		t.Fatal(err)
	}
	changed.Texts[0].Summary += " More."
	if _, err := s.Store.Practices.Import(t.Context(), []practice.Practice{changed}, later, func(int) {}); err != nil {
		t.Fatal(err)
	}
	for _, from := range []string{later.Format("2006-01-02T15:04:05Z")} {
		list := s.harvestAll(identifiers + "&from=" + from)
		if len(list) != 1 || list[0].Date != from {
			t.Errorf("since %s: %+v", from, list)
		}
		if got := s.harvest(identifiers + "&from=" + later.Add(time.Second).Format("2006-01-02T15:04:05Z")).Error.Code; got != "noRecordsMatch" {
			t.Errorf("a second later: %q", got)
		}
		if list := s.harvestAll(identifiers + "&until=" + later.Add(-time.Second).Format("2006-01-02T15:04:05Z")); len(list) != len(all)-1 {
			t.Errorf("before: %d of %d", len(list), len(all))
		}
	}
	if list := s.harvestAll(identifiers + "&from=" + later.Format(time.DateOnly) + "&until=" + later.Format(time.DateOnly)); len(list) == 0 || list[len(list)-1].Identifier != all[0].Identifier {
		t.Errorf("that day: %+v", list)
	}
	// What has changed since the list was begun comes at its end.
	rest := s.harvestAll("verb=ListIdentifiers&resumptionToken=" + first)
	if last := rest[len(rest)-1].Identifier; last != all[0].Identifier || len(rest) != len(all)-100+1 {
		t.Errorf("%d of %d, the last is %s", len(rest), len(all), last)
	}
}

// What is archived stays as a deleted record, newly dated, and comes back.
func TestHarvestOfWhatIsGone(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	const identifiers = "verb=ListIdentifiers&metadataPrefix=oai_dc"
	later := time.Now().Add(time.Hour).UTC().Truncate(time.Second)
	for i, action := range []submission.Action{submission.Archive, submission.Restore} {
		at := later.Add(time.Duration(i) * time.Hour)
		if err := b.Store.Practices.Advance(t.Context(), ioannina, submission.PracticeStep{Action: action, By: b.kim.viewer, Reason: "It was listed twice.", At: at}); err != nil {
			t.Fatal(err)
		}
		list := b.harvestAll(identifiers + "&from=" + at.Format("2006-01-02T15:04:05Z"))
		if len(list) != 1 || (list[0].Status == "deleted") != (action == submission.Archive) {
			t.Fatalf("%s: %+v", action, list)
		}
		one := b.harvest("verb=GetRecord&metadataPrefix=oai_dc&identifier=" + list[0].Identifier).Record
		if one.Header.Status != list[0].Status || (len(one.Titles) == 0) != (action == submission.Archive) {
			t.Errorf("%s: %+v", action, one)
		}
	}
}

// Who asks again from the date of the last answer, list after list, has in the end what
// there is: whatever changed between and meanwhile, deletions too, and what was dated
// before that answer and came to light after it.
func TestHarvestInSteps(t *testing.T) {
	t.Parallel()
	b := openBureau(t)
	now := time.Now().UTC().Truncate(time.Second)
	b.clock = func() time.Time { return now }
	slugs, _ := b.walk("limit=100")
	turn := 0
	change := func(at time.Time) { // another practice each time, every third is archived
		t.Helper()
		slug := slugs[turn*7%len(slugs)]
		turn++
		if turn%3 == 0 {
			if err := b.Store.Practices.Advance(t.Context(), slug, submission.PracticeStep{Action: submission.Archive, By: b.kim.viewer, Reason: "No", At: at}); err != nil {
				t.Fatal(err)
			}
			return
		}
		p, err := b.Store.Practices.Find(t.Context(), slug)
		if err != nil {
			t.Fatal(err)
		}
		p.Texts[0].Summary += " More."
		if _, err := b.Store.Practices.Import(t.Context(), []practice.Practice{p}, at, func(int) {}); err != nil {
			t.Fatal(err)
		}
	}
	copies, from := map[string]header{}, ""
	for range 4 {
		query, begun := "verb=ListIdentifiers&metadataPrefix=oai_dc"+from, ""
		for query != "" {
			h := b.harvest(query)
			if begun == "" {
				begun = h.Date
			}
			for _, one := range h.Headers {
				copies[one.Identifier] = one
			}
			query = ""
			change(now.Add(-5 * time.Second)) // asked for before the answer, done after it
			now = now.Add(7 * time.Second)
			change(now)
			if len(h.Others) > 0 && h.Others[0].Text != "" {
				query = "verb=ListIdentifiers&resumptionToken=" + h.Others[0].Text
			}
		}
		from = "&from=" + begun
		now = now.Add(time.Minute)
	}
	for _, one := range b.harvestAll("verb=ListIdentifiers&metadataPrefix=oai_dc" + from) {
		copies[one.Identifier] = one
	}
	for _, want := range b.harvestAll("verb=ListIdentifiers&metadataPrefix=oai_dc") {
		if got := copies[want.Identifier]; got.Date != want.Date || got.Status != want.Status {
			t.Errorf("%s is %s %q, want %s %q", want.Identifier, got.Date, got.Status, want.Date, want.Status)
		}
	}
}

// A long import is dated when it began: answers are dated before it until it is done.
func TestHarvestDuringAnImport(t *testing.T) {
	t.Parallel()
	s := openOwn(t)
	if age, err := s.Store.Practices.Unseen(t.Context()); err != nil || age != 0 {
		t.Errorf("%s, %v", age, err)
	}
	parts := func(yield func([]practice.Practice) bool) {
		if !yield([]practice.Practice{known(t)[ioannina]}) {
			return
		}
		if age, err := s.Store.Practices.Unseen(t.Context()); err != nil || age <= 0 {
			t.Errorf("%s, %v, in an import", age, err)
		}
	}
	if _, err := s.Store.Practices.ImportParts(t.Context(), parts, today, func(int) {}); err != nil {
		t.Fatal(err)
	}
}

// Harvesters may POST what they ask, too.
func TestHarvestByForm(t *testing.T) {
	t.Parallel()
	s := openSample(t)
	r := httptest.NewRequest(http.MethodPost, link.OAI, strings.NewReader("verb=Identify"))
	p := s.do(r, "Content-Type", "application/x-www-form-urlencoded")
	p.is(http.StatusOK)
	h := readHarvest(p)
	if _, err := time.Parse(time.RFC3339, h.Identify.Earliest); err != nil || h.Identify.Mail != "webmaster@exempla.example" || h.Error.Code != "" {
		t.Errorf("%+v", h)
	}
	if !strings.Contains(p.body, "<deletedRecord>persistent</deletedRecord>") || !strings.Contains(p.body, "YYYY-MM-DDThh:mm:ssZ") {
		t.Error(p.body)
	}
}
