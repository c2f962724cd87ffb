package main

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"os"
	"time"

	"exempla/internal/catalogue"
	"exempla/internal/store"
)

// How often a program reports itself, and how long a report may take. Who is silent for a
// minute has missed four (store.LongSilence).
const (
	reportEvery = 15 * time.Second
	reportTime  = 5 * time.Second
)

// nodeName is what administrators know a program by: its computer and its port.
func nodeName(address net.Addr) string {
	host, err := os.Hostname()
	if err != nil {
		host = "?"
	}
	_, port, _ := net.SplitHostPort(address.String())
	return net.JoinHostPort(host, port)
}

// report tells the others, again and again until the context ends, that this program runs
// and what it shows. A database that is away or takes no changes hears nothing.
func report(ctx context.Context, db *store.Store, live *catalogue.Catalogue, self store.Node) {
	again := time.NewTicker(reportEvery)
	defer again.Stop()
	for told := false; ctx.Err() == nil; {
		within, cancel := context.WithTimeout(ctx, reportTime)
		err := db.Report(within, self, live.Index().Change())
		cancel()
		if err != nil && !errors.Is(err, store.ErrAway) && ctx.Err() == nil && !told {
			told = true
			slog.Warn("this program cannot report itself to administrators", "error", err)
		}
		select {
		case <-ctx.Done():
		case <-again.C:
		}
	}
	within, cancel := context.WithTimeout(context.WithoutCancel(ctx), reportTime)
	defer cancel()
	if err := db.Leave(within, self.Name); err != nil {
		slog.Debug("the others will miss this program for a day", "error", err)
	}
}
