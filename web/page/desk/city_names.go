package desk

import (
	"cmp"

	"exempla/internal/gazetteer"
	"exempla/internal/link"
	"exempla/internal/locale"
	"exempla/internal/practice"
	"exempla/web/component"
	"exempla/web/page/frame"
)

// OthersField is the field of the other names, one on each line.
const OthersField = "others"

// ShownOfName is how much of a name a problem repeats, in characters.
const ShownOfName = 60

// NameField is the field of the name that readers of a language are shown.
func NameField(l *locale.Locale) string { return "name-" + l.Tag() }

// CityNamesInput is a city with the names that are typed into the form.
type CityNamesInput struct {
	City     practice.City // with the names that are stored
	Version  int           // of the stored names
	Shown    map[practice.Language]string
	Others   string
	Conflict bool // whether others were stored since the form was made
	Problems component.Problems
}

// CityNames is the form with the names of a city.
type CityNames struct {
	CityNamesInput
	Meta frame.Meta
}

// NewCityNames makes the page.
func NewCityNames(l *locale.Locale, f frame.Frame, in CityNamesInput) CityNames {
	meta := citiesMeta(f, l.T("city_names.title", "City", component.CityName(l, in.City)), link.CityNames(l.Tag(), in.City))
	meta.Problems = len(in.Problems) > 0
	return CityNames{CityNamesInput: in, Meta: meta}
}

// nameField is the field of the name in one language. Its hint says what readers see if
// it stays empty, or what somebody else has stored meanwhile.
func (p CityNames) nameField(l, of *locale.Locale) component.Field {
	language := practice.Language(of.Tag())
	f := component.Field{ID: NameField(of), Label: l.Language(of.Tag()), Value: p.Shown[language],
		Problem: p.Problems.At(NameField(of)), Limit: practice.MaxName}
	stored := p.City.Names.In(language)
	if p.Conflict && stored != f.Value {
		f.Hint = l.T("city_names.meanwhile", "Names", cmp.Or(stored, l.T("city_names.none")))
	} else {
		f.Hint = l.T("city_names.otherwise", "Name", gazetteer.Local(language, p.City.Country, p.City.Name))
	}
	return f
}

// othersField is the field of the other names.
func (p CityNames) othersField(l *locale.Locale) component.Field {
	f := component.Field{ID: OthersField, Label: l.T("city_names.others"), Value: p.Others,
		Problem: p.Problems.At(OthersField), Hint: l.T("city_names.others_hint", "Limit", practice.MaxOtherNames)}
	if p.Conflict {
		f.Hint = l.T("city_names.meanwhile", "Names", cmp.Or(l.And(p.City.Names.Others()), l.T("city_names.none")))
	}
	return f
}
