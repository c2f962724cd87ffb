package main

import "testing"

// What is made in several parts is whole, and made once.
func TestGenerateFillsAnEmptyCatalogue(t *testing.T) {
	t.Parallel()
	setting := "EXEMPLA_DATA=" + emptyFolder(t)
	said, status := run(t, setting, "generate", "--count", "1020", "--part", "500", "--seed", "7")
	if status != 0 {
		t.Fatalf("it ended with %d: %s", status, said)
	}
	wantMentions(t, said, "1020 of 1020 practices", "1020 practices made with seed 7")
	if said, status = run(t, setting, "generate", "--count", "1"); status == 0 {
		t.Errorf("practices were made where there are some: %s", said)
	}
	wantMentions(t, said, "not empty", "DATABASE_URL", "EXEMPLA_DATA")

	p := start(t, setting, "serve")
	_, body := fetch(t, p.address+"/en/practices?page=51")
	wantMentions(t, body, "1,020")
}

func TestGenerateRefusesCountsOutOfBounds(t *testing.T) {
	t.Parallel()
	for _, count := range []string{"0", "-1", "2000001"} {
		said, status := run(t, "EXEMPLA_DATA="+emptyFolder(t), "generate", "--count="+count)
		if status == 0 {
			t.Errorf("--count %s was accepted", count)
		}
		wantMentions(t, said, "--count")
	}
}
