package link

// Files begins the addresses of attached files, which have no language.
const Files = "/files/"

// SmallName is the last path element of a picture's small size.
const SmallName = "small"

// File is a file, by the hash of its content.
func File(hash string) string { return Files + hash }

// SmallFile is the small size of a picture.
func SmallFile(hash string) string { return File(hash) + "/" + SmallName }
