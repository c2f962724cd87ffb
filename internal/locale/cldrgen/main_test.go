package main

import "testing"

func TestTemplate(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"d MMMM y":           "{d} {MMMM} {y}",
		"d 'de' MMMM 'de' y": "{d} de {MMMM} de {y}",
		"d MMMM y 'р'.":      "{d} {MMMM} {y} р.",
	}
	for pattern, want := range tests {
		if got, err := template(pattern); got != want || err != nil {
			t.Errorf("template(%q) = %q, %v, want %q", pattern, got, err, want)
		}
	}
	for _, pattern := range []string{"", "d MMM y", "dd MMMM y", "EEEE, d MMMM"} {
		if got, err := template(pattern); err == nil {
			t.Errorf("template(%q) = %q, want an error", pattern, got)
		}
	}
}

func TestCapitalised(t *testing.T) {
	t.Parallel()
	tests := map[string]string{
		"shqip": "Shqip", "íslenska": "Íslenska", "isiZulu": "isiZulu", "Deutsch": "Deutsch",
		"日本語": "日本語", "ქართული": "ქართული",
	}
	for name, want := range tests {
		if got := capitalised(name); got != want {
			t.Errorf("listed(%q) = %q, want %q", name, got, want)
		}
	}
}
