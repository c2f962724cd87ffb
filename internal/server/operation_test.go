package server_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"exempla/internal/server"
)

func TestRuntimeFiguresAreNumbers(t *testing.T) {
	t.Parallel()
	w := httptest.NewRecorder()
	server.OperationHandler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/debug/runtime", nil))
	for _, name := range []string{"allocations ", "allocated ", "heap ", "collections "} {
		if !strings.Contains(w.Body.String(), name) {
			t.Errorf("%s is missing in %s", name, w.Body)
		}
	}
}
