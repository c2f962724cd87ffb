package main

import (
	"fmt"
	"testing"
)

// More than is written in one transaction is made whole, once.
func TestGenerateFillsAnEmptyCatalogue(t *testing.T) {
	t.Parallel()
	setting := "EXEMPLA_DATA=" + emptyFolder(t)
	count := fmt.Sprint(generatedChunk + 20)
	said, status := run(t, setting, "generate", "--count", count, "--seed", "7")
	if status != 0 {
		t.Fatalf("it ended with %d: %s", status, said)
	}
	mention(t, said, count+" of "+count+" practices", count+" practices made with seed 7")
	if said, status = run(t, setting, "generate", "--count", "1"); status == 0 {
		t.Errorf("practices were made where there are some: %s", said)
	}
	mention(t, said, "not empty", "DATABASE_URL", "EXEMPLA_DATA")

	p := start(t, setting, "serve")
	_, body := fetch(t, p.address+"/en/practices?page=251")
	mention(t, body, fmt.Sprintf("%d,%03d", (generatedChunk+20)/1000, (generatedChunk+20)%1000))
}

func TestGenerateRefusesCountsOutOfBounds(t *testing.T) {
	t.Parallel()
	for _, count := range []string{"0", "-1", "2000001"} {
		said, status := run(t, "EXEMPLA_DATA="+emptyFolder(t), "generate", "--count="+count)
		if status == 0 {
			t.Errorf("--count %s was accepted", count)
		}
		mention(t, said, "--count")
	}
}
