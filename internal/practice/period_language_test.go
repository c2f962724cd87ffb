package practice

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// monthsIn holds the twelve months of a language, in the form in which they
// stand in a date there (the genitive where the language has one).
var monthsIn = map[string]string{
	"English":           "January February March April May June July August September October November December",
	"English, short":    "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
	"French":            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
	"German":            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
	"German in Austria": "Jänner Februar März April Mai Juni Juli August September Oktober November Dezember",
	"Spanish":           "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
	"Italian":           "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
	"Portuguese":        "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
	"Greek":             "Ιανουαρίου Φεβρουαρίου Μαρτίου Απριλίου Μαΐου Ιουνίου Ιουλίου Αυγούστου Σεπτεμβρίου Οκτωβρίου Νοεμβρίου Δεκεμβρίου",
	"Greek nominative":  "Ιανουάριος Φεβρουάριος Μάρτιος Απρίλιος Μάιος Ιούνιος Ιούλιος Αύγουστος Σεπτέμβριος Οκτώβριος Νοέμβριος Δεκέμβριος",
	"Albanian":          "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
	"Albanian definite": "janari shkurti marsi prilli maji qershori korriku gushti shtatori tetori nëntori dhjetori",
	"Ukrainian":         "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
	"Ukrainian, in":     "січні лютому березні квітні травні червні липні серпні вересні жовтні листопаді грудні",
	"Arabic of Egypt":   "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر",
	"Arabic of Algeria": "جانفي فيفري مارس أفريل ماي جوان جويلية أوت سبتمبر أكتوبر نوفمبر ديسمبر",
	"Serbian":           "januara februara marta aprila maja juna jula avgusta septembra oktobra novembra decembra",
	"Serbian, Cyrillic": "јануара фебруара марта априла маја јуна јула августа септембра октобра новембра децембра",
}

func TestParsePeriodReadsEveryMonth(t *testing.T) {
	t.Parallel()
	for language, names := range monthsIn {
		months := strings.Fields(names)
		if len(months) != 12 {
			t.Fatalf("%s has %d months", language, len(months))
		}
		for i, name := range months {
			want := Date{2019, time.Month(i + 1)}
			for _, wording := range []string{name + " 2019", strings.ToUpper(name) + " 2019", "15 " + name + " 2019"} {
				if p := ParsePeriod(wording); p.Start != want || !p.End.IsZero() || p.Ongoing {
					t.Errorf("%s: %q means %q", language, wording, meaning(p))
				}
			}
		}
	}
}

