package store_test

import "exempla/internal/practice"

// query is what somebody types who reads in a language, and what they want.
// Practices are named by the beginning of their slugs; who wrote this read the
// sample, not what a search of it answers.
type query struct {
	reader  practice.Language
	words   string
	want    string           // practices that must be among the first five
	also    string           // others that are right too
	topic   practice.Topic   // so is every practice of this topic,
	country practice.Country // of this country,
	city    string           // or of this city
	meant   string           // what must be suggested, where the words are misspelt
}

// queries cover every language of the sample, what people leave away and what
// they get wrong.
var queries = []query{
	// What practices are about, in English.
	{reader: "en", words: "refugees", topic: "refugees"},
	{reader: "en", words: "roma", topic: "roma"},
	{reader: "en", words: "interreligious dialogue", want: "interreligious-dialogue-in table-on-interreligious", topic: "religion-and-interfaith"},
	{reader: "en", words: "urban farming", want: "integration-project-for-newly", also: "utilising-waste-land"},
	{reader: "en", words: "community garden", want: "utilising-waste-land"},
	{reader: "en", words: "libraries", want: "the-role-of-libraries the-public-library bradfords-people", also: "public-spaces-as-tools"},
	{reader: "en", words: "library", want: "the-public-library bradfords-people the-role-of-libraries", also: "public-spaces-as-tools"},
	{reader: "en", words: "music lessons", want: "workshops-and-free-music", also: "music-making"},
	{reader: "en", words: "mosques", want: "the-open-mosque"},
	{reader: "en", words: "islamophobia", want: "a-pioneer-plan"},
	{reader: "en", words: "mediators", topic: "mediation-and-conflict-resolution", also: "district-mothers"},
	{reader: "en", words: "mediation", topic: "mediation-and-conflict-resolution", want: "mediation-is-a-priority mediation-panel centre-for-conflict-mediation"},
	{reader: "en", words: "homeless people", want: "units-for-homeless", also: "a-diversity-advantage equality-review"},
	{reader: "en", words: "rumours in prison", want: "dispelling-rumours"},
	{reader: "en", words: "anti-rumour school", topic: "anti-rumour", want: "anti-rumour-agents"},
	{reader: "en", words: "football", want: "fans-for-diversity"},
	{reader: "en", words: "hate speech", want: "lublin-krakow", also: "a-pioneer-plan"},
	{reader: "en", words: "participatory budgeting", want: "participatory-budget-paris participatory-processes"},
	{reader: "en", words: "radicalisation", want: "the-anti-radicalisation developing-a-guide-against"},
	{reader: "en", words: "welcome app", want: "the-welcome-app a-welcoming-app", also: "welcoming-ukrainians"},
	{reader: "en", words: "naturalisation", want: "reducing-barriers"},
	{reader: "en", words: "citizenship naturalisation", also: "reducing-barriers"},
	{reader: "en", words: "women health violence", want: "women-health"},
	{reader: "en", words: "Young Mayor", want: "young-mayor santa-maria-da-feira-the-jovem"},
	{reader: "en", words: "gender budgeting", want: "gender-responsive"},
	{reader: "en", words: "host families for migrants", want: "households-welcome"},
	{reader: "en", words: "minority entrepreneurs", want: "tilburg-diversity integrating-and-supporting", topic: "business-and-employment"},
	// What, and where.
	{reader: "en", words: "libraries Sherbrooke", want: "the-role-of-libraries"},
	{reader: "en", words: "refugees Greece", want: "urban-response"},
	{reader: "en", words: "roma Timisoara", want: "roma-inclusion-action inclusion-by-playing"},
	{reader: "en", words: "Neukölln school", want: "neukolln-turns", city: "Berlin-Neukölln"},
	{reader: "en", words: "Timișoara", want: "roma-inclusion-action inclusion-by-playing"},
	{reader: "en", words: "Setubal", want: "maio-dialogo setubal-office"},
	{reader: "en", words: "Wroclaw", want: "lublin-krakow"},
	// Exact, excluded, either.
	{reader: "en", words: `"urban farming"`, want: "integration-project-for-newly"},
	{reader: "en", words: `"City of Sanctuary"`, want: "city-of-sanctuary"},
	{reader: "en", words: "Lublin -speech", want: "lublin-for-all faces-of-lublin integration-support collaboration-with", city: "Lublin"},
	{reader: "en", words: `rumour -"Don’t Feed"`, topic: "anti-rumour"},
	{reader: "en", words: "Patras or Ioannina", country: "GR", also: "focus-on-youth"},
	{reader: "en", words: "carnival OR circus", want: "patras-carnival london-tower-hamlets"},
	// Topics, in the reader's language.
	{reader: "de", words: "Geflüchtete", want: "the-welcome-app music-making", topic: "refugees"},
	{reader: "fr", words: "personnes réfugiées", topic: "refugees"},
	{reader: "es", words: "pueblo gitano", topic: "roma"},
	{reader: "el", words: "Ρομά", topic: "roma"},
	{reader: "uk", words: "біженці", topic: "refugees"},
	{reader: "ar", words: "الروما", topic: "roma"},
	// French.
	{reader: "fr", words: "bibliothèque", want: "the-role-of-libraries"},
	{reader: "fr", words: "bibliotheques", want: "the-role-of-libraries"},
	{reader: "fr", words: "l’égalité des femmes", want: "gender-responsive"},
	{reader: "fr", words: "immigration", want: "berlin-neukolln-migration", also: "immigration-city immigrants-council setubal-office local-plan-for-immigrant"},
	{reader: "fr", words: "Genève", want: "geneve-sa-gueule"},
	{reader: "fr", words: "étranger", want: "greetings-foreigner"},
	{reader: "fr", words: "Grèce", country: "GR", also: "focus-on-youth"},
	// German.
	{reader: "de", words: "Stadtteilmutter", want: "district-mothers"},
	{reader: "de", words: "Einbürgerung", want: "reducing-barriers"},
	{reader: "de", words: "Musikschule", want: "music-making"},
	{reader: "de", words: "Migrationsbeirat Neukolln", want: "berlin-neukolln-migration"},
	{reader: "de", words: "Griechenland", country: "GR", also: "focus-on-youth"},
	{reader: "de", words: "Österreich", country: "AT"},
	// Greek.
	{reader: "el", words: "πρόσφυγες", want: "urban-response", topic: "refugees"},
	{reader: "el", words: "μετανάστες Ιωαννινα", want: "urban-response"},
	{reader: "el", words: "ΚΑΡΝΑΒΑΛΙ", want: "patras-carnival"},
	{reader: "el", words: "μουσική Λεμεσός", want: "workshops-and-free-music"},
	{reader: "el", words: "Κύπρος", country: "CY", also: "focus-on-youth"},
	// Portuguese.
	{reader: "pt", words: "aplicações", want: "a-welcoming-app", also: "welcoming-ukrainians"},
	{reader: "pt", words: "dialogo", want: "maio-dialogo", topic: "religion-and-interfaith"},
	{reader: "pt", words: "bairros", want: "the-neighbourhood-and"},
	{reader: "pt", words: "acolher ucranianos", want: "welcoming-ukrainians"},
	{reader: "pt", words: "São João", also: ""},
	// Spanish, Catalan, Basque, Italian.
	{reader: "es", words: "interculturalidad", want: "mexico-city", also: "cities-of-reciprocity iii-bilbao intercultural education-projects", topic: "developing-a-culture-of-openness-and-interculturality"},
	{reader: "es", words: "dialogo interreligioso", want: "interreligious-dialogue-in grupo-de-dialogo", topic: "religion-and-interfaith"},
	{reader: "es", words: "rumores estrategia", want: ""},
	{reader: "es", words: "estrategias antirrumores", want: "the-anti-rumours-strategy"},
	{reader: "es", words: "México", want: "mexico-city"},
	{reader: "es", words: "mesclat", want: ""},
	{reader: "es", words: "Mescla't", want: "mix-sabadell"},
	{reader: "es", words: "ongi etorri", want: "welcome-to-school"},
	{reader: "en", words: "festival delle culture", want: "festival-of-cultures"},
	// Albanian, Norwegian, Serbian: languages without a stemmer, or with titles alone.
	{reader: "en", words: "barazise", want: "creating-the-conditions"},
	{reader: "en", words: "racizmin strukturor", want: "provoking-debate"},
	{reader: "en", words: "veileder radikalisering", want: "developing-a-guide-against"},
	{reader: "en", words: "Samarbeidsrad", want: "utekontaketen"},
	{reader: "en", words: "strateskog plana Rome", want: "drafting-a-local"},
	// Ukrainian, Russian.
	{reader: "uk", words: "українців", want: "welcoming-ukrainians"},
	{reader: "uk", words: "табір", want: "culture-camp"},
	{reader: "uk", words: "Луцьк", want: "art-therapy"},
	{reader: "uk", words: "дітям арттерапія", want: "art-therapy"},
	{reader: "uk", words: "Греція", country: "GR", also: "focus-on-youth"},
	// Arabic.
	{reader: "ar", words: "اللاجئين", want: "urban-response the-welcome-app"},
	{reader: "ar", words: "تعلموا العربية", want: "italy-learn-arabic"},
	{reader: "ar", words: "الشباب", want: "tachles"},
	{reader: "ar", words: "تطبيق", want: "the-welcome-app a-welcoming-app"},
	{reader: "ar", words: "اليونان", country: "GR", also: "focus-on-youth"},
	// Japanese: parts of words, one character, whole phrases.
	{reader: "ja", words: "図書館", want: "the-role-of-libraries"},
	{reader: "ja", words: "難民", want: "music-making"},
	{reader: "ja", words: "浜松 多文化", want: "an-intercultural-vision"},
	{reader: "ja", words: "音楽学校", want: "music-making"},
	{reader: "ja", words: "館", want: "the-role-of-libraries"},
	{reader: "ja", words: "異文化交流", want: "the-role-of-libraries"},
	// Misspelt.
	{reader: "en", words: "Ioanina", meant: "Ioannina", want: "urban-response", also: "focus-on-youth"},
	{reader: "en", words: "Reykjavk", meant: "Reykjavík", want: "better-reykjavik"},
	{reader: "en", words: "interculutral", meant: "intercultural", also: "cities-of-reciprocity iii-bilbao intercultural education-projects", topic: "developing-a-culture-of-openness-and-interculturality"},
	{reader: "en", words: "Barselona", meant: "Barcelona", city: "Barcelona"},
	{reader: "en", words: "multilinguaism", meant: "multilingualism", topic: "multilingualism"},
	{reader: "en", words: "carnaval", meant: "carnival", want: "patras-carnival"},
	{reader: "de", words: "Einbürgrung", meant: "Einbürgerung", want: "reducing-barriers"},
	{reader: "fr", words: "bibliotèque", meant: "bibliothèques", want: "the-role-of-libraries"},
	{reader: "el", words: "Λεμσός", meant: "Λεμεσός", want: "limassol-one-city workshops-and-free-music"},
	{reader: "uk", words: "Вінніці", meant: "Вінниці", want: "culture-camp intercultural-hub"},
	{reader: "en", words: "Griechenlnd", meant: "Griechenland", country: "GR", also: "focus-on-youth"},
}
