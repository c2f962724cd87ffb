package practice

import "strings"

// longestPhrase is the number of words in the longest phrase of the vocabulary.
const longestPhrase = 3

// vocabulary maps every word and phrase with a meaning in a period, folded by
// fold, to its token.
var vocabulary = newVocabulary()

func newVocabulary() map[string]token {
	known := make(map[string]token)
	for role, lines := range phrasesByRole {
		for _, line := range lines {
			addPhrases(known, line, token{role: role})
		}
	}
	for i, names := range monthNames {
		addPhrases(known, names, token{role: roleMonth, value: i + 1})
	}
	for i, names := range ordinals {
		addPhrases(known, names, token{role: roleNumber, value: i + 1})
	}
	return known
}

// addPhrases adds phrases, separated by "|", with the same token.
func addPhrases(known map[string]token, phrases string, t token) {
	for phrase := range strings.SplitSeq(phrases, "|") {
		known[fold(phrase)] = t
	}
}

// phrasesByRole holds the phrases of each role, one line per language that has its
// own: English, French, German, Spanish, Italian, Portuguese, Greek, Albanian,
// Ukrainian, Arabic, Serbian. A word is listed once even if several languages use
// it. Ambiguous words are left out, such as the Portuguese months "out", "set" and
// "ago".
var phrasesByRole = map[role][]string{
	roleSince: {
		"since|from|as of|as from|not before",
		"depuis|à partir|à compter|dès|pas avant",
		"seit|ab|von|vom|nicht vor",
		"desde|no antes de",
		"dal|dall|dalla|da|a partire|a decorrere",
		"από|απ",
		"nga|që nga|prej|që prej|duke filluar",
		"з|із|зі|від|починаючи|починаючи з",
		"منذ|ومنذ|من|ومن|ابتداء من|اعتبارا من|بدءا من",
		"od|od kada|počev od|од|почев од",
	},
	roleUntil: {
		"until|till|til|up to|ended|ending|through|before|finished|completed|concluded|closed",
		"jusqu|jusque|jusqu à|jusqu au|jusqu en|avant|terminé|terminée|achevé|achevée|clôturé",
		"bis|bis zum|vor|beendet|abgeschlossen|endete",
		"hasta|antes|finalizado|finalizada|finalizó|terminado|terminada|terminó|concluido",
		"fino|sino|fino al|fino a|prima del|terminato|concluso",
		"até",
		"έως|ως|μέχρι|πριν|ολοκληρώθηκε|έληξε|τελείωσε",
		"deri|deri në|deri më|para vitit|përfunduar|përfundoi|mbaroi",
		"до|по|завершено|завершений|завершена|завершився|завершилася|завершилось|закінчився|закінчено",
		"حتى|وحتى|لغاية|ولغاية|قبل|انتهى|انتهت",
		"do|zaključno|završeno|завршено",
	},
	roleLink: {
		"to|and|or", "à|au|et", "und|zu", "al|y", "e|ed|ai", "ao|aos", "και|κι|στο", "dhe", "і|та|й", "إلى|وإلى|و", "i|и",
	},
	roleOnwards: {
		"onwards|onward|on wards|and on|and after|and later|forward",
		"et après|et suivantes|et au delà",
		"ff|und später",
		"en adelante",
		"in poi|in avanti",
		"em diante|adiante",
		"και μετά|και εξής|και έπειτα|κι έπειτα|κι εξής",
		"e tutje|e në vazhdim|e më tej|e tej",
		"і далі|й далі|та далі",
		"فصاعدا|وما بعد|وما بعدها",
		"nadalje|pa nadalje|надаље|па надаље",
	},
	roleOn: {"on"},
	roleOngoing: {
		"ongoing|on going|till date|open ended|open end|no end|no end date|until further notice|indefinite|indefinitely|present|the present|current|currently|permanent|permanently|permanent basis",
		"continuous|continuously|continuing|continues|today|now|nowadays|in use|in progress|to date|still running|still active|still exists",
		"en cours|actuel|actuellement|à ce jour|aujourd hui|maintenant|nos jours|à nos jours|ce jour|jusqu à présent|jusqu à nouvel|en vigueur|pérenne|permanente|continu|en continu|indéterminée",
		"laufend|fortlaufend|dato|bis dato|auf weiteres|bis auf weiteres|auf dauer|andauernd|dauerhaft|heute|jetzt|aktuell|derzeit|unbefristet|läuft noch|gegenwart",
		"en curso|actual|actualmente|actualidad|la actualidad|presente|continuo|continua|vigente|hoy|en marcha|la fecha|a la fecha|indefinido|indefinida|en vigor",
		"in corso|oggi|attuale|attualmente|continuativo|continuativa|tuttora|ad oggi",
		"em curso|em andamento|atual|atualmente|atualidade|hoje|contínuo",
		"σε εξέλιξη|εν εξελίξει|σήμερα|συνεχίζεται|συνεχής|συνεχώς|μόνιμη|μόνιμο|μόνιμα|τρέχον|τρέχουσα|διαρκής|διαρκώς",
		"në vazhdim|vazhdon|vazhdueshëm|vazhdueshme|në proces|aktualisht|tani|sot|ditët e sotme|përhershëm|përhershme|i vazhdueshëm|e vazhdueshme",
		"триває|нині|донині|цей час|дотепер|досі|постійно|постійний|постійна|наразі|сьогодні|тепер|цього часу|теперішній час|безстроково",
		"مستمر|مستمرة|جار|جاري|جارية|الجاري|حاليا|الآن|اليوم|يومنا هذا|هذا اليوم|تاريخه|الوقت الحالي|مستمرا|دائم|دائمة|الحاضر|الوقت الحاضر|قيد التنفيذ",
		"u toku|traje|i dalje|danas|trenutno|stalno|stalni|у току|траје|и даље|данас|тренутно|стално",
	},
	roleRepeated: {
		"running|each year|every year|yearly|annual|annually", "chaque année|tous les ans|annuel", "jährlich|jedes jahr",
		"cada año|anual|todos los años", "ogni anno|annuale", "todos os anos", "κάθε χρόνο|ετησίως|κάθε έτος",
		"çdo vit|për vit", "щороку|щорічно", "سنويا|كل عام|كل سنة", "svake godine|сваке године",
	},
	roleNegation: {"not|no|no longer|never", "pas", "nicht", "non", "não", "δεν", "nuk", "не", "ليس|غير"},
	roleHalf: {
		"half|h|half year|half of", "semestre", "halbjahr|hälfte", "mitad", "metà", "metade", "εξάμηνο", "gjysma|gjysmëvjetori",
		"півріччя|половина", "النصف|نصف", "polovina|polugodište|половина|полугодиште",
	},
	roleQuarter: {
		"quarter|q|qtr", "trimestre", "quartal", "τρίμηνο", "tremujori|tremujor", "квартал", "الربع|ربع", "kvartal",
	},
	roleFiller: {
		"of|the|in|year|years of|month|its|circa|ca|c|about|around|approx|approximately|school year|academic year",
		"de|du|d|l|le|la|les|en|an|année|l année|mois|environ|vers",
		"im|den|dem|der|des jahres|jahr|jahre|jahren|jahres|dem jahr|etwa",
		"del|el|los|las|año|mes", "di|nel|il|anno|mese|circa", "no ano|o|os|ano|mês|em",
		"το|τον|τη|την|του|της|τα|έτος|έτους|στα|στις", "viti|vit|vitin|vitit|në|më|që|muaji",
		"року|рік|році|р|рр|роки|год|году|года|г|у|в", "عام|العام|سنة|السنة|شهر|في|ال|م",
		"godine|godina|godinu|god|године|година|годину|год",
		"early|mid|late|middle|beginning|start|spring|summer|autumn|fall|winter",
		"début|mi|printemps|été|automne|hiver",
		"anfang|mitte|frühling|frühjahr|sommer|herbst",
		"inicio|inicios|principios|mediados|finales|primavera|verano|otoño|invierno",
		"inizio|estate|autunno|inverno", "início|meados|verão|outono",
		"αρχές|μέσα|άνοιξη|καλοκαίρι|φθινόπωρο|χειμώνα|χειμώνας",
		"fillimi|mesi|pranvera|pranverë|vera|verë|vjeshta|vjeshtë|dimri|dimër",
		"початку|початок|середина|весна|літо|осінь|зима|весни|літа|осені|зими|навесні|влітку|восени|взимку",
		"بداية|منتصف|أوائل|أواخر|ربيع|صيف|خريف|شتاء",
		"početak|početka|sredina|sredine|proleće|leto|jesen|zima|почетак|почетка|пролеће|лето|јесен",
	},
	roleEnding: {
		"end|end date|ends", "fin|la fin|date de fin", "ende|enddatum", "fecha de fin|final", "fine|la fine", "fim", "τέλη|τέλος|λήξη",
		"fundi|përfundimi|mbarimi", "кінця|кінець|завершення|закінчення", "نهاية|النهاية", "kraj|kraja|крај|краја|završetak",
	},
	roleDecade: {
		"decade|the decade", "années|les années|décennie", "jahrzehnt", "años|los años|década", "anni|gli anni", "anos|anos de",
		"δεκαετία|δεκαετίας|τη δεκαετία|η δεκαετία", "vitet|viteve", "десятиліття", "عقد|العقد",
	},
	roleDecadeEnd: {"s", "er|ern|er jahre|er jahren", "х|ті|тих|х років|х роках|ті роки"},
}

