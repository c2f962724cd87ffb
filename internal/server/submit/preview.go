package submit

import (
	"exempla/internal/server/respond"
	"exempla/internal/submission"
	"exempla/web/component"
)

// PreviewText shows a text as readers will see it. It keeps nothing.
func (h *Handlers) PreviewText(r *respond.Request) (respond.Response, error) {
	return respond.Show(component.Prose(submission.ParsePartForm(r.PostForm).Text)), nil
}
