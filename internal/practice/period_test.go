package practice

import (
	"testing"
	"time"
)

// today is late on the last evening of June 2024 in UTC, and already July in
// the zone in which it is given.
var today = time.Date(2024, time.July, 1, 1, 30, 0, 0, time.FixedZone("UTC+2", 2*60*60))

func TestPeriodStatus(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		period Period
		want   Status
	}{
		{"nothing stated", Period{}, Unknown},
		{"start alone", Period{Start: Date{Year: 2017}}, Unknown},
		{"ongoing", Period{Ongoing: true}, Running},
		{"ongoing outranks a past end", Period{Start: Date{Year: 2014}, End: Date{2015, time.May}, Ongoing: true}, Running},
		{"ends with the last UTC day of its month", Period{End: Date{2024, time.June}}, Running},
		{"month before is over", Period{End: Date{2024, time.May}}, Ended},
		{"bare year lasts to December", Period{End: Date{Year: 2024}}, Running},
		{"year before is over", Period{Start: Date{Year: 2020}, End: Date{Year: 2023}}, Ended},
		{"December before is over", Period{End: Date{2023, time.December}}, Ended},
		{"January after is to come", Period{End: Date{2025, time.January}}, Running},
	} {
		if got := c.period.Status(today); got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

func TestPeriodStatusTurnsWithTheUTCDay(t *testing.T) {
	t.Parallel()
	june := Period{End: Date{2024, time.June}}
	if got := june.Status(time.Date(2024, time.July, 1, 0, 0, 0, 0, time.UTC)); got != Ended {
		t.Errorf("at midnight UTC: %s, want %s", got, Ended)
	}
}

func TestPeriodYears(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name        string
		period      Period
		first, last int
		ok          bool
	}{
		{"nothing stated", Period{}, 0, 0, false},
		{"start alone", Period{Start: Date{2017, time.April}}, 2017, 2017, true},
		{"start to come", Period{Start: Date{Year: 2027}}, 2027, 2027, true},
		{"start and end", Period{Start: Date{Year: 2017}, End: Date{Year: 2019}}, 2017, 2019, true},
		{"end to come", Period{Start: Date{Year: 2021}, End: Date{Year: 2027}}, 2021, 2024, true},
		{"all to come", Period{Start: Date{Year: 2026}, End: Date{Year: 2027}}, 2026, 2026, true},
		{"ongoing", Period{Start: Date{Year: 2012}, Ongoing: true}, 2012, 2024, true},
		{"ongoing past its end", Period{Start: Date{Year: 2012}, End: Date{Year: 2015}, Ongoing: true}, 2012, 2024, true},
		{"ongoing from a year to come", Period{Start: Date{Year: 2026}, Ongoing: true}, 2026, 2026, true},
		{"ongoing since when", Period{Ongoing: true}, 0, 0, false},
		{"ongoing, end alone", Period{End: Date{Year: 2020}, Ongoing: true}, 0, 0, false},
		{"end alone", Period{End: Date{Year: 2023}}, 2023, 2023, true},
		{"end alone, this year", Period{End: Date{2024, time.December}}, 2024, 2024, true},
		{"end alone, to come", Period{End: Date{Year: 2025}}, 0, 0, false},
	} {
		first, last, ok := c.period.Years(today)
		if first != c.first || last != c.last || ok != c.ok {
			t.Errorf("%s: %d, %d, %v, want %d, %d, %v", c.name, first, last, ok, c.first, c.last, c.ok)
		}
	}
}

func TestPeriodWithYears(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		wording    string
		start, end int
		ongoing    bool
		want       string
	}{
		{"since April 2017", 2017, 0, true, "2017-04 ongoing"},
		{"March 2017 – present", 2017, 0, false, "2017-03"},
		{"June 2017", 2016, 0, false, "2016"},
		{"21 June 2018", 2018, 2018, false, "2018-06 to 2018"},
		{"April to November 2021", 2021, 2021, false, "2021-04 to 2021-11"},
		{"April to November 2021", 2021, 0, false, "2021-04"},
		{"April to November 2021", 2020, 2022, false, "2020 to 2022"},
		{"2017 onwards", 2017, 2027, true, "2017 to 2027 ongoing"},
		{"23/02/2021", 0, 0, false, ""},
		{"until 2023", 2015, 2023, false, "2015 to 2023"},
		{"", 1986, 0, false, "1986"},
	} {
		got := ParsePeriod(c.wording).WithYears(c.start, c.end, c.ongoing)
		if meaning(got) != c.want || got.Wording != c.wording {
			t.Errorf("%q with years %d, %d: %q (%q), want %q", c.wording, c.start, c.end, meaning(got), got.Wording, c.want)
		}
	}
}
