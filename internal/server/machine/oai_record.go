package machine

import (
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"time"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/internal/prose"
	"exempla/internal/store"
)

func (h *harvest) identify() error {
	earliest, err := h.Practices.Earliest(h.Context())
	if err != nil {
		return err
	}
	if earliest.IsZero() {
		earliest = h.Now()
	}
	by := h.Request.Frame.By
	h.answer.Answer = identifyXML{Name: cmp.Or(by.Name, h.Request.Locale.SiteName()), Base: h.answer.Request.Base, Version: "2.0",
		Mail: cmp.Or(by.Contact, "webmaster@"+h.Site.Host()), Earliest: earliest.UTC().Format(oaiTime), Deleted: "persistent",
		Granularity: "YYYY-MM-DDThh:mm:ssZ", Compression: "gzip"}
	return nil
}

func (h *harvest) listFormats() error {
	if h.args.Has("identifier") {
		if _, err := h.record(); err != nil {
			return err
		}
	}
	h.answer.Answer = formatsXML{Formats: []formatXML{{dublinCore, dcSchema, dcSpace}}}
	return nil
}

// listSets has a set for each topic, all in one answer, so that no token is one.
func (h *harvest) listSets() error {
	if h.args.Has(tokenArgument) {
		return oaiFault{"badResumptionToken", "There is only one list of sets."}
	}
	var sets setsXML
	english, _ := h.Request.Look().Locales.Find("en") // sets have one name
	for _, topic := range practice.Topics {
		sets.Sets = append(sets.Sets, setXML{string(topic), english.T("topic." + string(topic))})
	}
	h.answer.Answer = sets
	return nil
}

// datedBefore is how long before it comes to the database a change may have been dated:
// by a request, which waits no longer than that.
const datedBefore = 10 * time.Second

// date dates the answer so that harvesters miss nothing who go on from there: whatever is
// not in it will be seen with a later date.
func (h *harvest) date() error {
	now := h.Now() // before the rest, for time goes on
	unseen, err := h.Practices.Unseen(h.Context())
	if errors.Is(err, store.ErrAway) { // a replica answers: nothing changes
		unseen, err = 0, nil
	}
	h.answer.Date = now.UTC().Add(-unseen - datedBefore).Format(oaiTime)
	return err
}

// part reads the records of one answer, and where the list goes on.
func (h *harvest) part() ([]store.Record, listXML, error) {
	list := listXML{XMLName: xml.Name{Local: h.verb}}
	asked, err := h.asked()
	if err == nil {
		err = h.date()
	}
	if err != nil {
		return nil, list, err
	}
	found, err := h.Practices.Harvested(h.Context(), store.Harvest{After: asked.after, From: asked.from, Before: asked.before,
		Topic: asked.topic, Limit: perHarvest + 1})
	if err != nil {
		return nil, list, err
	}
	resumed := h.args.Has(tokenArgument)
	if len(found) == 0 && !resumed {
		return nil, list, oaiFault{"noRecordsMatch", "No record matches."}
	}
	if more := len(found) > perHarvest; more || resumed {
		list.Token = &tokenXML{Cursor: asked.sent}
		if more {
			found = found[:perHarvest]
			asked.after, asked.sent = found[perHarvest-1].Turn, asked.sent+perHarvest
			asked.expires = h.Now().UTC().Add(tokenLife).Truncate(time.Second)
			list.Token.Token, list.Token.Expires = asked.String(), asked.expires.Format(oaiTime)
		}
	}
	return found, list, nil
}

func (h *harvest) listIdentifiers() error {
	found, list, err := h.part()
	for _, r := range found {
		list.Headers = append(list.Headers, h.header(r))
	}
	h.answer.Answer = list
	return err
}

func (h *harvest) listRecords() error {
	found, list, err := h.part()
	if err != nil {
		return err
	}
	list.Records, err = h.records(found)
	h.answer.Answer = list
	return err
}

