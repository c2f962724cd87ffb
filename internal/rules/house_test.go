package rules

import (
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

func TestMakeCanDoWhatIsPromised(t *testing.T) {
	t.Parallel()
	makefile := text(t, "Makefile")
	for _, target := range []string{"help", "run", "test", "check", "build", "screenshot"} {
		if !regexp.MustCompile(`(?m)^` + target + `:.*## \S`).MatchString(makefile) {
			t.Errorf("Makefile: the target %s is missing, or its \"## …\" that make help prints", target)
		}
	}
}

// Building and loading take minutes the first time, which must not look like a standstill.
func TestMakeRunSaysWhatTakesLong(t *testing.T) {
	t.Parallel()
	if !regexp.MustCompile(`(?m)^run: ##.*\n\t@echo "[^"]+"\n`).MatchString(text(t, "Makefile")) {
		t.Error("Makefile: the first thing that the target run does is not to say what takes long, before anything is built")
	}
}

func TestReadmeNamesTheTwoCommands(t *testing.T) {
	t.Parallel()
	readme := text(t, "README.md")
	for _, command := range []string{"make run", "make test"} {
		if !strings.Contains(readme, command) {
			t.Errorf("README.md: %s is not named: say how to run and how to test", command)
		}
	}
}

func TestReadmeNamesEverySetting(t *testing.T) {
	t.Parallel()
	readme := text(t, "README.md")
	tag := regexp.MustCompile(`\benv:"([^"]+)"`)
	for _, f := range repository(t) {
		if f.name() != "config" || !f.isProgram() {
			continue
		}
		for _, at := range tag.FindAllStringSubmatchIndex(f.text, -1) {
			if name := f.text[at[2]:at[3]]; !strings.Contains(readme, "`"+name+"`") {
				t.Errorf("%s:%d: README.md does not name %s: add it to the table of settings", f.path, f.lineAt(at[2]), name)
			}
		}
	}
}

func TestContinuousIntegrationCallsMake(t *testing.T) {
	t.Parallel()
	const name = ".ci/run"
	if !slices.Contains(strings.Split(text(t, name), "\n"), "make check test") {
		t.Errorf("%s: the line \"make check test\" is missing: it calls what the README names", name)
	}
	if info, err := os.Stat(path.Join(root, name)); err != nil || info.Mode()&0o111 == 0 {
		t.Errorf("%s: it cannot be executed (%v): chmod +x it", name, err)
	}
}

// text is the content of a file that has to be there.
func text(t *testing.T, name string) string {
	t.Helper()
	content, err := os.ReadFile(path.Join(root, name))
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// Traces of one person's machine. Two folders only look like it: Homebrew's is
// the same everywhere, and Ana is made up for tests.
var (
	machine  = regexp.MustCompile("(?:^|[\\s\"'`=(:,])" + `(/(?:home|root|tmp|work|Users)/[^\s"'` + "`" + `)]*)`)
	everyone = []string{"/home/linuxbrew/", "/home/ana"}
	registry = regexp.MustCompile(`\bregistry\.[\w-]+\.[a-z]|\b(?:proxy|sum)\.golang\b|\bpypi\.org\b`)
	later    = regexp.MustCompile(`\b(?:T[O]DO|F[I]XME)\b`)
)

func TestNoPathOfOneMachine(t *testing.T) {
	t.Parallel()
	hold(t, noMachine)
}

func noMachine(f file, tell func(int, string)) {
	for _, at := range machine.FindAllStringSubmatchIndex(f.text, -1) {
		named := f.text[at[2]:at[3]]
		if !slices.ContainsFunc(everyone, func(folder string) bool { return strings.HasPrefix(named, folder) }) {
			tell(f.lineAt(at[2]), named+" is on one machine only: use a relative path, t.TempDir() or a setting")
		}
	}
}

func TestNoPackageRegistry(t *testing.T) {
	t.Parallel()
	hold(t, noRegistry)
}

func noRegistry(f file, tell func(int, string)) {
	find(f, registry, tell, "which registry serves packages is the machine's affair: leave the host out (npm: omit-lockfile-registry-resolved)")
}

func TestNothingIsPutOff(t *testing.T) {
	t.Parallel()
	hold(t, nothingPutOff)
}

func nothingPutOff(f file, tell func(int, string)) {
	// In data the word may be Spanish.
	if path.Ext(f.path) != ".json" {
		find(f, later, tell, "a note to do it later: do it, or open an issue")
	}
}
