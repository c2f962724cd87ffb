package attachment

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"
)

// kind is what a file is by its content.
type kind struct {
	sign     string // that it begins with
	at       int    // where the sign stands, in bytes
	fault    Fault  // why it is refused; empty for what is allowed
	document bool
}

// kinds are the signs that tell files apart, the longer before the shorter.
var kinds = []kind{
	{sign: "\xff\xd8\xff"},
	{sign: "\x89PNG\r\n\x1a\n"},
	{sign: "WEBPVP8", at: 8},
	{sign: mark, document: true},
	{sign: "PK\x03\x04", fault: Archive}, {sign: "PK\x05\x06", fault: Archive}, {sign: "PK\x07\x08", fault: Archive},
	{sign: "Rar!\x1a", fault: Archive}, {sign: "7z\xbc\xaf\x27\x1c", fault: Archive}, {sign: "\x1f\x8b", fault: Archive},
	{sign: "BZh", fault: Archive}, {sign: "\xfd7zXZ", fault: Archive}, {sign: "\x28\xb5\x2f\xfd", fault: Archive},
	{sign: "MSCF", fault: Archive}, {sign: "ustar", at: 257, fault: Archive},
	{sign: "MZ", fault: Program}, {sign: "\x7fELF", fault: Program}, {sign: "\x00asm", fault: Program},
	{sign: "\xca\xfe\xba\xbe", fault: Program}, {sign: "\xcf\xfa\xed\xfe", fault: Program}, {sign: "\xce\xfa\xed\xfe", fault: Program},
	{sign: "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", fault: Office}, {sign: `{\rtf`, fault: Office},
	{sign: "GIF8", fault: Picture}, {sign: "II*\x00", fault: Picture}, {sign: "MM\x00*", fault: Picture},
	{sign: "\x00\x00\x01\x00", fault: Picture}, {sign: "8BPS", fault: Picture}, {sign: "\xff\x0a", fault: Picture},
	{sign: "ftyphei", at: 4, fault: Picture}, {sign: "ftypmif1", at: 4, fault: Picture}, {sign: "ftypavi", at: 4, fault: Picture},
	{sign: "ftyp", at: 4, fault: Film}, {sign: "\x1a\x45\xdf\xa3", fault: Film}, {sign: "ID3", fault: Film},
	{sign: "OggS", fault: Film}, {sign: "RIFF", fault: Film},
}

// headLength is how far browsers look for signatures, in bytes, and so do we.
const headLength = 1024

// recognise returns the kind of a file. A file that begins as one kind and goes on as
// another is not allowed, whichever of them it is read as here: another program may
// read it as the other.
func recognise(content []byte) kind {
	found := kind{fault: Unknown}
	for _, k := range kinds {
		if len(content) > k.at && bytes.HasPrefix(content[k.at:], []byte(k.sign)) || k.document && documentAt(content) > 0 {
			found = k
			break
		}
	}
	switch {
	case found.fault == Archive && isOffice(content):
		found.fault = Office
	case found.fault == Unknown && isBitmap(content):
		found.fault = Picture
	case found.fault == Unknown:
		found.fault = textFault(content)
	case found.fault == "" && isMixed(content, found):
		found.fault = Mixed
	}
	return found
}

func head(content []byte) []byte { return content[:min(len(content), headLength)] }

// isOffice reports whether an archive is an office document: those begin with an
// entry that says so.
func isOffice(content []byte) bool {
	for _, name := range []string{"[Content_Types].xml", "_rels/", "word/", "xl/", "ppt/", "mimetypeapplication/vnd.oasis"} {
		if bytes.Contains(head(content), []byte(name)) {
			return true
		}
	}
	return false
}

// isBitmap recognises BMP by its size too, since any text may begin with "BM".
func isBitmap(content []byte) bool {
	return len(content) > 14 && string(content[:2]) == "BM" && int(binary.LittleEndian.Uint32(content[2:])) == len(content)
}

