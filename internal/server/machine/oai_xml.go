package machine

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"slices"
	"time"
)

const (
	oaiSpace    = "http://www.openarchives.org/OAI/2.0/"
	dcSpace     = "http://www.openarchives.org/OAI/2.0/oai_dc/"
	dcElements  = "http://purl.org/dc/elements/1.1/"
	schemaSpace = "http://www.w3.org/2001/XMLSchema-instance"
	oaiSchema   = "http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd"
	dcSchema    = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"
)

// oaiXML is an answer: either errors or what was asked for.
type oaiXML struct {
	XMLName  xml.Name   `xml:"OAI-PMH"`
	Space    string     `xml:"xmlns,attr"`
	Schemas  string     `xml:"xmlns:xsi,attr"`
	Location string     `xml:"xsi:schemaLocation,attr"`
	Date     string     `xml:"responseDate"`
	Request  requestXML `xml:"request"`
	Errors   []errorXML `xml:"error"`
	Answer   any
}

// requestXML repeats the request.
type requestXML struct {
	Arguments []xml.Attr `xml:",any,attr"`
	Base      string     `xml:",chardata"`
}

// set repeats the arguments, in the order of their names.
func (r *requestXML) set(args url.Values) {
	for name, values := range args {
		r.Arguments = append(r.Arguments, xml.Attr{Name: xml.Name{Local: name}, Value: values[0]})
	}
	slices.SortFunc(r.Arguments, func(a, b xml.Attr) int {
		if a.Name.Local < b.Name.Local {
			return -1
		}
		return 1
	})
}

type errorXML struct {
	Code    string `xml:"code,attr"`
	Message string `xml:",chardata"`
}

func newOAI(now time.Time, base string) oaiXML {
	return oaiXML{Space: oaiSpace, Schemas: schemaSpace, Location: oaiSpace + " " + oaiSchema,
		Date: now.UTC().Format(oaiTime), Request: requestXML{Base: base}}
}

func (o oaiXML) write(out io.Writer) error {
	_, err := io.WriteString(out, xml.Header)
	if err == nil {
		err = xml.NewEncoder(out).Encode(o)
	}
	if err != nil {
		return fmt.Errorf("write OAI-PMH: %w", err)
	}
	return nil
}

type identifyXML struct {
	XMLName     xml.Name `xml:"Identify"`
	Name        string   `xml:"repositoryName"`
	Base        string   `xml:"baseURL"`
	Version     string   `xml:"protocolVersion"`
	Mail        string   `xml:"adminEmail"`
	Earliest    string   `xml:"earliestDatestamp"`
	Deleted     string   `xml:"deletedRecord"`
	Granularity string   `xml:"granularity"`
	Compression string   `xml:"compression"`
}

type formatsXML struct {
	XMLName xml.Name    `xml:"ListMetadataFormats"`
	Formats []formatXML `xml:"metadataFormat"`
}

type formatXML struct {
	Prefix string `xml:"metadataPrefix"`
	Schema string `xml:"schema"`
	Space  string `xml:"metadataNamespace"`
}

type setsXML struct {
	XMLName xml.Name `xml:"ListSets"`
	Sets    []setXML `xml:"set"`
}

type setXML struct {
	Spec string `xml:"setSpec"`
	Name string `xml:"setName"`
}

// listXML is a part of a list of headers or records.
type listXML struct {
	XMLName xml.Name
	Headers []headerXML `xml:"header"`
	Records []recordXML `xml:"record"`
	Token   *tokenXML   `xml:"resumptionToken"`
}

type tokenXML struct {
	Expires string `xml:"expirationDate,attr,omitempty"`
	Cursor  int64  `xml:"cursor,attr"`
	Token   string `xml:",chardata"`
}

type oneXML struct {
	XMLName xml.Name  `xml:"GetRecord"`
	Record  recordXML `xml:"record"`
}

type headerXML struct {
	Status     string   `xml:"status,attr,omitempty"`
	Identifier string   `xml:"identifier"`
	Date       string   `xml:"datestamp"`
	Sets       []string `xml:"setSpec"`
}

type recordXML struct {
	Header headerXML `xml:"header"`
	Core   *coreXML  `xml:"metadata>oai_dc:dc"`
}

// coreXML is a practice in Dublin Core; elements keep their order.
type coreXML struct {
	Space    string `xml:"xmlns:oai_dc,attr"`
	Elements string `xml:"xmlns:dc,attr"`
	Schemas  string `xml:"xmlns:xsi,attr"`
	Location string `xml:"xsi:schemaLocation,attr"`
	Values   []elementXML
}

type elementXML struct {
	XMLName  xml.Name
	Language string `xml:"xml:lang,attr,omitempty"`
	Text     string `xml:",chardata"`
}

// add adds an element, unless it says nothing.
func (c *coreXML) add(name, language, text string) {
	if text != "" {
		c.Values = append(c.Values, elementXML{xml.Name{Local: "dc:" + name}, language, text})
	}
}
