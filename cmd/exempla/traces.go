package main

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	"go.opentelemetry.io/otel/sdk/resource"
	"go.opentelemetry.io/otel/sdk/trace"
)

// tracesTimeout is how long the last traces may take on their way out.
const tracesTimeout = 2 * time.Second

// startTraces sends traces of requests to the collector at a URL that takes OTLP over
// HTTP; none where it is empty. Which requests are traced, and more, is set by the
// environment variables of OpenTelemetry's SDK. What the collector does not take is
// dropped, and the log says so.
func startTraces(ctx context.Context, url string) (end func(), err error) {
	if url == "" {
		return func() {}, nil
	}
	exporter, err := otlptracehttp.New(ctx, otlptracehttp.WithEndpointURL(url+"/v1/traces"))
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	self, err := resource.New(ctx, resource.WithAttributes(attribute.String("service.name", "exempla"), attribute.String("service.version", version)),
		resource.WithTelemetrySDK(), resource.WithFromEnv())
	if err != nil {
		return nil, fmt.Errorf("traces: %w", err)
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { slog.Warn("something is wrong with traces; the site goes on", "error", err) }))
	provider := trace.NewTracerProvider(trace.WithBatcher(exporter), trace.WithResource(self))
	otel.SetTracerProvider(provider)
	return func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), tracesTimeout)
		defer cancel()
		if err := provider.Shutdown(ctx); err != nil {
			slog.Warn("the last traces are lost", "error", err)
		}
	}, nil
}