// markup is what makes browsers treat a file as a page. Each is long enough not to
// occur in a picture by chance.
var markup = []string{"<!doctype html", "<script", "<html>", "<html ", "<?php", "<iframe", "<body>", "<body "}

// isMixed reports whether an allowed file contains a second kind.
func isMixed(content []byte, k kind) bool {
	if hasArchive(content) || !k.document && bytes.Contains(head(content), []byte(mark)) {
		return true
	}
	// A document may mention HTML further down; a picture never does.
	searched := content
	if k.document {
		searched = head(content)
	}
	return isPage(searched)
}

// isPage reports whether a browser might show that as a page.
func isPage(content []byte) bool {
	content = bytes.ToLower(content)
	for _, tag := range markup {
		if bytes.Contains(content, []byte(tag)) {
			return true
		}
	}
	return false
}

// Lengths in bytes of the record at the end of a ZIP archive, without its comment,
// and of the longest comment.
const (
	endLength  = 22
	maxComment = 1<<16 - 1
)

// hasArchive reports whether the file can be opened as a ZIP archive too: these are
// read from the end, whatever comes before.
func hasArchive(content []byte) bool {
	tail := content[max(0, len(content)-endLength-maxComment):]
	for before := tail; ; {
		at := bytes.LastIndex(before, []byte("PK\x05\x06"))
		if at < 0 {
			return false
		}
		if isArchiveEnd(tail[at:]) {
			return true
		}
		before = before[:at]
	}
}

// isArchiveEnd tells a real end record from four bytes that look like one: the
// archive has one disk with all entries, and there is room for the comment.
func isArchiveEnd(end []byte) bool {
	if len(end) < endLength {
		return false
	}
	number := func(at int) int { return int(binary.LittleEndian.Uint16(end[at:])) }
	return number(4) == 0 && number(6) == 0 && number(8) == number(10) && endLength+number(20) <= len(end)
}

// beginnings of text that reveal its kind, in lower case.
var beginnings = []struct {
	text  string
	fault Fault
}{
	{"#!", Script}, {"<?php", Script}, {"<%", Script}, {"@echo", Script}, {`"use strict"`, Script}, {"'use strict'", Script},
	{"function", Script}, {"(function", Script}, {"(()", Script}, {"var ", Script}, {"let ", Script}, {"const ", Script},
	{"import ", Script}, {"export ", Script}, {"alert(", Script}, {"window.", Script}, {"document.", Script}, {"javascript:", Script},
	{"<svg", Vector}, {"<!doctype svg", Vector},
	{"<!doctype html", WebPage}, {"<html", WebPage}, {"<head", WebPage}, {"<body", WebPage}, {"<script", WebPage}, {"<iframe", WebPage},
	{"<img", WebPage}, {"<a ", WebPage}, {"<div", WebPage}, {"<p>", WebPage}, {"<h1", WebPage}, {"<style", WebPage}, {"<title", WebPage},
	{"<meta", WebPage}, {"<link", WebPage}, {"<table", WebPage}, {"<br", WebPage},
}

// textFault returns the kind of a file without a known signature, if it is text. Text
// with a document hidden further down is mixed.
func textFault(content []byte) Fault {
	start := strings.ToLower(string(head(content)))
	if strings.Contains(start, "%pdf-") {
		return Mixed
	}
	start = strings.TrimLeft(strings.TrimPrefix(start, "\ufeff"), " \t\r\n\f\v")
	for _, b := range beginnings {
		if strings.HasPrefix(start, b.text) {
			return b.fault
		}
	}
	if strings.HasPrefix(start, "<?xml") || strings.HasPrefix(start, "<!--") {
		switch {
		case strings.Contains(start, "<svg"):
			return Vector
		case strings.Contains(start, "<html"), strings.Contains(start, "<script"), strings.Contains(start, "<body"):
			return WebPage
		}
	}
	if utf8.Valid(content) && !bytes.ContainsRune(content, 0) {
		return PlainText
	}
	return Unknown
}
