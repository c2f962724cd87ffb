package practice

import (
	"encoding/json"
	"os"
	"slices"
	"testing"
)

// catalogueWordings are all wordings of the sample catalogue, as cities wrote
// them, with their meaning.
var catalogueWordings = [][2]string{
	{"", ""},
	{"1982-", "1982 ongoing"},
	{"2004 - ongoing", "2004 ongoing"},
	{"2007-on going", "2007 ongoing"},
	{"2008 - ongoing", "2008 ongoing"},
	{"2009 - ongoing", "2009 ongoing"},
	{"2009-ongoing", "2009 ongoing"},
	{"2010", "2010"},
	{"2010 onwards", "2010 ongoing"},
	{"2010-ongoing", "2010 ongoing"},
	{"2011 - ongoing", "2011 ongoing"},
	{"2011-", "2011 ongoing"},
	{"2011-14", "2011 to 2014"},
	{"2012 onwards", "2012 ongoing"},
	{"2013 onwards", "2013 ongoing"},
	{"2013-", "2013 ongoing"},
	{"2014", "2014"},
	{"2014 onwards", "2014 ongoing"},
	{"2015-2020", "2015 to 2020"},
	{"2015-2020 / 2021-25", "2015 to 2025"},
	{"2016", "2016"},
	{"2016 onwards", "2016 ongoing"},
	{"2016-", "2016 ongoing"},
	{"2016-2019", "2016 to 2019"},
	{"2017 to 2018", "2017 to 2018"},
	{"2017", "2017"},
	{"2017 onwards", "2017 ongoing"},
	{"2017-2021", "2017 to 2021"},
	{"2018 to 2023", "2018 to 2023"},
	{"2018", "2018"},
	{"2018 on", "2018 ongoing"},
	{"2018 onwards", "2018 ongoing"},
	{"2018-2022 (still in use)", "2018 to 2022 ongoing"},
	{"2018-ongoing", "2018 ongoing"},
	{"2019", "2019"},
	{"2019 - ongoing", "2019 ongoing"},
	{"2019 onwards", "2019 ongoing"},
	{"2019- ongoing", "2019 ongoing"},
	{"2019-2021", "2019 to 2021"},
	{"2019-2023", "2019 to 2023"},
	{"2019-2023 (ongoing)", "2019 to 2023 ongoing"},
	{"2020", "2020"},
	{"2020-2021", "2020 to 2021"},
	{"2021", "2021"},
	{"2021 (ongoing since 2017)", "2017 ongoing"},
	{"2021 - 2024", "2021 to 2024"},
	{"2022", "2022"},
	{"2022 onwards", "2022 ongoing"},
	{"2025", "2025"},
	{"21 June 2018", "2018-06"},
	{"23/02/2021", "2021-02"},
	{"24 September 2020", "2020-09"},
	{"2nd half 2021", "2021-07 to 2021-12"},
	{"9 May 2017", "2017-05"},
	{"April to November 2021", "2021-04 to 2021-11"},
	{"Each year in March", "ongoing"},
	{"From 2017 to 2019", "2017 to 2019"},
	{"From 2018 - ongoing", "2018 ongoing"},
	{"From 2021 to 2027", "2021 to 2027"},
	{"From September 2014 to May 2015 (still ongoing as part of the municipal strategy for promoting interculturality)", "2014-09 to 2015-05 ongoing"},
	{"Implemented for two months, from January to February 2018", "2018-01 to 2018-02"},
	{"January - February 2018", "2018-01 to 2018-02"},
	{"January to December 2017", "2017-01 to 2017-12"},
	{"June 2017", "2017-06"},
	{"March 2017 – present", "2017-03 ongoing"},
	{"March 2018 until 31 August 2019", "2018-03 to 2019-08"},
	{"N/A", ""},
	{"On-going since 2014", "2014 ongoing"},
	{"Ongoing", "ongoing"},
	{"Ongoing activities", "ongoing"},
	{"Ongoing activities (Since 2012)", "2012 ongoing"},
	{"Permanent since 2012", "2012 ongoing"},
	{"QË NGA VITI 2020", "2020 ongoing"},
	{"Running for several decades", "ongoing"},
	{"Since 2008", "2008 ongoing"},
	{"Since 2009", "2009 ongoing"},
	{"Since 2014", "2014 ongoing"},
	{"Since 2016", "2016 ongoing"},
	{"Since 2017", "2017 ongoing"},
	{"Since 2017 - Ongoing", "2017 ongoing"},
	{"Since 2018", "2018 ongoing"},
	{"Since 2022", "2022 ongoing"},
	{"Social network - ongoing / Assessment - 2017", "2017 ongoing"},
	{"Three years - 2017, 2018 and 2019", "2017 to 2019"},
	{"Two years from February 2016 to January 2018 (with the possibility of renewal for an additional year).", "2016-02 to 2018-01"},
	{"current", "ongoing"},
	{"ongoing", "ongoing"},
	{"permanent", "ongoing"},
	{"since 1995", "1995 ongoing"},
	{"since 2004", "2004 ongoing"},
	{"since 2009", "2009 ongoing"},
	{"since 2011", "2011 ongoing"},
	{"since 2014", "2014 ongoing"},
	{"since 2016", "2016 ongoing"},
	{"since April 2017", "2017-04 ongoing"},
	{"since February 2010", "2010-02 ongoing"},
	{"since February 2015", "2015-02 ongoing"},
	{"since June 2001", "2001-06 ongoing"},
	{"since June 2017", "2017-06 ongoing"},
	{"since March 2020", "2020-03 ongoing"},
	{"until 2023", "to 2023"},
	{"à partir 2016", "2016 ongoing"},
}

func TestParsePeriodReadsEveryWordingOfTheCatalogue(t *testing.T) {
	t.Parallel()
	checkMeanings(t, catalogueWordings)
	file, err := os.ReadFile("../sample/practices.json")
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct{ Period string }
	if err := json.Unmarshal(file, &rows); err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if !slices.ContainsFunc(catalogueWordings, func(c [2]string) bool { return c[0] == row.Period }) {
			t.Errorf("no meaning is expected of %q", row.Period)
		}
	}
}
