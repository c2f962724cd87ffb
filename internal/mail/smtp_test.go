package mail

import (
	"context"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
	"testing"
)

func sample() Mail {
	return Mail{ID: "approved.7@exempla.example", To: "ana@city.example", Tag: "uk", Subject: "Опубліковано: «Київ» — 東京 🌍",
		Text: "Добрий день,\n.\nкрапка\n", HTML: "<p>Добрий день</p>"}
}

// Each reply of a server belongs to one class, which decides whether a mail is tried
// again and what an administrator has to look at.
func TestFailuresByClass(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		replies map[string]string
		want    Failure // the zero one where the mail is delivered
	}{
		"all is well":           {nil, Failure{}},
		"full at the door":      {map[string]string{"": "421 too many"}, Failure{Busy, 421}},
		"closed":                {map[string]string{"": "554 no service"}, Failure{Unwelcome, 554}},
		"no greeting":           {map[string]string{"": hangUp}, Failure{Class: Away}},
		"our name is refused":   {map[string]string{"EHLO": "550 who?", "HELO": "550 who?"}, Failure{Unwelcome, 550}},
		"breaks off early":      {map[string]string{"EHLO": hangUp, "HELO": hangUp}, Failure{Class: Away}},
		"greylisted":            {map[string]string{"MAIL": "451 later"}, Failure{Busy, 451}},
		"sender refused":        {map[string]string{"MAIL": "550 not from you"}, Failure{Unwelcome, 550}},
		"mailbox full":          {map[string]string{"RCPT": "452 <ana@city.example> full"}, Failure{Busy, 452}},
		"no such mailbox":       {map[string]string{"RCPT": "550 <ana@city.example>... User unknown"}, Failure{Refused, 550}},
		"breaks off midway":     {map[string]string{"RCPT": hangUp}, Failure{Class: Away}},
		"no more today":         {map[string]string{"DATA": "421 closing"}, Failure{Busy, 421}},
		"no data":               {map[string]string{"DATA": "554 no"}, Failure{Unwelcome, 554}},
		"no relay":              {map[string]string{"RCPT": "554 5.7.1 <ana@city.example>: Relay access denied"}, Failure{Unwelcome, 554}},
		"nothing said":          {map[string]string{"RCPT": "550 5.0.0 no"}, Failure{Unwelcome, 550}},
		"sender's domain":       {map[string]string{"RCPT": "550 5.1.8 <site@x.example>: Sender address rejected: Domain not found"}, Failure{Unwelcome, 550}},
		"sender's form":         {map[string]string{"RCPT": "553 5.1.7 bad address"}, Failure{Unwelcome, 553}},
		"sender, vaguely":       {map[string]string{"RCPT": "550 5.1.0 <site@x.example>: Sender address rejected: User unknown in local recipient table"}, Failure{Unwelcome, 550}},
		"some address":          {map[string]string{"RCPT": "550 #5.1.0 Address rejected."}, Failure{Unwelcome, 550}},
		"receiver, vaguely":     {map[string]string{"RCPT": "550 5.1.0 <ana@city.example>: User unknown"}, Failure{Refused, 550}},
		"no relay of Exim":      {map[string]string{"RCPT": "550 relay not permitted"}, Failure{Unwelcome, 550}},
		"no relay of qmail":     {map[string]string{"RCPT": "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"}, Failure{Unwelcome, 553}},
		"on a list":             {map[string]string{"RCPT": "550 blocked by 5.1.1.7 at zen.spamhaus.example"}, Failure{Unwelcome, 550}},
		"callout":               {map[string]string{"RCPT": "550-The account or domain may not exist, or does not exist.\r\n550 Sender verify failed"}, Failure{Unwelcome, 550}},
		"policy in line two":    {map[string]string{"RCPT": "550-No such user is known to like this\r\n550 5.7.1 policy"}, Failure{Unwelcome, 550}},
		"nobody in line two":    {map[string]string{"RCPT": "550-Sorry.\r\n550-5.1.1 The email account\r\n550 5.1.1 is not here"}, Failure{Refused, 550}},
		"nobody of Exim":        {map[string]string{"RCPT": "550 Unrouteable address"}, Failure{Refused, 550}},
		"nobody of qmail":       {map[string]string{"RCPT": "550 sorry, no mailbox here by that name (#5.1.1 - chkuser)"}, Failure{Refused, 550}},
		"nobody, no code":       {map[string]string{"RCPT": "550 No such user here"}, Failure{Refused, 550}},
		"nobody, in a sentence": {map[string]string{"RCPT": "550 The account that you tried to reach does not exist"}, Failure{Refused, 550}},
		"nobody, by a name":     {map[string]string{"RCPT": "550 <unknown.user@x.example> no such user@x.example, blocked"}, Failure{Unwelcome, 550}},
		"phrase of RFC 5321":    {map[string]string{"RCPT": "550 Requested action not taken: mailbox unavailable"}, Failure{Unwelcome, 550}},
		"too many unknown":      {map[string]string{"RCPT": "550 too many unknown users"}, Failure{Unwelcome, 550}},
		"not local":             {map[string]string{"RCPT": "551 not local; try elsewhere"}, Failure{Unwelcome, 551}},
		"full, no code":         {map[string]string{"RCPT": "550 Mailbox is full"}, Failure{Busy, 550}},
		"no mail there":         {map[string]string{"RCPT": "556 5.1.10 null MX"}, Failure{Refused, 556}},
		"a policy":              {map[string]string{"RCPT": "550 5.7.23 SPF"}, Failure{Unwelcome, 550}},
		"no such address":       {map[string]string{"RCPT": "550 5.1.1 <ana@city.example> unknown"}, Failure{Refused, 550}},
		"no such domain":        {map[string]string{"RCPT": "554 5.1.2 no such host"}, Failure{Refused, 554}},
		"full for today":        {map[string]string{"RCPT": "552 5.2.2 mailbox full"}, Failure{Busy, 552}},
		"over quota":            {map[string]string{".": "552 quota"}, Failure{Busy, 552}},
		"full disk":             {map[string]string{".": "452 no space"}, Failure{Busy, 452}},
		"spam":                  {map[string]string{".": "554 spam"}, Failure{Unwelcome, 554}},
		"no answer to the mail": {map[string]string{".": hangUp}, Failure{Class: Away}},
		"rude in parting":       {map[string]string{"QUIT": "500 what?"}, Failure{}},
		"no parting":            {map[string]string{"QUIT": hangUp}, Failure{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := (&server{replies: c.replies}).start(t)
			err := s.sender("smtp://127.0.0.1:PORT", nil).Send(t.Context(), sample())
			var got Failure
			if err != nil && !errors.As(err, &got) || got != c.want || (err == nil) != (c.want == Failure{}) {
				t.Errorf("%v, want %v", err, c.want)
			}
			if strings.Contains(got.Error(), "@") || got.Final() != (c.want.Class == Refused) {
				t.Errorf("the failure reads %q, final is %v", got, got.Final())
			}
		})
	}
}

