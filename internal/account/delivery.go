package account

import "slices"

// Delivery is how somebody gets a kind of mail.
type Delivery string

// The deliveries.
const (
	AtOnce   Delivery = "at_once" // as it is for all kinds until somebody chooses otherwise
	InDigest Delivery = "digest"  // with others of the same day
	Never    Delivery = "none"
)

// Deliveries lists them in the order in which people are offered them.
var Deliveries = []Delivery{AtOnce, InDigest, Never}

// Known reports whether the delivery is one of the three.
func (d Delivery) Known() bool { return slices.Contains(Deliveries, d) }
