package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// months holds the names of the months by number, "1" to "12", as CLDR does.
type months struct {
	Wide map[string]string
}

func (m months) list() ([]string, error) {
	var names []string
	for number := 1; number <= 12; number++ {
		names = append(names, m.Wide[strconv.Itoa(number)])
		if names[number-1] == "" {
			return nil, fmt.Errorf("month %d has no name", number)
		}
	}
	return names, nil
}

func (s source) dates(tag string, r *region) error {
	var file struct {
		Main map[string]struct {
			Dates struct {
				Calendars struct {
					Gregorian struct {
						Months struct {
							Format     months
							StandAlone months `json:"stand-alone"`
						}
						DateFormats struct{ Long string }
					}
				}
			}
		}
	}
	if err := s.read(&file, "cldr-dates-full", "main", tag, "ca-gregorian.json"); err != nil {
		return err
	}
	calendar := file.Main[tag].Dates.Calendars.Gregorian
	var format, alone, date error
	r.Months, format = calendar.Months.Format.list()
	r.MonthsAlone, alone = calendar.Months.StandAlone.list()
	r.Date, date = template(calendar.DateFormats.Long)
	return errors.Join(format, alone, date)
}

// template converts a date pattern such as "d 'de' MMMM y" to "{d} de {MMMM} {y}",
// which can be filled without parsing CLDR's quotes. Every field must occur once.
func template(pattern string) (string, error) {
	var out strings.Builder
	// Every second piece was between quotes.
	for i, piece := range strings.Split(pattern, "'") {
		if i%2 == 0 {
			piece = strings.NewReplacer("MMMM", "{MMMM}", "d", "{d}", "y", "{y}").Replace(piece)
		}
		out.WriteString(piece)
	}
	text := out.String()
	for _, field := range []string{"{d}", "{MMMM}", "{y}"} {
		if strings.Count(text, field) != 1 {
			return "", fmt.Errorf("the long date %q is not made of d, MMMM and y", pattern)
		}
	}
	return text, nil
}

func (s source) lists(tag string, r *region) error {
	var file struct {
		Main map[string]struct {
			ListPatterns struct {
				Or  listPattern `json:"listPattern-type-or"`
				And listPattern `json:"listPattern-type-standard"`
			}
		}
	}
	err := s.read(&file, "cldr-misc-full", "main", tag, "listPatterns.json")
	r.Or, r.And = file.Main[tag].ListPatterns.Or, file.Main[tag].ListPatterns.And
	return err
}

// numbers reads only the sections of the locale's default numbering system, whose
// name is part of their keys.
func (s source) numbers(tag string, r *region) error {
	var file struct {
		Main map[string]struct {
			Numbers map[string]numberSection
		}
	}
	if err := s.read(&file, "cldr-numbers-full", "main", tag, "numbers.json"); err != nil {
		return err
	}
	numbers := file.Main[tag].Numbers
	system := numbers["defaultNumberingSystem"].text
	symbols := numbers["symbols-numberSystem-"+system]
	r.Group, r.Decimal, r.Minus = symbols.Group, symbols.Decimal, symbols.MinusSign
	// Groups of three are all that package locale knows.
	if format := numbers["decimalFormats-numberSystem-"+system].Standard; format != "#,##0.###" {
		return fmt.Errorf("numbers are written %q", format)
	}
	var err error
	if r.MinGroup, err = strconv.Atoi(numbers["minimumGroupingDigits"].text); err != nil {
		return fmt.Errorf("minimum grouping digits: %w", err)
	}
	r.Digits, err = s.digits(system)
	return err
}

func (s source) digits(system string) (string, error) {
	var file struct {
		Supplemental struct {
			NumberingSystems map[string]struct {
				Digits string `json:"_digits"`
			}
		}
	}
	err := s.read(&file, "cldr-core", "supplemental", "numberingSystems.json")
	return file.Supplemental.NumberingSystems[system].Digits, err
}