// A site that stops does not wait for a mail server.
func TestSendingEndsWithItsContext(t *testing.T) {
	t.Parallel()
	s := (&server{}).start(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var got Failure
	if err := s.sender("smtp://127.0.0.1:PORT", nil).Send(ctx, sample()); !errors.As(err, &got) || got.Class != Away || s.mail != "" {
		t.Errorf("%v", err)
	}
}

// A password is sent over TLS only, and never to a server whose certificate is not
// trusted.
func TestPasswordsTravelSafely(t *testing.T) {
	t.Parallel()
	offer, trusted := certificate(t, "localhost")
	_, others := certificate(t, "localhost")
	for name, c := range map[string]struct {
		server  *server
		address string
		strange bool // whether the certificate is not trusted
		want    Failure
	}{
		"STARTTLS":             {&server{offer: offer, asks: true}, "smtp://exempla:s3cret@0.0.0.0:PORT", false, Failure{}},
		"TLS":                  {&server{offer: offer, secure: true, asks: true}, "smtps://exempla:s3cret@127.0.0.1:PORT", false, Failure{}},
		"by name":              {&server{offer: offer, asks: true}, "smtp://exempla:s3cret@localhost:PORT", false, Failure{}},
		"without a password":   {&server{offer: offer}, "smtp://0.0.0.0:PORT", false, Failure{}},
		"without either":       {&server{}, "smtp://0.0.0.0:PORT", false, Failure{}},
		"wrong password":       {&server{offer: offer, asks: true}, "smtp://exempla:wrong@127.0.0.1:PORT", false, Failure{Unwelcome, 535}},
		"no TLS on a network":  {&server{asks: true}, "smtp://exempla:s3cret@0.0.0.0:PORT", false, Failure{Class: Unwelcome}},
		"TLS refused":          {&server{offer: offer, asks: true, replies: map[string]string{"STARTTLS": "454 no"}}, "smtp://exempla:s3cret@0.0.0.0:PORT", false, Failure{Busy, 454}},
		"strange certificate":  {&server{offer: offer, asks: true}, "smtp://exempla:s3cret@0.0.0.0:PORT", true, Failure{Class: Unwelcome}},
		"strange from at once": {&server{offer: offer, secure: true, asks: true}, "smtps://exempla:s3cret@127.0.0.1:PORT", true, Failure{Class: Unwelcome}},
		"no login offered":     {&server{offer: offer}, "smtp://exempla:s3cret@0.0.0.0:PORT", false, Failure{Class: Unwelcome}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			pool := trusted
			if c.strange {
				pool = others
			}
			s := c.server.start(t)
			err := s.sender(c.address, pool).Send(t.Context(), sample())
			var got Failure
			if err != nil && !errors.As(err, &got) || got != c.want || (err == nil) != (s.mail != "") {
				t.Errorf("%v, want %v", err, c.want)
			}
			for _, l := range s.heard("AUTH") {
				if !l.safe {
					t.Error("a password could be read on its way")
				}
			}
			for _, l := range s.heard("MAIL") {
				if !l.safe && s.offer != nil {
					t.Error("the server offers a safe line, and it is not used")
				}
			}
		})
	}
}

