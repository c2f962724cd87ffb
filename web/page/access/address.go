package access

import (
	"time"

	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// AddressInput is what the page about one's own mail address shows.
type AddressInput struct {
	Problems component.Problems
	Account  account.Account
	Mail     string         // as typed
	Waits    *AddressChange // nil for none
}

// AddressChange is a change of mail address that waits until both have confirmed it.
type AddressChange struct {
	Mail     string // the new address
	Until    time.Time
	Old, New bool // whether that address has confirmed
}

// words says what a change waits for.
func (c AddressChange) words(l *locale.Locale) string {
	until := component.Stamp(l, c.Until)
	switch {
	case c.Old:
		return l.T("account.address.waits_new", "Mail", c.Mail, "Date", until)
	case c.New:
		return l.T("account.address.waits_old", "Mail", c.Mail, "Date", until)
	}
	return l.T("account.address.waits", "Mail", c.Mail, "Date", until)
}

// Address is the page on which people ask for another mail address of their account.
type Address struct {
	AddressInput
	Meta frame.Meta
}

// NewAddress makes the page.
func NewAddress(l *locale.Locale, f frame.Frame, in AddressInput) Address {
	p := Address{AddressInput: in}
	p.Meta = accountMeta(f, l.T("account.address.title"), link.Account(l.Tag(), link.AddressPart))
	p.Meta.Problems = len(in.Problems) > 0
	return p
}

// Results of confirming a change of mail address.
const (
	AddressHalf    = "half"    // the other address is still to confirm
	AddressDone    = "done"    // the change is made
	AddressTaken   = "taken"   // another account has got the address since
	AddressStopped = "stopped" // by the present address
)

// ConfirmAddressInput is what the page of a link to confirm an address shows.
type ConfirmAddressInput struct {
	Secret string // of the link
	Mail   string // the new address
	Old    bool   // whether the link was sent to the present address
	Result string // one of those above; empty before the form is sent
}

// ConfirmAddress is the page on which a change of mail address is confirmed or stopped.
type ConfirmAddress struct {
	ConfirmAddressInput
	Meta frame.Meta
}

// NewConfirmAddress makes the page.
func NewConfirmAddress(l *locale.Locale, f frame.Frame, in ConfirmAddressInput) ConfirmAddress {
	return ConfirmAddress{in, accountMeta(f, l.T("address.title"), link.Address(l.Tag(), in.Secret))}
}

// question says what is to be confirmed.
func (p ConfirmAddress) question(l *locale.Locale) string {
	if p.Old {
		return l.T("address.old", "Mail", p.Mail)
	}
	return l.T("address.new", "Mail", p.Mail)
}

// result says what has become of it.
func (p ConfirmAddress) result(l *locale.Locale) string {
	switch p.Result {
	case AddressStopped:
		return l.T("account.address.stopped")
	case AddressTaken:
		return l.T("address.taken", "Mail", p.Mail)
	case AddressDone:
		return l.T("address.done", "Mail", p.Mail)
	}
	return l.T("address.half")
}
