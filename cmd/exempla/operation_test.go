package main

import (
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"exempla/internal/testdb"
)

var operationAddress = regexp.MustCompile(`metrics and profiles are served" address=(\S+)`)

// Profiles are for the operator: at an own address, and at none of the site.
func TestProfilesHaveTheirOwnListener(t *testing.T) {
	t.Parallel()
	p := start(t, "EXEMPLA_OPS_LISTEN=127.0.0.1:0", "serve")
	var found []string
	eventually(t, "the address of the second listener", func() bool {
		found = operationAddress.FindStringSubmatch(p.log.String())
		return found != nil
	})
	for path, part := range map[string]string{"/debug/runtime": "allocations ", "/debug/pprof/": "goroutine", "/debug/pprof/goroutine?debug=1": "goroutine profile"} {
		answer, body := fetch(t, "http://"+found[1]+path)
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s answers %s", path, answer.Status)
		}
		wantMentions(t, body, part)
		if answer, _ := fetch(t, p.address+path); answer.StatusCode != http.StatusNotFound {
			t.Errorf("the site answers %s with %s", path, answer.Status)
		}
	}
	if answer, _ := fetch(t, "http://"+found[1]+"/en/practices"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("the second listener shows pages: %s", answer.Status)
	}
}

// metricLine is a line of Prometheus's text format.
var metricLine = regexp.MustCompile(`^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(?:[a-zA-Z_]+="(?:[^"\\\n]|\\.)*"(?:, ?)?)*\})? ([-+0-9.eNaInf]+)$`)

// metricsOf reads the metrics at an operator's address: values by name and labels, as
// they stand.
func metricsOf(t *testing.T, address string) map[string]string {
	t.Helper()
	answer, body := fetch(t, "http://"+address+"/metrics")
	if answer.StatusCode != http.StatusOK {
		t.Fatal(answer.Status)
	}
	found := map[string]string{}
	for line := range strings.Lines(body) {
		line = strings.TrimSuffix(line, "\n")
		if !metricLine.MatchString(line) {
			t.Errorf("no metric: %q", line)
			continue
		}
		at := strings.LastIndex(line, " ")
		if _, again := found[line[:at]]; again {
			t.Errorf("twice: %s", line)
		}
		found[line[:at]] = line[at+1:]
	}
	return found
}

func operated(t *testing.T, arguments ...string) (p *program, address string) {
	t.Helper()
	p = start(t, "EXEMPLA_OPS_LISTEN=127.0.0.1:0", arguments...)
	return p, operationAddress.FindStringSubmatch(p.log.String())[1]
}

func TestMetricsCountWhatIsAnswered(t *testing.T) {
	t.Parallel()
	p, address := operated(t, "serve", "--demo")
	for path, times := range map[string]int{"/en/practices": 3, "/fr/practices?q=sch%C3%B4ol": 1, withSections: 2, "/en/nothing-here": 1, "/en/practices/none": 1} {
		for range times {
			fetch(t, p.address+path)
		}
	}
	found := metricsOf(t, address)
	for metric, want := range map[string]string{
		`exempla_http_requests_total{route="/{language}/practices",method="GET",status="200"}`:        "4",
		`exempla_http_requests_total{route="/{language}/practices/{slug}",method="GET",status="200"}`: "2",
		`exempla_http_requests_total{route="/{language}/practices/{slug}",method="GET",status="404"}`: "1",
		`exempla_http_request_duration_seconds_count{route="/{language}/practices"}`:                  "4",
		`exempla_kept_pages_total`:         "3",
		`exempla_database_up`:              "1",
		`exempla_database_writable`:        "1",
		`exempla_catalogue_practices`:      "274",
		`exempla_catalogue_changes_behind`: "0",
		`exempla_mails{state="given_up"}`:  "0",
	} {
		if found[metric] != want {
			t.Errorf("%s is %q, want %q", metric, found[metric], want)
		}
	}
	if bytes, err := strconv.Atoi(found["exempla_catalogue_bytes"]); err != nil || bytes < 274*1000 || bytes > 274*100_000 {
		t.Errorf("the catalogue takes %q bytes", found["exempla_catalogue_bytes"])
	}
	if age, err := strconv.ParseFloat(found["exempla_catalogue_age_seconds"], 64); err != nil || age < 0 || age > 60 {
		t.Errorf("the catalogue is %q seconds old", found["exempla_catalogue_age_seconds"])
	}
	for metric := range found {
		if strings.Contains(metric, "school") || strings.Contains(metric, "ôol") || strings.Contains(metric, "nothing-here") {
			t.Errorf("%s tells what somebody asked for", metric)
		}
	}
	if answer, body := fetch(t, "http://"+address+"/healthz"); answer.StatusCode != http.StatusOK || strings.Count(body, ": well") != 4 {
		t.Errorf("%s: %s", answer.Status, body)
	}
	if answer, _ := fetch(t, p.address+"/metrics"); answer.StatusCode != http.StatusNotFound {
		t.Errorf("the site answers /metrics with %s", answer.Status)
	}
}

