package config

import (
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// Files says where uploaded files are kept.
type Files struct {
	Files string `help:"Folder for uploaded files, or a bucket: s3://NAME?endpoint=https://HOST[&region=NAME][&prefix=TEXT]. Default: files in the data folder." env:"EXEMPLA_FILES" placeholder:"FOLDER"`
	BucketKey
}

// BucketKey opens buckets. It has the usual names, and is not part of an address, which
// stands in logs.
type BucketKey struct {
	AccessKey string `name:"s3-key" help:"ID of the key for the bucket." env:"AWS_ACCESS_KEY_ID" placeholder:"ID"`
	Key       string `name:"s3-secret" help:"The key for the bucket." env:"AWS_SECRET_ACCESS_KEY" placeholder:"KEY"`
	KeyFile   string `name:"s3-secret-file" help:"File with the key for the bucket in its first line, instead." env:"AWS_SECRET_ACCESS_KEY_FILE" placeholder:"FILE"`
	Session   string `name:"s3-session" help:"Session token of a temporary key for the bucket." env:"AWS_SESSION_TOKEN" placeholder:"TOKEN"`
}

// Bucket is a bucket of a server with the protocol of S3.
type Bucket struct {
	Name   string
	Host   string // with the port, if it is not the usual one
	TLS    bool
	Region string // empty to ask the server
	Prefix string // of all names
}

// IsBucket reports whether a place for files is a bucket, and no folder.
func IsBucket(place string) bool { return strings.HasPrefix(place, "s3:") }

// Check returns everything that is wrong with the settings.
func (f Files) Check() []Fault {
	return f.BucketKey.CheckPlace("--files", f.Files)
}

// CheckPlace returns everything that is wrong with a place for files.
func (k BucketKey) CheckPlace(setting, place string) []Fault {
	if !IsBucket(place) {
		return checkPath(setting, place)
	}
	_, wrong := ParseBucket(place)
	var faults []Fault
	for _, message := range wrong {
		faults = append(faults, Fault{setting, message})
	}
	if k.AccessKey == "" {
		faults = append(faults, Fault{"--s3-key", "is needed for a bucket: set AWS_ACCESS_KEY_ID"})
	}
	switch {
	case k.Key == "" && k.KeyFile == "":
		faults = append(faults, Fault{"--s3-secret", "is needed for a bucket: set AWS_SECRET_ACCESS_KEY or AWS_SECRET_ACCESS_KEY_FILE"})
	case k.Key != "" && k.KeyFile != "":
		faults = append(faults, Fault{"--s3-secret-file", "cannot be used beside --s3-secret"})
	}
	return faults
}

// SplitBucket parts the address of a file in a bucket, s3://NAME/FILE?endpoint=…, in that of
// the bucket and the name of the file.
func SplitBucket(address string) (bucket, file string) {
	u, err := url.Parse(address)
	if err != nil {
		return address, ""
	}
	file = strings.TrimPrefix(u.Path, "/")
	u.Path, u.RawPath = "", ""
	return u.String(), file
}

// bucketName is what names of buckets are made of.
var bucketName = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)

// bucketSettings are what can stand behind the name of a bucket.
var bucketSettings = []string{"endpoint", "region", "prefix", "insecure"}

// ParseBucket reads the address of a bucket, or says everything that is wrong with it. It
// repeats none of it, because a key may stand there by mistake.
func ParseBucket(address string) (b Bucket, wrong []string) {
	u, err := url.Parse(address)
	if err != nil {
		return b, []string{"is no address; it must be like s3://name?endpoint=https://host"}
	}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		wrong = append(wrong, "has a part after the question mark that cannot be read")
	}
	if u.User != nil {
		wrong = append(wrong, "must be without a key, which belongs in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
	}
	if !bucketName.MatchString(u.Host) {
		wrong = append(wrong, "must name a bucket, such as s3://name?endpoint=https://host; names have 3 to 63 small letters, digits, hyphens and dots")
	}
	if strings.Trim(u.Path, "/") != "" || u.Fragment != "" {
		wrong = append(wrong, "must have nothing else behind the bucket; what all names begin with is set by prefix=")
	}
	for name, values := range query {
		if !slices.Contains(bucketSettings, name) || len(values) > 1 {
			wrong = append(wrong, fmt.Sprintf("has %q, but can have only one each of %s", name, strings.Join(bucketSettings, ", ")))
		}
	}
	endpoint, err := url.Parse(query.Get("endpoint"))
	switch {
	case err != nil || endpoint.Host == "" || !isOrigin(query.Get("endpoint")):
		wrong = append(wrong, "must name the server by endpoint=https://host, without a path")
	case endpoint.Scheme == "http" && !isOwn(endpoint) && query.Get("insecure") != "true":
		wrong = append(wrong, "must name the server by https://, or say insecure=true: everybody on the way can read and change the files")
	}
	if err == nil {
		b.Host, b.TLS = endpoint.Host, endpoint.Scheme == "https"
	}
	slices.Sort(wrong)
	b.Name, b.Region, b.Prefix = u.Host, query.Get("region"), query.Get("prefix")
	return b, wrong
}