func (h *harvest) oneRecord() error {
	found, err := h.record()
	if err != nil {
		return err
	}
	list, err := h.records([]store.Record{found})
	if err == nil {
		h.answer.Answer = oneXML{Record: list[0]}
	}
	return err
}

// records reads what records say. One that is archived while it is read has only its
// header, like those before.
func (h *harvest) records(found []store.Record) ([]recordXML, error) {
	var live []int64
	for _, r := range found {
		if !r.Archived {
			live = append(live, r.Number)
		}
	}
	cores := map[int64]*coreXML{}
	for some, err := range h.Practices.InOrder(h.Context(), h.Index, live) {
		if err != nil {
			return nil, err
		}
		for i := range some {
			cores[some[i].Number] = h.core(&some[i])
		}
	}
	var list []recordXML
	for _, r := range found {
		r.Archived = cores[r.Number] == nil
		list = append(list, recordXML{h.header(r), cores[r.Number]})
	}
	return list, nil
}

func (h *harvest) header(r store.Record) headerXML {
	made := headerXML{Identifier: h.identifier(r.Number), Date: r.At.UTC().Format(oaiTime)}
	if r.Archived {
		made.Status = "deleted"
	}
	for _, topic := range r.Topics {
		made.Sets = append(made.Sets, string(topic))
	}
	return made
}

// core says in Dublin Core what a practice says: titles and descriptions in all its
// languages, as plain text, and names of topics and countries in those languages.
func (h *harvest) core(p *practice.Practice) *coreXML {
	c := &coreXML{Space: dcSpace, Elements: dcElements, Schemas: schemaSpace, Location: dcSpace + " " + dcSchema}
	readers := readersOf(h.Request.Locale, p)
	for _, t := range p.Texts {
		c.add("title", string(t.TitleLanguage), t.Title)
		c.add("title", "en", t.TitleEnglish)
	}
	c.add("creator", "", p.Organisation)
	for _, topic := range p.Topics {
		for _, l := range readers {
			c.add("subject", l.Tag(), l.T("topic."+string(topic)))
		}
	}
	for _, t := range p.Texts {
		c.add("description", string(t.Language), prose.Plain(t.Summary))
	}
	c.add("publisher", "", cmp.Or(h.Request.Frame.By.Name, h.Request.Locale.SiteName()))
	c.add("date", "", date(p.Period.Start))
	c.add("type", "", "Text")
	c.add("format", "", "text/html")
	c.add("identifier", "", h.Site.Absolute(link.Practice(readers[0].Tag(), p.Slug)))
	c.add("source", "", cmp.Or(p.Source.URL, p.Source.Name))
	for _, t := range p.Texts {
		c.add("language", "", string(t.Language))
	}
	for _, city := range p.Place.Cities {
		c.add("coverage", "", city.Name)
	}
	for _, country := range p.Place.Countries {
		for _, l := range readers {
			c.add("coverage", l.Tag(), l.Country(string(country)))
		}
	}
	c.add("coverage", "", p.Period.Wording)
	c.add("rights", "", cmp.Or(p.Licence, h.Licence))
	return c
}

// readersOf are the languages of the site in which a practice can be read, its own first;
// the first of the site, mostly English, if there are none.
func readersOf(here *locale.Locale, p *practice.Practice) []*locale.Locale {
	var list []*locale.Locale
	for _, t := range p.Texts {
		if l, ok := here.Beside(string(t.Language)); ok {
			list = append(list, l)
		}
	}
	if len(list) == 0 {
		list = here.Offered()[:1]
	}
	return list
}

// date is a day, month or year as W3CDTF writes it; empty if it is not known.
func date(d practice.Date) string {
	switch {
	case d.IsZero():
		return ""
	case d.Month == 0:
		return fmt.Sprintf("%04d", d.Year)
	}
	return fmt.Sprintf("%04d-%02d", d.Year, d.Month)
}
