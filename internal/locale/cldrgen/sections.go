package main

import "encoding/json"

// sections is a member of CLDR's numbers: a text, or an object of which four
// fields matter here.
type sections struct {
	text string

	Group     string
	Decimal   string
	MinusSign string
	Standard  string
}

// UnmarshalJSON takes a text or an object; fields that are not texts are left out.
func (s *sections) UnmarshalJSON(raw []byte) error {
	if raw[0] == '"' {
		return json.Unmarshal(raw, &s.text)
	}
	type object sections
	return json.Unmarshal(raw, (*object)(s))
}