var monthNames = [12]string{
	"january|jan|janvier|janv|januar|jänner|enero|gennaio|janeiro|ιανουάριος|ιανουαρίου|ιανουάριο|janar|janari|janarit|" +
		"січень|січня|січні|يناير|كانون الثاني|جانفي|januara|јануар|јануара",
	"february|feb|février|févr|februar|feber|febrero|febbraio|fevereiro|φεβρουάριος|φεβρουαρίου|φεβρουάριο|shkurt|shkurti|shkurtit|" +
		"лютий|лютого|лютому|فبراير|شباط|فيفري|februara|фебруар|фебруара",
	"march|mar|mars|märz|maerz|mrz|marzo|março|μάρτιος|μαρτίου|μάρτιο|mars|marsi|marsit|" +
		"березень|березня|березні|مارس|آذار|mart|marta|март|марта",
	"april|apr|avril|abril|aprile|απρίλιος|απριλίου|απρίλιο|prill|prilli|prillit|" +
		"квітень|квітня|квітні|أبريل|ابريل|نيسان|أفريل|aprila|април|априла",
	"may|mai|mayo|maggio|maio|μάιος|μαΐου|μάιο|maj|maji|majit|" +
		"травень|травня|травні|مايو|أيار|ماي|maja|мај|маја",
	"june|jun|juin|juni|junio|giugno|junho|ιούνιος|ιουνίου|ιούνιο|qershor|qershori|qershorit|" +
		"червень|червня|червні|يونيو|حزيران|جوان|juna|јун|јуна",
	"july|jul|juillet|juil|juli|julio|luglio|julho|ιούλιος|ιουλίου|ιούλιο|korrik|korriku|korrikut|" +
		"липень|липня|липні|يوليو|تموز|جويلية|jula|јул|јула",
	"august|aug|août|agosto|αύγουστος|αυγούστου|αύγουστο|gusht|gushti|gushtit|" +
		"серпень|серпня|серпні|أغسطس|آب|أوت|avgust|avgusta|август|августа",
	"september|sep|sept|septembre|septiembre|settembre|setembro|σεπτέμβριος|σεπτεμβρίου|σεπτέμβριο|shtator|shtatori|shtatorit|" +
		"вересень|вересня|вересні|سبتمبر|أيلول|septembar|septembra|септембар|септембра",
	"october|oct|octobre|oktober|okt|octubre|ottobre|outubro|οκτώβριος|οκτωβρίου|οκτώβριο|tetor|tetori|tetorit|" +
		"жовтень|жовтня|жовтні|أكتوبر|تشرين الأول|oktobar|oktobra|октобар|октобра",
	"november|nov|novembre|noviembre|novembro|νοέμβριος|νοεμβρίου|νοέμβριο|nëntor|nëntori|nëntorit|" +
		"листопад|листопада|листопаді|نوفمبر|تشرين الثاني|novembar|novembra|новембар|новембра",
	"december|dec|décembre|déc|dezember|dez|diciembre|dicembre|dezembro|δεκέμβριος|δεκεμβρίου|δεκέμβριο|dhjetor|dhjetori|dhjetorit|" +
		"грудень|грудня|грудні|ديسمبر|كانون الأول|decembar|decembra|децембар|децембра",
}

var ordinals = [4]string{
	"first|premier|première|erste|erstes|ersten|primer|primera|primo|prima|primeiro|primeira|πρώτο|parë|перше|перша|перший|الأول|prva|prvo|прва|прво",
	"second|deuxième|seconde|zweite|zweites|zweiten|segundo|segunda|secondo|seconda|δεύτερο|dytë|друге|друга|другий|الثاني|druga|drugo|друго",
	"third|troisième|dritte|drittes|dritten|tercer|tercero|terzo|terceiro|τρίτο|tretë|третій|الثالث|treći|трећи",
	"fourth|quatrième|vierte|viertes|vierten|cuarto|quarto|τέταρτο|katërt|четвертий|الرابع|četvrti|четврти",
}
