package main

import (
	"context"
	"errors"
	"strings"
	"time"

	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/store"
	"exempla/internal/theme"
)

// dressedWords is how many texts the theme of the measurements has in other words.
const dressedWords = 20

// settleTime is how long after a change readers may get what was made just before it, with
// something to spare.
const settleTime = time.Second

// dressed is a theme as a network would make it: a name, some words, colours and a logo.
func dressed() (look theme.Theme) {
	english := locale.All()[0]
	look.Words.Set(tag, locale.SiteName, locale.Forms{"other": "Between Cities"})
	for _, key := range english.Keys() {
		if len(look.Words[tag]) > dressedWords {
			break
		}
		if strings.HasPrefix(key, "browse.") || strings.HasPrefix(key, "practice.") { // of the pages that are measured
			forms, _ := english.Standard(key)
			for name := range forms {
				forms[name] += " *"
			}
			look.Words.Set(tag, key, forms)
		}
	}
	look.Colours = theme.Colours{Accent: theme.Pair{Light: "#5b2a86", Dark: "#d3b3f0"}, Header: theme.Pair{Light: "#f1e6fb", Dark: "#241a2e"}}
	look.Logo.Light = theme.Picture(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">` + strings.Repeat(`<path d="M4 20V9l8-5 8 5v11"/>`, 100) + `</svg>`)
	look.Logo.Dark = look.Logo.Light
	return look
}

// dressFor gives the site a theme, or takes it away, unless it is so already.
func (t *trial) dressFor(ctx context.Context, themed bool) error {
	if t.dressed == themed {
		return nil
	}
	t.dressed = themed
	if themed {
		return t.dress(ctx, dressed())
	}
	return t.dress(ctx, theme.Theme{})
}

// dress publishes a theme, or one without anything, and waits until the site shows it.
func (t *trial) dress(ctx context.Context, look theme.Theme) error {
	latest, _, err := t.store.Themes.Latest(ctx)
	if err != nil {
		return err
	}
	number, err := t.store.Themes.Save(ctx, theme.Version{Written: time.Now()}, latest, look)
	if err != nil {
		return err
	}
	if err := t.store.Themes.Publish(ctx, number, store.Actor{At: time.Now()}); err != nil {
		return err
	}
	for begin := time.Now(); time.Since(begin) < showTime; time.Sleep(time.Millisecond) {
		page, err := fetch(ctx, t.site.address, link.Catalogue(tag))
		if err != nil {
			return err
		}
		if strings.Contains(page.header.Get("ETag"), look.Mark()) {
			time.Sleep(settleTime)
			return nil
		}
	}
	return errors.New("a theme is not shown")
}
