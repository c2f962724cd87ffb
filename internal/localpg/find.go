package localpg

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// oldestMajor is the oldest major version whose features the site stays within.
const oldestMajor = 14

// usualFolders are the places where systems put PostgreSQL, in the order searched; PATH
// comes after them, since it may name another version's wrapper.
var usualFolders = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/opt/homebrew/opt/postgresql*/bin",
	"/usr/local/opt/postgresql*/bin",
	"/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
}

// choose is one installed PostgreSQL.
type installation struct {
	folder string
	major  int
}

func (b installation) path(program string) string { return filepath.Join(b.folder, program) }

// choose chooses what runs the folder's database: for an existing one the
// version that made it, for a new one the newest of the first place that has
// any. What nobody installed is fetched.
func (f *folder) choose(ctx context.Context) (installation, error) {
	made, err := f.madeBy()
	if err != nil {
		return installation{}, err
	}
	var seen []string
	for _, group := range f.places() {
		found := f.probe(ctx, group)
		for _, bin := range found {
			if bin.major == made || made == 0 && bin.major >= oldestMajor {
				return bin, nil
			}
			seen = append(seen, fmt.Sprintf("%d in %s", bin.major, bin.folder))
		}
	}
	if chosen := os.Getenv("PG_BIN"); chosen != "" {
		return installation{}, fmt.Errorf("PG_BIN=%s holds no PostgreSQL that fits: %w", chosen, missingError(made, seen))
	}
	if made != 0 && made != npmMajor {
		return installation{}, missingError(made, seen)
	}
	bin, err := f.fetch(ctx)
	if err != nil {
		return installation{}, errors.Join(missingError(made, seen), err)
	}
	return bin, nil
}

// madeBy is the major version that made the existing data directory, or 0.
func (f *folder) madeBy() (int, error) {
	if _, err := os.Stat(f.cluster()); errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	path := filepath.Join(f.cluster(), "PG_VERSION")
	text, err := os.ReadFile(path)
	if err != nil {
		return 0, fmt.Errorf("%s is no PostgreSQL data directory: %w", f.cluster(), err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", path, err)
	}
	return major, nil
}

// missingError says what is missing and how to get it.
func missingError(made int, seen []string) error {
	found := "none was found"
	if len(seen) > 0 {
		found = "found only " + strings.Join(seen, ", ")
	}
	if made != 0 {
		return fmt.Errorf("the data were made by PostgreSQL %d, %s: install it (apt-get install postgresql-%d) or set PG_BIN to its bin folder; the data are untouched", made, found, made)
	}
	return fmt.Errorf("PostgreSQL %d or newer is needed, %s: install it (apt-get install postgresql), set PG_BIN to its bin folder, or set DATABASE_URL to a server", oldestMajor, found)
}

// places lists folders in groups; the first group with a fitting version wins.
// PG_BIN, when set, is the only place: whoever sets it wants no other.
func (f *folder) places() [][]string {
	if chosen := os.Getenv("PG_BIN"); chosen != "" && f.patterns == nil {
		return [][]string{{chosen}}
	}
	patterns, inPath := f.patterns, []string(nil)
	if patterns == nil {
		patterns = usualFolders
		if program, err := exec.LookPath("postgres"); err == nil {
			inPath = []string{filepath.Dir(program)}
		}
	}
	var groups [][]string
	for _, pattern := range patterns {
		folders, _ := filepath.Glob(pattern) // fails only on a malformed pattern
		groups = append(groups, folders)
	}
	return append(groups, inPath, f.fetched())
}

// fetched lists what earlier starts fetched, an older pinned version included.
func (f *folder) fetched() []string {
	found, _ := fs.Glob(os.DirFS(f.root), filepath.Join(fetchFolder, "*", "native", "bin"))
	for i, path := range found {
		found[i] = filepath.Join(f.root, path)
	}
	return found
}

// probe gives the usable ones of folders, newest first.
func (f *folder) probe(ctx context.Context, folders []string) []installation {
	var found []installation
	for _, folder := range folders {
		if bin, err := f.inspect(ctx, folder); err == nil {
			found = append(found, bin)
		}
	}
	slices.SortStableFunc(found, func(a, b installation) int { return cmp.Compare(b.major, a.major) })
	return found
}

var version = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// inspect asks the programs in folder for their version. Links are followed, since
// PostgreSQL finds its shared files from where its program really lies.
func (f *folder) inspect(ctx context.Context, folder string) (installation, error) {
	program, err := filepath.EvalSymlinks(filepath.Join(folder, "postgres"))
	if err != nil {
		return installation{}, err
	}
	bin := installation{folder: filepath.Dir(program)}
	if _, err := os.Stat(bin.path("initdb")); err != nil {
		return installation{}, err
	}
	if shut, err := f.owner.blockedAt(bin.folder); err != nil || shut != "" {
		return installation{}, errors.Join(err, fmt.Errorf("%s is closed", shut))
	}
	output, err := run(f.ownerCommand(ctx, program, "--version"))
	if err != nil {
		return installation{}, err
	}
	match := version.FindSubmatch(output)
	if match == nil {
		return installation{}, fmt.Errorf("%s tells no version: %s", program, tail(output))
	}
	bin.major, err = strconv.Atoi(string(match[1]))
	return bin, err
}
