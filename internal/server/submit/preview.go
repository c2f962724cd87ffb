package submit

import (
	"exempla/internal/server/respond"
	"exempla/web/component"
)

// PreviewText shows a text as readers will see it. It keeps nothing.
func (h *Handlers) PreviewText(r *respond.Request) (respond.Response, error) {
	form, err := partForm(r)
	return respond.Show(component.Prose(form.Text)), err
}
