package practice

import "slices"

// Topic is the slug of a subject in the taxonomy.
type Topic string

// Topics is the taxonomy of the Intercultural Cities' good-practice database,
// in the order of its English names. Labels are messages "topic.<slug>".
var Topics = []Topic{
	"anti-discrimination-and-equality",
	"anti-rumour",
	"business-and-employment",
	"communication-and-public-awareness",
	"culture-leisure-and-heritage",
	"developing-a-culture-of-openness-and-interculturality",
	"education",
	"gender-equality-and-intersectionality",
	"health-social-care-and-family-support",
	"housing-and-urban-planning",
	"international-outlook",
	"leadership-and-political-commitment",
	"mediation-and-conflict-resolution",
	"multilingualism",
	"neighbourhood",
	"political-and-public-participation",
	"public-and-community-services",
	"refugees",
	"religion-and-interfaith",
	"roma",
	"security-justice-and-safety",
	"welcoming-and-social-integration",
}

// Known reports whether the topic is in the taxonomy.
func (t Topic) Known() bool { return slices.Contains(Topics, t) }
