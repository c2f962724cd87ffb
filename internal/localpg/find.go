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

// oldestMajor is the oldest major version that has all features the site uses.
const oldestMajor = 14

// usualFolders are where systems install PostgreSQL, in search order. PATH comes
// after them because it may contain a wrapper of another version.
var usualFolders = []string{
	"/usr/lib/postgresql/*/bin",
	"/usr/pgsql-*/bin",
	"/opt/homebrew/opt/postgresql*/bin",
	"/usr/local/opt/postgresql*/bin",
	"/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
	"/Applications/Postgres.app/Contents/Versions/*/bin",
}

// installation is a folder with the programs of one PostgreSQL version.
type installation struct {
	folder string
	major  int
}

func (b installation) path(program string) string { return filepath.Join(b.folder, program) }

// choose selects the installation that runs the folder's database: for existing
// data the major version that created it, otherwise the newest version in the
// first place that has a suitable one. If there is none, it downloads one.
func (f *folder) choose(ctx context.Context) (installation, error) {
	if f.bin.major != 0 {
		return f.bin, nil
	}
	made, err := f.madeBy()
	if err != nil {
		return installation{}, err
	}
	found, seen := f.pick(ctx, f.places(), func(major int) bool { return major == made || made == 0 && major >= oldestMajor })
	if found.major == 0 && made != 0 { // PG_BIN may be that of before an upgrade
		found, _ = f.pick(ctx, f.everywhere(), func(major int) bool { return major == made })
		if found.major != 0 {
			f.log.Warn("PG_BIN has no PostgreSQL that made the data, and is not used", "made", made, "used", found.folder)
		}
	}
	if found.major != 0 {
		return found, nil
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

// pick returns the newest installation that fits in the first group of folders that has
// one, and else says what it has seen.
func (f *folder) pick(ctx context.Context, groups [][]string, fits func(major int) bool) (found installation, seen []string) {
	for _, group := range groups {
		for _, bin := range f.probe(ctx, group) {
			if fits(bin.major) {
				return bin, nil
			}
			seen = append(seen, fmt.Sprintf("%d in %s", bin.major, bin.folder))
		}
	}
	return installation{}, seen
}

// madeBy returns the major version that created the data directory, or 0 if
// there is none yet.
func (f *folder) madeBy() (int, error) {
	if _, err := os.Stat(f.cluster()); errors.Is(err, os.ErrNotExist) {
		return 0, nil
	}
	path := filepath.Join(f.cluster(), "PG_VERSION")
	text, err := os.ReadFile(path) // #nosec G304 -- in our own folder
	if err != nil {
		return 0, fmt.Errorf("%s is no PostgreSQL data directory: %w", f.cluster(), err)
	}
	major, err := strconv.Atoi(strings.TrimSpace(string(text)))
	if err != nil {
		return 0, fmt.Errorf("read %s: %w", path, err)
	}
	return major, nil
}

// missingError explains which version is missing and how to install it.
func missingError(made int, seen []string) error {
	found := "none was found"
	if len(seen) > 0 {
		found = "found only " + strings.Join(seen, ", ")
	}
	if made != 0 {
		return fmt.Errorf("the data were made by PostgreSQL %d, %s: install it (apt-get install postgresql-%d) or set PG_BIN to its bin folder; the data are untouched. "+
			"Where both it and a newer one are installed, exempla upgrade-postgres brings the data to the newer one", made, found, made)
	}
	return fmt.Errorf("PostgreSQL %d or newer is needed, %s: install it (apt-get install postgresql), set PG_BIN to its bin folder, or set DATABASE_URL to a server", oldestMajor, found)
}

// places lists folders in groups; the first group with a suitable version wins.
// If PG_BIN is set, only that folder is considered for new data.
func (f *folder) places() [][]string {
	if chosen := os.Getenv("PG_BIN"); chosen != "" && f.patterns == nil {
		return [][]string{{chosen}}
	}
	return f.everywhere()
}

// everywhere is places with all the others, where two versions are needed.
func (f *folder) everywhere() [][]string {
	patterns, inPath := f.patterns, []string(nil)
	if patterns == nil {
		patterns = usualFolders
		if program, err := exec.LookPath("postgres"); err == nil {
			inPath = []string{filepath.Dir(program)}
		}
	}
	var groups [][]string
	if chosen := os.Getenv("PG_BIN"); chosen != "" && f.patterns == nil {
		groups = append(groups, []string{chosen})
	}
	for _, pattern := range patterns {
		folders, _ := filepath.Glob(pattern) // fails only on a malformed pattern
		groups = append(groups, folders)
	}
	return append(groups, inPath, f.fetched())
}

// fetched lists what earlier starts downloaded, older pinned versions included.
func (f *folder) fetched() []string {
	found, _ := fs.Glob(os.DirFS(f.root), filepath.Join(fetchFolder, "*", "native", "bin"))
	for i, path := range found {
		found[i] = filepath.Join(f.root, path)
	}
	return found
}

// probe returns the usable installations among folders, newest first.
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

// inspect asks the programs in folder for their version. It resolves links
// because PostgreSQL finds its shared files relative to the real path of its
// program.
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