// The mail that arrives says the same as the one that was sent, whatever the
// script, and programs that answer mails do not answer it.
func TestMailArrivesWhole(t *testing.T) {
	t.Parallel()
	s := (&server{}).start(t)
	want := sample()
	if err := s.sender("smtp://127.0.0.1:PORT", nil).Send(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	// Dots at the beginning of a line are doubled on their way (RFC 5321, 4.5.2).
	message, err := mail.ReadMessage(strings.NewReader(strings.ReplaceAll(s.mail, "\r\n..", "\r\n.")))
	if err != nil {
		t.Fatal(err)
	}
	for header, text := range map[string]string{"To": "<ana@city.example>", "From": `"Exempla" <exempla@city.example>`, "Message-ID": "<approved.7@exempla.example>",
		"Content-Language": "uk", "Auto-Submitted": "auto-generated"} {
		if got := message.Header.Get(header); got != text {
			t.Errorf("%s: %q, want %q", header, got, text)
		}
	}
	if got, err := new(mime.WordDecoder).DecodeHeader(message.Header.Get("Subject")); err != nil || got != want.Subject {
		t.Errorf("subject %q, %v", got, err)
	}
	if date, err := message.Header.Date(); err != nil || date.IsZero() {
		t.Errorf("no date: %v", err)
	}
	kind, parameters, err := mime.ParseMediaType(message.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/alternative" {
		t.Fatalf("%s, %v", kind, err)
	}
	parts := multipart.NewReader(message.Body, parameters["boundary"])
	// The last alternative is the one that programs prefer (RFC 2046, 5.1.4).
	for _, c := range []struct{ kind, text string }{{"text/plain", want.Text}, {"text/html", want.HTML}} {
		part, err := parts.NextRawPart()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(quotedprintable.NewReader(part))
		if got := strings.ReplaceAll(string(body), "\r\n", "\n"); err != nil || !strings.HasPrefix(part.Header.Get("Content-Type"), c.kind) || got != c.text {
			t.Errorf("%s: %q, %v", part.Header.Get("Content-Type"), got, err)
		}
	}
	if _, err := parts.NextRawPart(); err != io.EOF {
		t.Errorf("another part: %v", err)
	}
}

// Mails come in the name of the site unless the operator has set one.
func TestMailComesInTheNameOfTheSite(t *testing.T) {
	t.Parallel()
	m := sample()
	m.From = "Πόλεις, \"μαζί\""
	for from, want := range map[string]string{"post@city.example": m.From, "City <post@city.example>": "City"} {
		sender, err := NewSMTP("smtp://127.0.0.1", from)
		if err != nil {
			t.Fatal(err)
		}
		message, err := sender.message(m)
		if err != nil {
			t.Fatal(err)
		}
		if got := message.GetFrom()[0]; got.Name != want || got.Address != "post@city.example" {
			t.Errorf("%s: %v, want %s", from, got, want)
		}
	}
}

func TestAddressesOfMailServers(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ server, from string }{{"", "a@city.example"}, {"://", "a@city.example"}, {"smtp://user:s3cret@", "a@city.example"},
		{"smtp://user:s3cret@mail.example:port", "a@city.example"}, {"smtp://mail.example", ""}, {"smtp://mail.example", "a@city.example\r\nBcc: b@city.example"}} {
		if s, err := NewSMTP(c.server, c.from); err == nil || s != nil || strings.Contains(err.Error(), "s3cret") {
			t.Errorf("%q from %q: %v", c.server, c.from, err)
		}
	}
}
