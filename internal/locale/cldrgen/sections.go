package main

import "encoding/json"

// numberSection is a member of CLDR's numbers: a string, or an object of which four
// fields are needed.
type numberSection struct {
	text string

	Group     string
	Decimal   string
	MinusSign string
	Standard  string
}

// UnmarshalJSON accepts a string or an object.
func (s *numberSection) UnmarshalJSON(raw []byte) error {
	if raw[0] == '"' {
		return json.Unmarshal(raw, &s.text)
	}
	type object numberSection
	return json.Unmarshal(raw, (*object)(s))
}
