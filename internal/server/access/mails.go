package access

import (
	"exempla/internal/account"
	"exempla/internal/link"
	"exempla/internal/server/respond"
	"exempla/internal/store"
	page "exempla/web/page/access"
)

// ShowMails is the page on which the viewer chooses which mails to get, and when.
func (h *AccountHandlers) ShowMails(r *respond.Request) (respond.Response, error) {
	choices, err := h.Accounts.MailChoices(r.Context(), r.Viewer().ID)
	if err != nil {
		return respond.Response{}, err
	}
	var list []page.MailChoice
	for _, c := range choices {
		list = append(list, page.MailChoice{Kind: string(c.Mail), Delivery: c.Delivery})
	}
	return respond.Show(page.NewMails(r.Locale, r.Frame, list).View()), nil
}

// ChooseMails stores what was chosen. Kinds that are not offered to the viewer, and
// deliveries that are none, change nothing.
func (h *AccountHandlers) ChooseMails(r *respond.Request) (respond.Response, error) {
	offered, err := h.Accounts.MailChoices(r.Context(), r.Viewer().ID)
	if err != nil {
		return respond.Response{}, err
	}
	var chosen []store.MailChoice
	for _, c := range offered {
		if d := account.Delivery(r.PostFormValue(string(c.Mail))); d.Known() {
			chosen = append(chosen, store.MailChoice{Mail: c.Mail, Delivery: d})
		}
	}
	if err := h.Accounts.ChooseMails(r.Context(), r.Viewer().ID, chosen); err != nil {
		return respond.Response{}, err
	}
	return r.Done("account.saved", link.Account(r.Tag(), link.MailsPart))
}