// A part that does not work is named, and what the program knows without it is told all
// the same.
func TestHealthNamesThePartThatFails(t *testing.T) {
	t.Parallel()
	server := testdb.Private(t, emptyFolder(t))
	p := start(t, "DATABASE_URL="+server.URL(), "serve", "--ops-listen", "127.0.0.1:0")
	address := operationAddress.FindStringSubmatch(p.log.String())[1]
	if err := server.Stop(t.Context()); err != nil {
		t.Fatal(err)
	}
	answer, body := fetch(t, "http://"+address+"/healthz")
	if answer.StatusCode != http.StatusServiceUnavailable || !strings.Contains(body, "database: look at the state") || !strings.Contains(body, "files: well") {
		t.Errorf("%s: %s", answer.Status, body)
	}
	if found := metricsOf(t, address); found["exempla_database_up"] != "0" || found["exempla_catalogue_practices"] != "0" || found["exempla_database_writable"] != "" {
		t.Errorf("up is %q", found["exempla_database_up"])
	}
}

func TestWithoutTheSettingThereIsOneListener(t *testing.T) {
	t.Parallel()
	if _, err := site(); err != nil {
		t.Fatal(err)
	}
	p, _ := site()
	if operationAddress.MatchString(p.log.String()) {
		t.Errorf("a second listener was opened: %s", &p.log)
	}
}

// Alerts and the dashboard ask for metrics that there are, and who is called by an alert
// finds its paragraph.
func TestAlertsAskForWhatIsThere(t *testing.T) {
	t.Parallel()
	server := testdb.Private(t, emptyFolder(t))
	p := start(t, "DATABASE_URL="+server.URL(), "serve", "--demo", "--ops-listen", "127.0.0.1:0", "--read-url", server.URL()+"&application_name=reading")
	address := operationAddress.FindStringSubmatch(p.log.String())[1]
	fetch(t, p.address+"/en/practices?q=school")
	known := map[string]bool{"up": true} // Prometheus's own
	for metric := range metricsOf(t, address) {
		name, _, _ := strings.Cut(metric, "{")
		known[name] = true
	}
	asked := regexp.MustCompile(`\b(?:exempla|process)_[a-z_]+\b`)
	read := func(name string) string {
		content, err := os.ReadFile(filepath.Join("deploy", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(content)
	}
	alerts, runbook := read("alerts.yaml"), read("runbook.md")
	for file, text := range map[string]string{"alerts.yaml": alerts, "runbook.md": runbook, "grafana-dashboard.json": read("grafana-dashboard.json")} {
		names := asked.FindAllString(text, -1)
		if len(names) == 0 {
			t.Errorf("%s asks for nothing", file)
		}
		for _, name := range names {
			if !known[name] {
				t.Errorf("%s asks for %s, which is not there", file, name)
			}
		}
	}
	named := regexp.MustCompile(`(?m)^      - alert: (\w+)$`).FindAllStringSubmatch(alerts, -1)
	if paragraphs := strings.Count(runbook, "\n## "); len(named) == 0 || paragraphs != len(named) {
		t.Errorf("%d alerts, %d paragraphs", len(named), paragraphs)
	}
	for _, alert := range named {
		if !strings.Contains(runbook, "\n## "+alert[1]+"\n") {
			t.Errorf("%s is not in the runbook", alert[1])
		}
	}
}
