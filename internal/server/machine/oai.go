package machine

import (
	"errors"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"exempla/internal/link"
	"exempla/internal/practice"
	"exempla/internal/server/respond"
	"exempla/internal/store"
)

// dublinCore is the only metadata format that there is, and every repository has.
const dublinCore = "oai_dc"

// perHarvest is how many records an answer has, about as many as 200 kB hold.
const perHarvest = 100

// oaiFault is an error of OAI-PMH: what is wrong with a request, by its code. It is
// answered with status 200, as harvesters expect.
type oaiFault struct{ code, message string }

// Error says what is wrong.
func (f oaiFault) Error() string { return f.code + ": " + f.message }

func badArgument(message string) error { return oaiFault{"badArgument", message} }

// verbs are the requests of OAI-PMH 2.0, with the arguments that each may and must have.
var verbs = map[string]struct {
	may, must []string
	answer    func(*harvest) error
}{
	"Identify":            {nil, nil, (*harvest).identify},
	"ListMetadataFormats": {[]string{"identifier"}, nil, (*harvest).listFormats},
	"ListSets":            {[]string{tokenArgument}, nil, (*harvest).listSets},
	"ListIdentifiers":     {listArguments, []string{"metadataPrefix"}, (*harvest).listIdentifiers},
	"ListRecords":         {listArguments, []string{"metadataPrefix"}, (*harvest).listRecords},
	"GetRecord":           {[]string{"identifier", "metadataPrefix"}, []string{"identifier", "metadataPrefix"}, (*harvest).oneRecord},
}

const tokenArgument = "resumptionToken" // #nosec G101 -- the name of an argument

var listArguments = []string{"from", "until", "set", "metadataPrefix", tokenArgument}

// harvest is one request of a harvester and its answer.
type harvest struct {
	*Handlers
	*respond.Request
	verb   string
	args   url.Values
	answer oaiXML
}

// Harvest answers OAI-PMH 2.0, by which libraries and archives keep copies of records.
func (h *Handlers) Harvest(r *respond.Request) (respond.Response, error) {
	v := &harvest{Handlers: h, Request: r, args: r.URL.Query()}
	if r.PostForm != nil {
		v.args = r.PostForm
	}
	v.verb = v.args.Get("verb")
	v.answer = newOAI(h.Now(), h.Site.Absolute(link.OAI))
	err := v.check()
	if err == nil {
		v.answer.Request.set(v.args)
		err = verbs[v.verb].answer(v)
	}
	var fault oaiFault
	if err != nil && !errors.As(err, &fault) {
		return respond.Response{}, err
	}
	if err != nil {
		v.answer.Answer = nil
		v.answer.Errors = []errorXML{{fault.code, fault.message}}
	}
	r.Writer.Header().Set("Cache-Control", "no-cache")
	out, end := r.Stream("text/xml; charset=utf-8")
	defer end()
	return respond.Response{Written: true}, v.answer.write(out)
}

// check refuses what no answer is defined for.
func (h *harvest) check() error {
	known, ok := verbs[h.verb]
	if !ok || len(h.args["verb"]) > 1 {
		return oaiFault{"badVerb", "The verb is missing, repeated or not one of OAI-PMH 2.0."}
	}
	for name, values := range h.args {
		switch {
		case name != "verb" && !slices.Contains(known.may, name):
			return badArgument("There is no argument " + strconv.Quote(name) + ".")
		case len(values) > 1:
			return badArgument("The argument " + name + " stands more than once.")
		}
	}
	if h.args.Has(tokenArgument) {
		if len(h.args) > 2 {
			return badArgument("A resumptionToken excludes all other arguments.")
		}
		return nil
	}
	for _, name := range known.must {
		if h.args.Get(name) == "" {
			return badArgument("The argument " + name + " is missing.")
		}
	}
	if h.args.Has("metadataPrefix") && h.args.Get("metadataPrefix") != dublinCore {
		return oaiFault{"cannotDisseminateFormat", "The only format is " + dublinCore + "."}
	}
	return nil
}

// asked are the bounds of a list, from the arguments or from a token.
func (h *harvest) asked() (token, error) {
	now := h.Now()
	if text := h.args.Get(tokenArgument); h.args.Has(tokenArgument) {
		return parseToken(text, now)
	}
	t := token{topic: practice.Topic(h.args.Get("set"))}
	from, daily, err := moment(h.args, "from")
	if err != nil {
		return t, err
	}
	until, alsoDaily, err := moment(h.args, "until")
	switch {
	case err != nil:
		return t, err
	case !from.IsZero() && !until.IsZero() && daily != alsoDaily:
		return t, badArgument("from and until differ in granularity.")
	case !until.IsZero() && from.After(until):
		return t, badArgument("from is after until.")
	case h.args.Has("set") && !t.topic.Known():
		return t, oaiFault{"noRecordsMatch", "There is no such set."}
	}
	t.from = from
	if !until.IsZero() {
		t.before = until.Add(time.Second)
		if alsoDaily {
			t.before = until.AddDate(0, 0, 1)
		}
	}
	return t, nil
}

// oaiTime is a moment as OAI-PMH writes it.
const oaiTime = "2006-01-02T15:04:05Z"

// moment reads a date, or a date with a time to the second; zero if there is none.
func moment(args url.Values, name string) (at time.Time, daily bool, err error) {
	text := args.Get(name)
	if !args.Has(name) {
		return at, false, nil
	}
	if at, err = time.Parse(time.DateOnly, text); err == nil {
		return at, true, nil
	}
	if at, err = time.Parse(oaiTime, text); err == nil && at.Format(oaiTime) == text {
		return at, false, nil
	}
	return at, false, badArgument(name + " is neither a date (YYYY-MM-DD) nor a time (YYYY-MM-DDThh:mm:ssZ).")
}

// identifier names the record of a practice for ever, whatever its address.
func (h *harvest) identifier(number int64) string {
	return "oai:" + h.Site.Host() + ":" + strconv.FormatInt(number, 10)
}

// record finds the record with the identifier of the request.
func (h *harvest) record() (store.Record, error) {
	none := oaiFault{"idDoesNotExist", "There is no record with this identifier."}
	text := h.args.Get("identifier")
	number, err := strconv.ParseInt(text[strings.LastIndexByte(text, ':')+1:], 10, 64)
	if err != nil || number < 1 || h.identifier(number) != text {
		return store.Record{}, none
	}
	found, err := h.Practices.Harvested(h.Context(), store.Harvest{Number: number, Limit: 1})
	if err == nil && len(found) == 0 {
		return store.Record{}, none
	}
	if err != nil {
		return store.Record{}, err
	}
	return found[0], nil
}
