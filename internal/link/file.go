package link

import "exempla/internal/practice"

// Files begins the addresses of attached files, which have no language.
const Files = "/files/"

// File is a file, by the hash of its content.
func File(hash string) string { return Files + hash }

// Picture is a picture in one of the smaller sizes.
func Picture(hash string, size practice.PictureSize) string { return File(hash) + "/" + size.Name }
