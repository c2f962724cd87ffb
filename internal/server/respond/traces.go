package respond

import (
	"net/http"
	"slices"

	"github.com/go-chi/chi/v5"
	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/codes"
	"go.opentelemetry.io/otel/propagation"
	"go.opentelemetry.io/otel/trace"
)

// tracer begins spans. Where they go, and which of them, is set once for the program.
var tracer = otel.Tracer("exempla")

// startSpan begins the span of a request. It is a part of the trace that a proxy of the
// site began (W3C Trace Context); anybody else could have everything traced by a header.
func (s *Responder) startSpan(r *http.Request) (*http.Request, trace.Span) {
	ctx := r.Context()
	if s.Proxies > 0 {
		ctx = propagation.TraceContext{}.Extract(ctx, propagation.HeaderCarrier(r.Header))
	}
	ctx, span := tracer.Start(ctx, "request", trace.WithSpanKind(trace.SpanKindServer))
	return r.WithContext(ctx), span
}

// endSpan names the span of a request by its route, as metrics do. It has the attributes
// of OpenTelemetry's conventions for HTTP that say nothing of the reader: no path, no
// address and no browser, which otelhttp would add.
func endSpan(span trace.Span, r *http.Request, id string, status int) {
	defer span.End()
	method, route := r.Method, "other"
	if !slices.Contains(knownMethods, method) {
		method = "_OTHER"
	}
	if pattern := chi.RouteContext(r.Context()).RoutePattern(); pattern != "" {
		route = pattern
	}
	span.SetName(method + " " + route)
	span.SetAttributes(attribute.String("http.request.method", method), attribute.String("http.route", route),
		attribute.Int("http.response.status_code", status), attribute.String("exempla.request", id))
	if status >= http.StatusInternalServerError {
		span.SetStatus(codes.Error, "")
	}
}
