package attachment

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"exempla/internal/practice"
)

// copiers is how many files are copied at once: waiting for a server takes longer than
// its work.
const copiers = 4

// Copied counts what was copied.
type Copied struct {
	Total, New, There int
	Bytes             int64    // of the new ones
	Damaged           []string // hashes of files that are not as they were, and are left behind
}

// Done is how many files have been looked at.
func (c *Copied) Done() int { return c.New + c.There + len(c.Damaged) }

// Copy copies all files of one place to another, and reads each back. Those that are there
// in their size are passed over, so that an interrupted copy is gone on with. Smaller sizes
// of pictures are left behind, for they are made again. After each file it tells how far it
// is. Errors: ErrAway.
func Copy(ctx context.Context, from, to *Storage, tell func(Copied)) (Copied, error) {
	var copied Copied
	sizes, err := from.sizes(ctx)
	if err != nil {
		return copied, err
	}
	there, err := to.sizes(ctx)
	if err != nil {
		return copied, err
	}
	copied.Total = len(sizes)
	var counting sync.Mutex
	count := func(change func()) {
		counting.Lock()
		defer counting.Unlock()
		change()
		tell(copied)
	}
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(copiers)
	for _, hash := range slices.Sorted(maps.Keys(sizes)) {
		if size, ok := there[hash]; ok && size == sizes[hash] {
			count(func() { copied.There++ })
			continue
		}
		group.Go(func() error {
			content, err := from.Whole(ctx, hash)
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case errors.Is(err, ErrAway):
				return err
			case err != nil:
				count(func() { copied.Damaged = append(copied.Damaged, hash) })
				return nil
			}
			if err := to.Keep(ctx, File{Attachment: practice.Attachment{Hash: hash}, Content: content}); err != nil {
				return err
			}
			if _, err := to.Whole(ctx, hash); err != nil {
				return fmt.Errorf("read back %s: %w", hash, err)
			}
			count(func() { copied.New++; copied.Bytes += int64(len(content)) })
			return nil
		})
	}
	return copied, group.Wait()
}