// The months of the Levant have two words each, some of which differ in the
// second alone.
func TestParsePeriodReadsMonthsOfTheLevant(t *testing.T) {
	t.Parallel()
	months := []string{"كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني", "كانون الأول"}
	for i, name := range months {
		want := fmt.Sprintf("2019-%02d", i+1)
		if got := meaning(ParsePeriod(name + " 2019")); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// wordingsIn holds the ways in which a language states each kind of period: in
// order a start that goes on, an end alone, both, no end, no date at all.
var wordingsIn = map[string]struct{ since, until, between, ongoing, always []string }{
	"English": {
		since:   []string{"since 2016", "from 2016 onwards", "as of 2016", "2016 and later", "2016 forward", "2016 →", "as from 2016"},
		until:   []string{"until 2019", "till 2019", "up to 2019", "ended 2019", "ending in 2019"},
		between: []string{"from 2016 to 2019", "2016 through 2019", "2016 till 2019", "2016 and 2019"},
		ongoing: []string{"2016 to date", "2016 - today", "2016 – now", "2016, still running", "2016 (in progress)", "2016 to the present"},
		always:  []string{"permanent", "continuous", "currently", "every year", "annually"},
	},
	"French": {
		since:   []string{"depuis 2016", "à partir de 2016", "dès 2016", "à compter de 2016", "depuis l’année 2016", "depuis l'été 2016"},
		until:   []string{"jusqu'en 2019", "jusque 2019", "jusqu’à la fin 2019", "jusqu'au printemps 2019"},
		between: []string{"de 2016 à 2019", "2016 au 2019", "2016 et 2019", "du début 2016 à la fin de 2019"},
		ongoing: []string{"2016 - en cours", "2016 – aujourd’hui", "2016 à ce jour", "2016 et suivantes", "2016 à maintenant"},
		always:  []string{"en continu", "permanente", "chaque année", "tous les ans", "actuellement"},
	},
	"German": {
		since:   []string{"seit 2016", "ab 2016", "seit dem Jahr 2016", "seit Anfang 2016", "seit Sommer 2016"},
		until:   []string{"bis 2019", "bis Ende 2019", "bis zum Jahr 2019"},
		between: []string{"von 2016 bis 2019", "2016 bis 2019", "2016 und 2019", "Mitte 2016 bis Herbst 2019"},
		ongoing: []string{"2016 - heute", "2016, fortlaufend", "2016 ff.", "2016 bis heute", "2016 – läuft noch"},
		always:  []string{"laufend", "dauerhaft", "unbefristet", "jährlich", "jedes Jahr"},
	},
	"Spanish": {
		since:   []string{"desde 2016", "desde el año 2016", "desde mediados de 2016", "desde finales de 2016"},
		until:   []string{"hasta 2019", "hasta el año 2019", "hasta finales de 2019"},
		between: []string{"de 2016 al 2019", "2016 y 2019", "desde 2016 hasta 2019", "2016 al 2019"},
		ongoing: []string{"2016 - en curso", "2016 en adelante", "2016, vigente", "2016 hasta hoy", "de 2016 hasta la actualidad"},
		always:  []string{"en curso", "en marcha", "cada año", "anual", "continua"},
	},
	"Italian": {
		since:   []string{"dal 2016", "a partire dal 2016", "dall'anno 2016", "dalla primavera 2016", "da inizio 2016"},
		until:   []string{"fino al 2019", "fino a fine 2019", "sino al 2019"},
		between: []string{"dal 2016 al 2019", "2016 e 2019", "dal 2016 fino al 2019"},
		ongoing: []string{"2016 - in corso", "2016 ad oggi", "2016 - oggi", "2016 in avanti", "2016, tuttora"},
		always:  []string{"in corso", "attualmente", "ogni anno", "annuale", "continuativa"},
	},
	"Portuguese": {
		since:   []string{"desde 2016", "a partir de 2016", "desde o início de 2016", "desde meados de 2016"},
		until:   []string{"até 2019", "até ao fim de 2019"},
		between: []string{"de 2016 até 2019", "2016 e 2019", "2016 ao 2019"},
		ongoing: []string{"2016 - em andamento", "2016 em diante", "de 2016 até hoje", "2016 - atualidade"},
		always:  []string{"em curso", "atualmente", "todos os anos", "contínuo"},
	},
	"Greek": {
		since:   []string{"από το 2016", "από αρχές του 2016", "απ' το 2016", "από τα μέσα του 2016"},
		until:   []string{"έως το 2019", "μέχρι το τέλος του 2019", "ως το 2019", "ΜΕΧΡΙ ΤΟ 2019"},
		between: []string{"από το 2016 έως το 2019", "2016 και 2019", "2016 μέχρι 2019"},
		ongoing: []string{"2016 - σήμερα", "2016 και εξής", "από το 2016 μέχρι σήμερα", "2016, συνεχίζεται", "2016 κι έπειτα"},
		always:  []string{"σε εξέλιξη", "μόνιμη", "κάθε χρόνο", "ετησίως", "ΣΥΝΕΧΗΣ"},
	},
	"Albanian": {
		since:   []string{"nga viti 2016", "që nga 2016", "prej vitit 2016", "duke filluar nga viti 2016"},
		until:   []string{"deri në 2019", "deri më 2019", "deri në vitin 2019"},
		between: []string{"nga 2016 deri në 2019", "2016 dhe 2019"},
		ongoing: []string{"2016 - në vazhdim", "2016 e tutje", "nga 2016 deri sot", "2016, vazhdon"},
		always:  []string{"në proces", "i vazhdueshëm", "çdo vit", "aktualisht"},
	},
	"Ukrainian": {
		since:   []string{"з 2016 року", "від 2016 р.", "починаючи з 2016 року", "з початку 2016", "із весни 2016 року"},
		until:   []string{"до 2019", "по 2019 рік", "до кінця 2019 року"},
		between: []string{"з 2016 до 2019 року", "2016 і 2019", "2016 по 2019 рр."},
		ongoing: []string{"2016 - донині", "з 2016 до сьогодні", "2016 і далі", "2016, триває", "2016 - досі"},
		always:  []string{"постійно", "наразі", "щороку", "безстроково"},
	},
	"Arabic": {
		since:   []string{"منذ 2016", "من عام ٢٠١٦", "ابتداء من سنة 2016", "منذ بداية عام 2016", "اعتباراً من 2016"},
		until:   []string{"حتى 2019", "حتى نهاية عام ٢٠١٩", "لغاية 2019"},
		between: []string{"من 2016 إلى 2019", "من عام ٢٠١٦ حتى عام ٢٠١٩", "2016 و 2019"},
		ongoing: []string{"2016 حتى اليوم", "من 2016 إلى الآن", "2016 فصاعدا", "٢٠١٦ - حاليا", "2016 وما بعدها"},
		always:  []string{"جارية", "مُستمِرّ", "كل عام", "سنويا", "قيد التنفيذ"},
	},
	"Serbian": {
		since:   []string{"od 2016. godine", "почев од 2016", "od početka 2016", "од почетка 2016", "od kada 2016"},
		until:   []string{"do 2019. godine", "до краја 2019", "zaključno 2019"},
		between: []string{"od 2016. do 2019. godine", "2016 i 2019", "2016 и 2019"},
		ongoing: []string{"2016 - danas", "од 2016 до данас", "2016 i dalje", "2016 nadalje", "2016, у току"},
		always:  []string{"stalno", "trenutno", "svake godine", "сваке године"},
	},
}

func TestParsePeriodReadsEachKindInEachLanguage(t *testing.T) {
	t.Parallel()
	for language, w := range wordingsIn {
		for _, kind := range []struct {
			want     string
			wordings []string
		}{
			{"2016 ongoing", append(w.since, w.ongoing...)},
			{"to 2019", w.until},
			{"2016 to 2019", w.between},
			{"ongoing", w.always},
		} {
			for _, wording := range kind.wordings {
				if got := meaning(ParsePeriod(wording)); got != kind.want {
					t.Errorf("%s: %q means %q, want %q", language, wording, got, kind.want)
				}
			}
		}
	}
}

// Half years and quarters are numbered before or after, by digits or words.
func TestParsePeriodReadsPartsOfAYear(t *testing.T) {
	t.Parallel()
	checkMeanings(t, [][2]string{
		{"first half of 2020", "2020-01 to 2020-06"},
		{"H2 2020", "2020-07 to 2020-12"},
		{"premier semestre 2020", "2020-01 to 2020-06"},
		{"1er trimestre 2020", "2020-01 to 2020-03"},
		{"erstes Halbjahr 2020", "2020-01 to 2020-06"},
		{"2. Quartal 2020", "2020-04 to 2020-06"},
		{"segundo semestre de 2020", "2020-07 to 2020-12"},
		{"tercer trimestre de 2020", "2020-07 to 2020-09"},
		{"primo semestre 2020", "2020-01 to 2020-06"},
		{"quarto trimestre 2020", "2020-10 to 2020-12"},
		{"primeiro semestre de 2020", "2020-01 to 2020-06"},
		{"πρώτο εξάμηνο του 2020", "2020-01 to 2020-06"},
		{"τέταρτο τρίμηνο 2020", "2020-10 to 2020-12"},
		{"друге півріччя 2020 року", "2020-07 to 2020-12"},
		{"перший квартал 2020", "2020-01 to 2020-03"},
		{"النصف الأول عام 2020", "2020-01 to 2020-06"},
		{"الربع الثالث 2020", "2020-07 to 2020-09"},
		{"drugo polugodište 2020", "2020-07 to 2020-12"},
		{"прва половина 2020", "2020-01 to 2020-06"},
		{"from Q3 2020", "2020-07 ongoing"},
		{"since the second half of 2020", "2020-07 ongoing"},
		{"until Q2 2020", "to 2020-06"},
		{"5th quarter 2020", "2020"},
		{"Q0 2020", "2020"},
		{"third half 2020", "2020"},
	})
}
