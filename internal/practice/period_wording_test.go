package practice

import "testing"

// People write into a column for periods whatever they say; these wordings come
// from spreadsheets in the languages of the interface. A wording is better not
// understood than misread.
func TestParsePeriodReadsWhatStandsInSpreadsheets(t *testing.T) {
	t.Parallel()
	for language, cases := range spreadsheetWordings {
		t.Run(language, func(t *testing.T) {
			t.Parallel()
			checkMeanings(t, cases)
		})
	}
}

var spreadsheetWordings = map[string][][2]string{
	"no words": {
		{"2010 ~ 2015", "2010 to 2015"}, {"2010~2015", "2010 to 2015"}, {"~2010", "2010"}, {"~2015-~2018", "2015 to 2018"},
		{"–2019", "to 2019"}, {"- 2019", "to 2019"}, {"? - 2019", "to 2019"}, {"–5/2018", "to 2018-05"}, {"- 2016-2018", "2016 to 2018"},
		{"2015-", "2015 ongoing"}, {"2015/16-", "2015 ongoing"}, {"2015/16", "2015 to 2016"}, {"1999/00", "1999 to 2000"}, {"1999-00", "1999 to 2000"},
		{"2018-03", "2018-03"}, {"03/2018", "2018-03"}, {"3.2018", "2018-03"}, {"1. 3. 2018", "2018-03"}, {"15. 4. 2018.", "2018-04"},
		{"03/15/2018", "2018-03"}, {"2/30/2018", ""}, {"2019.0", "2019"}, {"2018-03-01 00:00:00", "2018-03"},
		{"2015..2018", "2015 to 2018"}, {"2015 … 2018", "2015 to 2018"}, {"2015...", "2015"}, {"2018 + 2019", "2018 to 2019"}, {"2018+", "2018 ongoing"},
		{"2015-20??", "2015"}, {"2010-10 to 2010-12", "2010-10 to 2010-12"}, {"2010-11 – 2011-05", "2010-11 to 2011-05"}, {"2009-10", "2009 to 2010"},
	},
	"English": {
		{"1990s", "1990 to 1999"}, {"the late 1990's", "1990 to 1999"}, {"1990s-2000s", "1990 to 2009"}, {"1990s to 2005", "1990 to 2005"},
		{"1990s - present", "1990 ongoing"}, {"since the 90s", "1990 ongoing"}, {"since 2015", "2015 ongoing"}, {"until 2019", "to 2019"},
		{"spring 2018", "2018"}, {"ongoing since 2015", "2015 ongoing"}, {"2015 till date", "2015 ongoing"}, {"2015 to-date", "2015 ongoing"},
		{"2015 - open-ended", "2015 ongoing"}, {"2015 until further notice", "2015 ongoing"}, {"completed in 2019", "to 2019"}, {"2015, closed 2019", "2015 to 2019"},
		{"before 2019", "to 2019"}, {"since before 2015", "2015 ongoing"}, {"Start: 2015, End: 2019", "2015 to 2019"}, {"Since: 2015", "2015 ongoing"},
		{"End date: 2019", "to 2019"}, {"end of 2019", "2019"}, {"mid-2019", "2019"}, {"2018 March", "2018-03"}, {"2018 March to May", "2018-03 to 2018-05"},
		{"2018-Mar - 2019-Jun", "2018-03 to 2019-06"}, {"2018 may be extended", "2018"}, {"2018 Q3", "2018-07 to 2018-09"},
		{"2018-Q3 – 2019-Q1", "2018-07 to 2019-03"}, {"from 1 to 15 May 2018", "2018-05"}, {"2018, March - June 2019", "2018 to 2019-06"},
	},
	"French": {
		{"depuis les années 1990", "1990 ongoing"}, {"les années 90", "1990 to 1999"}, {"années 2010 à 2015", "2010 to 2015"}, {"de 2015 à nos jours", "2015 ongoing"},
		{"2015 - ce jour", "2015 ongoing"}, {"terminé en 2019", "to 2019"}, {"avant 2019", "to 2019"}, {"du 1er au 15 mars 2018", "2018-03"},
		{"Début : 2015, fin : 2019", "2015 to 2019"}, {"fin 2019", "2019"}, {"en vigueur depuis 2015", "2015 ongoing"}, {"printemps 2018", "2018"},
	},
	"German": {
		{"1990er", "1990 to 1999"}, {"seit den 1990er Jahren", "1990 ongoing"}, {"in den 2010er-Jahren", "2010 to 2019"}, {"seit den 90er Jahren", "1990 ongoing"},
		{"2015 bis dato", "2015 ongoing"}, {"seit 2015 bis auf Weiteres", "2015 ongoing"}, {"abgeschlossen 2019", "to 2019"}, {"vor 2019", "to 2019"},
		{"vor Ort seit 2015", "2015 ongoing"}, {"vom 1. bis 15. März 2018", "2018-03"}, {"von 1. März bis 15. April 2018", "2018-03 to 2018-04"},
		{"Beginn: 2015, Ende: 2019", "2015 to 2019"}, {"Ende 2019", "2019"}, {"Maerz 2018", "2018-03"}, {"Frühjahr 2018", "2018"},
	},
	"Spanish": {
		{"desde los años 1990", "1990 ongoing"}, {"años 90", "1990 to 1999"}, {"años 2010, 2011 y 2012", "2010 to 2012"}, {"2015 - a la fecha", "2015 ongoing"},
		{"desde 2015 hasta la fecha", "2015 ongoing"}, {"finalizado en 2019", "to 2019"}, {"antes de 2019", "to 2019"}, {"Inicio: 2015. Fin: 2019", "2015 to 2019"},
		{"en marcha desde 2015", "2015 ongoing"}, {"del 1 al 15 de marzo de 2018", "2018-03"}, {"primavera de 2018", "2018"},
	},
	"Greek": {
		{"δεκαετία του 1990", "1990 to 1999"}, {"από τη δεκαετία του 1990", "1990 ongoing"}, {"ολοκληρώθηκε το 2019", "to 2019"}, {"πριν το 2019", "to 2019"},
		{"Έναρξη: 2015 Λήξη: 2019", "2015 to 2019"}, {"Από: 2015 Έως: 2019", "2015 to 2019"}, {"τέλη 2019", "2019"}, {"από 1 έως 15 Μαρτίου 2018", "2018-03"},
		{"2015 έως και σήμερα", "2015 ongoing"}, {"σε εξέλιξη από το 2015", "2015 ongoing"}, {"άνοιξη 2018", "2018"},
	},
	"Albanian": {
		{"vitet 1990", "1990 to 1999"}, {"nga vitet 1990", "1990 ongoing"}, {"vitet 2010-2015", "2010 to 2015"}, {"përfundoi në 2019", "to 2019"},
		{"2015 deri më sot", "2015 ongoing"}, {"2015 deri në ditët e sotme", "2015 ongoing"}, {"Fillimi: 2015, Përfundimi: 2019", "2015 to 2019"},
		{"në vazhdim nga 2015", "2015 ongoing"}, {"1-15 mars 2018", "2018-03"}, {"pranverë 2018", "2018"},
	},
	"Ukrainian": {
		{"1990-ті", "1990 to 1999"}, {"1990-ті роки", "1990 to 1999"}, {"з 1990-х років", "1990 ongoing"}, {"завершено у 2019 році", "to 2019"},
		{"від 2015 до нині", "2015 ongoing"}, {"2015 – по цей час", "2015 ongoing"}, {"Початок: 2015, кінець: 2019", "2015 to 2019"}, {"кінець 2019", "2019"},
		{"з 1 по 15 березня 2018", "2018-03"}, {"триває з 2015", "2015 ongoing"}, {"весна 2018", "2018"},
	},
	"Arabic": {
		{"من 2015 وحتى 2019", "2015 to 2019"}, {"من عام ٢٠١٥ وحتى عام ٢٠١٩", "2015 to 2019"}, {"منذ 2015 وحتى الآن", "2015 ongoing"}, {"2015 - الوقت الحالي", "2015 ongoing"},
		{"انتهى في 2019", "to 2019"}, {"قبل 2019", "to 2019"}, {"مارس/آذار 2018", "2018-03"}, {"مارس/آذار - يونيو/حزيران 2018", "2018-03 to 2018-06"},
		{"البداية: 2015، النهاية: 2019", "2015 to 2019"}, {"من: 2015 إلى: 2019", "2015 to 2019"}, {"من 1 إلى 15 مارس 2018", "2018-03"}, {"ربيع 2018", "2018"},
	},
}
